"""Calendars of other programs: events become engagements, to-dos tasks; never a wrong moment."""

from pathlib import Path
from typing import Any

import pytest

from embassy_desk.application.import_decisions import Outlook, Rules
from embassy_desk.application.import_job import look_over, read_for_import, take_over
from embassy_desk.application.import_matching import Verdict
from embassy_desk.application.office import answer, perform
from embassy_desk.application.records import undo_last
from embassy_desk.domain.engagement import Engagement, TheirParticipant
from embassy_desk.domain.errors import DeskError
from embassy_desk.domain.task import Task
from embassy_desk.interchange.apart import here
from embassy_desk.interchange.calendar_reader import calendar_in
from embassy_desk.interchange.calendars import write_ics
from embassy_desk.interchange.candidates import candidate_of
from embassy_desk.interchange.errors import UnreadableFileError
from embassy_desk.interchange.readings import Reading, joined
from embassy_desk.store.opening import Store

HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Some//Program//EN\r\n"
ZONES = (
    "BEGIN:VTIMEZONE\r\nTZID:Our own\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\n"
    "TZOFFSETFROM:+0700\r\nTZOFFSETTO:+0700\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
)


def calendar(*entries: str) -> bytes:
    return (HEAD + ZONES + "".join(entries) + "END:VCALENDAR\r\n").encode()


def event(*lines: str) -> str:
    return "\r\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT", ""))


def todo(*lines: str) -> str:
    return "\r\n".join(("BEGIN:VTODO", *lines, "END:VTODO", ""))


def read(*entries: str) -> Reading:
    return calendar_in(calendar(*entries), zone="Asia/Tokyo")


def values(*lines: str) -> dict[str, str]:
    reading = read(event("UID:1", "SUMMARY:Họp", *lines))
    assert reading.refused == ()
    (found,) = reading.candidates
    return dict(found.values)


@pytest.mark.parametrize(
    ("begins", "day", "moment", "zone"),
    [
        ("DTSTART;TZID=Asia/Tokyo:20260307T080000", "2026-03-07", "2026-03-06T23:00:00Z",
         "Asia/Tokyo"),
        ("DTSTART;TZID=Tokyo Standard Time:20260307T080000", "2026-03-07", "2026-03-06T23:00:00Z",
         "Asia/Tokyo"),
        ("DTSTART:20260306T230000Z", "2026-03-06", "2026-03-06T23:00:00Z", "UTC"),
        ("DTSTART:20260307T080000", "2026-03-07", "2026-03-06T23:00:00Z", "Asia/Tokyo"),
        ("DTSTART;TZID=Our own:20260307T080000", "2026-03-07", "2026-03-07T01:00:00Z",
         "Asia/Tokyo"),
    ],
)  # fmt: skip
def test_a_time_keeps_its_moment_whatever_its_zone_is_called(
    begins: str, day: str, moment: str, zone: str
) -> None:
    found = values(begins)
    assert (found["held_on"], found["starts_at"], found["zone"]) == (day, moment, zone)


def test_a_whole_day_stays_a_day() -> None:
    found = values("DTSTART;VALUE=DATE:20260307", "DTEND;VALUE=DATE:20260308")
    assert found["held_on"] == "2026-03-07"
    assert not {"starts_at", "ends_at", "zone"} & found.keys()


def test_what_an_event_says_stands_where_it_belongs() -> None:
    (found,) = read(
        event(
            "UID:ABC-1@outlook", "SUMMARY:Tiếp xã giao\\, Bộ Ngoại giao",
            "DESCRIPTION:Một\\nhai", "LOCATION:Phòng 2", "CLASS:CONFIDENTIAL",
            "CATEGORIES:Song phương,Kinh tế", "DTSTART;TZID=Asia/Ho_Chi_Minh:20260307T090000",
            "DURATION:PT90M", 'ATTENDEE;CN="Ông Sato":mailto:sato@x.jp',
            "ATTENDEE:mailto:lan@x.vn",
        )
    ).candidates  # fmt: skip
    assert found.line == 12
    assert found.values["subject"] == "Tiếp xã giao, Bộ Ngoại giao"
    assert found.values["agenda"] == "Một\nhai"
    assert found.values["handling"] == "restricted"
    assert found.values["ends_at"] == "2026-03-07T03:30:00Z"
    assert [each["name_then"] for each in found.parts["their_participant"]] == [
        "Ông Sato", "lan@x.vn"
    ]  # fmt: skip
    assert [each["label"] for each in found.parts["tag"]] == ["Song phương", "Kinh tế"]


def test_a_to_do_becomes_a_task_with_reminders() -> None:
    (found,) = read(
        todo(
            "UID:7", "SUMMARY:Gửi công hàm", "DUE;VALUE=DATE:20260320", "PRIORITY:1",
            "STATUS:IN-PROCESS", "RRULE:FREQ=MONTHLY;BYMONTHDAY=20", "BEGIN:VALARM",
            "ACTION:DISPLAY", "TRIGGER:-P3D", "END:VALARM",
        )
    ).candidates  # fmt: skip
    assert found.kind == "task"
    assert found.values["due_on"] == "2026-03-20"
    assert found.values["priority"] == "urgent"
    assert found.values["state"] == "in_progress"
    assert found.values["recurrence"] == "FREQ=MONTHLY;BYMONTHDAY=20"
    assert [each["days_before"] for each in found.parts["task_reminder"]] == ["3"]


def test_entries_without_a_name_or_a_day_are_refused_with_their_line() -> None:
    reading = read(event("UID:1", "SUMMARY:Không ngày"), todo("UID:2"), todo("SUMMARY:Có tên"))
    assert [each.values["title"] for each in reading.candidates] == ["Có tên"]
    assert {each.line for each in reading.refused} == {12, 16}
    assert reading.sources[12] == "Không ngày"


def test_an_event_that_repeats_is_taken_once_and_says_so() -> None:
    reading = read(event("SUMMARY:Giao ban", "DTSTART:20260302T010000Z", "RRULE:FREQ=WEEKLY"))
    assert len(reading.candidates) == 1
    assert [str(each.text) for each in reading.remarks] == [
        "This repeats; only the first time is taken."
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"x",
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nEND:VCARD\r\n",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n",
        b"BEGIN:VEVENT\r\nSUMMARY:x\r\nEND:VEVENT\r\n",
        calendar(event(f"DTSTART;TZID={'A' * 5_000}:20260307T080000")),
        calendar("BEGIN:VEVENT\r\n" * 10_000),
        calendar(event("SUMMARY:" + "x" * 50_000_000)),
    ],
    ids=[
        "letters",
        "card",
        "cut off",
        "no calendar",
        "endless zone",
        "nested 10,000 deep",
        "line of 50 MB",
    ],
)
def test_what_is_no_calendar_or_not_safe_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(UnreadableFileError) as refused:
        calendar_in(content)
    assert "SUMMARY" not in str(refused.value)


def looked(store: Store, file: Path) -> Outlook:
    return look_over(store, read_for_import(file, zone="Asia/Tokyo", run=here))


def test_a_calendar_comes_in_once_is_changed_by_its_mark_and_taken_back(
    store: Store, tmp_path: Path
) -> None:
    file = tmp_path / "a.ics"
    begins = "DTSTART;TZID=Asia/Tokyo:20260307T080000"
    file.write_bytes(
        calendar(
            event("UID:1", "SUMMARY:Họp", begins, "ATTENDEE;CN=Ông Sato:mailto:s@x.jp"),
            todo("UID:2", "SUMMARY:Việc"),
        )
    )
    done = take_over(store, looked(store, file), Rules(), original=file)
    assert dict(done.entered) == {"engagement": 1, "task": 1}
    assert looked(store, file).counts[Verdict.SAME] == 2
    file.write_bytes(calendar(event("UID:1", "SUMMARY:Họp lại", begins)))
    assert take_over(store, looked(store, file), Rules()).updated == 1
    (held,) = answer(store, lambda work: work.all(Engagement))
    assert (held.subject, held.zone) == ("Họp lại", "Asia/Tokyo")
    assert [each.name_then for each in answer(store, lambda w: w.all(TheirParticipant))] == [
        "Ông Sato"
    ]
    perform(store, undo_last)
    perform(store, undo_last)
    found: tuple[Any, ...] = answer(store, lambda work: (*work.all(Engagement), *work.all(Task)))
    assert len(found) == 2
    assert all(each.is_trashed for each in found)


def test_what_this_desk_writes_it_knows_again(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "a.ics"
    meeting = event("UID:1", "SUMMARY:Họp", "DTSTART:20260306T230000Z")
    file.write_bytes(calendar(meeting, todo("UID:2", "SUMMARY:Việc", "DUE;VALUE=DATE:20260320")))
    take_over(store, looked(store, file), Rules())
    with store.reading() as work:
        records = [*work.all(Engagement), *work.all(Task)]
        write_ics(file, map(candidate_of, records), made_at=work.at)
    again = looked(store, file)
    assert {each.record_id for each in again.matches} == {each.id for each in records}
    assert again.counts[Verdict.NEW] == 0


def test_a_calendar_is_read_in_the_confined_child(tmp_path: Path) -> None:
    file = tmp_path / "a.ics"
    file.write_bytes(calendar(event("SUMMARY:Họp", "DTSTART:20260307T080000")))
    (found,) = joined(read_for_import(file, zone="Asia/Ho_Chi_Minh")).candidates
    assert found.values["starts_at"] == "2026-03-07T01:00:00Z"
    file.write_bytes(b"BEGIN:VCALENDAR")
    with pytest.raises(DeskError):
        joined(read_for_import(file))
