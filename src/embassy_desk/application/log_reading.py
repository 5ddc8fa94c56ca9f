"""The log as people read it: entry by entry, newest first, only what has the form of the log.

Nothing of a record can stand there (`settings/log_lines.py`), and what has not the form of a line
of ours is left out here too. Needs no passphrase and opens no store.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from embassy_desk.settings.places import LOG_FILE, LOG_FOLDER

MOST_ENTRIES = 2_000
"""The newest ones; older ones stay in the file."""

_ENTRY = re.compile(
    r"(?P<at>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d),\d{3} (?P<weight>[A-Z]+)"
    r" embassy_desk(?P<part>[\w.]*): (?P<said>.*)"
)
_TRACE = re.compile(r"  [\w.]+|    [\w./<>-]+:\d+ [\w<>]+")
_GRAVE = frozenset({"WARNING", "ERROR", "CRITICAL"})


@dataclass(frozen=True)
class LogEntry:
    """One entry.

    Attributes:
        at: When, by this computer's clock.
        weight: How much it weighs, such as `WARNING`.
        part: The part of the program, such as `desktop.kit.keeper`.
        said: What happened.
        trace: Of an error, its kind and where it came about.
    """

    at: str
    weight: str
    part: str
    said: str
    trace: tuple[str, ...] = ()

    @property
    def is_grave(self) -> bool:
        """Whether it is a warning or worse."""
        return self.weight in _GRAVE

    @property
    def text(self) -> str:
        """The entry as it stands in the file."""
        return "\n".join((f"{self.at} {self.weight} {self.part}: {self.said}", *self.trace))


def log_entries(folder: Path) -> tuple[LogEntry, ...]:
    """Return the entries of a profile's log, the newest first; none without a log.

    Args:
        folder: The profile's folder.

    Raises:
        OSError: The file cannot be read.
    """
    found: list[LogEntry] = []
    traces: list[list[str]] = []
    for line in _lines(folder / LOG_FOLDER):
        entry = _ENTRY.fullmatch(line)
        if entry is not None:
            told = entry.groupdict()
            part = told["part"].removeprefix(".")
            found.append(LogEntry(told["at"], told["weight"], part, told["said"]))
            traces.append([])
        elif found and _TRACE.fullmatch(line):
            traces[-1].append(line)
    whole = [
        LogEntry(each.at, each.weight, each.part, each.said, tuple(trace))
        for each, trace in zip(found, traces, strict=True)
    ]
    return tuple(reversed(whole[-MOST_ENTRIES:]))


def chosen_entries(
    entries: tuple[LogEntry, ...], words: str, *, only_grave: bool
) -> tuple[LogEntry, ...]:
    """Return the entries that hold all of some words.

    Args:
        entries: The entries.
        words: Parts of words, in any order; case does not matter.
        only_grave: Whether only warnings and worse are wanted.
    """
    wanted = words.casefold().split()
    return tuple(
        each
        for each in entries
        if (each.is_grave or not only_grave)
        and all(word in each.text.casefold() for word in wanted)
    )


def _lines(folder: Path) -> list[str]:
    """Return the lines of the file and of those before it, from the oldest on."""
    olden = sorted(folder.glob(f"{LOG_FILE}.*"), reverse=True) if folder.is_dir() else []
    files = [each for each in (*olden, folder / LOG_FILE) if each.is_file()]
    return [
        line
        for each in files
        for line in each.read_text(encoding="utf-8", errors="replace").splitlines()
    ]
