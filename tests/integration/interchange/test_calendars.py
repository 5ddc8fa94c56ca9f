from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import vobject
from icalendar import Calendar, Todo

from embassy_desk.domain.parts import Tag
from embassy_desk.domain.task import Task
from embassy_desk.interchange.calendars import write_ics
from embassy_desk.interchange.candidates import Candidate, candidate_of

MADE_AT = datetime(2026, 3, 7, 5, 5, tzinfo=UTC)
TASK_ID = UUID("01980000-0000-7000-8000-000000000001")


def todo_of(path: Path, **values: object) -> Todo:
    task = Task.made(id=TASK_ID, title="Gọi điện cho Bộ; chuẩn bị, gửi", **values)
    write_ics(path, [candidate_of(task)], made_at=MADE_AT)
    (todo,) = Calendar.from_ical(path.read_bytes()).walk("VTODO")
    assert isinstance(todo, Todo)
    return todo


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "tasks.ics"


def test_a_task_becomes_a_to_do_with_a_day(file: Path) -> None:
    todo = todo_of(file, due_on=date(2026, 3, 20), start_on=date(2026, 3, 10), detail="Một\nhai")
    assert todo["uid"] == str(TASK_ID)
    assert todo["summary"] == "Gọi điện cho Bộ; chuẩn bị, gửi"
    assert todo["description"] == "Một\nhai"
    assert todo["due"].dt == date(2026, 3, 20)
    assert todo["dtstart"].dt == date(2026, 3, 10)
    assert todo["dtstamp"].dt == MADE_AT
    assert (todo["status"], todo["class"], todo["priority"]) == ("NEEDS-ACTION", "PRIVATE", 5)


def test_a_deadline_with_a_clock_is_in_utc(file: Path) -> None:
    todo = todo_of(
        file,
        due_on=date(2026, 3, 20),
        due_at=datetime.fromisoformat("2026-03-20T17:00+09:00"),
        zone="Asia/Tokyo",
    )
    assert todo["due"].dt == datetime(2026, 3, 20, 8, 0, tzinfo=UTC)
    assert b"DUE:20260320T080000Z" in file.read_bytes()


def test_a_task_that_comes_again_has_a_rule_and_a_day_to_count_from(file: Path) -> None:
    todo = todo_of(file, due_on=date(2026, 1, 31), recurrence="FREQ=MONTHLY;BYMONTHDAY=-1")
    assert todo["rrule"]["FREQ"] == ["MONTHLY"]
    assert todo["dtstart"].dt == date(2026, 1, 31)


def test_a_done_task_is_completed(file: Path) -> None:
    todo = todo_of(file, state="done", priority="urgent", handling="restricted")
    assert (todo["status"], todo["percent-complete"]) == ("COMPLETED", 100)
    assert (todo["class"], todo["priority"]) == ("CONFIDENTIAL", 1)


def test_tags_become_categories(file: Path) -> None:
    task = Task.made(id=TASK_ID, title="A")
    tag = Tag.made(id=UUID(int=1), record_kind="task", record_id=TASK_ID, label="đối, tác")
    write_ics(file, [candidate_of(task, [tag])], made_at=MADE_AT)
    (todo,) = Calendar.from_ical(file.read_bytes()).walk("VTODO")
    assert todo["categories"].cats == ["đối, tác"]


def test_no_task_gives_an_empty_calendar(file: Path) -> None:
    write_ics(file, [], made_at=MADE_AT)
    assert Calendar.from_ical(file.read_bytes()).walk("VTODO") == []


def engagement(**values: Any) -> Candidate:
    return Candidate(
        kind="engagement",
        values={"id": "e1", "subject": "Gặp; bàn, ký", "held_on": "2026-03-10", **values},
        parts={"tag": ({"label": "AI"},)},
    )


def read_back(path: Path) -> Any:
    """Read a calendar with another library than the one that wrote it."""
    return vobject.readOne(path.read_text(encoding="utf-8"))


def test_an_engagement_is_an_event_at_its_moment_without_what_was_said(tmp_path: Path) -> None:
    target = tmp_path / "e.ics"
    meeting = engagement(
        starts_at="2026-03-10T01:00:00Z", ends_at="2026-03-10T02:30:00Z", zone="America/New_York",
        place="Phòng 2", agenda="Hợp tác số", readout="secret words", handling="restricted",
    )  # fmt: skip
    write_ics(target, [meeting], made_at=MADE_AT)
    event = read_back(target).vevent
    assert event.summary.value == "Gặp; bàn, ký"
    assert event.dtstart.value.astimezone(UTC) == datetime(2026, 3, 10, 1, tzinfo=UTC)
    assert (event.dtend.value - event.dtstart.value).total_seconds() == 5400
    assert (event.location.value, event.description.value) == ("Phòng 2", "Hợp tác số")
    assert getattr(event, "class").value == "CONFIDENTIAL"
    assert "secret words" not in target.read_text(encoding="utf-8")


def test_an_engagement_without_a_clock_lasts_its_day_and_one_not_held_is_called_off(
    tmp_path: Path,
) -> None:
    target = tmp_path / "e.ics"
    write_ics(target, [engagement(state="not_held")], made_at=MADE_AT)
    event = read_back(target).vevent
    assert (event.dtstart.value, event.dtend.value) == (date(2026, 3, 10), date(2026, 3, 11))
    assert event.status.value == "CANCELLED"


def test_a_reminder_rings_at_nine_by_the_clock_of_the_mission(tmp_path: Path) -> None:
    target = tmp_path / "t.ics"
    task = Candidate(
        kind="task",
        values={"id": "t1", "title": "Gọi", "due_on": "2026-03-10"},
        parts={"task_reminder": ({"days_before": "2"},)},
    )
    write_ics(target, [task], made_at=MADE_AT, zone=ZoneInfo("Asia/Tokyo"))
    text = target.read_text(encoding="utf-8")
    assert "TRIGGER;VALUE=DATE-TIME:20260308T000000Z" in text
    assert read_back(target).vtodo.valarm.trigger.value == datetime(2026, 3, 8, tzinfo=UTC)
