"""The history of a record in sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from embassy_desk.application.sheets import FieldChange, HistoryEntry, RecordHistory
from embassy_desk.desktop.kit.reading import Reader
from embassy_desk.desktop.kit.shapes import shape_of
from embassy_desk.domain.catalogue import ENTITIES, entity_name, kind_named
from embassy_desk.domain.entity import Entity, Part, Record
from embassy_desk.texts import N_, Text
from embassy_desk.texts.fields import field_word

_BY_NAME = {entity_name(each): each for each in ENTITIES}
_UNTOLD = frozenset(
    {
        "id",
        "ref",
        "mission",
        "record_kind",
        "created_at",
        "created_by",
        "created_via",
        "changed_at",
        "changed_by",
        "archived_by",
        "trashed_by",
        "e164",
        "at",
        "by",
    }
)
"""Fields that the program keeps; who and when stands in columns of its own."""

_LONGEST_VALUE = 160
_STATES = frozenset({"from_state", "to_state"})
"""Fields of a step that hold a state of the record, as a code."""


@dataclass(frozen=True)
class PastLine:
    """One change as the history shows it.

    Attributes:
        at: When.
        who: Name of who made it; empty for shipped data.
        sentences: What was done.
        place: Place of its newest entry in the history.
        former: What fields of the record itself held before, as the log keeps it.
    """

    at: datetime
    who: str
    sentences: tuple[str, ...]
    place: int
    former: tuple[FieldChange, ...] = ()


def past_lines(history: RecordHistory, reader: Reader) -> tuple[PastLine, ...]:
    """Return the history, one line for each change that a person made, newest first."""
    told = reader_of(history, reader)
    lines: list[PastLine] = []
    by_change: dict[tuple[int, datetime | None, str], list[HistoryEntry]] = {}
    places: dict[tuple[int, datetime | None, str], int] = {}
    for place, entry in enumerate(history.entries):
        at = None if entry.transaction else entry.at  # what others did has no number here
        key = (entry.transaction, at, str(entry.by))
        by_change.setdefault(key, []).append(entry)
        places.setdefault(key, place)
    for key, entries in by_change.items():
        sentences = tuple(
            each for entry in reversed(entries) for each in _sentences(history.kind, entry, told)
        )
        if sentences:
            first = entries[0]
            who = history.names.get(first.by, "") if first.by else ""
            lines.append(PastLine(first.at, who, sentences, places[key], _former(entries)))
    return tuple(lines)


def reader_of(history: RecordHistory, reader: Reader) -> Reader:
    """Return a reader that knows what the records of a history are called."""
    return Reader(reader.words, reader.lists, reader.zone, history.names)


def logged_text(kind: str, name: str, field: str, value: Any, reader: Reader) -> str:
    """Return a value that the log keeps, as people read it, on one line.

    Args:
        kind: Kind of the record.
        name: Table name of the record or part.
        field: Name of the field.
        value: The value as the log keeps it.
        reader: Reads values aloud.
    """
    whole = kind_named(kind).entity if kind else None
    if field in _STATES and whole is not None and "state" in whole.model_fields:
        return _short(reader.logged(shape_of(whole, "state"), value))
    return _short(reader.logged(shape_of(_BY_NAME[name], field), value))


def _former(entries: Iterable[HistoryEntry]) -> tuple[FieldChange, ...]:
    """Return what changed in the record itself and is told."""
    return tuple(
        change
        for entry in entries
        if entry.kind == "put" and issubclass(_BY_NAME[entry.entity], Record)
        for change in entry.changes
        if is_told(entry.entity, change.field, change.before, change.after)
    )


def _sentences(kind: str, entry: HistoryEntry, reader: Reader) -> list[str]:
    entity = _BY_NAME[entry.entity]
    told = [
        _change(kind, entry.entity, each, reader, is_first=entry.kind == "add")
        for each in entry.changes
        if is_told(entry.entity, each.field, each.before, each.after)
        and not (entry.kind == "add" and _goes_without_saying(entity, each))
    ]
    if entry.kind == "put":
        return [reader.words(each) for each in told]
    values = "; ".join(reader.words(each) for each in told)
    if entry.kind == "del":
        return [reader.words(N_("Removed: {values}", values=values))]
    if issubclass(entity, Part):
        return [reader.words(N_("Added: {values}", values=values))]
    return [reader.words(N_("Entered: {values}", values=values))]


def is_told(name: str, field: str, before: Any, after: Any) -> bool:
    """Say whether people are told of a change of a field of an entity, by its table name."""
    entity = _BY_NAME[name]
    if field in _UNTOLD or field not in entity.model_fields:
        return False
    is_parent = issubclass(entity, Part) and field == entity.parent_field
    return not is_parent and (before or after) not in {None, ""}


def _goes_without_saying(entity: type[Entity], change: FieldChange) -> bool:
    """Say whether a new row holds what the class puts there by itself."""
    default = entity.model_fields[change.field].default
    return change.after == default or (isinstance(default, str) and change.after == str(default))


def _change(kind: str, name: str, change: FieldChange, reader: Reader, *, is_first: bool) -> Text:
    field = field_word(name, change.field)
    before = logged_text(kind, name, change.field, change.before, reader)
    after = logged_text(kind, name, change.field, change.after, reader)
    if is_first:
        return N_("{field} “{value}”", field=field, value=after)
    if not before:
        return N_("{field} set to “{value}”", field=field, value=after)
    if not after:
        return N_("{field} “{value}” taken out", field=field, value=before)
    return N_(
        "{field} changed from “{before}” to “{after}”", field=field, before=before, after=after
    )


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST_VALUE else flat[: _LONGEST_VALUE - 1] + "…"


def restoring_text(history: RecordHistory, change: FieldChange, reader: Reader) -> Text:
    """Return the words for bringing a former value back into its field."""
    field = field_word(history.kind, change.field)
    name = entity_name(kind_named(history.kind).entity)
    former = logged_text(history.kind, name, change.field, change.before, reader)
    if not former:
        return N_("{field}: empty it again", field=field)
    return N_("{field}: restore “{value}”", field=field, value=former)
