"""Values of a record that is yet to be made, with the parts that go with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class TaskDraft:
    """A task to be made: values without identities, which the store gives.

    Attributes:
        values: Values of the `Task`.
        parents: Values of each `TaskParent`, without `task_id`.
        checklist: Values of each `ChecklistItem`, without `task_id`.
        reminders: Values of each `TaskReminder`, without `task_id`.
    """

    values: Mapping[str, Any]
    parents: tuple[Mapping[str, Any], ...] = ()
    checklist: tuple[Mapping[str, Any], ...] = ()
    reminders: tuple[Mapping[str, Any], ...] = ()
