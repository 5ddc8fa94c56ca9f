"""Positions over time: who was what on a day, and what moving means."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from embassy_desk.domain.contact import Contact, Position
from embassy_desk.domain.days import days_after, earliest
from embassy_desk.domain.errors import RefusedError
from embassy_desk.domain.organisation import Organisation
from embassy_desk.texts import N_


def position_on(positions: Iterable[Position], on: date) -> Position | None:
    """Return the position that stands for a person on a day; nothing if none is held.

    Of several at once the primary one counts, then the one taken up last.
    """
    held = [each for each in positions if each.is_current(on)]
    return max(held, key=lambda each: (each.is_primary, each.from_on, each.id), default=None)


def participant_then(
    contact: Contact,
    positions: Iterable[Position],
    organisations_by_id: Mapping[UUID, Organisation],
    on: date,
) -> Mapping[str, Any]:
    """Return the values of a `TheirParticipant` as the contact was on the day of an engagement.

    They are kept as text: what the person becomes later does not change them. Identities of the
    row and of the engagement are left to the caller.
    """
    mine = (each for each in positions if each.contact_id == contact.id)
    position = position_on(mine, on)
    values: dict[str, Any] = {"contact_id": contact.id, "name_then": contact.display_name}
    if position is None:
        return values
    organisation = (
        organisations_by_id.get(position.organisation_id) if position.organisation_id else None
    )
    name = position.organisation_name or (organisation.heading if organisation else "")
    return {
        **values,
        "organisation_id": position.organisation_id,
        "organisation_then": name,
        "position_then": position.title,
    }


def has_moved(position: Position, on: date, **new: Any) -> tuple[Position, Mapping[str, Any]]:
    """Return the position closed on the day before a move, and the values of the new one.

    Args:
        position: The position that is left.
        on: First day at the new place.
        new: What is known of the new position: organisation, title, unit, rank, source.

    Raises:
        RefusedError: The position had ended, or began only that day or later.
    """
    begun = earliest(position.from_on)
    if position.to_on and not position.is_current(on):
        raise RefusedError(N_("This position had ended before {day}.", day=on))
    if begun is not None and on <= begun:
        raise RefusedError(N_("This position only began on {day}; correct it instead.", day=begun))
    closed = position.changed(to_on=days_after(on, -1).isoformat(), is_primary=False)
    values = {
        "contact_id": position.contact_id,
        "from_on": on.isoformat(),
        "confirmed_on": on,
        "is_primary": position.is_primary,
    }
    return closed, {**values, **new}
