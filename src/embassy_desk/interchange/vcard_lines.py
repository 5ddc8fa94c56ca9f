"""vCard files cut into cards and unfolded lines, each with its place in the file.

This stands in front of vobject, which reads the lines: see `vcard_properties`. Lines are kept as
bytes in the shape of Latin-1 texts, a letter a byte, until the character set of each is known:
programs fold between the bytes of a letter, and version 2.1 names the set in each line anew. What
the desk never keeps, such as keys and designs, is dropped here, so its size costs nothing.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from embassy_desk.interchange.delimited import utf8_of
from embassy_desk.interchange.errors import FileProblem, UnreadableFileError, whole_file
from embassy_desk.interchange.limits import MAX_CARDS, MAX_LINE_CHARACTERS, MAX_PICTURE_CHARACTERS
from embassy_desk.texts import N_, Text

EXTENSION = "X-EMBASSY-DESK-"
"""Begins the names of properties that hold fields no vCard property stands for."""

PICTURE = "PHOTO"

_DROPPED = frozenset({
    "LOGO", "SOUND", "KEY", "REV", "PRODID", "X-MS-OL-DESIGN", "X-MS-CARDPICTURE", "AGENT",
    "X-IMAGEHASH", "X-IMAGETYPE", "SOURCE", "PROFILE", "MAILER",
})  # fmt: skip
"""Properties that say nothing of a person, or too much at once; nobody misses them."""

FAMILY = frozenset({
    "ANNIVERSARY", "X-ANNIVERSARY", "X-MS-ANNIVERSARY", "X-EVOLUTION-ANNIVERSARY", "X-SPOUSE",
    "X-MS-SPOUSE", "X-EVOLUTION-SPOUSE", "X-KADDRESSBOOK-X-SPOUSESNAME", "X-MS-CHILD", "X-CHILD",
    "X-ABRELATEDNAMES", "GENDER", "X-GENDER",
    "X-KADDRESSBOOK-X-ANNIVERSARY",
})  # fmt: skip
"""Properties about the family of a person, which the desk must not keep."""

ANDROID = "X-ANDROID-CUSTOM"
"""Holds what version 2.1 has no property for: names, relations and days."""

_ABOUT_FAMILY = re.compile(r"item/(?:relation;|contact_event;[^;]*;[012];)")
"""Relations, and days but for that of birth."""

_NAME_BEGINS = re.compile(r"(?:[A-Za-z0-9_-]+\.)?([A-Za-z0-9_-]+)[;:]")
_QUOTED = re.compile(r"[^:]*?[;=]QUOTED-PRINTABLE", re.IGNORECASE)
_BASE64 = re.compile(r"[^:]*?[;=](?:BASE64|B)[;:]", re.IGNORECASE)
_OF_BASE64 = re.compile(r"[A-Za-z0-9+/]+=*\s*")
_LINE_END = re.compile(r"\r\n|\n|\r")
_DEEPEST = 2


class RawLine(NamedTuple):
    """One unfolded line of a card, a letter a byte; `line` is where it begins, from 1."""

    line: int
    text: str


@dataclass(frozen=True)
class RawCard:
    """The lines of one card between its first and its last.

    Attributes:
        line: Where it begins.
        lines: Its lines.
        family: Names of the properties about the family that stood there.
    """

    line: int
    lines: list[RawLine]
    family: list[RawLine] = field(default_factory=list)

    @property
    def source(self) -> str:
        """The card as a file of its own has it."""
        lines = ["BEGIN:VCARD", *(each.text for each in self.lines), "END:VCARD"]
        return "\n".join(lines).encode("latin-1").decode("utf-8", "replace")


def cards_of(content: bytes) -> Iterator[RawCard]:
    """Yield the cards of a file; a card inside a card, as of an assistant, is passed over.

    Raises:
        UnreadableFileError: There are none, too many, or they do not begin and end as they should;
            what was yielded before means nothing then.
    """
    cutter = _Cutter()
    for line in _unfolded(utf8_of(_without_padding(content)).decode("latin-1")):
        card = cutter.take(line)
        if card is not None:
            yield card
    if cutter.depth:
        raise wrong_line(cutter.card.line, N_("The card does not end."))
    if not cutter.count:
        raise whole_file(N_("There is no card in this file."))


def _without_padding(content: bytes) -> bytes:
    """Return a file without the signs with which old phones and DOS fill up its end."""
    is_utf_16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return content if is_utf_16 else content.rstrip(b"\x00\x1a")


def likely_count(content: bytes) -> int:
    """Return about how many cards a file has, to say how far reading is."""
    return content.count(b"END:VCARD") or 1


_LONGEST_MARK = 80


class _Cutter:
    """Cuts lines into cards.

    Attributes:
        card: The card that began last.
        count: How many have begun.
        depth: In how many cards the next line stands.
    """

    def __init__(self) -> None:
        self.card = RawCard(0, [])
        self.count = 0
        self.depth = 0
        self._is_of_agent = False

    def take(self, line: RawLine) -> RawCard | None:
        """Take the next line; return the card that ends with it.

        Raises:
            UnreadableFileError: It cannot stand where it stands.
        """
        text = line.text
        mark = text.strip().upper() if len(text) < _LONGEST_MARK else ""
        if mark == "BEGIN:VCARD":
            self._begin(line.line)
        elif mark == "END:VCARD":
            if not self.depth:
                raise wrong_line(line.line, N_("A card ends that did not begin."))
            self.depth -= 1
            return None if self.depth else self.card
        elif not text or text.isspace():
            return None
        elif self.depth == 1:
            self._is_of_agent = mark.startswith("AGENT") and mark.endswith(":")
            _put(self.card, line)
        elif not self.depth:
            raise wrong_line(line.line, N_("This line stands in no card."))
        return None

    def _begin(self, line: int) -> None:
        """Begin a card; one of an agent may stand inside another, but not deeper."""
        if self.depth >= _DEEPEST or (self.depth and not self._is_of_agent):
            raise wrong_line(line, N_("A card begins inside another card."))
        self.depth += 1
        if self.depth == 1:
            self.card = RawCard(line, [])
            self.count += 1
        if self.count > MAX_CARDS:
            raise whole_file(N_("The file has more than {limit} cards.", limit=MAX_CARDS))


def _put(card: RawCard, line: RawLine) -> None:
    name = name_of(line.text)
    if name in FAMILY or (name == ANDROID and _ABOUT_FAMILY.search(line.text)):
        card.family.append(line)
    elif name not in _DROPPED:
        card.lines.append(line)


def name_of(text: str) -> str:
    """Return the name of a line's property in capitals; empty when it has none."""
    match = _NAME_BEGINS.match(text)
    return match[1].upper() if match else ""


@dataclass(slots=True)
class _Begun:
    """A line that may go on."""

    line: int
    parts: list[str]
    limit: int
    is_quoted: bool
    is_base64: bool
    is_note: bool = False
    size: int = 0

    def add(self, text: str) -> None:
        """Go on; what is too long and kept is refused, and pictures merely end."""
        self.size += len(text)
        if self.size <= self.limit:
            self.parts.append(text)
        elif self.limit == MAX_LINE_CHARACTERS:
            raise wrong_line(self.line, N_("The line is too long."))

    def go_on(self, line: str, *, keeps_space: bool) -> None:
        """Join the next line of the file; version 2.1 keeps the space before it."""
        if self.is_quoted and self.parts and self.parts[-1].endswith("="):
            self.parts[-1] = self.parts[-1][:-1]
            self.add(line)
        elif self.is_base64:
            self.add(line.strip())
        elif self.is_note and line[:1] not in {" ", "\t"}:  # a break that nobody escaped
            self.add(f"\n{line}")
        else:
            self.add(line if keeps_space else line[1:])

    @property
    def raw(self) -> RawLine:
        if self.size > self.limit > 0:  # a picture
            return RawLine(self.line, f"{PICTURE}:")
        return RawLine(self.line, "".join(self.parts))


def _unfolded(text: str) -> Iterator[RawLine]:
    """Yield the lines, those that go on joined, each as its own encoding goes on."""
    begun: _Begun | None = None
    is_old = False
    for number, line in enumerate(_LINE_END.split(text), start=1):
        if begun is not None and _goes_on(begun, line):
            begun.go_on(line, keeps_space=is_old)
            continue
        if begun is not None:
            yield begun.raw
        if line[:8].upper() == "VERSION:":
            is_old = line[8:].strip() == "2.1"
        begun = _beginning(number, line)
    if begun is not None:
        yield begun.raw


def _goes_on(begun: _Begun, line: str) -> bool:
    """Say whether a line of the file belongs to the one before."""
    if begun.is_quoted and begun.parts and begun.parts[-1].endswith("="):
        return line[:10].upper() != "END:VCARD"
    if line[:1] in {" ", "\t"}:
        return True
    if begun.is_note and line and not name_of(line):
        return True
    return begun.is_base64 and _OF_BASE64.fullmatch(line) is not None


def _beginning(number: int, line: str) -> _Begun:
    name = name_of(line)
    limit = MAX_LINE_CHARACTERS
    if name == PICTURE:
        limit = MAX_PICTURE_CHARACTERS
    elif name in _DROPPED:
        limit = 0
    is_encoded = ";" in line[:200]
    begun = _Begun(
        number,
        [],
        limit,
        is_quoted=is_encoded and _QUOTED.match(line, 0, 400) is not None,
        is_base64=is_encoded and _BASE64.match(line, 0, 400) is not None,
        is_note=name == "NOTE",
    )
    if limit:
        begun.add(line)
    else:
        begun.parts.append(line[:_LONGEST_MARK])
    return begun


def wrong_line(line: int, text: Text) -> UnreadableFileError:
    """Return an error about one line of a file."""
    return UnreadableFileError([FileProblem(line, "", text)])
