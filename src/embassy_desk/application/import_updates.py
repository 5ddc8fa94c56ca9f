"""What a file says of records that the store holds: taken over field by field, nothing removed."""

from collections.abc import Callable, Iterable
from typing import Any

from embassy_desk.application.host import host_country, mission_day
from embassy_desk.application.import_matching import Match, counterpart, fields_taken
from embassy_desk.application.known_records import KnownRecords
from embassy_desk.application.names_in_files import Names
from embassy_desk.application.parts_in_files import MADE_LATER, PartsInFiles, Place
from embassy_desk.application.records import part_named, refuse_shared
from embassy_desk.domain.catalogue import kind_named, kind_of
from embassy_desk.domain.entity import Part, Record
from embassy_desk.domain.errors import MissingError
from embassy_desk.interchange.candidates import Values, values_of
from embassy_desk.store.country_codes import known_countries
from embassy_desk.store.drafts import Drafts
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_


def apply_updates(work: UnitOfWork, updates: Iterable[Match]) -> None:
    """Let records take over what a file says; rows of parts are added or changed, never removed.

    Raises:
        InvalidError: A record would become wrong.
        MissingError: A record is gone.
        RefusedError: The person may not change it.
    """
    drafts = Drafts(work.author, work.at)
    names = Names(KnownRecords(_asking(work)), drafts)
    place = Place(host_country(work), mission_day(work), known_countries(work))
    parts = PartsInFiles(drafts, names, place)
    for match in updates:
        _update(work, match, parts)
    for made in names.made:
        (ref,) = work.new_refs(kind_of(made).code, 1)
        work.save(made.model_copy(update={"ref": ref}))


def _asking(work: UnitOfWork) -> Callable[[Callable[[UnitOfWork], Any]], Any]:
    def ask(query: Callable[[UnitOfWork], Any]) -> Any:
        return query(work)

    return ask


def _update(work: UnitOfWork, match: Match, parts: PartsInFiles) -> None:
    if match.record_id is None:
        raise MissingError(N_("This record is gone."))
    candidate = match.candidate
    record: Record = work.get(kind_named(candidate.kind).entity, match.record_id)
    refuse_shared(work, record)
    record = work.save(record.changed(**dict(fields_taken(candidate, record))))
    for name, rows in candidate.parts.items():
        if name not in MADE_LATER:
            stored = list(work.parts(part_named(kind_of(record), name), record))
            for row in rows:
                _update_part(work, record, name, row, stored, parts)


def _update_part(
    work: UnitOfWork,
    record: Record,
    name: str,
    row: Values,
    stored: list[Part],
    parts: PartsInFiles,
) -> None:
    """Let a row of a part take over what the file says, or add it; it does not become the main one.

    Only a new position does: who changed the post is meant by the new one.
    """
    said = {field: text for field, text in row.items() if field not in {"is_primary", "place"}}
    texts = [values_of(each) for each in stored]
    if any(said.items() <= each.items() for each in texts):
        return
    old = counterpart(name, said, texts)
    if old is None:
        is_first = not stored or name == "position"
        if name == "position" and row.get("is_primary") == "true":
            for each in stored:
                if getattr(each, "is_primary", False):
                    work.save(each.changed(is_primary=False))
        work.save(parts.made(record, name, dict(row) if is_first else said))
        return
    made = parts.made(record, name, said)
    taken = set(said) | ({"e164"} if "typed" in said else set())
    present = stored[texts.index(old)]
    work.save(present.changed(**{field: getattr(made, field) for field in taken}))
