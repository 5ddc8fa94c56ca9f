"""A contact who moves: one post is closed, another opened, the past stays as it was."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from embassy_desk.domain.contact import Contact, Position
from embassy_desk.domain.errors import RefusedError
from embassy_desk.domain.positions import has_moved
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_


def move_contact(
    work: UnitOfWork, position_id: UUID, *, on: date, new: Mapping[str, Any] | None
) -> tuple[Position, Position | None]:
    """Close a post of a contact on the day before, and open the next one if it is known.

    Args:
        work: A writing unit of work.
        position_id: The post that is left.
        on: First day away from it.
        new: Fields of the next post; nothing when only the leaving is known.

    Raises:
        MissingError: The post is gone.
        RefusedError: It had ended already, or began only that day or later.
        InvalidError: Some values of the next post are wrong.
    """
    position = work.get(Position, position_id)
    closed, values = has_moved(position, on, **(new or {}))
    left = work.save(closed)
    if new is None:
        return left, None
    contact = work.get(Contact, position.contact_id)
    if not any(new.values()):
        raise RefusedError(N_("Say where the person went, or close the post only."))
    return left, work.save(work.new_part(Position, contact, **values))
