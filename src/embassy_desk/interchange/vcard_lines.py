"""vCard files cut into cards and unfolded lines, each with its place in the file.

This stands in front of vobject, which reads the lines: see `vcard_properties`. Pictures, keys and
other properties that the desk does not keep are dropped here, so their size costs nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from embassy_desk.interchange.delimited import decoded
from embassy_desk.interchange.errors import FileProblem, UnreadableFileError, whole_file
from embassy_desk.interchange.limits import MAX_CARDS, MAX_LINE_CHARACTERS
from embassy_desk.texts import N_, Text

EXTENSION = "X-EMBASSY-DESK-"
"""Begins the names of properties that hold fields no vCard property stands for."""

_KEPT = frozenset({
    "VERSION", "KIND", "N", "FN", "NICKNAME", "ORG", "TITLE", "ROLE", "EMAIL", "TEL", "ADR", "NOTE",
    "LANG", "CATEGORIES", "UID", "BEGIN", "END",
})  # fmt: skip

_NAME_BEGINS = re.compile(r"(?:[A-Za-z0-9_-]+\.)?([A-Za-z0-9_-]+)[;:]")


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
        raise wrong_line(cards[-1].line, N_("The card does not end."))
    if not cards:
        raise whole_file(N_("There is no card in this file."))
    return cards


def _check_mark(mark: str, line: int, *, is_open: bool) -> None:
    """Refuse a line that cannot stand where it stands."""
    if mark == "BEGIN:VCARD" and is_open:
        raise wrong_line(line, N_("A card begins inside another card."))
    if mark == "END:VCARD" and not is_open:
        raise wrong_line(line, N_("A card ends that did not begin."))
    if mark and mark != "BEGIN:VCARD" and not is_open:
        raise wrong_line(line, N_("This line stands in no card."))


def _unfolded(text: str) -> Iterator[RawLine]:
    """Yield the lines, those that go on joined; what the desk does not keep is left out."""
    begun, parts, size, kept = 0, list[str](), 0, True
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        if line[:1] in {" ", "\t"} and begun:
            size += len(line) if kept else 0
            if size > MAX_LINE_CHARACTERS:
                raise wrong_line(begun, N_("The line is too long."))
            if kept:
                parts.append(line[1:])
            continue
        if begun and kept:
            yield RawLine(begun, "".join(parts))
        begun, parts, size, kept = number, [line], len(line), _is_kept(line)
        if kept and size > MAX_LINE_CHARACTERS:
            raise wrong_line(begun, N_("The line is too long."))
    if begun and kept:
        yield RawLine(begun, "".join(parts))


def _is_kept(line: str) -> bool:
    """Say whether a line matters: a property the desk keeps, a mark, or no property at all."""
    match = _NAME_BEGINS.match(line)
    if match is None:
        return True
    name = match[1].upper()
    return name in _KEPT or name.startswith(EXTENSION)


def wrong_line(line: int, text: Text) -> UnreadableFileError:
    """Return an error about one line of a file."""
    return UnreadableFileError([FileProblem(line, "", text)])
