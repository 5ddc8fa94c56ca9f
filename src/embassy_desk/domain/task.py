"""What somebody has to do, by when, and what it waits for."""

from datetime import date
from typing import Annotated, ClassVar, Self
from uuid import UUID

from pydantic import Field, model_validator

from embassy_desk.domain.entity import Part, Record
from embassy_desk.domain.required import NeededCode, NeededLine, NeededName, Recurrence
from embassy_desk.domain.spans import in_order
from embassy_desk.domain.values import Count, Line, LongText, Timestamp, Zone
from embassy_desk.texts import N_, LabelledEnum


class TaskKind(LabelledEnum):
    """What sort of work it is."""

    OUTREACH = "outreach", N_("Outreach")
    FOLLOW_UP = "follow_up", N_("Follow-up")
    REPORT = "report", N_("Report")
    PREPARE_VISIT = "prepare_visit", N_("Preparing a visit")
    CLEARANCE = "clearance", N_("Clearance")
    OBLIGATION = "obligation", N_("Obligation")
    TRANSLATION = "translation", N_("Translation")
    PUBLICATION = "publication", N_("Publication")
    ADMIN = "admin", N_("Administration")
    OTHER = "other", N_("Other")


class TaskState(LabelledEnum):
    """How far a task is; whether it is overdue is told by its dates."""

    OPEN = "open", N_("Open")
    IN_PROGRESS = "in_progress", N_("In progress")
    WAITING = "waiting", N_("Waiting")
    DONE = "done", N_("Done")
    CANCELLED = "cancelled", N_("Cancelled")
    DEFERRED = "deferred", N_("Deferred")


CLOSED_TASKS = frozenset({TaskState.DONE, TaskState.CANCELLED})
"""States in which nothing more is to be done."""


class Priority(LabelledEnum):
    """How much it presses."""

    LOW = "low", N_("Low")
    NORMAL = "normal", N_("Normal")
    HIGH = "high", N_("High")
    URGENT = "urgent", N_("Urgent")


class Task(Record):
    """A piece of work.

    Attributes:
        due_at: Deadline with a clock; its zone stands in `zone`, its calendar day in `due_on`.
        assignee: Staff member who does it.
        waiting_on: Whom or what it waits for, in words.
        waiting_since: Day since which it waits.
        recurrence: An RFC 5545 rule by which it comes again, such as `FREQ=MONTHLY`.
        recurs_from: First day of the rule; the due day when empty.
        outcome: What came of it.
    """

    title: NeededName
    detail: LongText = ""
    kind: TaskKind = TaskKind.OTHER
    state: TaskState = TaskState.OPEN
    priority: Priority = Priority.NORMAL
    start_on: date | None = None
    due_on: date | None = None
    due_at: Timestamp | None = None
    zone: Zone = ""
    assignee: UUID | None = None
    delegated_by: UUID | None = None
    waiting_on: Line = ""
    waiting_on_contact_id: UUID | None = None
    waiting_since: date | None = None
    deferred_until: date | None = None
    recurrence: Recurrence = ""
    recurs_from: date | None = None
    outcome: LongText = ""
    effort_minutes: Count | None = None
    completed_on: date | None = None
    completed_by: UUID | None = None

    @model_validator(mode="after")
    def _dates_make_sense(self) -> Self:
        if self.due_at is not None and not self.zone:
            raise ValueError(N_("A time needs its zone, such as Asia/Tokyo."))
        in_order(self.start_on, self.due_on)
        if self.recurrence and self.due_on is None and self.recurs_from is None:
            raise ValueError(N_("A task that comes again needs a day to count from."))
        return self

    @property
    def heading(self) -> str:
        """The title."""
        return self.title

    def is_overdue(self, on: date) -> bool:
        """Say whether it is not closed after its day; a deferred task waits for its own day."""
        if self.state in CLOSED_TASKS or self.due_on is None:
            return False
        due = self.due_on
        if self.state is TaskState.DEFERRED and self.deferred_until is not None:
            due = max(due, self.deferred_until)
        return due < on


class ChecklistItem(Part):
    """One point of a task's checklist."""

    parent_field: ClassVar[str] = "task_id"

    task_id: UUID
    text: NeededLine
    is_done: bool = False
    place: Count = 0


class TaskParent(Part):
    """A record the task serves; a task may serve several or none."""

    parent_field: ClassVar[str] = "task_id"

    task_id: UUID
    record_kind: NeededCode
    record_id: UUID


class TaskReminder(Part):
    """A reminder so many days before a task is due, 0 to 365."""

    parent_field: ClassVar[str] = "task_id"

    task_id: UUID
    days_before: Annotated[int, Field(ge=0, le=365)] = 1
