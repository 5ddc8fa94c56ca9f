"""vCard files cut into cards, and cards into properties, the same for versions 3.0 and 4.0.

Pictures, keys and other properties that the desk does not keep are dropped here, so their size
costs nothing. What differs between the versions, and what address books do besides, is made alike:
types in quotation marks, `PREF=1`, `tel:` addresses, parameters without a name.

vobject, which writes our cards, does not read them: it knows version 4.0 only in part, takes twice
the time, and logs what stands in the cards.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from embassy_desk.domain.values import clean_text
from embassy_desk.interchange.delimited import decoded
from embassy_desk.interchange.errors import FileProblem, UnreadableFileError, whole_file
from embassy_desk.interchange.limits import MAX_CARDS, MAX_LINE_CHARACTERS
from embassy_desk.texts import N_, Text

EXTENSION = "X-EMBASSY-DESK-"
"""Begins the names of properties that hold fields no vCard property stands for."""

VERSIONS = ("3.0", "4.0")

_KEPT = frozenset({
    "VERSION", "KIND", "N", "FN", "NICKNAME", "ORG", "TITLE", "ROLE", "EMAIL", "TEL", "ADR", "NOTE",
    "LANG", "CATEGORIES", "UID",
})  # fmt: skip

_LINE = re.compile(
    r"(?:([A-Za-z0-9-]+)\.)?([A-Za-z0-9-]+)((?:;(?:[^\";:]|\"[^\"]*\")*)*):(.*)", re.DOTALL
)
"""Group, name, parameters and value."""

_PARAMETER = re.compile(r";((?:[^\";:]|\"[^\"]*\")*)")
_PARAMETER_VALUE = re.compile(r"\"([^\"]*)\"|([^,]+)")
_NAME_BEGINS = re.compile(r"(?:[A-Za-z0-9-]+\.)?([A-Za-z0-9-]+)[;:]")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_COMPONENT = re.compile(r"((?:[^;\\]|\\(?:.|\Z))*)(?:;|\Z)", re.DOTALL)
_ITEM = re.compile(r"((?:[^,\\]|\\(?:.|\Z))*)(?:,|\Z)", re.DOTALL)
_ENCODED = frozenset({"QUOTED-PRINTABLE", "B", "BASE64"})


@dataclass(frozen=True)
class RawLine:
    """One unfolded line of a card; `line` is where it begins in the file, counted from 1."""

    line: int
    text: str


@dataclass(frozen=True)
class RawCard:
    """The lines of one card between its first and its last; `line` is that of BEGIN:VCARD."""

    line: int
    lines: list[RawLine]


@dataclass(frozen=True)
class Property:
    """One property of a card.

    Attributes:
        line: Where it begins in the file.
        group: What ties properties of one card together; mostly empty.
        name: Its name in capitals.
        types: Its types in lower case; the preferred one of several has `pref`.
        language: Its language in lower case, when it says one.
        value: Its value, still escaped.
    """

    line: int
    group: str
    name: str
    types: tuple[str, ...]
    language: str
    value: str

    @property
    def text(self) -> str:
        """The value as one text."""
        return unescaped(self.value)

    @property
    def items(self) -> list[str]:
        """The texts of a value with commas between."""
        return [unescaped(each) for each in _split(self.value, _ITEM)]

    @property
    def components(self) -> list[str]:
        """The texts of a value with semicolons between; commas are part of them."""
        return [unescaped(each) for each in _split(self.value, _COMPONENT)]

    @property
    def component_lists(self) -> list[list[str]]:
        """The texts of a value with semicolons between, each of which may hold several."""
        return [
            [unescaped(item) for item in _split(each, _ITEM)]
            for each in _split(self.value, _COMPONENT)
        ]


def unescaped(value: str) -> str:
    """Return a value as text: an escaped n is a line break, any other escaped sign itself."""
    if "\\" not in value:
        return clean_text(value)
    plain = _ESCAPED.sub(lambda match: "\n" if match[1] in {"n", "N"} else match[1], value)
    return clean_text(plain)


def _split(value: str, pattern: re.Pattern[str]) -> list[str]:
    """Cut a value at the separators that are not escaped."""
    parts, place = [], 0
    while match := pattern.match(value, place):
        parts.append(match[1])
        if match.end() == len(value) and match.end() == match.end(1):
            break
        place = match.end()
    return parts or [value]


def cards_of(content: bytes) -> list[RawCard]:
    """Return the cards of a file.

    Raises:
        UnreadableFileError: There are none, too many, or they do not begin and end as they should.
    """
    cards: list[RawCard] = []
    is_open = False
    for line in _unfolded(decoded(content)):
        mark = line.text.strip().upper()
        _check_mark(mark, line.line, is_open=is_open)
        if mark == "BEGIN:VCARD":
            cards.append(RawCard(line.line, []))
            is_open = True
        elif mark == "END:VCARD":
            is_open = False
        elif mark:
            cards[-1].lines.append(line)
        if len(cards) > MAX_CARDS:
            raise whole_file(N_("The file has more than {limit} cards.", limit=MAX_CARDS))
    if is_open:
        raise _at(cards[-1].line, N_("The card does not end."))
    if not cards:
        raise whole_file(N_("There is no card in this file."))
    return cards


def _check_mark(mark: str, line: int, *, is_open: bool) -> None:
    """Refuse a line that cannot stand where it stands."""
    if mark == "BEGIN:VCARD" and is_open:
        raise _at(line, N_("A card begins inside another card."))
    if mark == "END:VCARD" and not is_open:
        raise _at(line, N_("A card ends that did not begin."))
    if mark and mark != "BEGIN:VCARD" and not is_open:
        raise _at(line, N_("This line stands in no card."))


def properties_of(card: RawCard) -> list[Property]:
    """Return the properties of a card that the desk keeps.

    Raises:
        UnreadableFileError: Its version is another, it is not a person, or a line is no property.
    """
    properties = [_property(line) for line in card.lines]
    versions = {each.text for each in properties if each.name == "VERSION"}
    if len(versions) != 1 or not versions <= set(VERSIONS):
        raise _at(
            card.line,
            N_(
                "This is a vCard of version {version}. Versions 3.0 and 4.0 are read; export it "
                "again as one of these.",
                version=" ".join(sorted(versions)) or "?",
            ),
        )
    for each in properties:
        if each.name == "KIND" and each.text.lower() not in {"individual", ""}:
            raise _at(each.line, N_("This card is a {kind}, not a person.", kind=each.text))
    return properties


def _property(raw: RawLine) -> Property:
    match = _LINE.fullmatch(raw.text)
    if match is None:
        raise _at(raw.line, N_("This line is no vCard property."))
    group, name, parameters, value = match.groups()
    types: list[str] = []
    language = ""
    for parameter in _PARAMETER.findall(parameters) if parameters else ():
        key, values = _parameter(parameter)
        _check_encoding(raw.line, key, values)
        if key == "TYPE":
            types.extend(part.strip().lower() for each in values for part in each.split(","))
        elif key == "PREF":
            types.append("pref")
        elif key == "LANGUAGE" and values:
            language = values[0].lower()
    name = name.upper()
    plain = _without_scheme(name, value)
    return Property(raw.line, (group or "").upper(), name, tuple(types), language, plain)


def _without_scheme(name: str, value: str) -> str:
    """Return a value without the scheme of an address: `tel:+81-3` becomes `+81-3`."""
    scheme, colon, rest = value.partition(":")
    if colon and name == "TEL" and scheme.lower() == "tel":
        number, _, extension = unquote(rest).partition(";ext=")
        return f"{number} ext. {extension}" if extension else number
    if colon and name == "EMAIL" and scheme.lower() == "mailto":
        return unquote(rest)
    return value


def _parameter(text: str) -> tuple[str, list[str]]:
    """Return a parameter's name and values; one without a name is a type, as in version 2.1."""
    name, equals, rest = text.partition("=")
    if not equals:
        return "TYPE", [name]
    values = _PARAMETER_VALUE.findall(rest)
    return name.strip().upper(), [quoted or plain for quoted, plain in values]


def _check_encoding(line: int, name: str, values: list[str]) -> None:
    if name == "ENCODING" and any(each.upper() in _ENCODED for each in values):
        raise _at(line, N_("Encoded text cannot be read. Export the card again without it."))
    if name == "CHARSET" and any(each.upper() != "UTF-8" for each in values):
        raise _at(line, N_("The text is not in UTF-8. Export the card again in UTF-8."))


def _unfolded(text: str) -> Iterator[RawLine]:
    """Yield the lines, those that go on joined; what the desk does not keep is left out."""
    begun, parts, size, kept = 0, list[str](), 0, True
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        if line[:1] in {" ", "\t"} and begun:
            size += len(line) if kept else 0
            if size > MAX_LINE_CHARACTERS:
                raise _at(begun, N_("The line is too long."))
            if kept:
                parts.append(line[1:])
            continue
        if begun and kept:
            yield RawLine(begun, "".join(parts))
        begun, parts, size, kept = number, [line], len(line), _is_kept(line)
        if kept and size > MAX_LINE_CHARACTERS:
            raise _at(begun, N_("The line is too long."))
    if begun and kept:
        yield RawLine(begun, "".join(parts))


def _is_kept(line: str) -> bool:
    """Say whether a line matters: a property the desk keeps, a mark, or no property at all."""
    match = _NAME_BEGINS.match(line)
    if match is None:
        return True
    name = match[1].upper()
    return name in _KEPT or name in {"BEGIN", "END"} or name.startswith(EXTENSION)


def _at(line: int, text: Text) -> UnreadableFileError:
    return UnreadableFileError([FileProblem(line, "", text)])
