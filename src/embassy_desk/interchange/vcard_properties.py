"""The properties of a card as vobject reads them, alike for versions 3.0 and 4.0.

vobject takes lines, parameters and values apart; what it does not know is mended before and after
(docs/decisions/0003-vcard.md): bare commas and backslashes, which it loses; lines over which its
pattern never comes to an end; types and addresses as version 4.0 writes them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from vobject.base import VObjectError, parseLine
from vobject.icalendar import stringToTextValues
from vobject.vcard import splitFields

from embassy_desk.domain.values import clean_text
from embassy_desk.interchange.vcard_lines import RawCard, RawLine, wrong_line
from embassy_desk.texts import N_

VERSIONS = ("3.0", "4.0")

_WORD = "[A-Za-z0-9_-]+"
_VALUE = '(?:"[^"]*"|[^";:,]*)'
_WELL_BEGUN = re.compile(rf"(?:{_WORD}\.)?{_WORD};?(?:;{_WORD}(?:={_VALUE}(?:,{_VALUE})*)?)*:")
"""What stands before the value; over other lines vobject's own pattern may take for ever."""

_STRUCTURES = frozenset({"N", "ADR", "ORG"})
_LISTS = frozenset({"CATEGORIES", "NICKNAME"})
_WITH_COMMAS_BETWEEN = frozenset({"N", "ADR"}) | _LISTS
_NEEDS_TAKING_APART = re.compile(r"[\\,\n]")
_SIGNS = re.compile(r"\\(.?)|,", re.DOTALL)
_ESCAPABLE = frozenset(r"\;,nN")
_ENCODED = frozenset({"QUOTED-PRINTABLE", "B", "BASE64"})


@dataclass(frozen=True)
class Property:
    """One property of a card.

    Attributes:
        line: Where it begins in the file.
        group: What ties properties of one card together; mostly empty.
        name: Its name in capitals.
        types: Its types in lower case; the preferred one of several has `pref`.
        language: Its language in lower case, when it says one.
        components: Its value: most have one component of one text; names, addresses and
            organisations have several components, lists one component of several texts.
    """

    line: int
    group: str
    name: str
    types: tuple[str, ...]
    language: str
    components: tuple[tuple[str, ...], ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text of the value that says something."""
        return tuple(text for component in self.components for text in component if text)

    @property
    def text(self) -> str:
        """The value as one text."""
        return " ".join(self.texts)


def properties_of(card: RawCard) -> list[Property]:
    """Return the properties of a card that the desk keeps.

    Raises:
        UnreadableFileError: Its version is another, it is not a person, or a line is no property.
    """
    _check_version(card)
    found = [_readable(line) for line in card.lines]
    for each in found:
        if each.name == "KIND" and each.text.lower() not in {"individual", ""}:
            raise wrong_line(each.line, N_("This card is a {kind}, not a person.", kind=each.text))
    return found


def _readable(line: RawLine) -> Property:
    try:
        return _property(line)
    except (VObjectError, ValueError, LookupError, TypeError, RecursionError):
        # Its words quote the card, so they go no further.
        raise wrong_line(line.line, N_("The card cannot be read.")) from None


def _check_version(card: RawCard) -> None:
    """Refuse a card of another version first: its lines may be built otherwise altogether."""
    heads = (line.text.partition(":") for line in card.lines)
    versions = {value.strip() for name, _, value in heads if name.strip().upper() == "VERSION"}
    if len(versions) != 1 or not versions <= set(VERSIONS):
        reason = N_(
            "This is a vCard of version {version}. Versions 3.0 and 4.0 are read; export it "
            "again as one of these.",
            version=" ".join(sorted(versions)) or "?",
        )
        said = (line.line for line in card.lines if line.text.upper().startswith("VERSION"))
        raise wrong_line(next(said, card.line), reason)


def _property(raw: RawLine) -> Property:
    if not _WELL_BEGUN.match(raw.text):
        raise wrong_line(raw.line, N_("This line is no vCard property."))
    name, parameters, value, group = parseLine(raw.text, raw.line)
    name = name.upper()
    if name in {"BEGIN", "END"}:  # of something that is no card
        raise wrong_line(raw.line, N_("This line is no vCard property."))
    types: list[str] = []
    language = ""
    for key, *values in parameters:
        _check_encoding(raw.line, key.upper(), values)
        if key.upper() == "PREF":
            types.append("pref")
        elif key.upper() == "TYPE" or not values:  # a type may stand without saying what it is
            types.extend(_types(values or [key]))
        elif key.upper() == "LANGUAGE":
            language = values[0].lower()
    components = _components(name, _mended(name, value))
    return Property(raw.line, (group or "").upper(), name, tuple(types), language, components)


def _types(values: Sequence[str]) -> list[str]:
    """Return the types of a parameter; version 4.0 puts several into one pair of quotes."""
    return [each.strip().lower() for several in values for each in several.split(",")]


def _check_encoding(line: int, name: str, values: Sequence[str]) -> None:
    """Refuse a text in another encoding; version 2.1 says it without the name of the parameter."""
    is_encoded = name == "ENCODING" and any(each.upper() in _ENCODED for each in values)
    if is_encoded or (name in _ENCODED - {"B"} and not values):
        reason = N_("Encoded text cannot be read. Export the card again without it.")
        raise wrong_line(line, reason)
    if name == "CHARSET" and any(each.upper() != "UTF-8" for each in values):
        reason = N_("The text is not in UTF-8. Export the card again in UTF-8.")
        raise wrong_line(line, reason)


def _mended(name: str, value: str) -> str:
    """Return a value with its signs escaped as RFC 2426 asks, which many programs do not do.

    A comma that separates nothing is part of the text; a backslash before any other sign means
    nothing, and one at the end is a backslash.
    """
    if "\\" not in value and "," not in value:
        return value
    comma = "," if name in _WITH_COMMAS_BETWEEN else r"\,"

    def sign(match: re.Match[str]) -> str:
        escaped: str | None = match[1]
        if escaped is None:
            return comma
        return match[0] if escaped in _ESCAPABLE else escaped or r"\\"

    return _SIGNS.sub(sign, value)


def _components(name: str, value: str) -> tuple[tuple[str, ...], ...]:
    """Return the value of a property taken apart."""
    if not _NEEDS_TAKING_APART.search(value):  # as most values; the signs are all there is to it
        texts = value.split(";") if name in _STRUCTURES else [value]
        return tuple((clean_text(_without_scheme(name, text)),) for text in texts)
    if name in _STRUCTURES:
        several = ([each] if isinstance(each, str) else each for each in splitFields(value))
        return tuple(tuple(map(clean_text, each)) for each in several)
    texts = stringToTextValues(value)
    if name in _LISTS:
        return (tuple(map(clean_text, texts)),)
    return ((clean_text(_without_scheme(name, texts[0])),),)


def _without_scheme(name: str, value: str) -> str:
    """Return a value without the scheme of an address: `tel:+81-3` becomes `+81-3`."""
    scheme, colon, rest = value.partition(":")
    if colon and name == "TEL" and scheme.lower() == "tel":
        number, _, extension = unquote(rest).partition(";ext=")
        return f"{number} ext. {extension}" if extension else number
    if colon and name == "EMAIL" and scheme.lower() == "mailto":
        return unquote(rest)
    return value
