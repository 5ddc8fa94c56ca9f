"""The calendar: tasks, engagements, days for notice and ends of terms, for a range of days.

Days of agreements come from the term engine, computed for the range; nothing of them is stored.
"""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from uuid import UUID
from zoneinfo import ZoneInfo

from embassy_desk.application.courses import agreements_with_terms
from embassy_desk.application.due_lines import Press
from embassy_desk.domain.agreement import CONCLUDED
from embassy_desk.domain.engagement import EngagementState
from embassy_desk.domain.milestones import MilestoneKind, milestones
from embassy_desk.domain.term_engine import history_of
from embassy_desk.store.finders.due import EngagementRow, engagements_between, tasks_between
from embassy_desk.store.types import time_of
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_, LabelledEnum, Text

_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_PRESSES = {MilestoneKind.NOTICE: Press.NOW, MilestoneKind.END: Press.LATE}


class CalendarSort(LabelledEnum):
    """What stands on a day."""

    ENGAGEMENT = "engagement", N_("Engagement")
    TASK = "task", N_("Task due")
    MILESTONE = "milestone", N_("Agreement")


@dataclass(frozen=True, kw_only=True)
class CalendarEntry:
    """One thing on one day.

    Attributes:
        kind: Kind of the record that it opens.
        what: What it is, such as the last day for notice.
        clock: Time of day at the place, such as `14:00`; empty without one.
        clock_at_home: The same moment in Hà Nội; empty where it is the same or unknown.
    """

    on: date
    sort: CalendarSort
    kind: str
    id: UUID
    heading: str
    what: Text
    press: Press = Press.CALM
    clock: str = ""
    clock_at_home: str = ""


def calendar_entries(
    work: UnitOfWork, first: date, last: date, today: date, whose: UUID | None
) -> tuple[CalendarEntry, ...]:
    """Return what stands on the days of a range, both included, by day and clock.

    Args:
        work: A reading unit of work.
        first: The first day.
        last: The last day.
        today: Tells what is late.
        whose: Only what this person has to do or takes part in; nothing for the whole mission.
    """
    found = [
        *(_engagement(each) for each in engagements_between(work, first, last, whose)),
        *_tasks(work, first, last, today, whose),
        *_milestones(work, first, last, whose),
    ]
    return tuple(sorted(found, key=_order))


def _order(entry: CalendarEntry) -> tuple[date, bool, str, int]:
    """Return what entries are sorted by: day, those with a clock first, then their sort."""
    return entry.on, not entry.clock, entry.clock, tuple(CalendarSort).index(entry.sort)


def _engagement(row: EngagementRow) -> CalendarEntry:
    clock, at_home = _clocks(row)
    is_off = row.state == EngagementState.NOT_HELD
    return CalendarEntry(
        on=row.held_on,
        sort=CalendarSort.ENGAGEMENT,
        kind="engagement",
        id=row.id,
        heading=row.heading,
        what=EngagementState.named(row.state).label if is_off else CalendarSort.ENGAGEMENT.label,
        clock=clock,
        clock_at_home=at_home,
    )


def _clocks(row: EngagementRow) -> tuple[str, str]:
    """Return the time of day at the place and in Hà Nội; legal days have none."""
    if not row.starts_at:
        return "", ""
    moment: datetime = time_of(row.starts_at)
    place = _zone(row.zone)
    if place is None:
        return "", f"{moment.astimezone(_HANOI):%H:%M}"
    here, home = f"{moment.astimezone(place):%H:%M}", f"{moment.astimezone(_HANOI):%H:%M}"
    return here, "" if here == home else home


def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):  # a zone this computer does not know
        return None


def _tasks(
    work: UnitOfWork, first: date, last: date, today: date, whose: UUID | None
) -> list[CalendarEntry]:
    return [
        CalendarEntry(
            on=each.due_on,
            sort=CalendarSort.TASK,
            kind="task",
            id=each.id,
            heading=each.heading,
            what=CalendarSort.TASK.label,
            press=Press.LATE if each.due_on < today else Press.CALM,
        )
        for each in tasks_between(work, first, last, whose)
        if each.due_on is not None
    ]


def _milestones(
    work: UnitOfWork, first: date, last: date, whose: UUID | None
) -> list[CalendarEntry]:
    return [
        CalendarEntry(
            on=each.on,
            sort=CalendarSort.MILESTONE,
            kind="agreement",
            id=agreement.id,
            heading=agreement.heading,
            what=each.kind.label,
            press=_PRESSES.get(each.kind, Press.SOON),
        )
        for agreement, terms in agreements_with_terms(work, CONCLUDED, whose)
        for each in milestones(history_of(agreement, terms), first, last)
    ]
