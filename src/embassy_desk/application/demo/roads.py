"""Walks a record along its states as its machine allows, and writes down every step."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

from embassy_desk.application.demo.fiction import moment
from embassy_desk.application.demo.pen import Pen
from embassy_desk.domain.catalogue import kind_of
from embassy_desk.domain.entity import Record
from embassy_desk.domain.machine import FileType, Machine, registration
from embassy_desk.domain.parts import StageStep
from embassy_desk.texts import LabelledEnum

RecordType = TypeVar("RecordType", bound=Record)


@dataclass(frozen=True)
class Station:
    """A state on the road.

    Attributes:
        reason: Why the step was taken, where it needs a reason.
        values: Fields that stood otherwise on that day than they stand now.
    """

    state: LabelledEnum
    on: date
    reason: str = ""
    values: dict[str, Any] = field(default_factory=dict)


def enter_at(pen: Pen, record: Record, station: Station, by: UUID) -> StageStep:
    """Write down in which state a record was entered, without the steps before."""
    values = registration(
        kind_of(record).name, record.id, station.state, on=station.on, by=by, at=moment(station.on)
    )
    return pen.step(record, values)


def walk(
    pen: Pen,
    record: RecordType,
    machine: Machine[FileType],
    file_of: Callable[[RecordType, tuple[StageStep, ...]], FileType],
    road: Sequence[Station],
    by: UUID,
) -> None:
    """Enter a record at the first station and take every step to the last, guards included.

    Args:
        pen: Writes the steps.
        record: As it stands at the end.
        machine: Its states.
        file_of: Gathers what the guards need.
        road: Stations in the order of their days.
        by: Who takes the steps.

    Raises:
        RefusedError: The road leads where the machine does not; the story is wrong.
    """
    first, *others = road
    steps = [enter_at(pen, record, first, by)]
    present = record.model_copy(update={"state": first.state})
    for place, station in enumerate(others, 1):
        present = record.model_copy(update={"state": present.state, **station.values})  # type: ignore[attr-defined]  # every record with a machine has a state
        values = machine.move(
            file_of(present, tuple(steps)),
            station.state,
            on=station.on,
            by=by,
            at=moment(station.on) + timedelta(minutes=place),
            reason=station.reason,
        )
        steps.append(pen.step(record, values))
        present = record.model_copy(update={"state": station.state})
