"""Rows of records as files give them, made into parts: names become the records they mean."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from embassy_desk.application.names_in_files import Names
from embassy_desk.application.records import part_named
from embassy_desk.domain.catalogue import kind_of
from embassy_desk.domain.entity import Part, Record
from embassy_desk.domain.links import link_id
from embassy_desk.domain.parts import StageStep
from embassy_desk.domain.phones import phone
from embassy_desk.store.drafts import Drafts

MADE_LATER = frozenset({"agreement_link", "task_parent"})
"""Parts that name records which may stand further down in the same file."""

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Place:
    """Where the desk stands.

    Attributes:
        region: Alpha-2 code of the country that hosts the mission; empty if unknown.
        day: The calendar day there.
        countries: Codes of the countries in the reference data.
    """

    region: str
    day: date
    countries: frozenset[str] = frozenset()


class PartsInFiles:
    """Makes parts of the rows of a file."""

    def __init__(self, drafts: Drafts, names: Names, place: Place) -> None:
        """Make them as drafts, with the records that the file's names mean."""
        self._drafts = drafts
        self._names = names
        self._place = place
        self._fillers: Mapping[str, Callable[[Record, Row], dict[str, Any]]] = {
            "position": self._position,
            "contact_phone": self._phone,
            "tag": self._tag,
            "agreement_party": self._party,
            "agreement_link": self._link,
            "task_parent": self._parent,
        }

    def made(
        self,
        record: Record,
        name: str,
        row: Row,
        checked: Part | None = None,
        *,
        has_number: bool = False,
    ) -> Part:
        """Return a part of a record.

        Args:
            record: What it belongs to.
            name: Table name of the part.
            row: Texts by field, as the file gives them.
            checked: The same as a valid part, where that was made already.
            has_number: Whether the telephone number of that was read before.

        Raises:
            InvalidError: Some values are wrong.
            MissingError: It names a record that does not exist.
            RefusedError: It names two records.
        """
        filler = self._fillers.get(name)
        is_read = has_number and name == "contact_phone"
        further = {} if filler is None or is_read else filler(record, row)
        if checked is not None:
            return self._drafts.adopted_part(checked, record, **further)
        own = {field: text for field, text in row.items() if field not in _NAMING}
        return self._drafts.part(part_named(kind_of(record), name), record, **{**own, **further})

    def registered_state(self, record: Record) -> Part | None:
        """Return the step that says in which state a record was entered; nothing if it has none."""
        state = getattr(record, "state", None)
        if state is None:
            return None
        return self._drafts.part(
            StageStep,
            record,
            to_state=str(state),
            on=self._place.day,
            at=self._drafts.at,
            by=self._drafts.author.staff_id,
            is_registered=True,
        )

    def _position(self, _record: Record, row: Row) -> dict[str, Any]:
        name = row.get("organisation_name", "")
        return {"organisation_id": self._names.organisation(name) if name else None}

    def _phone(self, record: Record, row: Row) -> dict[str, Any]:
        if row.get("e164"):
            return {}
        region = getattr(record, "nationality", "") or self._place.region
        return {"e164": phone(row["typed"], region)}

    def _tag(self, record: Record, row: Row) -> dict[str, Any]:
        return {"id": link_id("tag", record.id, row["label"])}

    def _party(self, _record: Record, row: Row) -> dict[str, Any]:
        return {"organisation_id": self._names.known_organisation(row.get("name", ""))}

    def _link(self, _record: Record, row: Row) -> dict[str, Any]:
        return {"to_agreement_id": self._names.wanted("agreement", row["to"])}

    def _parent(self, _record: Record, row: Row) -> dict[str, Any]:
        kind, identity = self._names.referenced(row["record"])
        return {"record_kind": kind, "record_id": identity}


_NAMING = frozenset({"to", "record"})
"""Words of a row that name another record and are no field."""
