"""The one way in which a value is written down before it is hashed or signed.

Canonical JSON as RFC 8785 describes it, without the numbers that need its number rules: sorted
keys, no spaces, UTF-8. Only null, true, false, whole numbers within ±2⁵³, texts, lists and
objects are values (SYNC 3.2); amounts and times travel as texts.
"""

from typing import Any, cast

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError

from embassy_desk.domain.errors import InvalidError, Problem
from embassy_desk.texts import N_, Text

_PLAIN = frozenset({str, bool, type(None)})

LARGEST_INTEGER = 2**53
"""Whole numbers up to this, either sign, survive every JSON reader."""

DEEPEST_LEVEL = 64
"""How many lists and objects may stand inside one another."""

# Writes no spaces and escapes what RFC 8785 escapes; the tests go by the book, letter by letter.
_WRITER: TypeAdapter[object] = TypeAdapter(Any)


def canonical(value: object) -> bytes:
    """Return the value as canonical JSON in UTF-8; equal values give equal bytes.

    Raises:
        InvalidError: Something in it has no canonical form: a number with a fraction, a whole
            number beyond ±2⁵³, half of a surrogate pair, a name outside ASCII, nesting beyond
            64 levels, or a type that JSON does not have. The problem names the nearest field.
    """
    try:
        return _WRITER.dump_json(_in_order(value, "", 0))
    except (UnicodeEncodeError, PydanticSerializationError) as error:
        raise _refusal("", N_("A text holds half of a surrogate pair.")) from error


def _in_order(value: object, name: str, level: int) -> object:
    """Return a value that has a canonical form, its names in order."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, int):
        if not -LARGEST_INTEGER <= value <= LARGEST_INTEGER:
            raise _refusal(name, N_("A whole number must lie within ±2⁵³."))
        return value
    if not isinstance(value, dict | list):
        kind = type(value).__name__
        raise _refusal(
            name, N_("A value of type “{type}” cannot travel; write it as a text.", type=kind)
        )
    if level == DEEPEST_LEVEL:
        raise _refusal(name, N_("Values are nested too deeply."))
    if isinstance(value, list):
        return [_in_order(each, name, level + 1) for each in value]
    return _fields_in_order(value, name, level + 1)


def _fields_in_order(values: dict[object, object], name: str, level: int) -> dict[str, object]:
    """Return fields sorted by name.

    Sorting by code point, as Python does, equals RFC 8785's sorting by UTF-16 unit only within
    ASCII; names are ours and ASCII, so other names are refused rather than sorted differently.
    """
    found: dict[str, object] = {}
    for key in values:
        if not isinstance(key, str) or not key.isascii():
            raise _refusal(name, N_("The name of a field must be ASCII text."))
    for key in sorted(cast("dict[str, object]", values)):
        each = values[key]
        # Most fields need no call.
        found[key] = each if type(each) in _PLAIN else _in_order(each, key, level)
    return found


def _refusal(name: str, text: Text) -> InvalidError:
    return InvalidError([Problem(name, text)])
