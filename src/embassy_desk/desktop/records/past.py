"""The history of a record in sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

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


@dataclass(frozen=True)
class PastLine:
    """One change as the history shows it.

    Attributes:
        at: When.
        who: Name of who made it; empty for shipped data.
        sentences: What was done.
        former: What fields of the record itself held before, as the log keeps it.
    """

    at: datetime
    who: str
    sentences: tuple[str, ...]
    former: tuple[FieldChange, ...] = ()


def past_lines(history: RecordHistory, reader: Reader) -> tuple[PastLine, ...]:
    """Return the history, one line for each change that a person made, newest first."""
    told = Reader(reader.words, reader.lists, reader.zone, history.names)
    lines: list[PastLine] = []
    by_change: dict[tuple[int, str], list[HistoryEntry]] = {}
    for entry in history.entries:
        by_change.setdefault((entry.transaction, str(entry.by)), []).append(entry)
    for entries in by_change.values():
        sentences = tuple(each for entry in reversed(entries) for each in _sentences(entry, told))
        if sentences:
            first = entries[0]
            who = history.names.get(first.by, "") if first.by else ""
            lines.append(PastLine(first.at, who, sentences, _former(entries)))
    return tuple(lines)


def _former(entries: Iterable[HistoryEntry]) -> tuple[FieldChange, ...]:
    """Return what changed in the record itself and is told."""
    return tuple(
        change
        for entry in entries
        if entry.kind == "put" and issubclass(_BY_NAME[entry.entity], Record)
        for change in entry.changes
        if _is_told(_BY_NAME[entry.entity], change)
    )


def _sentences(entry: HistoryEntry, reader: Reader) -> list[str]:
    entity = _BY_NAME[entry.entity]
    told = [
        _change(entry.entity, entity, each, reader, is_first=entry.kind == "add")
        for each in entry.changes
        if _is_told(entity, each)
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


def _is_told(entity: type[Entity], change: FieldChange) -> bool:
    if change.field in _UNTOLD or change.field not in entity.model_fields:
        return False
    is_parent = issubclass(entity, Part) and change.field == entity.parent_field
    return not is_parent and (change.before or change.after) not in {None, ""}


def _goes_without_saying(entity: type[Entity], change: FieldChange) -> bool:
    """Say whether a new row holds what the class puts there by itself."""
    default = entity.model_fields[change.field].default
    return change.after == default or (isinstance(default, str) and change.after == str(default))


def _change(
    name: str, entity: type[Entity], change: FieldChange, reader: Reader, *, is_first: bool
) -> Text:
    shape = shape_of(entity, change.field)
    field = field_word(name, change.field)
    before = _short(reader.logged(shape, change.before))
    after = _short(reader.logged(shape, change.after))
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
    shape = shape_of(kind_named(history.kind).entity, change.field)
    former = _short(reader.logged(shape, change.before))
    if not former:
        return N_("{field}: empty it again", field=field)
    return N_("{field}: restore “{value}”", field=field, value=former)
