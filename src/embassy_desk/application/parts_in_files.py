"""Rows of records as files give them, made into parts: names become the records they mean."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from embassy_desk.application.host import host_country, mission_day
from embassy_desk.application.names_in_files import Names
from embassy_desk.application.records import part_named
from embassy_desk.domain.catalogue import kind_of
from embassy_desk.domain.entity import Part, Record
from embassy_desk.domain.links import link_id
from embassy_desk.domain.parts import StageStep
from embassy_desk.domain.phones import phone
from embassy_desk.store.work import UnitOfWork

MADE_LATER = frozenset({"agreement_link", "task_parent"})
"""Parts that name records which may stand further down in the same file."""

Row = Mapping[str, Any]


class PartsInFiles:
    """Makes parts of the rows of a file."""

    def __init__(self, work: UnitOfWork, names: Names) -> None:
        """Make them in a unit of work, with the records that the file's names mean."""
        self._work = work
        self._names = names
        self._region = host_country(work)
        self._day = mission_day(work)
        self._makers: Mapping[str, Callable[[Record, Row], dict[str, Any]]] = {
            "position": self._position,
            "contact_phone": self._phone,
            "tag": self._tag,
            "agreement_party": self._party,
            "agreement_link": self._link,
            "task_parent": self._parent,
        }

    def made(self, record: Record, name: str, row: Row) -> Part:
        """Return a part of a record; not saved yet.

        Raises:
            InvalidError: Some values are wrong.
            MissingError: It names a record that does not exist.
            RefusedError: It names two records.
        """
        maker = self._makers.get(name)
        values = dict(row) if maker is None else maker(record, row)
        return self._work.new_part(part_named(kind_of(record), name), record, **values)

    def registered_state(self, record: Record) -> Part | None:
        """Return the step that says in which state a record was entered; nothing if it has none."""
        state = getattr(record, "state", None)
        if state is None:
            return None
        return self._work.new_part(
            StageStep,
            record,
            to_state=str(state),
            on=self._day,
            at=self._work.at,
            by=self._work.author.staff_id,
            is_registered=True,
        )

    def _position(self, _record: Record, row: Row) -> dict[str, Any]:
        name = row.get("organisation_name", "")
        organisation_id = self._names.organisation(name).id if name else None
        return {**row, "organisation_id": organisation_id}

    def _phone(self, record: Record, row: Row) -> dict[str, Any]:
        region = getattr(record, "nationality", "") or self._region
        return {"e164": phone(row["typed"], region), **row}

    def _tag(self, record: Record, row: Row) -> dict[str, Any]:
        return {**row, "id": link_id("tag", record.id, row["label"])}

    def _party(self, _record: Record, row: Row) -> dict[str, Any]:
        return {**row, "organisation_id": self._organisation_id(row.get("name", ""))}

    def _organisation_id(self, name: str) -> UUID | None:
        organisation = self._names.known_organisation(name)
        return organisation.id if organisation else None

    def _link(self, _record: Record, row: Row) -> dict[str, Any]:
        values = {name: text for name, text in row.items() if name != "to"}
        return {**values, "to_agreement_id": self._names.wanted("agreement", row["to"])}

    def _parent(self, _record: Record, row: Row) -> dict[str, Any]:
        kind, identity = self._names.referenced(row["record"])
        return {"record_kind": kind, "record_id": identity}
