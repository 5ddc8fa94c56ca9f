"""What a deed did to its files, as strace wrote it down."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_CALL = re.compile(r"(\w+)\((.*)\)\s+= (\d+)(?:<([^>]*)>)?$", re.DOTALL)
_DESCRIPTOR = re.compile(r"(\d+)<([^>]*)>")
_PASSED_OVER = ("-shm", ".lock")
"""Ends of names that nobody reads after a power cut: shared memory, locks."""


@dataclass(frozen=True)
class Write:
    """Bytes written at a place of a file."""

    path: str
    offset: int
    content: bytes


@dataclass(frozen=True)
class Truncate:
    """A file given another length."""

    path: str
    length: int


@dataclass(frozen=True)
class Sync:
    """A file or a folder forced to the disk."""

    path: str


@dataclass(frozen=True)
class Name:
    """A change of names: `made`, `renamed`, `linked` or `removed`."""

    what: str
    path: str
    other: str = ""


@dataclass(frozen=True)
class Said:
    """So many operations were acknowledged."""

    operations: int


Event = Write | Truncate | Sync | Name | Said


def events_of(record: Path, folder: Path) -> list[Event]:
    """Return what a record of strace says about the files below a folder, in order."""
    return list(_Reader(str(folder)).events(record))


class _Reader:
    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._places: dict[int, int] = {}

    def events(self, record: Path) -> Iterator[Event]:
        with record.open("r", encoding="ascii") as lines:
            for line in lines:
                found = _CALL.match(line.rstrip("\n"))
                if found is not None:
                    name, words, result, path = found.groups()
                    yield from self._read(name, words.split(", "), int(result), path or "")

    def _read(self, name: str, words: list[str], result: int, path: str) -> Iterator[Event]:
        if name == "sendto":
            yield from _said(_text(words[1]))
        elif name == "openat":
            yield from self._opened(words, result, _text(path).decode())
        elif name in _OF_NAMES:
            yield from self._named(name, words)
        else:
            found = _DESCRIPTOR.match(words[0])
            if found is not None:
                place = _text(found[2]).decode(errors="replace")
                yield from self._used(name, int(found[1]), place, words, result)

    def _opened(self, words: list[str], descriptor: int, path: str) -> Iterator[Event]:
        self._places[descriptor] = 0
        if self._counts(path):
            if "O_CREAT" in words[2]:
                yield Name("made", path)
            if "O_TRUNC" in words[2]:
                yield Truncate(path, 0)

    def _named(self, name: str, words: list[str]) -> Iterator[Event]:
        paths = [_text(each).decode() for each in words if each.startswith('"')]
        if not self._counts(paths[0]):
            return
        if name.startswith("rename"):
            yield Name("renamed", paths[0], paths[1])
        elif name.startswith("link"):
            yield Name("linked", paths[0], paths[1])
        elif name.startswith("unlink"):
            yield Name("removed", paths[0])

    def _used(
        self, name: str, descriptor: int, path: str, words: list[str], result: int
    ) -> Iterator[Event]:
        place = self._places.get(descriptor, 0)
        if name == "lseek":
            self._places[descriptor] = result
        elif name in {"read", "write"}:
            self._places[descriptor] = place + result
        if self._counts(path):
            yield from _changes(name, path, place, words, result)

    def _counts(self, path: str) -> bool:
        return path.startswith(self._folder) and not path.endswith(_PASSED_OVER)


def _changes(name: str, path: str, place: int, words: list[str], result: int) -> Iterator[Event]:
    if name in {"fsync", "fdatasync"}:
        yield Sync(path)
    elif name == "ftruncate":
        yield Truncate(path, int(words[1]))
    elif name == "write":
        yield Write(path, place, _text(words[1])[:result])
    elif name == "pwrite64":
        yield Write(path, int(words[3]), _text(words[1])[:result])
    elif name in {"sendfile", "copy_file_range"}:
        raise NotImplementedError(name)


_OF_NAMES = {"unlink", "unlinkat", "rename", "renameat", "renameat2", "link", "linkat"}


def _text(word: str) -> bytes:
    """Return what strace wrote in hexadecimal digits."""
    return bytes.fromhex(word.strip('"').replace("\\x", ""))


def _said(message: bytes) -> Iterator[Event]:
    what, _, words = message.decode().strip().partition(" ")
    if what == "said":
        yield Said(int(words))
