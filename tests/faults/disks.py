"""A disk that loses power: what was forced to it stays, of the rest any part may have arrived.

After the model of SQLite's own crash tests: a write that was not followed by a sync is kept,
dropped, torn in sectors of 512 bytes, or garbage in some of them. Names change in the order in
which they were changed, up to some point after the last sync of a folder. A file's own sync does
not keep its name.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from faults.recording import Event, Name, Said, Sync, Truncate, Write

SECTOR_BYTES = 512


@dataclass
class _File:
    """One file, whatever its names.

    Attributes:
        now: What programs read.
        kept: What is on the disk for certain.
        pending: What happened since.
    """

    now: bytearray = field(default_factory=bytearray)
    kept: bytes = b""
    pending: list[Write | Truncate] = field(default_factory=list)


class Disk:
    """Files as they are, and as a power cut may leave them.

    Attributes:
        said: How many operations were acknowledged, one figure after each commit.
    """

    def __init__(self, template: Path, folder: Path) -> None:
        """Begin with the files of a template, as if they lay in the folder."""
        self.said: list[int] = []
        self._folder = folder
        self._now: dict[str, _File] = {}
        for each in template.rglob("*"):
            if each.is_file():
                content = each.read_bytes()
                place = str(folder / each.relative_to(template))
                self._now[place] = _File(bytearray(content), content)
        self._kept = dict(self._now)
        self._journal: list[Name] = []
        self._made: list[_File] = []

    def apply(self, event: Event) -> None:
        """Let something happen."""
        if isinstance(event, Said):
            self.said.append(event.operations)
        elif isinstance(event, Name):
            self._rename(event)
        elif event.path not in self._now:  # a folder, or a file that has no name any more
            if isinstance(event, Sync):
                self._kept, self._journal = dict(self._now), []
        elif isinstance(event, Sync):
            file = self._now[event.path]
            file.kept, file.pending = bytes(file.now), []
        else:
            file = self._now[event.path]
            _change(file.now, event)
            file.pending.append(event)

    def _rename(self, event: Name) -> None:
        if event.what == "made" and event.path in self._now:
            return
        if event.what != "made" and event.path not in self._now:
            return  # a folder
        made = _File()
        _give(self._now, event, made)
        self._journal.append(event)
        self._made.append(made)

    def cut(self, dice: random.Random) -> dict[Path, bytes]:
        """Return what a power cut leaves at this moment: files by their place in the folder."""
        names = dict(self._kept)
        fresh = self._made[len(self._made) - len(self._journal) :]
        for event, made in list(zip(self._journal, fresh, strict=True))[
            : _some(self._journal, dice)
        ]:
            _give(names, event, made)
        mood = dice.choice(_MOODS)
        done: dict[int, bytes] = {}
        left: dict[Path, bytes] = {}
        for path, file in names.items():
            if id(file) not in done:
                done[id(file)] = _left(file, mood, dice)
            left[Path(path).relative_to(self._folder)] = done[id(file)]
        return left


_MOODS = (
    {"kept": 1.0},
    {"dropped": 1.0},
    {"kept": 0.5, "dropped": 0.5},
    {"kept": 0.4, "dropped": 0.2, "torn": 0.2, "garbled": 0.2},
    {"kept": 0.4, "dropped": 0.2, "torn": 0.2, "garbled": 0.2},
)


def _some(journal: list[Name], dice: random.Random) -> int:
    return dice.choice((0, len(journal), dice.randint(0, len(journal))))


def _give(names: dict[str, _File], event: Name, made: _File) -> None:
    if event.what == "made":
        names[event.path] = made
    elif event.what == "removed":
        names.pop(event.path, None)
    elif event.path in names:
        names[event.other] = names[event.path]
        if event.what == "renamed":
            del names[event.path]


def _change(content: bytearray, event: Write | Truncate) -> None:
    if isinstance(event, Truncate):
        del content[event.length :]
        content.extend(bytes(event.length - len(content)))
        return
    end = event.offset + len(event.content)
    content.extend(bytes(max(0, event.offset - len(content))))
    content[event.offset : end] = event.content


def _left(file: _File, mood: dict[str, float], dice: random.Random) -> bytes:
    if not file.pending:
        return file.kept
    content = bytearray(file.kept)
    for event in file.pending:
        (fate,) = dice.choices(list(mood), list(mood.values()))
        if fate == "kept":
            _change(content, event)
        elif fate != "dropped" and isinstance(event, Write):
            for sector in _sectors(event):
                kind = dice.choice(("new", "old", "garbage" if fate == "garbled" else "new"))
                if kind == "garbage":
                    _change(content, Write("", sector.offset, dice.randbytes(len(sector.content))))
                elif kind == "new":
                    _change(content, sector)
    return bytes(content)


def _sectors(event: Write) -> Iterable[Write]:
    """Yield the parts of a write that lie in one sector of the disk each."""
    place, end = event.offset, event.offset + len(event.content)
    while place < end:
        until = min(end, (place // SECTOR_BYTES + 1) * SECTOR_BYTES)
        yield Write("", place, event.content[place - event.offset : until - event.offset])
        place = until
