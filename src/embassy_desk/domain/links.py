"""Identities of rows that only link: two people who add the same link make one row (SYNC 3.2)."""

from uuid import UUID, uuid5

from embassy_desk.domain.vietnamese import exact

_NAMESPACE = UUID("2a9e1c5e-6a0b-5d0f-9d1c-0f6c1b7d2e44")


def link_id(name: str, *ends: UUID | str) -> UUID:
    """Return the identity of a link row between given ends.

    Args:
        name: Table name of the link.
        ends: Identities, or words; letter case and spaces around words make no difference.
    """
    parts = [each.hex if isinstance(each, UUID) else exact(each) for each in ends]
    return uuid5(_NAMESPACE, "/".join([name, *parts]))
