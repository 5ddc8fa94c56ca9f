"""Readable copies of files for other programs, wiped when the desk closes or locks. No Qt."""

import shutil
from pathlib import Path, PurePosixPath, PureWindowsPath
from uuid import uuid4

from embassy_desk.domain.errors import RefusedError, StoreError
from embassy_desk.texts import N_

FOLDER = "opened"

_OWNER_ONLY = 0o700
_READ_ONLY = 0o400
_PROGRAMS = frozenset(
    {".app", ".bat", ".cmd", ".com", ".cpl", ".desktop", ".exe", ".hta", ".jar", ".js", ".jse"}
    | {".lnk", ".msi", ".ps1", ".py", ".reg", ".scr", ".sh", ".url", ".vbe", ".vbs", ".wsf"}
)
"""Endings of files that would be run, not shown."""


class OpenedCopies:
    """Keeps the copies in a folder of the profile that only the person may read."""

    def __init__(self, profile: Path) -> None:
        """Wipe what a crash has left behind."""
        self._folder = profile / FOLDER
        self.wipe()

    def put(self, name: str, content: bytes) -> Path:
        """Write a copy that can be read and not changed, and return where it lies.

        Raises:
            RefusedError: The file is a program.
            StoreError: The disk refuses.
        """
        plain = plain_name(name)
        if Path(plain).suffix.lower() in _PROGRAMS:
            raise RefusedError(
                N_("“{name}” is a program. Save it elsewhere if you trust it.", name=name)
            )
        path = self._folder / uuid4().hex / plain
        try:
            self._folder.mkdir(mode=_OWNER_ONLY, exist_ok=True)
            path.parent.mkdir(mode=_OWNER_ONLY)
            path.write_bytes(content)
            path.chmod(_READ_ONLY)
        except OSError as error:
            raise StoreError(N_("The copy cannot be written to the disk.")) from error
        return path

    def wipe(self) -> None:
        """Remove every copy; one that another program holds fast goes with the next start."""
        shutil.rmtree(self._folder, ignore_errors=True)


def plain_name(name: str) -> str:
    """Return a file name without folders and without signs that some systems refuse."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    kept = "".join("_" if each in '<>:"|?*' or ord(each) < ord(" ") else each for each in last)
    return kept.strip(". ") or "file"
