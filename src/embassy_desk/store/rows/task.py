"""How tasks lie in the store."""

from embassy_desk.domain.task import ChecklistItem, Task, TaskParent, TaskReminder
from embassy_desk.store.rows.base import StoreRow, stored


@stored(Task, "state,due_on")
class TaskRow(StoreRow, Task, table=True):
    """A piece of work."""

    __tablename__ = "task"


@stored(ChecklistItem, "task_id")
class ChecklistItemRow(StoreRow, ChecklistItem, table=True):
    """One point of a task's checklist."""

    __tablename__ = "checklist_item"


@stored(TaskParent, "task_id", "record_id")
class TaskParentRow(StoreRow, TaskParent, table=True):
    """A record the task serves; a task may serve several or none."""

    __tablename__ = "task_parent"


@stored(TaskReminder, "task_id")
class TaskReminderRow(StoreRow, TaskReminder, table=True):
    """A reminder so many days before a task is due, 0 to 365."""

    __tablename__ = "task_reminder"
