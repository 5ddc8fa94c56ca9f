import logging
from pathlib import Path

import pytest
import vobject
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from vobject.base import ParseError, parseLine

from embassy_desk.domain.values import clean_text
from embassy_desk.interchange.candidates import Candidate
from embassy_desk.interchange.errors import UnreadableFileError
from embassy_desk.interchange.vcard_properties import _WELL_BEGUN
from embassy_desk.interchange.vcard_writer import write_vcards
from embassy_desk.interchange.vcards import read_vcards


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "people.vcf"


def card(*lines: str, version: str = "3.0") -> str:
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


def read(path: Path, *cards: str) -> tuple[Candidate, ...]:
    path.write_bytes("".join(cards).encode())
    return read_vcards(path)


def problems_of(path: Path, *cards: str) -> list[tuple[int, str]]:
    with pytest.raises(UnreadableFileError) as caught:
        read(path, *cards)
    return [(each.line, str(each.text)) for each in caught.value.problems]


def test_a_card_of_version_3_is_read(file: Path) -> None:
    (found,) = read(
        file,
        card(
            "N:Nguyễn;An;Văn;Ông;",
            "FN:Nguyễn Văn An",
            "NICKNAME:An Tokyo",
            "ORG:Bộ Khoa học và Công nghệ;Vụ Hợp tác quốc tế",
            "TITLE;LANGUAGE=vi:Vụ trưởng",
            "TITLE;LANGUAGE=en:Director-General",
            "EMAIL;TYPE=HOME:an.home@example.vn",
            "EMAIL;TYPE=WORK,pref:an@example.vn",
            "TEL;TYPE=CELL:+84 90 123 4567",
            "NOTE:Gặp ở Tokyo\\, tháng 3\\nnói tiếng Nhật",
            "CATEGORIES:đối tác,chuyên gia",
            "UID:urn:uuid:0b1f",
        ),
    )
    assert found.line == 1
    assert found.values == {
        "family_name": "Nguyễn",
        "middle_name": "Văn",
        "given_name": "An",
        "display_order": "family_first",
        "form_of_address": "Ông",
        "alias": "An Tokyo",
        "notes": "Gặp ở Tokyo, tháng 3\nnói tiếng Nhật",
        "source": "urn:uuid:0b1f",
    }
    assert found.parts["contact_email"] == (
        {"address": "an@example.vn", "kind": "work", "is_primary": "true"},
        {"address": "an.home@example.vn", "kind": "personal"},
    )
    assert found.parts["contact_phone"] == (
        {"typed": "+84 90 123 4567", "kind": "mobile", "is_primary": "true"},
    )
    assert found.parts["position"] == (
        {
            "organisation_name": "Bộ Khoa học và Công nghệ",
            "title_vi": "Vụ trưởng",
            "title_en": "Director-General",
            "unit": "Vụ Hợp tác quốc tế",
            "is_primary": "true",
        },
    )
    assert found.parts["tag"] == ({"label": "đối tác"}, {"label": "chuyên gia"})


def test_a_card_of_version_4_is_read_alike(file: Path) -> None:
    (found,) = read(
        file,
        card(
            "KIND:individual",
            "N:Yamada;Tarō;;;",
            "FN:Yamada Tarō",
            'TEL;VALUE=uri;TYPE="cell,voice";PREF=1:tel:+81-90-1234-5678',
            "TEL;VALUE=uri;TYPE=work:tel:+81-3-1234-5678;ext=12",
            "EMAIL;PREF=1;ALTID=1:mailto:taro@example.jp",
            "LANG;PREF=2:en",
            "LANG;PREF=1:ja",
            "ROLE:Trợ lý",
            version="4.0",
        ),
    )
    assert found.values["display_order"] == "family_first"
    assert found.values["languages"] == "en ja"
    assert [row["typed"] for row in found.parts["contact_phone"]] == [
        "+81-90-1234-5678",
        "+81-3-1234-5678 ext. 12",
    ]
    assert found.parts["contact_email"][0]["address"] == "taro@example.jp"
    assert found.parts["position"] == ({"title_original": "Trợ lý", "is_primary": "true"},)


def test_a_vietnamese_name_split_otherwise_is_kept_as_written(file: Path) -> None:
    (found,) = read(file, card("N:Nguyễn;Văn An;;;", "FN:Nguyễn Văn An"))
    assert found.values == {
        "family_name": "Nguyễn",
        "given_name": "Văn An",
        "display_order": "family_first",
    }


def test_the_whole_name_is_kept_when_it_says_something_else(file: Path) -> None:
    (found,) = read(file, card("N:Smith;John;Q;Dr;PhD", "FN:Dr Johnny Smith"))
    assert found.values["written_name"] == "Johnny Smith"
    assert found.parts["card_property"] == ({"name": "N", "value": "PhD"},)


def test_a_card_with_a_whole_name_only_is_taken_apart_when_that_is_safe(file: Path) -> None:
    first, second = read(file, card("FN:Trần Thị Bình"), card("FN:Jean-Luc Martin"))
    assert first.values["given_name"] == "Bình"
    assert second.values == {"written_name": "Jean-Luc Martin"}


def test_a_card_without_a_name_takes_its_address_for_one(file: Path) -> None:
    (found,) = read(file, card("N:;;;;", "FN:", "EMAIL:info@example.org"))
    assert found.values["written_name"] == "info@example.org"


def test_a_card_with_nothing_to_call_it_by_is_refused(file: Path) -> None:
    ((line, text),) = problems_of(file, card("FN:A B"), card("FN:", "TEL:123"))
    assert line == 5
    assert text == "The card has neither a name nor an e-mail address."


def test_addresses_are_read_piece_by_piece_and_leave_the_notes_alone(file: Path) -> None:
    (found,) = read(
        file,
        card(
            "FN:A B",
            "TITLE:Director",
            "ROLE:Press",
            "ADR;TYPE=WORK:;Tầng 3;12 Nguyễn Huệ, Quận 1;Hà Nội;;10000;Việt Nam",
            "NOTE:First",
        ),
    )
    assert found.values["notes"] == "First"
    assert found.parts["contact_address"] == (
        {
            "extended": "Tầng 3",
            "street": "12 Nguyễn Huệ, Quận 1",
            "city": "Hà Nội",
            "postal_code": "10000",
            "country_name": "Việt Nam",
            "kind": "work",
            "is_primary": "true",
        },
    )
    assert found.parts["card_property"] == ({"name": "ROLE", "value": "Press"},)


def test_what_has_no_field_is_kept_and_the_family_is_not(file: Path) -> None:
    picture = "\r\n".join(" " + "A" * 74 for _ in range(2000))
    (found,) = read(
        file,
        card(
            "FN:A B",
            "BDAY:19700101",
            f"PHOTO;ENCODING=b;TYPE=JPEG:AAAA\r\n{picture}",
            "item1.URL;type=pref:http\\://www.example.test/",
            "item1.X-ABLabel:_$!<HomePage>!$_",
            "X-EVOLUTION-FILE-AS:B\\, A",
            "X-SPOUSE:Secret",
            "RELATED;TYPE=child;VALUE=text:Secret",
            "NOTE:kept",
        ),
    )
    assert found.values == {"written_name": "A B", "notes": "kept"}
    assert found.picture == ""
    assert [(row["name"], row["value"]) for row in found.parts["card_property"]] == [
        ("BDAY", "19700101"),
        ("ITEM1.URL", "http://www.example.test/"),
        ("ITEM1.X-ABLABEL", "_$!<HomePage>!$_"),
        ("X-EVOLUTION-FILE-AS", "B\\, A"),
    ]


def test_positions_of_one_group_belong_together(file: Path) -> None:
    (found,) = read(
        file,
        card("FN:A B", "ORG:First", "TITLE:Head", "p1.ORG:Second", "p1.TITLE:Member"),
    )
    assert [
        (row["organisation_name"], row["title_original"]) for row in found.parts["position"]
    ] == [("First", "Head"), ("Second", "Member")]


@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r"])
def test_every_sort_of_line_end_is_read(file: Path, ends: str) -> None:
    text = card("N:Nguyễn;An;;;", "FN:Nguyễ", " n An").replace("\r\n", ends)
    file.write_bytes(text.encode())
    (found,) = read_vcards(file)
    assert found.values["given_name"] == "An"


def test_types_without_a_name_count_in_version_3(file: Path) -> None:
    (found,) = read(file, card("FN:A B", "TEL;CELL;PREF:123"))
    assert found.parts["contact_phone"] == (
        {"typed": "123", "kind": "mobile", "is_primary": "true"},
    )


@pytest.mark.parametrize("version", ["1.0", "5.0"])
def test_other_versions_are_refused_with_the_reason(file: Path, version: str) -> None:
    ((line, text),) = problems_of(file, card("FN:A B", version=version))
    assert line == 2
    assert version in text


def test_every_card_that_is_wrong_is_named_and_nothing_is_taken(file: Path) -> None:
    found = problems_of(
        file,
        card("FN:A B", "EMAIL:nobody"),
        card("FN:C D"),
        card("FN:E F", version="1.0"),
        card("KIND:group", "FN:Friends", version="4.0"),
    )
    assert [line for line, _ in found] == [4, 11, 16]
    assert "nobody" in found[0][1]


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (("FN:A B", "EMAIL:a@example.vn", "EMAIL:nobody", "TEL:1"), 5),
        (("FN:A B", "EMAIL:nobody", "EMAIL;TYPE=PREF:a@example.vn"), 4),
        (("FN:A B", "NOTE:x", "X-EMBASSY-DESK-CADENCE-DAYS:often"), 5),
        (("FN:A B", "NICKNAME:" + "x" * 301), 4),
        (("FN:A B", "TITLE:" + "x" * 501), 4),
    ],
)
def test_what_is_wrong_is_named_by_its_own_line(
    file: Path, lines: tuple[str, ...], line: int
) -> None:
    found = problems_of(file, card(*lines))
    assert [each for each, _ in found] == [line]


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("BEGIN:VCARD\nVERSION:3.0\nBEGIN:VCARD\n", 3, "inside"),
        ("END:VCARD\n", 1, "did not begin"),
        ("hello\n", 1, "no card"),
        ("BEGIN:VCARD\nVERSION:3.0\nFN:A\n", 1, "does not end"),
        ("BEGIN:VCARD\nVERSION:3.0\nFN:A\nwhat is this\nEND:VCARD\n", 4, "no vCard property"),
        ("BEGIN:VCARD\nVERSION:3.0\nNOTE;CHARSET=punycode:ắ-\udc80\nEND:VCARD\n", 3, "UTF-8"),
        ("BEGIN:VCARD\nVERSION:3.0\nNOTE:" + "x" * 70_000 + "\nEND:VCARD\n", 3, "too long"),
        ("BEGIN:VCARD\nVERSION:3.0\nNOTE:x" + "\n x" * 70_000 + "\nEND:VCARD\n", 3, "too long"),
    ],
)
def test_a_file_that_is_not_made_of_cards_is_refused_with_its_line(
    file: Path, text: str, line: int, part: str
) -> None:
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(UnreadableFileError) as caught:
        read_vcards(file)
    assert caught.value.problems[0].line == line
    assert part in str(caught.value)


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("TEL;X" + "=a" * 60 + '":123', "no vCard property"),  # vobject's pattern would not end
        ("TEL;X" + ",a" * 60 + '":123', "no vCard property"),
        ("TEL" + ";a" * 60 + '":123', "no vCard property"),
        ("NOTE;ENCODING=QUOTED-PRINTABLE:=E1=BA", "UTF-8"),
        ("NOTE;ENCODING=b:A", "Encoded"),
        ("BEGIN:VEVENT", "no vCard property"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(file: Path, line: str, part: str) -> None:
    ((number, text),) = problems_of(file, card("FN:A B", line))
    assert number == 4
    assert part in text


@given(head=st.from_regex(_WELL_BEGUN, fullmatch=True), value=st.text(max_size=20))
def test_what_passes_our_pattern_passes_that_of_the_library(head: str, value: str) -> None:
    name, parameters, found, group = parseLine(head + value)
    assert found == value
    assert head.replace("_", "-").startswith(f"{group}.{name}".replace("_", "-") if group else name)
    assert all(each[0] for each in parameters)


def test_an_encoding_that_changes_nothing_is_passed_over(file: Path) -> None:
    (found,) = read(file, card("FN:A B", "NOTE;ENCODING=8BIT;CHARSET=utf-8:xin chào"))
    assert found.values["notes"] == "xin chào"


@pytest.mark.parametrize(
    "error",
    [
        ParseError("Secret", 1),
        RecursionError("Secret"),
        TypeError("Secret"),
        LookupError("Secret"),
        UnicodeDecodeError("utf-8", b"Secret", 0, 1, "Secret"),
    ],
)
def test_what_the_library_stumbles_over_is_a_problem_of_its_card(
    file: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def stumble(*_: object) -> None:
        raise error

    monkeypatch.setattr("embassy_desk.interchange.vcard_properties._known_head", stumble)
    file.write_text("\n" + card("FN:Secret"), "utf-8")
    with pytest.raises(UnreadableFileError) as caught:
        read_vcards(file)
    (problem,) = caught.value.problems
    assert problem.line == 3
    assert str(problem.text) == "The card cannot be read."
    assert caught.value.__cause__ is None


def test_a_file_without_a_card_is_refused(file: Path) -> None:
    file.write_text("\n\n", "utf-8")
    with pytest.raises(UnreadableFileError, match="empty"):
        read_vcards(file)


def test_too_many_cards_are_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("embassy_desk.interchange.vcard_lines.MAX_CARDS", 2)
    assert problems_of(file, *[card("FN:A B")] * 3) == [(0, "The file has more than 2 cards.")]


def test_nothing_of_a_card_reaches_the_log(
    file: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(UnreadableFileError):
        read(file, card("N:Secret;Person;;;", "FN:Secret Person", "ADR:x", "EMAIL:Secret"))
    assert "Secret" not in caplog.text
    assert "Secret" not in capsys.readouterr().err


texts = st.text(alphabet=st.characters(codec="utf-8"), max_size=40).map(
    lambda text: clean_text(" ".join(text.split()))
)
somehow = texts | st.text(alphabet=";,:\\n\"'đĐạ= ", max_size=12).map(clean_text)
names = somehow.filter(bool)


@st.composite
def contacts(draw: st.DrawFn) -> Candidate:
    """Return a contact with all that a card can hold."""
    title, unit = draw(names), draw(somehow)
    values = {
        "family_name": draw(somehow),
        "middle_name": draw(somehow),
        "given_name": draw(names),
        "written_name": draw(somehow),
        "display_order": draw(st.sampled_from(["family_first", "given_first", "single"])),
        "notes": draw(st.text(alphabet=st.characters(codec="utf-8")).map(clean_text)),
        "alias": draw(somehow),
        "form_of_address": draw(somehow),
        "original_name": "山田",
        "languages": "vi en",
        "preferred_language": "vi",
        "source": "Hội nghị 2026",
    }
    position = {"organisation_name": title, "title_vi": title, "unit": unit, "is_primary": "true"}
    labels = draw(st.lists(names, max_size=3))
    parts = {
        "contact_email": (
            {"address": "an@example.vn", "kind": "work", "is_primary": "true"},
            {"address": "tro.ly@example.vn", "kind": "assistant"},
        ),
        "contact_phone": (
            {"typed": "+84 24 1234", "kind": "fax", "is_primary": "true"},
            {"typed": "+84 24 5678", "label": draw(names)},
        ),
        "contact_address": (
            {"street": draw(names), "city": draw(names), "is_primary": "true"},
            {"country_name": draw(names), "kind": "work", "label": draw(names)},
        ),
        "card_property": (
            {"name": "N", "value": "PhD"},
            {"name": "ITEM1.URL", "parameters": "TYPE=PREF", "value": "http://a.test/?b\\,c"},
        ),
        "position": (
            {name: text for name, text in position.items() if text},
            {"organisation_name": "Hội", "title_original": title},
        ),
        "tag": tuple({"label": label} for label in labels),
    }
    return Candidate(
        kind="contact",
        values={name: text for name, text in values.items() if text},
        parts={name: rows for name, rows in parts.items() if rows},
    )


@given(written=st.lists(contacts(), min_size=1, max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_written_is_read_back(tmp_path: Path, written: list[Candidate]) -> None:
    path = tmp_path / "people.vcf"
    write_vcards(path, written, with_internal=True)
    assert read_vcards(path) == tuple(written)


def test_signs_are_escaped_as_other_programs_do(file: Path) -> None:
    (found,) = read(
        file,
        card(
            "N:Smith\\; Sons;John,Paul;;;",
            "FN:John Smith",
            "ORG:Research, Development;One;Two",
            "NOTE:http\\://example.org\\Nend\\",
            "CATEGORIES:a\\,b,c\\",
        ),
    )
    assert found.values["family_name"] == "Smith; Sons"
    assert found.values["given_name"] == "John Paul"
    assert found.values["notes"] == "http://example.org\nend\\"
    assert found.parts["position"][0]["organisation_name"] == "Research, Development"
    assert found.parts["position"][0]["unit"] == "One; Two"
    assert found.parts["tag"] == ({"label": "a,b"}, {"label": "c\\"})


def test_commas_that_nobody_escaped_cut_nothing_off(file: Path) -> None:
    (found,) = read(
        file,
        card(
            "FN:Smith, John",
            "NOTE:one, two; three\\, four",
            "TITLE:Head, Press",
            "ORG:Bộ Giáo dục, Đào tạo",
            "NICKNAME:Jack,Jackie\\, J.",
        ),
    )
    assert found.values["written_name"] == "Smith, John"
    assert found.values["notes"] == "one, two; three, four"
    assert found.values["alias"] == "Jack, Jackie, J."
    assert found.parts["position"][0]["title_original"] == "Head, Press"
    assert found.parts["position"][0]["organisation_name"] == "Bộ Giáo dục, Đào tạo"


@given(written=contacts())
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_another_reader_finds_the_same_in_our_cards(tmp_path: Path, written: Candidate) -> None:
    path = tmp_path / "people.vcf"
    write_vcards(path, [written], with_internal=True)
    found = vobject.readOne(path.read_bytes().decode())
    assert found.n.value.given == written.values["given_name"]
    assert found.n.value.family == written.values.get("family_name", "")
    assert found.org.value[0] == written.parts["position"][0]["organisation_name"]
    if "notes" in written.values:
        assert found.note.value == written.values["notes"]


def test_lines_are_folded_between_letters(file: Path) -> None:
    contact = Candidate(kind="contact", values={"given_name": "Ắ" * 100, "notes": "ộ" * 500})
    write_vcards(file, [contact], with_internal=True)
    lines = file.read_bytes().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() is not None for line in lines)
    (found,) = read_vcards(file)
    assert found.values["notes"] == "ộ" * 500


def test_what_the_mission_keeps_for_itself_stays_there(file: Path) -> None:
    contact = Candidate(
        kind="contact",
        values={"given_name": "An", "notes": "secretly", "ref": "TOK-CON-A1-0001",
                "handling": "restricted", "do_not_contact": "true", "original_name": "安"},
        parts={"tag": ({"label": "watch"},), "contact_email": ({"address": "an@example.vn"},)},
    )  # fmt: skip
    write_vcards(file, [contact])
    text = file.read_text("utf-8")
    for kept in ("secretly", "TOK-CON", "restricted", "NOT-CONTACT", "watch"):
        assert kept not in text
    (found,) = read_vcards(file)
    assert found.values == {"given_name": "An", "original_name": "安", "display_order": "single"}
    assert found.parts["contact_email"][0]["address"] == "an@example.vn"
