"""The way of an agreement from an idea to its end."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from embassy_desk.domain.agreement import Agreement, AgreementState
from embassy_desk.domain.agreement_file import (
    AgreementFile,
    needs_for_authorised,
    needs_for_awaiting_entry,
    needs_for_in_force,
    needs_for_mandate_given,
    needs_for_mandate_sought,
    needs_for_negotiating,
    needs_for_provisional,
    needs_for_scoping,
    needs_for_signed,
    needs_for_superseded,
    needs_for_suspended,
    needs_for_terminated,
    needs_for_text_agreed,
    needs_for_withdrawn,
)
from embassy_desk.domain.machine import Machine, Transition
from embassy_desk.texts import N_

_S = AgreementState
_BEFORE_ENTRY = (
    _S.IDEA,
    _S.SCOPING,
    _S.MANDATE_SOUGHT,
    _S.MANDATE_GIVEN,
    _S.NEGOTIATING,
    _S.TEXT_AGREED,
    _S.DOMESTIC_CLEARANCE,
    _S.AUTHORISED_TO_SIGN,
    _S.SIGNED,
    _S.AWAITING_ENTRY,
)
_APPLIED = (_S.PROVISIONALLY_APPLIED, _S.IN_FORCE, _S.SUSPENDED)


AGREEMENT_MACHINE: Machine[AgreementFile] = Machine(
    kind="agreement",
    states=tuple(AgreementState),
    aside=frozenset({_S.PARKED, _S.ABANDONED}),
    by_name_only=frozenset({_S.SUSPENDED, _S.TERMINATED, _S.WITHDRAWN, _S.SUPERSEDED}),
    may_jump=True,
    transitions=(
        Transition(
            name="start_scoping",
            label=N_("Start scoping"),
            sources=(_S.IDEA,),
            target=_S.SCOPING,
            guard=needs_for_scoping,
        ),
        Transition(
            name="seek_mandate",
            label=N_("Seek the mandate"),
            sources=(_S.SCOPING,),
            target=_S.MANDATE_SOUGHT,
            guard=needs_for_mandate_sought,
        ),
        Transition(
            name="record_mandate",
            label=N_("Record the mandate"),
            sources=(_S.MANDATE_SOUGHT,),
            target=_S.MANDATE_GIVEN,
            guard=needs_for_mandate_given,
        ),
        Transition(
            name="negotiate",
            label=N_("Open negotiations"),
            sources=(_S.MANDATE_GIVEN,),
            target=_S.NEGOTIATING,
            guard=needs_for_negotiating,
        ),
        Transition(
            name="agree_text",
            label=N_("Agree the text"),
            sources=(_S.NEGOTIATING,),
            target=_S.TEXT_AGREED,
            guard=needs_for_text_agreed,
        ),
        Transition(
            name="start_clearance",
            label=N_("Start domestic clearance"),
            sources=(_S.TEXT_AGREED,),
            target=_S.DOMESTIC_CLEARANCE,
            guard=needs_for_text_agreed,
        ),
        Transition(
            name="authorise",
            label=N_("Record the authority to sign"),
            sources=(_S.DOMESTIC_CLEARANCE,),
            target=_S.AUTHORISED_TO_SIGN,
            guard=needs_for_authorised,
        ),
        Transition(
            name="sign",
            label=N_("Record the signature"),
            sources=(_S.AUTHORISED_TO_SIGN,),
            target=_S.SIGNED,
            guard=needs_for_signed,
        ),
        Transition(
            name="await_entry",
            label=N_("Await entry into force"),
            sources=(_S.SIGNED,),
            target=_S.AWAITING_ENTRY,
            guard=needs_for_awaiting_entry,
        ),
        Transition(
            name="apply_provisionally",
            label=N_("Apply provisionally"),
            sources=(_S.SIGNED, _S.AWAITING_ENTRY),
            target=_S.PROVISIONALLY_APPLIED,
            guard=needs_for_provisional,
        ),
        Transition(
            name="bring_into_force",
            label=N_("Record the entry into force"),
            sources=(_S.SIGNED, _S.AWAITING_ENTRY, _S.PROVISIONALLY_APPLIED),
            target=_S.IN_FORCE,
            guard=needs_for_in_force,
        ),
        Transition(
            name="suspend",
            label=N_("Record the suspension"),
            sources=(_S.IN_FORCE,),
            target=_S.SUSPENDED,
            guard=needs_for_suspended,
        ),
        Transition(
            name="resume",
            label=N_("End the suspension"),
            sources=(_S.SUSPENDED,),
            target=_S.IN_FORCE,
            guard=needs_for_in_force,
        ),
        Transition(
            name="terminate",
            label=N_("Record the termination"),
            sources=_APPLIED,
            target=_S.TERMINATED,
            guard=needs_for_terminated,
        ),
        Transition(
            name="withdraw",
            label=N_("Record the withdrawal"),
            sources=_APPLIED,
            target=_S.WITHDRAWN,
            guard=needs_for_withdrawn,
        ),
        Transition(
            name="supersede",
            label=N_("Record the replacement"),
            sources=_APPLIED,
            target=_S.SUPERSEDED,
            guard=needs_for_superseded,
        ),
        Transition(
            name="park",
            label=N_("Park"),
            sources=_BEFORE_ENTRY,
            target=_S.PARKED,
            needs_reason=True,
        ),
        Transition(
            name="abandon",
            label=N_("Abandon"),
            sources=(*_BEFORE_ENTRY, _S.PARKED),
            target=_S.ABANDONED,
            needs_reason=True,
        ),
    ),
)
"""The states of an agreement; guards after the table of steps in the domain pages."""


def advance(
    file: AgreementFile,
    target: AgreementState,
    *,
    on: date,
    by: UUID | None,
    at: datetime,
    reason: str = "",
) -> tuple[Agreement, Mapping[str, Any]]:
    """Return the agreement in its new state and the values of the stage step to write.

    Raises:
        RefusedError: The step may not be taken now; says why and names what is missing.
    """
    step = AGREEMENT_MACHINE.move(file, target, on=on, by=by, at=at, reason=reason)
    values: dict[str, Any] = {"state": target}
    if file.state == AgreementState.SUSPENDED and target == AgreementState.IN_FORCE:
        values["suspended_on"] = None
    return file.agreement.changed(**values), step
