"""A signed report is frozen: what it says, on which paper, under which number."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from tests.integration.reports.conftest import FIRST, TODAY, wish_for

from embassy_desk.application.attachments import attachments_of, read_attachment
from embassy_desk.application.lists import ListQuery, count_lines
from embassy_desk.application.office import answer, perform
from embassy_desk.application.profile import DEMO_PASSPHRASE, Profile, open_profile
from embassy_desk.application.records import change_record, enter_record, trash
from embassy_desk.application.report_duties import owed
from embassy_desk.application.report_texts import keep_written, written
from embassy_desk.application.reports import Wish, report
from embassy_desk.application.signing import (
    Signature,
    SignedPaper,
    give_number,
    keep_papers,
    log_signed,
    papers,
    sign_off,
    signed_paper,
    write_signed,
)
from embassy_desk.domain.agreement import Agreement
from embassy_desk.domain.errors import InvalidError, RefusedError, StoreError
from embassy_desk.domain.report_duty import DutyStanding, ReportDuty
from embassy_desk.domain.rights import Grant, Role
from embassy_desk.domain.signed_report import ReportFigure, ReportNumber, ReportText, SignedReport
from embassy_desk.reports.catalogue import REPORTS
from embassy_desk.reports.frozen import freeze, pack, read_content, thaw, unpack
from embassy_desk.settings.places import translations
from embassy_desk.store.opening import Store
from embassy_desk.texts import Words

VI, EN = Words("vi", translations()), Words("en", translations())
TEXTS = {part.name: f"Lời văn: {part.name}." for kind in REPORTS.values() for part in kind.parts}
YEAR = Wish(on=TODAY, from_on=FIRST, until_on=TODAY, narrative=TEXTS)


@pytest.fixture
def signing(demo: Profile, tmp_path: Path) -> Iterator[Store]:
    """A copy of the demo store, in which reports may be signed."""
    with demo.store.reading() as work:
        work.raw.execute("SELECT 1").fetchone()
    shutil.copytree(demo.store.path.parent, tmp_path / "copy")
    profile = open_profile(
        tmp_path / "copy", DEMO_PASSPHRASE, lambda: datetime(2026, 11, 22, 9, tzinfo=UTC)
    )
    yield profile.store
    profile.close()


def signed(
    store: Store, name: str = "periodic", wish: Wish = YEAR, words: Words = VI, **how: Any
) -> SignedReport:
    made = answer(store, report, name, wish)
    record, _ = perform(store, sign_off, name, wish, made, words, Signature(**how))
    return record


def paper_of(store: Store, record: SignedReport) -> SignedPaper:
    return answer(store, signed_paper, record.id)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


@pytest.mark.parametrize("name", REPORTS)
def test_what_is_frozen_comes_back_and_freezes_to_the_same_bytes(store: Store, name: str) -> None:
    made = answer(store, report, name, wish_for(store, name))
    told = freeze(made, VI, None)
    digest, pieces = pack(told)
    content = unpack(digest, pieces)
    again, head = thaw(read_content(content))
    assert head is None
    assert pack(freeze(again, VI, None)) == (digest, pieces)
    assert [each.value for each in again.figures] == [each.value for each in made.figures]
    assert [len(each.rows) for each in again.tables] == [len(each.rows) for each in made.tables]
    assert (again.as_of, again.period, again.handling) == (made.as_of, made.period, made.handling)


def test_a_signed_report_stays_as_it_was_when_the_records_change(signing: Store) -> None:
    record = signed(signing)
    before = paper_of(signing, record)
    for each in before.report.figures[0].behind.ids:
        perform(signing, trash, "agreement", each)
    assert answer(signing, report, "periodic", YEAR).figures[0].value == 0
    assert paper_of(signing, record) == before
    assert before.report.figures[0].value > 0
    with signing.reading() as work:
        texts = {each.title: each.text for each in work.parts(ReportText, record)}
        figures = [each.value for each in work.parts(ReportFigure, record)]
    assert texts["Tình hình chung"] == TEXTS["general"]
    assert figures == [each.value for each in before.report.figures]


def test_nobody_changes_a_signed_report(signing: Store) -> None:
    record = signed(signing)
    with pytest.raises(RefusedError, match="stays as it is"):
        perform(signing, change_record, "signed_report", record.id, {"title": "Khác"})
    with pytest.raises(RefusedError, match="stays as it is"):
        perform(signing, enter_record, "signed_report", dict(record))
    with signing.work() as work:
        text = work.parts(ReportText, record)[0]
        with pytest.raises(RefusedError, match="stays as it is"):
            work.save(text.changed(text="Khác"))
        with pytest.raises(RefusedError, match="stays as it is"):
            work.remove(text)
        with pytest.raises(RefusedError, match="stays as it is"):
            work.save(work.new_part(ReportText, record, place=9, title="Khác"))


def test_content_that_is_not_what_was_signed_is_not_shown(signing: Store) -> None:
    record, other = signed(signing), signed(signing, "deadlines", Wish(on=TODAY))
    with signing.work() as work:
        work.raw.execute("DELETE FROM report_content WHERE signed_report_id = ?", (record.id.hex,))
        work.raw.execute(
            "UPDATE report_content SET signed_report_id = ? WHERE signed_report_id = ?",
            (record.id.hex, other.id.hex),
        )
        work.commit()
    for each in (record, other):
        with pytest.raises(StoreError, match="not what was signed"):
            paper_of(signing, each)


def test_a_change_makes_a_new_report_that_names_the_old(signing: Store) -> None:
    first = signed(signing)
    second = signed(signing, replaces=first.ref)
    assert second.replaces_id == first.id
    assert paper_of(signing, first).number == 1
    assert paper_of(signing, second).number == 2
    with signing.reading() as work:
        agreement = work.all(Agreement)[0]
    with pytest.raises(InvalidError, match="no signed report"):
        signed(signing, replaces=agreement.ref)


def test_what_is_not_written_yet_cannot_be_signed(signing: Store) -> None:
    unwritten = replace(YEAR, narrative={**TEXTS, "next": "  "})
    with pytest.raises(InvalidError) as refused:
        signed(signing, wish=unwritten)
    assert [each.field for each in refused.value.problems] == ["next"]
    assert answer(signing, count_lines, ListQuery(kind="signed_report")) == 0


def test_a_mark_of_secrecy_is_refused_and_nothing_is_signed(signing: Store) -> None:
    marked = replace(YEAR, narrative={**TEXTS, "next": "TỐI MẬT"})
    with pytest.raises(InvalidError):
        signed(signing, wish=marked)
    assert answer(signing, count_lines, ListQuery(kind="signed_report")) == 0


def test_the_drafts_of_a_signed_report_are_forgotten(signing: Store) -> None:
    perform(signing, keep_written, "periodic", YEAR, TEXTS)
    signed(signing, wish=replace(YEAR, narrative={}))
    assert answer(signing, written, "periodic", YEAR) == {}


def test_the_paper_bears_number_day_and_signatory_and_is_kept_as_files(signing: Store) -> None:
    letterhead = {
        "issuer": "Đại sứ quán Việt Nam tại Nhật Bản",
        "place": "Tô-ki-ô",
        "symbol": "BC-ĐSQ",
        "addressees": "Văn phòng Bộ\nVụ Tổng hợp kinh tế",
        "authority": "Đại sứ",
        "signatory": "Phạm Quang Hiệu",
        "recipients": "Như trên",
    }
    perform(signing, enter_record, "letterhead", letterhead)
    record = signed(signing)
    paper = paper_of(signing, record)
    perform(signing, keep_papers, signing, record.id, papers(paper, VI))
    with signing.reading() as work:
        files = {each.name: each.id for each in attachments_of(work, record)}
        pdf = read_attachment(work, signing, files[f"{record.ref}.pdf"])
    assert set(files) == {f"{record.ref}.pdf", f"{record.ref}.docx"}
    text = text_of(pdf)
    for each in (
        "Số: 01/BC-ĐSQ",
        "Tô-ki-ô, ngày 22 tháng 11 năm 2026",
        "- Văn phòng Bộ;",
        "- Vụ Tổng hợp kinh tế.",
        "ĐẠI SỨ",
        "Phạm Quang Hiệu",
        "- Như trên;",
    ):
        assert each in text, each


def test_a_signed_report_is_written_in_every_form_as_it_was(signing: Store, tmp_path: Path) -> None:
    record = signed(signing, "agreement_register", Wish(on=TODAY), EN)
    paper = paper_of(signing, record)
    before = answer(signing, count_lines, ListQuery(kind="export"))
    for form in (".pdf", ".docx", ".xlsx", ".csv"):
        perform(signing, log_signed, paper, tmp_path / f"r{form}")
        write_signed(paper, tmp_path / f"r{form}", EN)
    assert answer(signing, count_lines, ListQuery(kind="export")) == before + 4
    assert "Register of agreements" in text_of((tmp_path / "r.pdf").read_bytes())
    assert (tmp_path / "r.csv").stat().st_size > 1000


def test_who_may_not_sign_does_not(signing: Store) -> None:
    owner = signing.author
    days = {"valid_from": date(2020, 1, 1), "valid_to": date(2090, 1, 1)}
    grant = Grant(staff_id=owner.staff_id, mission="TOK", role=Role.OFFICER, serial=1, **days)
    signing.author = replace(owner, grant=grant)
    with pytest.raises(RefusedError, match="not among the rights"):
        signed(signing)


def numbers(store: Store) -> list[int]:
    with store.reading() as work:
        return sorted(each.number for each in work.all(ReportNumber))


def test_numbers_have_no_gap_and_each_report_gets_one(signing: Store) -> None:
    records = [signed(signing) for _ in range(3)]
    with pytest.raises(RefusedError, match="has a number"):
        perform(signing, give_number, records[0].id)
    with pytest.raises(InvalidError):
        signed(signing, wish=replace(YEAR, narrative={}))
    assert [paper_of(signing, each).number for each in records] == [1, 2, 3]
    assert numbers(signing) == [1, 2, 3]


def test_a_desk_that_does_not_keep_the_register_leaves_room_for_the_number(
    signing: Store,
) -> None:
    chosen = {"issuer": "Đại sứ quán", "register_desk": "ZZZZ"}
    perform(signing, enter_record, "letterhead", chosen)
    record = signed(signing)
    paper = paper_of(signing, record)
    assert (paper.number, numbers(signing)) == (0, [])
    assert "Số: /BC-ĐSQ" in text_of(papers(paper, VI)[f"{record.ref}.pdf"])
    with pytest.raises(RefusedError, match="desk ZZZZ"):
        perform(signing, give_number, record.id)


def test_a_duty_of_headquarters_is_owed_until_the_report_is_signed(signing: Store) -> None:
    with signing.work(replace(signing.author, mode="apply")) as work:
        duty = {"title_vi": "Báo cáo tháng", "report": "periodic", "due_days": 5}
        work.save(work.new(ReportDuty, **duty, mission="HQ", valid_from=date(2026, 10, 1)))
        work.commit()

    def standings() -> list[DutyStanding]:
        return [each.standing for each in answer(signing, owed, TODAY)]

    assert standings() == [DutyStanding.OVERDUE, DutyStanding.RUNNING]
    october = Wish(from_on=date(2026, 10, 1), until_on=date(2026, 10, 31), narrative=TEXTS)
    signed(signing, wish=october)
    assert standings() == [DutyStanding.HANDED_IN, DutyStanding.RUNNING]
