"""Fetches the packages that the tools of a site install: `.deb`, `.msi`, `setup.exe`.

They are signed by the same keys, lie at the same places and are carried on the same sticks as the
versions that desks fetch by themselves. The folder for them keeps, in `updates/`, what was
believed before, so that nothing older is believed afterwards.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from embassy_desk.domain.errors import InvalidError, Problem, RefusedError
from embassy_desk.settings.files import write_whole, writing_error
from embassy_desk.texts import N_
from embassy_desk.updates.assembling import COLLECTED, is_there, proved
from embassy_desk.updates.installation import Installation
from embassy_desk.updates.installing import is_meant
from embassy_desk.updates.names import PACKAGES
from embassy_desk.updates.pieces import fetched, unpacked
from embassy_desk.updates.sources import Source
from embassy_desk.updates.trust import newest_offer

_PUBLIC_MODE = 0o644


@dataclass(frozen=True)
class Wanted:
    """Which package is wanted.

    Attributes:
        platform: One of `PACKAGES`.
        root: The `root.json` that is trusted.
        at: The present time, with zone.
        mission: Code of the mission; empty where no store is open.
    """

    platform: str
    root: bytes
    at: datetime
    mission: str = ""


@dataclass(frozen=True)
class Package:
    """A package that lies ready, proved.

    Attributes:
        version: Such as `0.2.0`.
        path: Its file.
        is_new: Whether it was fetched now.
    """

    version: str
    path: Path
    is_new: bool


def fetch_package(wanted: Wanted, source: Source, folder: Path) -> Package | None:
    """Fetch the newest package of a kind into a folder; nothing if none is meant for here yet.

    A cut line costs nothing: the next try goes on. Older packages in the folder are left alone.

    Args:
        wanted: Which.
        source: Where from.
        folder: For packages; made if need be.

    Raises:
        InvalidError: There is no such kind of package.
        UnprovedError, StaleError, NoUpdatesError, UnreachableError: As `newest_offer`.
        ClockError: The clock was set back.
        RefusedError: Another is fetched into this folder right now.
        StoreError: The disk refuses.
    """
    if wanted.platform not in PACKAGES:
        names = ", ".join(sorted(PACKAGES))
        raise InvalidError([Problem("platform", N_("Packages are: {names}.", names=names))])
    kept = Installation(folder)
    try:
        kept.updates.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise writing_error(folder, error) from error
    with kept.alone():
        kept.note_time(wanted.at)
        offer = newest_offer(source, kept.updates, wanted.root, wanted.platform)
        if offer is None:
            raise RefusedError(N_("No version was published for this platform."))
        if not source.is_carried and not is_meant(offer, kept.device(), wanted.mission):
            return None
        (entry,) = offer.manifest.files
        path = folder / entry.path
        try:
            is_new = not is_there(entry, path)
            if is_new:
                collected = kept.updates / COLLECTED
                collected.mkdir(mode=0o700, exist_ok=True)
                piece = fetched(source, entry.piece, entry.piece_size, collected)
                write_whole(path, proved(entry, unpacked(piece, entry.size)), mode=_PUBLIC_MODE)
                (collected / entry.piece).unlink()
        except OSError as error:
            raise writing_error(path, error) from error
    return Package(offer.manifest.version, path, is_new)
