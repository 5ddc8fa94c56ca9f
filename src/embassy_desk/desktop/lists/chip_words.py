"""What a chip says, in one line."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from embassy_desk.application.findings import finding_named
from embassy_desk.application.wishes import ME, Chip, ChipTest
from embassy_desk.desktop.kit.reading import NO, YES, Reader
from embassy_desk.desktop.kit.shapes import Look, Shape
from embassy_desk.desktop.lists.fields import offered_field
from embassy_desk.texts import N_, Text

_MOST_VALUES = 3


def chip_text(kind: str, chip: Chip, reader: Reader) -> Text:
    """Return what a chip says; what this version does not know is said to be so.

    Args:
        kind: Kind of the list.
        chip: The chip.
        reader: Language, lists, and the names of the records that chips name.
    """
    if chip.test is ChipTest.HOLDS:
        finding = finding_named(kind, chip.field)
        return _UNKNOWN if finding is None else finding.label
    offered = offered_field(kind, chip.field)
    if offered is None:
        return _UNKNOWN
    return _SAYINGS[chip.test](offered.label, chip.value, offered.shape, reader)


_UNKNOWN = N_("Condition that this version does not know")


def _any_of(label: Text, value: Any, shape: Shape, reader: Reader) -> Text:
    return N_("{field}: {values}", field=label, values=_listed(value, shape, reader))


def _none_of(label: Text, value: Any, shape: Shape, reader: Reader) -> Text:
    return N_("{field} is not {values}", field=label, values=_listed(value, shape, reader))


def _listed(values: Any, shape: Shape, reader: Reader) -> str:
    shown = [_one(each, shape, reader) for each in values[:_MOST_VALUES]]
    if len(values) > _MOST_VALUES:
        shown.append("…")
    return ", ".join(shown)


def _one(value: Any, shape: Shape, reader: Reader) -> str:
    if value == ME and shape.look is Look.LINK:
        return reader.words(N_("me"))
    if shape.look is Look.LINK:
        return reader.names.get(UUID(value), str(value))
    if shape.look is Look.FLAG:
        return reader.words(YES if value else NO)
    return reader.logged(shape, value)


def _words(label: Text, value: Any, _shape: Shape, _reader: Reader) -> Text:
    return N_("{field} contains “{words}”", field=label, words=value)


def _between(label: Text, value: Any, shape: Shape, reader: Reader) -> Text:
    first, last = (_bound(each, shape, reader) for each in value)
    if not last:
        return N_("{field} from {first}", field=label, first=first)
    if not first:
        return N_("{field} up to {last}", field=label, last=last)
    return N_("{field}: {first} to {last}", field=label, first=first, last=last)


def _bound(value: Any, shape: Shape, reader: Reader) -> str:
    if value is None:
        return ""
    day = Shape(entity=shape.entity, field=shape.field, look=Look.DAY)
    return str(value) if shape.look is Look.NUMBER else reader.logged(day, value)


def _next_days(label: Text, value: Any, _shape: Shape, _reader: Reader) -> Text:
    return N_(
        "{field}: today or tomorrow",
        "{field}: within {count} days",
        field=label,
        count=int(value),
    )


def _last_days(label: Text, value: Any, _shape: Shape, _reader: Reader) -> Text:
    return N_(
        "{field}: today or yesterday",
        "{field}: in the last {count} days",
        field=label,
        count=int(value),
    )


def _past(label: Text, _value: Any, _shape: Shape, _reader: Reader) -> Text:
    return N_("{field}: before today", field=label)


def _empty(label: Text, _value: Any, _shape: Shape, _reader: Reader) -> Text:
    return N_("{field}: empty", field=label)


def _filled(label: Text, _value: Any, _shape: Shape, _reader: Reader) -> Text:
    return N_("{field}: filled in", field=label)


_SAYINGS: dict[ChipTest, Callable[[Text, Any, Shape, Reader], Text]] = {
    ChipTest.ANY_OF: _any_of,
    ChipTest.NONE_OF: _none_of,
    ChipTest.WORDS: _words,
    ChipTest.BETWEEN: _between,
    ChipTest.NEXT_DAYS: _next_days,
    ChipTest.LAST_DAYS: _last_days,
    ChipTest.PAST: _past,
    ChipTest.EMPTY: _empty,
    ChipTest.FILLED: _filled,
}
