"""The properties of a card as vobject reads them, alike for versions 2.1, 3.0 and 4.0.

vobject takes lines, parameters and values apart; what it does not know is mended before and after
(docs/decisions/0003-vcard.md): encodings and character sets; bare commas and backslashes, which it
loses; lines over which its pattern never comes to an end; types and addresses as version 4.0
writes them.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from vobject.base import VObjectError, parseLine
from vobject.icalendar import stringToTextValues
from vobject.vcard import splitFields

from embassy_desk.domain.values import clean_text
from embassy_desk.interchange.vcard_lines import PICTURE, RawCard, RawLine, wrong_line
from embassy_desk.interchange.vcard_parameters import Parameters
from embassy_desk.interchange.vcard_text import (
    ENCODED,
    QUOTED,
    android_label,
    decoded_value,
    with_quoted_types,
)
from embassy_desk.texts import N_

VERSIONS = ("2.1", "3.0", "4.0")
_OLD = "2.1"

_WORD = "[A-Za-z0-9_-]+"
_VALUE = '(?:"[^"]*"|[^";:,]*)'
_WELL_BEGUN = re.compile(rf"(?:{_WORD}\.)?{_WORD};?(?:;{_WORD}(?:={_VALUE}(?:,{_VALUE})*)?)*:")
"""What stands before the value; over other lines vobject's own pattern may take for ever."""

_STRUCTURES = frozenset({"N", "ADR", "ORG"})
_LISTS = frozenset({"CATEGORIES", "NICKNAME"})
_WITH_SCHEMES = frozenset({"TEL", "EMAIL"})
_CODED = frozenset({QUOTED, *ENCODED})
_WITH_COMMAS_BETWEEN = frozenset({"N"}) | _LISTS
_NEEDS_TAKING_APART = re.compile(r"[\\,\n]")
_SIGNS = re.compile(r"\\(.?)|(,)(?=([ \n])?)|\n", re.DOTALL)
_OLD_SIGNS = re.compile(r"\\([;,:])|[\\,\n]")
_ESCAPABLE = frozenset(r"\;,nN")


class Property(NamedTuple):
    """One property of a card.

    Attributes:
        line: Where it begins in the file.
        group: What ties properties of one card together; mostly empty.
        name: Its name in capitals.
        types: Its types in lower case; the preferred one of several has `pref`.
        language: Its language in lower case, when it says one.
        components: Its value: most have one component of one text; names, addresses and
            organisations have several components, lists one component of several texts.
        label: What Android calls it in words of the person's own; mostly empty.
        parameters: Its other parameters, as version 3.0 writes them; empty or with a semicolon
            in front.
        value: Its value, as version 3.0 writes it.
    """

    line: int
    group: str
    name: str
    types: tuple[str, ...]
    language: str
    components: tuple[tuple[str, ...], ...]
    label: str = ""
    parameters: str = ""
    value: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text of the value that says something."""
        return tuple(text for component in self.components for text in component if text)

    @property
    def text(self) -> str:
        """The value as one text."""
        return " ".join(self.texts)


def properties_of(card: RawCard, encoding: str = "") -> list[Property]:
    """Return the properties of a card.

    Args:
        card: The card.
        encoding: Character set of bytes that are not UTF-8; empty refuses them.

    Raises:
        UnreadableFileError: Its version is another, it is not a person, or a line is no property.
    """
    is_old = _version_of(card) == _OLD
    found = [_readable(line, is_old=is_old, encoding=encoding) for line in card.lines]
    for each in found:
        if each.name == "KIND" and each.text.lower() not in {"individual", ""}:
            raise wrong_line(each.line, N_("This card is a {kind}, not a person.", kind=each.text))
    return found


def _readable(line: RawLine, *, is_old: bool, encoding: str) -> Property:
    try:
        return _property(line, is_old=is_old, encoding=encoding)
    except (VObjectError, ValueError, LookupError, TypeError, RecursionError):
        # Its words quote the card, so they go no further.
        raise wrong_line(line.line, N_("The card cannot be read.")) from None


def _version_of(card: RawCard) -> str:
    """Return the version of a card, and refuse another: its lines may be built otherwise."""
    heads = (line.text.partition(":") for line in card.lines)
    versions = {value.strip() for name, _, value in heads if name.strip().upper() == "VERSION"}
    if not versions:  # as some telephones leave it out
        return _OLD if any(_IN_OLD_CARDS.match(line.text) for line in card.lines) else VERSIONS[1]
    if len(versions) != 1 or not versions <= set(VERSIONS):
        reason = N_(
            "This is a vCard of version {version}. Versions 2.1, 3.0 and 4.0 are read; export it "
            "again as one of these.",
            version=" ".join(sorted(versions))[:_LONGEST_VERSION] or "?",
        )
        said = (line.line for line in card.lines if line.text.upper().startswith("VERSION"))
        raise wrong_line(next(said, card.line), reason)
    return versions.pop()


_LONGEST_VERSION = 20
_IN_OLD_CARDS = re.compile(r"[^:]*;(?:(?:ENCODING=)?QUOTED-PRINTABLE|CELL|HOME|WORK)[;:]")
"""What stands only in lines of version 2.1."""


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands before the value of a line."""

    name: str
    group: str
    types: tuple[str, ...]
    said: Parameters


def _head(text: str) -> _Head:
    name, parameters, _, group = parseLine(text)
    said = Parameters([])
    for key, *values in parameters:
        said.take(key, [_letters(each) for each in values])
    return _Head(name.upper(), (group or "").upper(), tuple(said.types), said)


_known_head = lru_cache(maxsize=1_024)(_head)
"""The same, remembered: a file of fifty thousand cards has some dozens of heads."""

_LONGEST_KNOWN = 100  # characters; longer heads are rare and would fill the memory


def _property(raw: RawLine, *, is_old: bool, encoding: str) -> Property:
    label, begins = "", _WELL_BEGUN.match(raw.text)
    if not begins:
        raw, label = android_label(raw)
        begins = _WELL_BEGUN.match(raw.text)
    if not begins:
        raw = with_quoted_types(raw)
        begins = _WELL_BEGUN.match(raw.text)
    if not begins:
        raise wrong_line(raw.line, N_("This line is no vCard property."))
    text = begins[0]
    head = _known_head(text) if len(text) <= _LONGEST_KNOWN else _head(text)
    name, said = head.name, head.said
    if name in {"BEGIN", "END"}:  # of something that is no card
        raise wrong_line(raw.line, N_("This line is no vCard property."))
    value = raw.text[len(text) :]
    if name != PICTURE:
        if said.encoding or not value.isascii():
            value = decoded_value(raw, f"{said.encoding} {value}", said.charset, encoding)
        is_coded = said.encoding in _CODED
        value = _renewed(name, value) if is_old else _mended(name, value, is_coded=is_coded)
    return Property(
        raw.line,
        head.group,
        "TEL" if name == "X-MS-TEL" else name,
        head.types,
        said.language,
        _components(name, value) if name != PICTURE else ((value,),),
        label or (said.label if name in _WITH_SCHEMES else ""),
        said.others,
        value,
    )


def _letters(text: str) -> str:
    """Return the words of a parameter, which are in UTF-8 or in nothing."""
    return text if text.isascii() else text.encode("latin-1").decode("utf-8", "replace")


def _renewed(name: str, value: str) -> str:
    r"""Return a value of version 2.1 with the signs of 3.0.

    There only separators are escaped; any other backslash is one, as in `\\server\share`.
    """
    comma = "," if name in _LISTS else r"\,"

    def sign(match: re.Match[str]) -> str:
        if escaped := match[1]:
            return ":" if escaped == ":" else f"\\{escaped}"
        return {"\\": r"\\", ",": comma, "\n": r"\n"}[match[0]]

    return _OLD_SIGNS.sub(sign, value)


def _mended(name: str, value: str, *, is_coded: bool = False) -> str:
    """Return a value with its signs escaped as RFC 2426 asks, which many programs do not do.

    A comma that separates nothing is part of the text, in names also one before a space; a
    backslash before any other sign means nothing, and one at the end is a backslash.
    """
    if "\\" not in value and "," not in value and not is_coded:
        return value
    separates, is_list = name in _WITH_COMMAS_BETWEEN, name in _LISTS

    def sign(match: re.Match[str]) -> str:
        if match[0] == "\n":
            return r"\n"
        if match[2]:
            return "," if separates and (is_list or not match[3]) else r"\,"
        escaped: str = match[1]
        return match[0] if escaped in _ESCAPABLE else escaped or r"\\"

    return _SIGNS.sub(sign, value)


def _components(name: str, value: str) -> tuple[tuple[str, ...], ...]:
    """Return the value of a property taken apart."""
    if not _NEEDS_TAKING_APART.search(value):  # as most values; the signs are all there is to it
        if name in _STRUCTURES:
            return tuple([(clean_text(text),) for text in value.split(";")])
        return ((clean_text(_without_scheme(name, value)),),)
    if name in _STRUCTURES:
        several = ([each] if isinstance(each, str) else each for each in splitFields(value))
        return tuple(tuple(map(clean_text, each)) for each in several)
    texts = stringToTextValues(value)
    if name in _LISTS:
        return (tuple(map(clean_text, texts)),)
    return ((clean_text(_without_scheme(name, texts[0])),),)


def _without_scheme(name: str, value: str) -> str:
    """Return a value without the scheme of an address: `tel:+81-3` becomes `+81-3`."""
    if name not in _WITH_SCHEMES:
        return value
    scheme, colon, rest = value.partition(":")
    if colon and name == "TEL" and scheme.lower() == "tel":
        number, _, extension = unquote(rest).partition(";ext=")
        return f"{number} ext. {extension}" if extension else number
    if colon and name == "EMAIL" and scheme.lower() == "mailto":
        return unquote(rest)
    return value
