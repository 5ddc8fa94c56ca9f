"""The way of an obligation, and the next one where it comes again."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from embassy_desk.domain.days import days_after
from embassy_desk.domain.machine import Machine, Transition, lacking
from embassy_desk.domain.obligation import DueRule, Obligation, ObligationState
from embassy_desk.domain.parts import StageStep
from embassy_desk.domain.recurrence import MAX_COUNT, days_between, next_day
from embassy_desk.texts import N_, Text

_S = ObligationState
_OWED = (_S.NOT_STARTED, _S.IN_PROGRESS, _S.PARTLY_FULFILLED, _S.DISPUTED)
_COUNT = re.compile(r"COUNT=(\d+)", re.IGNORECASE)
_KEPT_FOR_THE_NEXT = (
    "mission", "owner", "backup", "handling", "agreement_id", "article", "text", "owing_side",
    "kind", "due_rule", "due_months", "event", "evidence_needed",
    "responsible_organisation_id", "responsible_staff_id",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ObligationFile:
    """An obligation with what its steps depend on.

    Attributes:
        in_force_on: Day on which its agreement entered into force, when it has.
        stages: Steps taken so far, oldest first.
    """

    obligation: Obligation
    in_force_on: date | None = None
    stages: tuple[StageStep, ...] = ()

    @property
    def record_id(self) -> UUID:
        """Identity of the obligation."""
        return self.obligation.id

    @property
    def heading(self) -> str:
        """What the obligation is called."""
        return self.obligation.heading

    @property
    def state(self) -> ObligationState:
        """State of the obligation."""
        return self.obligation.state


def _needs_for_fulfilled(file: ObligationFile) -> tuple[Text, ...]:
    return lacking((file.obligation.evidence, N_("The evidence of fulfilment is missing.")))


def _needs_for_partly_fulfilled(file: ObligationFile) -> tuple[Text, ...]:
    return lacking((file.obligation.percent_done, N_("How much is done, in percent, is missing.")))


OBLIGATION_MACHINE: Machine[ObligationFile] = Machine(
    kind="obligation",
    states=tuple(ObligationState),
    transitions=(
        Transition(
            name="start",
            label=N_("Start"),
            sources=(_S.NOT_STARTED, _S.PARTLY_FULFILLED, _S.DISPUTED),
            target=_S.IN_PROGRESS,
        ),
        Transition(
            name="fulfil",
            label=N_("Record the fulfilment"),
            sources=_OWED,
            target=_S.FULFILLED,
            guard=_needs_for_fulfilled,
        ),
        Transition(
            name="fulfil_in_part",
            label=N_("Record fulfilment in part"),
            sources=(_S.NOT_STARTED, _S.IN_PROGRESS, _S.DISPUTED),
            target=_S.PARTLY_FULFILLED,
            guard=_needs_for_partly_fulfilled,
        ),
        Transition(
            name="waive",
            label=N_("Waive"),
            sources=_OWED,
            target=_S.WAIVED,
            needs_reason=True,
        ),
        Transition(
            name="dispute",
            label=N_("Record a dispute"),
            sources=(_S.NOT_STARTED, _S.IN_PROGRESS, _S.FULFILLED, _S.PARTLY_FULFILLED),
            target=_S.DISPUTED,
            needs_reason=True,
        ),
    ),
)
"""The states of an obligation."""


@dataclass(frozen=True)
class ObligationMove:
    """What a step of an obligation brings about.

    Attributes:
        obligation: The obligation in its new state.
        step: Values of the stage step to write.
        following: Values of the next obligation, where a recurring one was fulfilled.
    """

    obligation: Obligation
    step: Mapping[str, Any]
    following: Mapping[str, Any] | None = None


def advance_obligation(
    file: ObligationFile,
    target: ObligationState,
    *,
    on: date,
    by: UUID | None,
    at: datetime,
    reason: str = "",
) -> ObligationMove:
    """Return the obligation in its new state, its stage step, and the one that comes next.

    Raises:
        RefusedError: The step may not be taken now; says why and names what is missing.
    """
    step = OBLIGATION_MACHINE.move(file, target, on=on, by=by, at=at, reason=reason)
    if target != _S.FULFILLED:
        return ObligationMove(file.obligation.changed(state=target), step)
    done = file.obligation.changed(state=target, percent_done=100)
    return ObligationMove(done, step, next_obligation(file.obligation, on, file.in_force_on))


def next_obligation(
    obligation: Obligation, on: date, in_force_on: date | None = None
) -> Mapping[str, Any] | None:
    """Return the values of the obligation that follows a recurring one; nothing if none does.

    The rule counts from the day the obligation itself is due, so a late fulfilment moves nothing.
    No occurrence is left out: what is still owed from before comes first.

    Args:
        obligation: The one that was fulfilled.
        on: Day of fulfilment; matters only while no day of its own stands in the record.
        in_force_on: Day on which the agreement entered into force.
    """
    if obligation.due_rule != DueRule.RECURRENCE:
        return None
    due = obligation.due(on, in_force_on)
    start = obligation.due_on or in_force_on
    if due is None or start is None:
        return None
    following = next_day(obligation.recurrence, start, due)
    if following is None:
        return None
    kept = {name: getattr(obligation, name) for name in _KEPT_FOR_THE_NEXT}
    rule = _counted_down(obligation.recurrence, start, following)
    return {**kept, "recurrence": rule, "due_on": following}


def _counted_down(rule: str, start: date, following: date) -> str:
    """Return the rule for counting from `following`: `COUNT` less the occurrences before it."""
    match = _COUNT.search(rule)
    if match is None:
        return rule
    passed = len(days_between(rule, start, start, days_after(following, -1), MAX_COUNT))
    return _COUNT.sub(f"COUNT={int(match[1]) - passed}", rule)
