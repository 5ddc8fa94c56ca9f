"""Identities that are the same in every run."""

from typing import Any, TypeVar
from uuid import NAMESPACE_URL, UUID, uuid5

from embassy_desk.domain.catalogue import entity_name
from embassy_desk.domain.entity import Entity

EntityType = TypeVar("EntityType", bound=Entity)


def identity(name: str) -> UUID:
    """Return the identity that belongs to a name; every run the same."""
    return uuid5(NAMESPACE_URL, f"https://embassy-desk.example/tests/{name}")


def made(cls: type[EntityType], defaults: dict[str, Any], values: dict[str, Any]) -> EntityType:
    """Return a valid entity: the defaults, overruled by the values; `id` from the class's name."""
    return cls.made(**{"id": identity(entity_name(cls)), **defaults, **values})
