"""Mappings of sheets that a person has saved under a name, for the next file of the same shape."""

from embassy_desk.domain.errors import MissingError
from embassy_desk.interchange.mapped_sheets import SheetMapping
from embassy_desk.store.local_values import keep_local, local_value, local_values
from embassy_desk.store.reading import Reading
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_

_TOPIC = "import_mapping"


def saved_mappings(work: Reading) -> dict[str, SheetMapping]:
    """Return the mappings by name."""
    return {each.name: SheetMapping.from_json(each.value) for each in local_values(work, _TOPIC)}


def mapping_named(work: Reading, name: str) -> SheetMapping:
    """Return the mapping of a name.

    Raises:
        MissingError: There is none.
    """
    found = local_value(work, _TOPIC, name)
    if found is None:
        raise MissingError(N_("There is no mapping “{name}”.", name=name))
    return SheetMapping.from_json(found.value)


def save_mapping(work: UnitOfWork, name: str, mapping: SheetMapping) -> None:
    """Keep a mapping under a name, in place of one of the same name.

    Raises:
        RefusedError: There are too many, or the name is too long.
    """
    keep_local(work, _TOPIC, name, mapping.as_json())
