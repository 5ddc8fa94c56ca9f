"""vCard files cut into cards, and cards brought into the one form that vobject reads well.

vobject 0.9.9 returns `tel:` addresses and unsplit types for version 4.0 and loses parameters
without a name; each line is therefore rewritten as version 3.0 before it sees it. Pictures, keys
and other properties that the desk does not keep are dropped here, so their size costs nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

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
    r"(?:(?P<group>[A-Za-z0-9-]+)\.)?(?P<name>[A-Za-z0-9-]+)"
    r"(?P<parameters>(?:;(?:[^\";:]|\"[^\"]*\")*)*):(?P<value>.*)",
    re.DOTALL,
)
_PARAMETER = re.compile(r";((?:[^\";:]|\"[^\"]*\")*)")
_NAME_BEGINS = re.compile(r"(?:[A-Za-z0-9-]+\.)?([A-Za-z0-9-]+)[;:]")
_DROPPED_PARAMETERS = frozenset({"CHARSET", "VALUE", "ALTID", "PID", "MEDIATYPE"})
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


def normal_card(card: RawCard) -> str:
    """Return a card as version 3.0, with only the properties that the desk keeps.

    Raises:
        UnreadableFileError: Its version is another, it is not a person, or a line is no property.
    """
    properties = [_Property.read(line) for line in card.lines]
    versions = {each.value.strip() for each in properties if each.name == "VERSION"}
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
        if each.name == "KIND" and each.value.strip().lower() not in {"individual", ""}:
            raise _at(each.line, N_("This card is a {kind}, not a person.", kind=each.value))
    lines = [each.normal() for each in properties if each.name not in {"VERSION", "KIND"}]
    return "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""])


@dataclass(frozen=True)
class _Property:
    """One property: its name, its parameters and its value, still escaped."""

    line: int
    group: str
    name: str
    parameters: list[tuple[str, list[str]]]
    value: str

    @classmethod
    def read(cls, raw: RawLine) -> "_Property":
        match = _LINE.fullmatch(raw.text)
        if match is None:
            raise _at(raw.line, N_("This line is no vCard property."))
        parameters = [_parameter(each) for each in _PARAMETER.findall(match["parameters"])]
        _check_encoding(raw.line, parameters)
        return cls(
            raw.line, match["group"] or "", match["name"].upper(), parameters, match["value"]
        )

    def normal(self) -> str:
        """Return the line as version 3.0 has it."""
        types: list[str] = []
        others: list[str] = []
        for name, values in self.parameters:
            if name == "TYPE":
                types.extend(value for each in values for value in each.split(","))
            elif name == "PREF":
                types.append("pref")
            elif name not in _DROPPED_PARAMETERS:
                others.append(f";{name}={','.join(map(_quoted, values))}")
        types = [each for each in types if re.fullmatch(r"[A-Za-z0-9-]+", each)]
        typed = f";TYPE={','.join(types)}" if types else ""
        group = f"{self.group}." if self.group else ""
        return f"{group}{self.name}{typed}{''.join(others)}:{self._plain_value()}"

    def _plain_value(self) -> str:
        """Return the value without the scheme of an address: `tel:+81-3` becomes `+81-3`."""
        scheme, _, rest = self.value.partition(":")
        if self.name == "TEL" and scheme.lower() == "tel":
            number, _, extension = unquote(rest).partition(";ext=")
            return f"{number} ext. {extension}" if extension else number
        if self.name == "EMAIL" and scheme.lower() == "mailto":
            return unquote(rest)
        return self.value


def _parameter(text: str) -> tuple[str, list[str]]:
    """Return a parameter's name and values; one without a name is a type, as in version 2.1."""
    name, equals, rest = text.partition("=")
    if not equals:
        return "TYPE", [name]
    values = re.findall(r"\"([^\"]*)\"|([^,]+)", rest)
    return name.strip().upper(), [quoted or plain for quoted, plain in values]


def _check_encoding(line: int, parameters: list[tuple[str, list[str]]]) -> None:
    for name, values in parameters:
        if name == "ENCODING" and any(each.upper() in _ENCODED for each in values):
            raise _at(line, N_("Encoded text is read only in later versions of the desk."))
        if name == "CHARSET" and any(each.upper() != "UTF-8" for each in values):
            raise _at(line, N_("The text is not in UTF-8. Export the card again in UTF-8."))


def _quoted(value: str) -> str:
    return f'"{value}"' if re.search(r"[,;:]", value) else value


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
