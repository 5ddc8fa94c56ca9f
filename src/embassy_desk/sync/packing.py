"""How operations and rows are written small on the wire (SYNC 3.16). Loses nothing.

Packed objects have the keys of `sync.operations`, with what can be told from the one before left
out. After zstd a change of one field takes about 30 bytes. For operations:

    n  left out: one more than the one before (the first: `first` of `unpacked`)
    t  difference to the `t` before, left out when 0; the first counts from 0
    e s g b u  left out: as before; the first starts from null, and 0 for b, 1 for g
    r  22 digits of base64url, left out: the same row as before
    k  left out: put
    x  how far before `n`; left out: the operation stands alone
    m  1: `f` also holds `changed_at`, the time of `t`, and `changed_by`, which is `u`
    c f o  as they are

For rows of an answer: `e`, `u` and `t` likewise, `r` always, `w` 1 for a whole row (fields that
are not named are empty), `d` 1 for a deleted one, `m` as above, `f` the fields.
"""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from embassy_desk.domain.errors import InvalidError, Problem
from embassy_desk.texts import N_

Form = dict[str, Any]

_REPEATED = {"e": None, "s": None, "g": 1, "b": 0, "u": None}
_OMITTED = {"s": None, "g": 1}  # an operation without these keys has these values
_AGAIN = frozenset({"changed_at", "changed_by"})
_SHORT_ID = 22
_ID_BYTES = 16


def packed(operations: Iterable[Form], first: int) -> Iterator[Form]:
    """Yield operation forms in their short form.

    Args:
        operations: Forms as `sync.operations` describes them.
        first: The number that the reader will expect; normally that of the first operation.
    """
    before: Form = {**_REPEATED, "n": first - 1, "t": 0, "r": None}
    for form in operations:
        yield _packed(form, before)
        before = _placed(form)


def _packed(form: Form, before: Form) -> Form:
    short: Form = {
        name: form.get(name, nothing)
        for name, nothing in _REPEATED.items()
        if form.get(name, nothing) != before[name]
    }
    differences = {
        "n": form["n"] != before["n"] + 1 and form["n"],
        "t": form["t"] - before["t"],
        "r": form["r"] != before["r"] and short_id(form["r"]),
        "k": form["k"] != "put" and form["k"],
    }
    short.update({name: each for name, each in differences.items() if each})
    if "x" in form:
        short["x"] = form["n"] - form["x"]
    short.update(_fields(form, form["t"], form.get("u")))
    short.update({name: form[name] for name in ("c", "o") if name in form})
    return short


def _placed(form: Form) -> Form:
    """Return what the next operation may leave out."""
    repeated = {name: form.get(name, nothing) for name, nothing in _REPEATED.items()}
    return {**repeated, "n": form["n"], "t": form["t"], "r": form["r"]}


def unpacked(shorts: Iterable[Form], first: int) -> Iterator[Form]:
    """Yield the operation forms that were packed, not yet checked by `Operation.read`.

    Raises:
        InvalidError: A short form cannot be unpacked.
    """
    before: Form = {**_REPEATED, "n": first - 1, "t": 0, "r": None}
    for short in shorts:
        try:
            form = _unpacked(short, before)
        except (KeyError, TypeError, ValueError, OverflowError, binascii.Error) as error:
            raise InvalidError([Problem("ops", N_("An operation cannot be read."))]) from error
        before = _placed(form)
        yield form


def _unpacked(short: Form, before: Form) -> Form:
    now = {name: short.get(name, before[name]) for name in _REPEATED}
    form: Form = {
        name: each for name, each in now.items() if name not in _OMITTED or each != _OMITTED[name]
    }
    form["n"] = short.get("n", before["n"] + 1)
    form["t"] = before["t"] + short.get("t", 0)
    form["r"] = long_id(short["r"]) if "r" in short else before["r"]
    form["k"] = short.get("k", "put")
    if "x" in short:
        form["x"] = form["n"] - short["x"]
    fields = _all_fields(short, form["t"], form["u"])
    if fields is not None:
        form["f"] = fields
    form.update({name: short[name] for name in ("c", "o") if name in short})
    return form


def packed_rows(rows: Iterable[Form]) -> Iterator[Form]:
    """Yield rows of an answer in their short form.

    A row is `{e, r, f, u, t}` with `d` and `w` where they are true: entity, identity, fields, who
    changed it last and when (milliseconds since 1970).
    """
    before: Form = {"e": None, "u": None, "t": 0}
    for row in rows:
        short: Form = {"r": short_id(row["r"])}
        short.update({name: row[name] for name in ("e", "u") if row[name] != before[name]})
        if row["t"] != before["t"]:
            short["t"] = row["t"] - before["t"]
        short.update({name: 1 for name in ("d", "w") if row.get(name)})
        short.update(_fields(row, row["t"], row["u"]))
        yield short
        before = row


def unpacked_rows(shorts: Iterable[Form]) -> Iterator[Form]:
    """Yield the rows that were packed.

    Raises:
        InvalidError: A short form cannot be unpacked.
    """
    before: Form = {"e": None, "u": None, "t": 0}
    for short in shorts:
        try:
            row: Form = {name: short.get(name, before[name]) for name in ("e", "u")}
            row["t"] = before["t"] + short.get("t", 0)
            row["r"] = long_id(short["r"])
            row.update({name: True for name in ("d", "w") if short.get(name)})
            row["f"] = _all_fields(short, row["t"], row["u"]) or {}
        except (KeyError, TypeError, ValueError, OverflowError, binascii.Error) as error:
            raise InvalidError([Problem("rows", N_("A row cannot be read."))]) from error
        before = row
        yield row


def _fields(form: Mapping[str, Any], ms: int, user: str | None) -> Form:
    """Return the fields, and a mark instead of the two that say again when and by whom."""
    if "f" not in form:
        return {}
    fields = form["f"]
    is_again = (
        user is not None
        and fields.get("changed_by") == user
        and fields.get("changed_at") == time_of_ms(ms)
    )
    if not is_again:
        return {"f": fields}
    return {"f": {name: fields[name] for name in fields.keys() - _AGAIN}, "m": 1}


def _all_fields(short: Form, ms: int, user: str | None) -> Form | None:
    if "f" not in short:
        return None
    fields: Form = dict(short["f"])
    if short.get("m"):
        fields.update(changed_at=time_of_ms(ms), changed_by=user)
    return fields


def time_of_ms(ms: int) -> str | None:
    """Return a time as rows keep it, `2026-11-22T03:56:02.000Z`; nothing after the year 9999."""
    try:
        moment = datetime.fromtimestamp(ms / 1000, UTC)
    except (ValueError, OverflowError):
        return None
    # Rounding of the fraction would be off by one for some; the last three digits are exact.
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{ms % 1000:03}Z"


def short_id(identity: str) -> str:
    """Return 32 hexadecimal digits as 22 of base64url."""
    return urlsafe_b64encode(bytes.fromhex(identity)).decode().rstrip("=")


def long_id(short: str) -> str:
    """Return the 32 hexadecimal digits.

    Raises:
        ValueError: The text is not an identity.
    """
    if len(short) != _SHORT_ID:
        raise ValueError("an identity has 22 digits")
    identity = urlsafe_b64decode(short + "==")
    if len(identity) != _ID_BYTES or short_id(identity.hex()) != short:
        raise ValueError("an identity has 16 bytes")
    return identity.hex()
