"""A mission's own template: looked at, kept with its letterhead, used, and never trusted."""

import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import docx
import pytest
from tests.integration.reports.conftest import wish_for
from tests.integration.reports.test_writing import VI, docx_text

from embassy_desk.application.letterheads import letterhead
from embassy_desk.application.lists import ListQuery, lines
from embassy_desk.application.office import answer, perform
from embassy_desk.application.records import bring_back, enter_record, trash
from embassy_desk.application.report_templates import (
    check_template,
    filled_in,
    forget_template,
    keep_template,
    read_template,
    template_in_use,
    write_starter,
)
from embassy_desk.application.reports import report, write_report
from embassy_desk.cli.main import main
from embassy_desk.domain.errors import InvalidError, RefusedError
from embassy_desk.interchange.errors import UnreadableFileError
from embassy_desk.interchange.placeholders import FIELDS, PARTS
from embassy_desk.interchange.templates import look_at_template
from embassy_desk.store.opening import Store
from makers.templates import LINES, file_in, make_template, with_files

RELATIONS = "word/_rels/document.xml.rels"
GOOD = make_template()


@pytest.fixture
def head(store: Store) -> Iterator[None]:
    """Give the mission a letterhead, to which its template belongs."""
    values = {
        "issuer": "Đại sứ quán Việt Nam tại Nhật Bản",
        "signatory": "Nguyễn Minh Châu",
        "valid_from": date(2026, 1, 1),  # the demo has one already, without a day
    }
    record, _ = perform(store, enter_record, "letterhead", values)
    yield
    perform(store, trash, "letterhead", record.id)


def related(target: str, kind: str) -> bytes:
    """Return a template that leads out of itself."""
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    link = (
        f'<Relationship Id="rId900" Type="{base}/{kind}" Target="{target}" TargetMode="External"/>'
    )
    text = file_in(GOOD, RELATIONS).replace("</Relationships>", f"{link}</Relationships>")
    return with_files(GOOD, {RELATIONS: text})


def coded(code: str) -> bytes:
    """Return a template with a field, cut in two runs as Word likes to."""
    runs = "".join(
        f'<w:r><w:instrText xml:space="preserve">{each}</w:instrText></w:r>'
        for each in (code[:4], code[4:])
    )
    text = file_in(GOOD, "word/document.xml").replace("<w:sectPr", f"<w:p>{runs}</w:p><w:sectPr", 1)
    return with_files(GOOD, {"word/document.xml": text})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (with_files(GOOD, {"word/vbaProject.bin": b"x"}), "macros or controls"),
        (with_files(GOOD, {"word/activeX/activeX1.xml": "<a/>"}), "macros or controls"),
        (with_files(GOOD, {"word/embeddings/sheet.xlsx": b"x"}), "an embedded file: word/emb"),
        (with_files(GOOD, {"word/afchunk.html": "<b>x</b>"}), "an embedded file: word/afchunk"),
        (related("http://host.test/t.dotm", "attachedTemplate"), "leads out of the document: http"),
        (related("file://host.test/a.png", "image"), "leads out of the document: file"),
        (coded('INCLUDEPICTURE "http://host.test/a.png"'), "fetches or runs something: INCLUDEP"),
        (coded("DDEAUTO cmd"), "fetches or runs something: DDEAUTO"),
        (make_template("{{ salary }}"), "{{ salary }} is not known"),
        (make_template("{{ ''.__class__.__mro__ }}"), "is not known"),
        (make_template("{{ number|attr('x') }}"), "is not known"),
        (make_template("{% for a in b %}x{% endfor %}"), "no plain placeholder: {%"),
        (make_template("{{ content }}"), "{{ content }} is not known"),
        (make_template("Kính gửi {{p content }}"), "must stand alone"),
        (make_template("{{p content }}"), "stands there more than once"),
        (make_template(without=("{{p annexes }}",)), "{{p annexes }} is missing"),
        (make_template(without=("{{ number }}",)), "{{ number }} is missing"),
    ],
)
def test_what_is_missing_or_unsafe_is_said(content: bytes, said: str) -> None:
    problems = [str(each) for each in look_at_template(content).problems]
    assert any(said in each for each in problems), problems


def test_a_good_template_is_found_good_and_its_styles_are_named() -> None:
    found = check_template(GOOD)
    assert found.problems == ()
    assert found.placeholders[0] == "superior"
    assert {"content", "annexes", "handling"} <= set(found.placeholders)
    assert found.styles == ("Normal", "Heading 1", "Heading 2", "Caption", "List Bullet")


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 cut off",
        b"%PDF-1.7",
        with_files(GOOD, {"word/document.xml": "<w:document"}),
        with_files(GOOD, {"word/styles.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
    ],
)
def test_what_is_no_word_document_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFileError, match="no Word document"):
        check_template(content)


def test_an_official_paper_is_written_into_the_template(
    store: Store, tmp_path: Path, head: None
) -> None:
    perform(store, keep_template, store, "Mẫu 2026.docx", GOOD, look_at_template(GOOD))
    made = write_report(store, "periodic", wish_for(store, "periodic"), tmp_path / "r.docx", VI)
    paper = docx.Document(str(tmp_path / "r.docx"))
    assert "Mẫu của cơ quan" in paper.sections[0].footer.paragraphs[0].text
    assert VI(made.handling) in paper.sections[0].footer.paragraphs[0].text
    text = docx_text(tmp_path / "r.docx")
    order = ["ĐẠI SỨ QUÁN VIỆT NAM", "BÁO CÁO", "I. TÌNH HÌNH CHUNG", "Nguyễn Minh Châu", "Lưu: VT"]
    places = [text.index(each) for each in order] + [text.rindex("Phụ lục V")]
    assert places == sorted(places)
    assert "{{" not in text
    headings = [each for each in paper.paragraphs if each.style.name == "Heading 1"]
    assert len(headings) == 5
    assert {str(each.style.font.color.rgb) for each in headings} == {"AA0000"}
    assert sum(len(each.rows) for each in paper.tables) > 100
    forgotten, _ = perform(store, forget_template)
    assert forgotten
    assert answer(store, template_in_use, store) is None
    write_report(store, "periodic", wish_for(store, "periodic"), tmp_path / "r.docx", VI)
    assert "Mẫu của cơ quan" not in docx_text(tmp_path / "r.docx")


def test_what_records_say_is_never_evaluated(store: Store) -> None:
    made = answer(store, report, "periodic", wish_for(store, "periodic"))
    known = answer(store, letterhead)
    hostile = type(known)(
        superior="{{ 7*7 }}", body="{% raw %}<b>&", place="", signatory="{{ authority }}"
    )
    filled = docx.Document(io.BytesIO(filled_in(GOOD, made, VI, hostile)))
    text = "\n".join(each.text for each in filled.paragraphs)
    assert "{{ 7*7 }}" in text
    assert "{{ authority }}" in text
    assert "<B>&" in text


def test_a_bad_template_is_neither_kept_nor_filled_in(store: Store, head: None) -> None:
    bad = make_template("{{ salary }}", without=("{{ number }}",))
    with pytest.raises(RefusedError, match="cannot be used") as refused:
        perform(store, keep_template, store, "a.docx", bad, look_at_template(bad))
    assert len(refused.value.missing) == 2
    assert answer(store, template_in_use, store) is None
    made = answer(store, report, "periodic", wish_for(store, "periodic"))
    with pytest.raises(InvalidError, match="salary"):
        filled_in(bad, made, VI, answer(store, letterhead))


def test_a_template_needs_a_letterhead_and_the_ending_of_a_word_file(
    store: Store, tmp_path: Path
) -> None:
    (line,) = answer(store, lines, ListQuery(kind="letterhead"))
    perform(store, trash, "letterhead", line.id)
    with pytest.raises(RefusedError, match="letterhead first"):
        perform(store, keep_template, store, "a.docx", GOOD, look_at_template(GOOD))
    perform(store, bring_back, "letterhead", line.id)
    (tmp_path / "a.docm").write_bytes(GOOD)
    with pytest.raises(RefusedError, match="ends in"):
        read_template(tmp_path / "a.docm")


def test_a_template_of_the_ending_dotx_is_filled_in_too(store: Store) -> None:
    name = "[Content_Types].xml"
    types = file_in(GOOD, name).replace("document.main+xml", "template.main+xml")
    made = answer(store, report, "periodic", wish_for(store, "periodic"))
    filled = filled_in(with_files(GOOD, {name: types}), made, VI, answer(store, letterhead))
    assert docx.Document(io.BytesIO(filled)).paragraphs


def test_the_command_line_lists_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(make_template("{{ salary }}", without=(LINES[-1],)))
    assert main(["--language", "en", "--json", "template", "check", str(file)]) == 1
    said = json.loads(capsys.readouterr().out)
    assert len(said["problems"]) == 2
    file.write_bytes(GOOD)
    assert main(["--language", "en", "template", "check", str(file)]) == 0
    assert "can be used" in capsys.readouterr().out


@pytest.mark.usefixtures("head")
def test_the_starter_can_be_used_as_it_is_and_holds_every_placeholder(
    store: Store, tmp_path: Path
) -> None:
    target = tmp_path / "starter.dotx"
    write_starter(target, VI, answer(store, letterhead))
    findings = check_template(target.read_bytes())
    assert (findings.problems, set(findings.placeholders)) == ((), {*FIELDS, *PARTS})
    perform(store, keep_template, store, "starter.dotx", target.read_bytes(), findings)
    write_report(store, "periodic", wish_for(store, "periodic"), tmp_path / "r.docx", VI)
    perform(store, forget_template)
    paper = docx_text(tmp_path / "r.docx")
    assert "{{" not in paper
    for said in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "BÁO CÁO", "Nguyễn Minh Châu", "Phụ lục I"):
        assert said in paper
    with pytest.raises(RefusedError, match="dotx"):
        write_starter(tmp_path / "starter.odt", VI, answer(store, letterhead))
