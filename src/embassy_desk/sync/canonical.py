"""The one way in which a value is written down before it is hashed or signed.

Canonical JSON as RFC 8785 describes it, without the numbers that need its number rules: sorted
keys, no spaces, UTF-8. Only null, true, false, whole numbers within ±2⁵³, texts, lists and
objects are values (SYNC 3.2); amounts and times travel as texts.
"""

import json

from embassy_desk.domain.errors import InvalidError, Problem
from embassy_desk.texts import N_, Text

_PLAIN = frozenset({str, bool, type(None)})

LARGEST_INTEGER = 2**53
"""Whole numbers up to this, either sign, survive every JSON reader."""

DEEPEST_LEVEL = 64
"""How many lists and objects may stand inside one another."""

# Sorting by code point, as Python does, equals RFC 8785's sorting by UTF-16 unit only within
# ASCII; names are ours and ASCII, so other names are refused rather than sorted differently.
_ENCODER = json.JSONEncoder(
    ensure_ascii=False,
    check_circular=False,
    allow_nan=False,
    sort_keys=True,
    separators=(",", ":"),
)


def canonical(value: object) -> bytes:
    """Return the value as canonical JSON in UTF-8; equal values give equal bytes.

    Raises:
        InvalidError: Something in it has no canonical form: a number with a fraction, a whole
            number beyond ±2⁵³, half of a surrogate pair, a name outside ASCII, nesting beyond
            64 levels, or a type that JSON does not have. The problem names the nearest field.
    """
    _check(value, "", 0)
    try:
        return _ENCODER.encode(value).encode()
    except UnicodeEncodeError as error:
        raise _refusal("", N_("A text holds half of a surrogate pair.")) from error


def _check(value: object, name: str, level: int) -> None:
    if value is None or isinstance(value, str | bool):
        return
    if isinstance(value, int):
        if not -LARGEST_INTEGER <= value <= LARGEST_INTEGER:
            raise _refusal(name, N_("A whole number must lie within ±2⁵³."))
    elif not isinstance(value, dict | list):
        kind = type(value).__name__
        raise _refusal(
            name, N_("A value of type “{type}” cannot travel; write it as a text.", type=kind)
        )
    elif level == DEEPEST_LEVEL:
        raise _refusal(name, N_("Values are nested too deeply."))
    else:
        _check_inside(value, name, level + 1)


def _check_inside(values: dict[object, object] | list[object], name: str, level: int) -> None:
    if isinstance(values, list):
        for each in values:
            _check(each, name, level)
        return
    for key, each in values.items():
        if not isinstance(key, str) or not key.isascii():
            raise _refusal(name, N_("The name of a field must be ASCII text."))
        if type(each) in _PLAIN:  # most fields need no call
            continue
        if not (isinstance(each, int) and -LARGEST_INTEGER <= each <= LARGEST_INTEGER):
            _check(each, key, level)


def _refusal(name: str, text: Text) -> InvalidError:
    return InvalidError([Problem(name, text)])
