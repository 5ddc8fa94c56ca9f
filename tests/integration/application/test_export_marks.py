"""Files that leave the desk say what they are, and are read back all the same."""

import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

import openpyxl
import pytest
from icalendar import Calendar

from embassy_desk.application.deadline_days import deadlines_of
from embassy_desk.application.export_log import log_export_of_kind
from embassy_desk.application.exporting import cards_of, export_records
from embassy_desk.application.import_job import look_over, read_for_import
from embassy_desk.application.import_matching import Verdict
from embassy_desk.application.office import answer, perform
from embassy_desk.application.records import enter_record
from embassy_desk.application.taking_out import take_out_one
from embassy_desk.domain.contact import Contact
from embassy_desk.domain.entity import Handling
from embassy_desk.domain.export import Export
from embassy_desk.interchange.apart import here
from embassy_desk.store.opening import Store
from embassy_desk.texts import Words
from makers import make_agreement, make_obligation

ENGLISH = Words("en")


def exported(store: Store, kind: str, target: Path, **options: str) -> Export:
    form = target.suffix.removeprefix(".")
    entry = perform(store, log_export_of_kind, kind, form)[0]
    answer(store, export_records, kind, target, marked=(entry, ENGLISH), **options)
    return entry


@pytest.fixture
def people(store: Store) -> Store:
    for name in ("An", "Bình"):
        perform(store, enter_record, "contact", {"given_name": name, "notes": "x"})
    return store


def assert_known(store: Store, file: Path, count: int) -> None:
    """Assert that a file brings nothing that the store does not hold."""
    outlook = look_over(store, read_for_import(file, "contact", run=here))
    assert outlook.refused == ()
    assert outlook.counts[Verdict.SAME] == count == len(outlook.matches)


def text_of_csv(file: Path) -> str:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        (mark,) = next(csv.reader(stream))
    return mark


def text_of_workbook(file: Path) -> str:
    book = openpyxl.load_workbook(file)
    assert "Internal" in (book.worksheets[0].oddHeader.left.text or "")
    assert book.properties.creator in {None, ""}
    assert book.sheetnames[-1] == "About this file"
    return str(book.properties.description)


def text_of_json(file: Path) -> str:
    return " · ".join(json.loads(file.read_text("utf-8"))[0]["about_this_file"])


@pytest.mark.parametrize(
    ("suffix", "text_of"),
    [(".csv", text_of_csv), (".xlsx", text_of_workbook), (".json", text_of_json)],
)
def test_a_file_says_how_it_is_handled_of_when_by_whom_and_how_many(
    people: Store, tmp_path: Path, suffix: str, text_of: Callable[[Path], str]
) -> None:
    file = tmp_path / f"people{suffix}"
    exported(people, "contact", file)
    text = text_of(file)
    for said in ("Contacts", "Handling: Internal", "As of ", "Written by ", "TOK", "2 records"):
        assert said in text, said
    assert_known(people, file, 2)


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_cards_say_of_when_they_are_and_keep_the_rest_to_the_mission(
    people: Store, tmp_path: Path, version: str
) -> None:
    file = tmp_path / "people.vcf"
    exported(people, "contact", file, card_version=version)
    text = file.read_bytes().decode()
    assert text.count(f"VERSION:{version}\r\n") == text.count("REV:") == 2
    assert "Internal" not in text
    assert "NOTE" not in text
    assert_known(people, file, 2)


def test_a_calendar_says_what_it_is(people: Store, tmp_path: Path) -> None:
    perform(people, enter_record, "task", {"title": "Gọi", "due_on": date(2026, 3, 9)})
    file = tmp_path / "tasks.ics"
    exported(people, "task", file)
    calendar = Calendar.from_ical(file.read_bytes())
    assert calendar["X-WR-CALNAME"] == "Tasks"
    assert "Handling: Internal" in calendar["X-WR-CALDESC"]


def test_one_record_is_written_and_logged(people: Store, tmp_path: Path) -> None:
    with people.reading() as work:
        an = next(each for each in work.all(Contact) if each.given_name == "An")
    taken = perform(people, take_out_one, "contact", an.id, "vcf")[0]
    assert (taken.ids, taken.entry.record_count) == ((an.id,), 1)
    assert taken.gravest is Handling.INTERNAL
    file = tmp_path / "an.vcf"
    assert answer(people, export_records, "contact", file, ids=taken.ids) == 1
    ((name, card),) = answer(people, cards_of, taken.ids)
    assert (name, card.count("BEGIN:VCARD")) == ("An", 1)


def test_days_of_agreements_and_obligations_go_to_calendars_and_do_not_come_back(
    store: Store, tmp_path: Path
) -> None:
    agreement = make_agreement(
        state="in_force", in_force_on=date(2024, 3, 7), initial_term_months=60, notice_months=6,
        renewal_type="tacit", renewal_months=12,
    )  # fmt: skip
    owed = make_obligation(agreement_id=agreement.id, due_on=date(2028, 1, 5))
    kept = make_obligation(
        id=UUID(int=7), agreement_id=agreement.id, due_on=date(2028, 2, 5), state="fulfilled"
    )
    with store.work() as work:
        work.add_all([agreement, owed, kept])
        work.commit()
    with store.reading() as work:
        days = list(deadlines_of(work, "agreement", [agreement.id], ENGLISH))
        duties = list(deadlines_of(work, "obligation", [owed.id, kept.id], ENGLISH))
    assert {"Next term begins", "Last day for notice"} <= {e.text.partition(":")[0] for e in days}
    assert [(each.on, each.text[:14]) for each in duties] == [(date(2028, 1, 5), "Obligation due")]
    file = tmp_path / "days.ics"
    exported(store, "agreement", file)
    events = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert {each["UID"] for each in events} == {each.uid for each in days}
    assert all(type(each["DTSTART"].dt) is date for each in events)
    outlook = look_over(store, read_for_import(file, run=here))
    assert (outlook.matches, outlook.refused) == ((), ())
