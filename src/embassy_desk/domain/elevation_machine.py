"""The way of an elevation case, and how it follows the new agreement."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from embassy_desk.domain.agreement import Agreement, AgreementState
from embassy_desk.domain.elevation import Elevation, ElevationState, PartnerPosition
from embassy_desk.domain.engagement import Engagement
from embassy_desk.domain.machine import Machine, Transition, lacking
from embassy_desk.domain.parts import StageStep
from embassy_desk.texts import N_, Text

_S = ElevationState
_A = AgreementState

_MIRRORED = {
    _A.IDEA: _S.MANDATE,
    _A.SCOPING: _S.MANDATE,
    _A.MANDATE_SOUGHT: _S.MANDATE,
    _A.MANDATE_GIVEN: _S.MANDATE,
    _A.NEGOTIATING: _S.NEGOTIATING,
    _A.TEXT_AGREED: _S.NEGOTIATING,
    _A.DOMESTIC_CLEARANCE: _S.NEGOTIATING,
    _A.AUTHORISED_TO_SIGN: _S.NEGOTIATING,
    _A.SIGNED: _S.SIGNED,
    _A.AWAITING_ENTRY: _S.SIGNED,
    _A.PROVISIONALLY_APPLIED: _S.SIGNED,
    _A.IN_FORCE: _S.IN_FORCE,
    _A.SUSPENDED: _S.IN_FORCE,
}
_MIRRORING = (_S.MANDATE, _S.NEGOTIATING, _S.SIGNED, _S.IN_FORCE)
_REASON_FIELDS = {_S.PARKED: "parked_reason", _S.DECLINED: "decline_reason"}
_OPEN = (
    _S.IDENTIFIED,
    _S.JUSTIFIED,
    _S.PARTNER_SOUNDED,
    _S.LEAD_MINISTRY_AGREES,
    _S.MANDATE,
    _S.NEGOTIATING,
)


@dataclass(frozen=True, kw_only=True)
class ElevationFile:
    """An elevation case with everything its steps depend on.

    Attributes:
        from_agreement: The agreement that is to be replaced.
        to_agreement: The new agreement, once there is one.
        engagement: The occasion on which the partner was sounded.
        stages: Steps taken so far, oldest first.
    """

    elevation: Elevation
    from_agreement: Agreement | None = None
    to_agreement: Agreement | None = None
    engagement: Engagement | None = None
    stages: tuple[StageStep, ...] = ()

    @property
    def record_id(self) -> UUID:
        """Identity of the case."""
        return self.elevation.id

    @property
    def heading(self) -> str:
        """Title of the case."""
        return self.elevation.heading

    @property
    def state(self) -> ElevationState:
        """State of the case."""
        return self.elevation.state


def _needs_for_justified(file: ElevationFile) -> tuple[Text, ...]:
    elevation = file.elevation
    return lacking(
        (elevation.benefits, N_("The benefits are missing.")),
        (elevation.gap, N_("What the old agreement cannot do is missing.")),
        (elevation.cost_of_nothing, N_("The cost of doing nothing is missing.")),
    )


def _needs_for_partner_sounded(file: ElevationFile) -> tuple[Text, ...]:
    elevation = file.elevation
    sounded_at = elevation.partner_engagement_id
    met = file.engagement is not None and file.engagement.id == sounded_at
    answered = elevation.partner_position != PartnerPosition.UNKNOWN
    return lacking(
        (met, N_("The engagement at which the partner was sounded is missing.")),
        (answered, N_("The partner's answer is missing.")),
    )


def _needs_for_lead_ministry(file: ElevationFile) -> tuple[Text, ...]:
    return lacking(
        (
            file.elevation.lead_ministry_reference,
            N_("The document by which the lead ministry agrees is missing."),
        )
    )


def _needs_new_agreement(file: ElevationFile, state: ElevationState) -> tuple[Text, ...]:
    new = file.to_agreement
    if new is None or new.id != file.elevation.to_agreement_id:
        return (N_("The new agreement is missing."),)
    reached = _MIRRORED.get(new.state)
    if reached is not None and _MIRRORING.index(reached) >= _MIRRORING.index(state):
        return ()
    return (
        N_(
            "The new agreement “{title}” is “{state}”; that is not far enough.",
            title=new.heading,
            state=getattr(new.state, "label", new.state),
        ),
    )


def _needs_for_mandate(file: ElevationFile) -> tuple[Text, ...]:
    return _needs_new_agreement(file, _S.MANDATE)


def _needs_for_negotiating(file: ElevationFile) -> tuple[Text, ...]:
    new = file.to_agreement
    reference = file.elevation.mandate_reference or (new is not None and new.mandate_reference)
    return (
        *_needs_new_agreement(file, _S.NEGOTIATING),
        *lacking((reference, N_("The reference of the mandate is missing."))),
    )


def _needs_for_signed(file: ElevationFile) -> tuple[Text, ...]:
    return _needs_new_agreement(file, _S.SIGNED)


def _needs_for_in_force(file: ElevationFile) -> tuple[Text, ...]:
    return _needs_new_agreement(file, _S.IN_FORCE)


def _needs_for_superseded(file: ElevationFile) -> tuple[Text, ...]:
    old = file.from_agreement
    ended = file.elevation.old_ends_on or (old is not None and old.terminated_on)
    return (
        *_needs_for_in_force(file),
        *lacking((ended, N_("The date on which the old agreement ends is missing."))),
    )


def _needs_for_declined(file: ElevationFile) -> tuple[Text, ...]:
    return lacking((file.elevation.declined_by, N_("Which side declined is missing.")))


ELEVATION_MACHINE: Machine[ElevationFile] = Machine(
    kind="elevation",
    states=tuple(ElevationState),
    aside=frozenset({_S.PARKED, _S.DECLINED}),
    by_name_only=frozenset({_S.SUPERSEDED}),
    may_jump=True,
    transitions=(
        Transition(
            name="justify",
            label=N_("Record the justification"),
            sources=(_S.IDENTIFIED,),
            target=_S.JUSTIFIED,
            guard=_needs_for_justified,
        ),
        Transition(
            name="sound_partner",
            label=N_("Record the partner's answer"),
            sources=(_S.JUSTIFIED,),
            target=_S.PARTNER_SOUNDED,
            guard=_needs_for_partner_sounded,
        ),
        Transition(
            name="agree_with_lead_ministry",
            label=N_("Record the lead ministry's agreement"),
            sources=(_S.PARTNER_SOUNDED,),
            target=_S.LEAD_MINISTRY_AGREES,
            guard=_needs_for_lead_ministry,
        ),
        Transition(
            name="take_to_mandate",
            label=N_("Go for the mandate"),
            sources=(_S.LEAD_MINISTRY_AGREES,),
            target=_S.MANDATE,
            guard=_needs_for_mandate,
        ),
        Transition(
            name="negotiate",
            label=N_("Open negotiations"),
            sources=(_S.MANDATE,),
            target=_S.NEGOTIATING,
            guard=_needs_for_negotiating,
        ),
        Transition(
            name="sign",
            label=N_("Record the signature"),
            sources=(_S.NEGOTIATING,),
            target=_S.SIGNED,
            guard=_needs_for_signed,
        ),
        Transition(
            name="bring_into_force",
            label=N_("Record the entry into force"),
            sources=(_S.SIGNED,),
            target=_S.IN_FORCE,
            guard=_needs_for_in_force,
        ),
        Transition(
            name="supersede",
            label=N_("Record the end of the old agreement"),
            sources=(_S.IN_FORCE,),
            target=_S.SUPERSEDED,
            guard=_needs_for_superseded,
        ),
        Transition(
            name="park",
            label=N_("Park"),
            sources=_OPEN,
            target=_S.PARKED,
            needs_reason=True,
        ),
        Transition(
            name="decline",
            label=N_("Record the refusal"),
            sources=(*_OPEN, _S.PARKED),
            target=_S.DECLINED,
            guard=_needs_for_declined,
            needs_reason=True,
        ),
    ),
)
"""The states of an elevation case."""


def advance_elevation(
    file: ElevationFile,
    target: ElevationState,
    *,
    on: date,
    by: UUID | None,
    at: datetime,
    reason: str = "",
) -> tuple[Elevation, Mapping[str, Any]]:
    """Return the case in its new state and the values of the stage step to write.

    A reason already on the case counts for parking and declining; one given now is kept there
    until the case is taken up again.

    Raises:
        RefusedError: The step may not be taken now; says why and names what is missing.
    """
    values: dict[str, Any] = {"state": target}
    if file.state in _REASON_FIELDS:
        values[_REASON_FIELDS[file.state]] = ""
    if target in _REASON_FIELDS:
        reason = reason.strip() or getattr(file.elevation, _REASON_FIELDS[target])
        values[_REASON_FIELDS[target]] = reason
    step = ELEVATION_MACHINE.move(file, target, on=on, by=by, at=at, reason=reason)
    return file.elevation.changed(**values), step


def mirrored(file: ElevationFile) -> ElevationState | None:
    """Return the state that the case takes over from the new agreement; nothing if it stays.

    From the mandate until the old agreement is superseded, the case goes where the new agreement
    goes. A new agreement that was put aside or has ended says nothing.
    """
    if file.to_agreement is None or file.state not in _MIRRORING:
        return None
    state = _MIRRORED.get(file.to_agreement.state)
    return None if state == file.state else state


def mirror(
    file: ElevationFile, *, on: date, by: UUID | None, at: datetime, reason: str
) -> tuple[Elevation, Mapping[str, Any]] | None:
    """Return the case as the new agreement has it, and the stage step; nothing if it stays.

    The guards were met by the new agreement's own step, so none is asked again.

    Args:
        file: The case with the new agreement in its new state.
        on: Day of the new agreement's step.
        by: Who took that step.
        at: When it was written down.
        reason: What the step of the case says; names the new agreement.
    """
    state = mirrored(file)
    if state is None:
        return None
    step = ELEVATION_MACHINE.written(file, state, on=on, by=by, at=at, reason=reason)
    return file.elevation.changed(state=state), step
