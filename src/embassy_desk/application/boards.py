"""The boards: records of a kind in columns by their state, and the guarded step of one card."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from embassy_desk.application.agreements import StepOffer
from embassy_desk.application.due_lines import Press
from embassy_desk.application.steps import file_of, state_named
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.domain.days import days_after
from embassy_desk.domain.elevation import RESTING_ELEVATIONS, ElevationState
from embassy_desk.domain.task import CLOSED_TASKS, Priority, TaskState
from embassy_desk.domain.vietnamese import sort_key
from embassy_desk.store.finders.cards import CardRow, cards, missions_of_cards, people_of_cards
from embassy_desk.store.finders.names import headings
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import LabelledEnum

BOARD_KINDS = ("task", "elevation")
"""Kinds that have a board."""

CLOSED_DAYS = 30
"""Tasks that were closed stay on the board so many days."""

MOST_CARDS = 500
"""Cards of one column; the list of the kind shows the rest."""

_COLUMNS: dict[str, tuple[LabelledEnum, ...]] = {
    "task": (
        TaskState.OPEN,
        TaskState.IN_PROGRESS,
        TaskState.WAITING,
        TaskState.DEFERRED,
        TaskState.DONE,
        TaskState.CANCELLED,
    ),
    "elevation": tuple(ElevationState),
}
_OVER = frozenset({*RESTING_ELEVATIONS, *CLOSED_TASKS})
_SOON_DAYS = 7


@dataclass(frozen=True, kw_only=True)
class Card:
    """One record on a board.

    Attributes:
        due_on: Its day; for an elevation case the day on which the old agreement ends.
        note: What it waits for, or what comes next.
        who: Name of who has to do it.
        press: How much it presses.
    """

    kind: str
    id: UUID
    heading: str
    state: str
    due_on: date | None
    note: str
    who: str
    press: Press


@dataclass(frozen=True)
class Column:
    """The cards of one state, and how many records are in it."""

    state: LabelledEnum
    cards: tuple[Card, ...]
    total: int


@dataclass(frozen=True)
class Board:
    """A board with what it may be filtered by.

    Attributes:
        kind: Name of the kind.
        columns: In the order of the states.
        people: Who has cards, by name.
        missions: Codes of the missions that have cards.
    """

    kind: str
    columns: tuple[Column, ...]
    people: tuple[tuple[UUID, str], ...]
    missions: tuple[str, ...]


def board(
    work: UnitOfWork, kind: str, on: date, *, who: UUID | None = None, mission: str = ""
) -> Board:
    """Return the board of a kind.

    Args:
        work: A reading unit of work.
        kind: One of `BOARD_KINDS`.
        on: The day of asking.
        who: Only cards of this person.
        mission: Only cards of this mission.
    """
    rows = cards(
        work,
        kind,
        who=who,
        mission=mission,
        closed_since=days_after(on, -CLOSED_DAYS),
        limit=MOST_CARDS,
    )
    people = people_of_cards(work, kind)
    names = headings(work, {*people, *(each.who for each in rows if each.who)})
    by_state: dict[str, list[CardRow]] = {}
    for row in rows:
        by_state.setdefault(row.state, []).append(row)
    columns = (
        Column(
            state,
            tuple(_card(kind, each, names, on) for each in by_state.get(str(state), ())),
            by_state[str(state)][0].total if str(state) in by_state else 0,
        )
        for state in _COLUMNS[kind]
    )
    known = ((each, names[each]) for each in people if each in names)
    by_name = sorted(known, key=lambda each: sort_key(each[1]))
    return Board(kind, tuple(columns), tuple(by_name), missions_of_cards(work, kind))


def _card(kind: str, row: CardRow, names: dict[UUID, str], on: date) -> Card:
    return Card(
        kind=kind,
        id=row.id,
        heading=row.heading,
        state=row.state,
        due_on=row.due_on,
        note=row.note,
        who=names.get(row.who, "") if row.who else "",
        press=_press(row, on),
    )


def _press(row: CardRow, on: date) -> Press:
    if row.state in _OVER:
        return Press.CALM
    if row.due_on is not None and row.due_on < on:
        return Press.LATE
    if row.due_on == on or row.priority == Priority.URGENT:
        return Press.NOW
    is_near = row.due_on is not None and row.due_on <= days_after(on, _SOON_DAYS)
    return Press.SOON if is_near else Press.CALM


def step_towards(work: UnitOfWork, kind: str, record_id: UUID, target: str) -> StepOffer:
    """Return the step that leads a record to a state; nothing is missing but perhaps a reason.

    Raises:
        InvalidError: There is no such state.
        MissingError: The record is gone.
        RefusedError: It cannot go there now; says why and names what is missing.
    """
    machine, file = file_of(work, work.get(kind_named(kind).entity, record_id))
    state = state_named(machine, target)
    machine.check(file, state, "a reason is asked for afterwards")
    named = (each.label for each in machine.steps(file) if each.target == state)
    return StepOffer(
        target=target,
        label=next(named, state.label),
        missing=(),
        needs_reason=machine.needs_reason(file, state),
    )
