"""What helps somebody who was not there to see why the program fails; no word of any record.

Needs no passphrase and opens no store, so it serves above all where the store does not open. Only
what is named here gets in: files by the names that the program gives them, settings by theirs, and
lines of the log that have the form of the log.
"""

import os
import platform
import re
import shutil
import stat
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib import metadata
from itertools import islice
from pathlib import Path

import embassy_desk
from embassy_desk.application.backups import BACKUPS_FOLDER, SUFFIX
from embassy_desk.application.freshness import LOCK_FILE
from embassy_desk.application.restoring import KEPT_FOLDER
from embassy_desk.settings.person import NAMES, SETTINGS_FILE, SettingsFile
from embassy_desk.settings.places import LOG_FILE, LOG_FOLDER, MARK_FILE, STORE_FILE
from embassy_desk.store.backups import ATTACHMENTS_FOLDER
from embassy_desk.vault.header import KEY_FILES

NAME = "embassy-desk-diagnostics.txt"
_FILES = (
    *(f"{STORE_FILE}{end}" for end in ("", "-wal", "-shm", "-journal")),
    *KEY_FILES,
    MARK_FILE,
    LOCK_FILE,
    SETTINGS_FILE,
)
_FOLDERS = (ATTACHMENTS_FOLDER, BACKUPS_FOLDER, KEPT_FOLDER, LOG_FOLDER)
_BACKUP = re.compile(rf"\d{{8}}-\d{{6}}-[a-z-]{{1,20}}{re.escape(SUFFIX)}")
_LIBRARY = re.compile(r"[A-Za-z0-9._-]+")
_LINE = re.compile(
    r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} [A-Z]+ embassy_desk[\w.]*: .*"
    r"|  [\w.]+"
    r"|    [\w./<>-]+:\d+ [\w<>]+"
)
_MOST_LINES = 400
_MOST_BACKUPS = 40


def diagnostics(folder: Path, at: datetime, more: Mapping[str, str] | None = None) -> str:
    """Return what is known about the program, this computer and a profile, as lines to read.

    Args:
        folder: The profile's folder; it need not hold a store.
        at: The present time, with zone.
        more: Further facts by name, such as the version of Qt.
    """
    sections: dict[str, Iterator[str]] = {
        "program": _program(more or {}),
        "libraries": _libraries(),
        "profile": _profile(folder),
        "backups": _backups(folder),
        "settings": _settings(folder),
        "log": _log(folder),
    }
    lines = [f"embassy-desk {embassy_desk.__version__}, {at.astimezone(UTC).isoformat()}"]
    for title, found in sections.items():
        lines += ["", f"[{title}]", *found]
    return "\n".join(lines) + "\n"


def _program(more: Mapping[str, str]) -> Iterator[str]:
    yield f"system: {platform.system()} {platform.release()} {platform.machine()}"
    yield f"python: {platform.python_version()}"
    yield f"processors: {os.cpu_count()}"
    yield from (f"{name}: {value}" for name, value in more.items())


def _libraries() -> Iterator[str]:
    for each in sorted(metadata.requires("embassy-desk") or ()):
        name = _LIBRARY.match(each)
        if name is not None and "extra ==" not in each:
            try:
                yield f"{name.group()}: {metadata.version(name.group())}"
            except metadata.PackageNotFoundError:
                yield f"{name.group()}: not there"


def _profile(folder: Path) -> Iterator[str]:
    if not folder.is_dir():
        yield "there is no profile"
        return
    yield f"folder: mode {_mode(folder)}, {shutil.disk_usage(folder).free} bytes free"
    for name in _FILES:
        if (folder / name).is_file():
            about = (folder / name).stat()
            changed = datetime.fromtimestamp(about.st_mtime, UTC).isoformat(timespec="seconds")
            mode = _mode(folder / name)
            yield f"{name}: {about.st_size} bytes, mode {mode}, changed {changed}"
    for name in _FOLDERS:
        if (folder / name).is_dir():
            sizes = [each.stat().st_size for each in (folder / name).rglob("*") if each.is_file()]
            yield f"{name}: {len(sizes)} files, {sum(sizes)} bytes, mode {_mode(folder / name)}"
    others = [each for each in folder.iterdir() if each.name not in {*_FILES, *_FOLDERS}]
    yield f"other files and folders: {len(others)}"


def _mode(path: Path) -> str:
    return f"{stat.S_IMODE(path.stat().st_mode):o}"


def _backups(folder: Path) -> Iterator[str]:
    found = sorted((folder / BACKUPS_FOLDER).glob(f"*{SUFFIX}"), reverse=True)
    for each in islice(found, _MOST_BACKUPS):
        if _BACKUP.fullmatch(each.name):
            yield f"{each.name}: {each.stat().st_size} bytes"


def _settings(folder: Path) -> Iterator[str]:
    settings = SettingsFile(folder)
    for name in NAMES:
        yield f"{name}: {getattr(settings.current, name)} ({settings.set_by(name).value})"
    yield f"not understood: {len(settings.problems)}"


def _log(folder: Path) -> Iterator[str]:
    """Yield the last lines of the log; what has not the form of a line stays out."""
    path = folder / LOG_FOLDER / LOG_FILE
    if not path.is_file():
        yield "there is no log"
        return
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()[-_MOST_LINES:]
    formed = [each for each in lines if _LINE.fullmatch(each)]
    yield from formed
    if len(formed) < len(lines):
        yield f"lines of another form, left out: {len(lines) - len(formed)}"
