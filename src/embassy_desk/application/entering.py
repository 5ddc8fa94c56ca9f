"""Enters and changes records from typed texts, as the command line and forms of text give them."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from embassy_desk.application.contacts import (
    Reach,
    add_reach,
    replace_reach,
    take_up_position,
)
from embassy_desk.application.engagements import (
    add_commitment,
    add_our_participants,
    add_participants,
)
from embassy_desk.application.host import host_country, mission_day
from embassy_desk.application.initial_state import with_initial_state
from embassy_desk.application.merging import standing_for
from embassy_desk.application.records import (
    change_record,
    check_fields,
    enter_record,
    find_record,
    part_named,
    refuse_shared,
    replace_tags,
    tag,
)
from embassy_desk.application.steps import advance_record
from embassy_desk.application.typed_values import typed_values
from embassy_desk.domain.catalogue import ENTITIES, entity_name, kind_named, kind_of
from embassy_desk.domain.contact import Contact, ContactPhone
from embassy_desk.domain.engagement import (
    Commitment,
    Engagement,
    OurParticipant,
    TheirParticipant,
)
from embassy_desk.domain.entity import Part, Record
from embassy_desk.domain.errors import InvalidError, MissingError, Problem, RefusedError
from embassy_desk.domain.kept_apart import KeptApart
from embassy_desk.domain.parts import DateChange, StageStep
from embassy_desk.domain.phones import phone
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_

REACH_FIELDS = ("emails", "phones", "organisation", "position")
"""What may be typed for a contact beside its own fields; several values are split by `;` or `,`."""

_TAGS = "tags"
_REASON = "reason_for_step"


def enter_typed(work: UnitOfWork, kind: str, typed: Mapping[str, str]) -> Record:
    """Enter a record from typed texts.

    Raises:
        InvalidError: A field is unknown or a value wrong; every problem is named.
        MissingError: There is no such kind.
    """
    known = kind_named(kind)
    own, beside = _split(known.entity, typed)
    check_fields(known, own)
    values = typed_values(work, known.entity, with_initial_state(kind, own, mission_day(work)))
    record = enter_record(work, kind, values)
    if isinstance(record, Contact):
        add_reach(work, record, reach_of(beside))
    for label in several(beside.get(_TAGS, "")):
        tag(work, record, label)
    return record


def enter_part_typed(work: UnitOfWork, name: str, typed: Mapping[str, str]) -> Part:
    """Add a row to a record from typed texts, such as a party or a later term of an agreement.

    Args:
        work: A writing unit of work.
        name: Table name of the part, such as `agreement_term`.
        typed: Texts by field; the field of the parent takes its reference or identity.

    Raises:
        InvalidError: A field is unknown, a value wrong, or the parent is not named.
        MissingError: There is no such part, or no such record.
        RefusedError: The program writes such rows itself, or the record is shared.
    """
    part = _part_class(name)
    if part in (StageStep, DateChange, KeptApart):
        raise RefusedError(N_("The program writes these rows itself."))
    parent_name = typed.get(part.parent_field, "")
    if not parent_name:
        raise InvalidError([Problem(part.parent_field, N_("Say to which record this belongs."))])
    parent = find_record(work, parent_name)
    part_named(kind_of(parent), name)
    refuse_shared(work, parent)
    own = {field: text for field, text in typed.items() if field != part.parent_field}
    values = typed_values(work, part, own)
    if part is ContactPhone and not values.get("e164"):
        values["e164"] = phone(values.get("typed", ""), host_country(work))
    return _entered(work, part, parent, values)


def _entered(work: UnitOfWork, part: type[Part], parent: Record, values: Mapping[str, Any]) -> Part:
    """Save a row by the rules of its kind: people as they were that day, promises with a task."""
    if isinstance(parent, Engagement):
        if part is Commitment:
            return add_commitment(work, parent, values)[0]
        if part is TheirParticipant and values.get("contact_id"):
            return _with(work, add_participants(work, parent, [values["contact_id"]])[0], values)
        if part is OurParticipant and values.get("staff_id"):
            return _with(work, add_our_participants(work, parent, [values["staff_id"]])[0], values)
    return work.save(work.new_part(part, parent, **values))


def _with(work: UnitOfWork, part: Part, values: Mapping[str, Any]) -> Part:
    """Save a row with what was typed for it beside what is known."""
    return work.save(part.changed(**values))


def _part_class(name: str) -> type[Part]:
    for entity in ENTITIES:
        if issubclass(entity, Part) and entity_name(entity) == name:
            return entity
    kind_named(name)  # says which kinds there are, naming the nearest
    raise MissingError(N_("There is no kind “{name}”.", name=name))


def is_part(name: str) -> bool:
    """Return whether a name stands for a part of records, not for a kind of its own."""
    return any(issubclass(each, Part) and entity_name(each) == name for each in ENTITIES)


def change_typed(work: UnitOfWork, name: str, typed: Mapping[str, str], *, on: date) -> Record:
    """Change a record from typed texts; a new `state` runs the guarded step.

    Args:
        work: A writing unit of work.
        name: Reference or identity.
        typed: Texts by field; `reason_for_step` says why a step is taken.
        on: Day on which a step is taken.

    Raises:
        InvalidError: A field is unknown or a value wrong.
        MissingError: There is no such record.
        RefusedError: The step is not allowed; says what is missing.
    """
    record = standing_for(work, find_record(work, name))
    kind = kind_of(record)
    own, beside = _split(type(record), typed)
    check_fields(kind, own)
    state = own.pop("state", None)
    if own:
        values = typed_values(work, kind.entity, own)
        record = change_record(work, kind.name, record.id, values)
    if isinstance(record, Contact):
        _change_reach(work, record, beside, on)
    if _TAGS in beside:
        replace_tags(work, record, several(beside[_TAGS]))
    if state is not None and state != str(getattr(record, "state", "")):
        reason = beside.get(_REASON, "")
        record = advance_record(work, record, state, on=on, reason=reason)
    return record


def _split(entity: type[Record], typed: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    beside = {_TAGS, _REASON} - set(entity.model_fields)
    if issubclass(entity, Contact):
        beside |= set(REACH_FIELDS)
    return (
        {name: text for name, text in typed.items() if name not in beside},
        {name: text for name, text in typed.items() if name in beside},
    )


def several(text: str) -> tuple[str, ...]:
    """Return the values of a text that holds several, split by `;`, `,` or a new line."""
    return tuple(each.strip() for each in re.split(r"[;,\n]", text) if each.strip())


def reach_of(typed: Mapping[str, str]) -> Reach:
    """Return how a contact is reached from typed texts."""
    return Reach(
        emails=several(typed.get("emails", "")),
        phones=several(typed.get("phones", "")),
        organisation=typed.get("organisation", "").strip(),
        position=typed.get("position", "").strip(),
    )


def _change_reach(work: UnitOfWork, contact: Contact, typed: Mapping[str, str], on: date) -> None:
    reach = reach_of(typed)
    replace_reach(
        work,
        contact,
        emails=reach.emails if "emails" in typed else None,
        phones=reach.phones if "phones" in typed else None,
    )
    if reach.organisation or reach.position:
        take_up_position(work, contact, reach, on=on)
