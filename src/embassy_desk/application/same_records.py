"""Whether a file says of a record anything that the store does not know."""

from typing import Any
from uuid import UUID

from embassy_desk.application.known_records import KnownRecords
from embassy_desk.application.names_in_files import Names
from embassy_desk.application.records import RecordFile, record_file
from embassy_desk.domain.errors import MissingError, RefusedError
from embassy_desk.interchange.candidates import Candidate, values_of
from embassy_desk.interchange.registers import LINKS


def says_nothing_new(
    candidate: Candidate, identity: UUID, known: KnownRecords, names: Names
) -> bool:
    """Say whether everything that a candidate says stands in a record of the store already.

    Raises:
        MissingError: The candidate names a record that does not exist.
    """
    file: RecordFile = known.ask(lambda work: record_file(work, candidate.kind, identity))
    links = {
        name: names.wanted(link.kind, candidate.values[name])
        for name, link in LINKS.get(candidate.kind, {}).items()
        if name in candidate.values
    }
    for name, other in links.items():
        if getattr(file.record, LINKS[candidate.kind][name].field) != other:
            return False
    fields = candidate.values.keys() - links.keys() - {"id"}
    if candidate.uid and candidate.values.get("source") == candidate.uid:
        fields -= {"source"}  # the mark of a card, which this desk gave it
    if values_of(file.record, fields=fields) != {name: candidate.values[name] for name in fields}:
        return False
    return all(_has_rows(file, name, rows, names) for name, rows in candidate.parts.items())


def _has_rows(file: RecordFile, name: str, rows: Any, names: Names) -> bool:
    stored = [values_of(part).items() for part in file.parts.get(name, ())]
    wanted = [_as_stored(name, row, names) for row in rows]
    return all(row and any(row.items() <= each for each in stored) for row in wanted)


def _as_stored(name: str, row: Any, names: Names) -> dict[str, str]:
    """Return a row with the identity of what it names; nothing when that does not exist."""
    try:
        if name == "agreement_link":
            rest = {field: text for field, text in row.items() if field != "to"}
            return rest | {"to_agreement_id": str(names.wanted("agreement", row["to"]))}
        if name == "task_parent":
            kind, identity = names.referenced(row["record"])
            return {"record_kind": kind, "record_id": str(identity)}
    except (MissingError, RefusedError):
        return {}
    return dict(row)
