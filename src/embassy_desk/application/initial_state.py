"""In which state a record begins that is entered from papers, where nobody says so."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from embassy_desk.domain.task import TaskState


def with_completion(
    kind: str, values: Mapping[str, Any], on: date, by: UUID | None
) -> dict[str, Any]:
    """Return the values of a task that is entered as done with the day and the person, if unsaid.

    Args:
        kind: Name of the kind; only tasks are done.
        values: Fields of the record.
        on: The present day.
        by: Who enters it.
    """
    if kind != "task" or str(values.get("state", "")) != TaskState.DONE:
        return dict(values)
    said = {name: value for name, value in values.items() if value not in (None, "")}
    return {"completed_on": on, "completed_by": by, **said}


_SIGNS = (
    ("terminated_on", "terminated"),
    ("suspended_on", "suspended"),
    ("in_force_on", "in_force"),
    ("provisional_from", "provisionally_applied"),
)
"""Days of an agreement and the state each one brings, the strongest first."""


def with_initial_state(kind: str, values: Mapping[str, Any], on: date) -> dict[str, Any]:
    """Return the values with the state that an agreement's own dates tell, if none is given.

    A register often gives the dates and no state: an agreement whose day of entry into force has
    come is in force, one that will enter later awaits it, one that is only signed is signed.

    Args:
        kind: Name of the kind; only agreements have such dates.
        values: Fields, days as `date` or as ISO 8601 text.
        on: The present day.
    """
    given = dict(values)
    if kind != "agreement" or given.get("state"):
        return given
    given.pop("state", None)
    state = _state(given, on)
    return {**given, "state": state} if state else given


def _state(values: Mapping[str, Any], on: date) -> str:
    for name, state in _SIGNS:
        if values.get(name) and str(values[name]) <= on.isoformat():
            return state
    if values.get("in_force_on"):
        return "awaiting_entry"
    return "signed" if values.get("signed_on") else ""
