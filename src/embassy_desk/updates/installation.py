"""Where the program lies: a folder a version, and a file that names the one that is started.

    ROOT/embassy-desk      the starter; starts what `current` names
    ROOT/current           such as `0.2.0`; replaced by renaming, so it names the old or the new
    ROOT/previous          the version before, to which there is a way back
    ROOT/trial, tried      the new version has not shown its window yet; how often it was started
    ROOT/versions/0.2.0/   the files of a version; never changed once they lie there
    ROOT/updates/          what was believed, what is being fetched

The starter goes back to `previous` when a version on trial was started three times and never
stood. Packages of a system (.deb, .msi) have no such folder; the site's own tools update them.
"""

import json
import re
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from embassy_desk.domain.errors import RefusedError
from embassy_desk.settings.files import write_whole, writing_error
from embassy_desk.texts import N_
from embassy_desk.updates.errors import ClockError

CURRENT, PREVIOUS, TRIAL, TRIED = "current", "previous", "trial", "tried"
VERSIONS, UPDATES = "versions", "updates"
_STATE, _LOCK = "state.json", "lock"
_VERSION = re.compile(r"[0-9]{1,5}\.[0-9]{1,5}\.[0-9]{1,5}")
_CLOCK_MAY_DIFFER = timedelta(days=1)
_PUBLIC_MODE = 0o644


@dataclass(frozen=True)
class Installation:
    """A program that updates itself.

    Attributes:
        root: Its folder.
    """

    root: Path

    @property
    def current(self) -> str:
        """The version that is started next."""
        return self._named(CURRENT)

    @property
    def previous(self) -> str:
        """The version to which there is a way back; empty if there is none."""
        return self._named(PREVIOUS)

    @property
    def updates(self) -> Path:
        """Where updates keep what they need."""
        return self.root / UPDATES

    def _named(self, name: str) -> str:
        try:
            text = (self.root / name).read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return ""
        return text if _VERSION.fullmatch(text) else ""

    def folder(self, version: str) -> Path:
        """Return where a version lies, or would."""
        return self.root / VERSIONS / version

    def switch(self, version: str) -> None:
        """Let a version be started from now on; at every moment the old or the new one is.

        Raises:
            StoreError: The disk refuses; then the old one is.
        """
        now = self.current
        if now != version:
            self._write(PREVIOUS, now)
        self._write(TRIED, "")
        self._write(TRIAL, version)
        self._write(CURRENT, version)

    def go_back(self) -> None:
        """Let the version before be started again.

        Raises:
            StoreError: The disk refuses.
        """
        self._write(CURRENT, self.previous)
        self.confirm()

    def confirm(self) -> None:
        """Note that the version on trial stands, or that none is."""
        for name in (TRIAL, TRIED):
            (self.root / name).unlink(missing_ok=True)

    def tidy(self, *kept: str) -> None:
        """Remove the versions that nobody goes back to; what is still in use waits.

        Args:
            kept: Versions to keep besides the present one and the one before.
        """
        stay = {self.current, self.previous, *kept}
        for each in (self.root / VERSIONS).iterdir():
            if each.name not in stay:
                shutil.rmtree(each, ignore_errors=True)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let nobody else update this program meanwhile.

        Raises:
            RefusedError: Somebody does already, or may not write here.
        """
        try:
            self.updates.mkdir(mode=0o700, exist_ok=True)
            lock = FileLock(self.updates / _LOCK, mode=0o600)
            lock.acquire(timeout=0)
        except Timeout as error:
            raise RefusedError(N_("Another update is already under way.")) from error
        except OSError as error:
            raise RefusedError(_BY_THE_SITE) from error
        try:
            yield
        finally:
            lock.release()

    def note_time(self, at: datetime) -> None:
        """Keep the latest time that was ever seen.

        Args:
            at: The present time, with zone.

        Raises:
            ClockError: It lies more than a day before that.
        """
        state = self._state()
        seen = _time_in(state) or at
        if at < seen - _CLOCK_MAY_DIFFER:
            raise ClockError
        self._keep_state({**state, "seen_at": max(at, seen).isoformat()})

    def device(self) -> str:
        """Return the random name by which this installation is chosen for a share."""
        state = self._state()
        if "device" not in state:
            state = {**state, "device": secrets.token_hex(16)}
            self._keep_state(state)
        return str(state["device"])

    def _state(self) -> dict[str, Any]:
        try:
            told: Any = json.loads((self.updates / _STATE).read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return {}
        return told if isinstance(told, dict) else {}

    def _keep_state(self, state: dict[str, Any]) -> None:
        write_whole(self.updates / _STATE, json.dumps(state).encode())

    def _write(self, name: str, text: str) -> None:
        write_whole(self.root / name, f"{text}\n".encode() if text else b"", mode=_PUBLIC_MODE)


def _time_in(state: dict[str, Any]) -> datetime | None:
    try:
        seen = datetime.fromisoformat(str(state.get("seen_at")))
    except ValueError:
        return None
    return seen if seen.tzinfo is not None else None


def installation_at(root: Path) -> Installation:
    """Return the installation in a folder.

    Raises:
        RefusedError: The program there is kept up to date by other tools.
    """
    found = Installation(root)
    if not found.current or not (root / VERSIONS).is_dir():
        raise RefusedError(_BY_THE_SITE)
    return found


def installation_here(program: Path | None = None) -> Installation:
    """Return the installation to which the running program belongs.

    Raises:
        RefusedError: It is kept up to date by other tools.
    """
    program = program or Path(sys.executable)
    versions = program.parent.parent
    if versions.name != VERSIONS:
        raise RefusedError(_BY_THE_SITE)
    return installation_at(versions.parent)


def confirm_here(program: Path | None = None) -> None:
    """Note that the running version stands, where it is one that was on trial."""
    program = program or Path(sys.executable)
    root = program.parent.parent.parent
    if program.parent.parent.name == VERSIONS and (root / TRIAL).exists():
        try:
            Installation(root).confirm()
        except OSError as error:
            raise writing_error(root / TRIAL, error) from error


_BY_THE_SITE = N_(
    "This program was installed by the tools of your site, and they keep it up to date. Ask the"
    " administrator of this computer."
)
