"""One update from end to end: look, back up, fetch, lay out, try, switch, or go back."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from embassy_desk.domain.errors import RefusedError
from embassy_desk.settings.files import sweep
from embassy_desk.texts import N_
from embassy_desk.updates.assembling import Fetched, Tell, assemble, clear
from embassy_desk.updates.installation import Installation
from embassy_desk.updates.manifest import Offer, version_key
from embassy_desk.updates.probing import probe
from embassy_desk.updates.sources import Source


@dataclass(frozen=True)
class Asker:
    """Who asks for updates.

    Attributes:
        home: The installation.
        root: The `root.json` that came with the program.
        platform: Such as `linux-x86_64`.
        at: The present time, with zone.
        mission: Code of the mission; empty where no store is open.
    """

    home: Installation
    root: bytes
    platform: str
    at: datetime
    mission: str = ""


@dataclass(frozen=True)
class Outcome:
    """What came of an update.

    Attributes:
        version: The version that is started from now on.
        fetched: How much had to be fetched for it.
    """

    version: str
    fetched: Fetched


def look(asker: Asker, source: Source) -> Offer | None:
    """Return a newer version that is meant for this computer, or nothing.

    A share of devices has a version first; whoever carries it here on a stick has chosen already.

    Raises:
        UnprovedError, StaleError, NoUpdatesError, UnreachableError: As `newest_offer`.
        ClockError: The clock was set back.
        RefusedError: Another update is under way, or nobody may write here.
    """
    with asker.home.alone():
        return _look(asker, source)


def _look(asker: Asker, source: Source) -> Offer | None:
    from embassy_desk.updates.trust import newest_offer  # noqa: PLC0415  loaded when it is used

    home = asker.home
    home.note_time(asker.at)
    offer = newest_offer(source, home.updates, asker.root, asker.platform)
    if offer is None or version_key(offer.manifest.version) <= version_key(home.current):
        return None
    if not source.is_carried and not is_meant(offer, home.device(), asker.mission):
        return None
    return offer


def is_meant(offer: Offer, device: str, mission: str) -> bool:
    """Return whether a version is meant for a device at present.

    The share grows with time, and whoever was chosen stays chosen; each version begins with
    others.
    """
    if offer.missions and mission in offer.missions:
        return True
    drawn = hashlib.sha256(f"{offer.manifest.version}:{device}".encode()).digest()
    return int.from_bytes(drawn[:8], "big") % 100 < offer.share


def install(
    asker: Asker, source: Source, back_up: Callable[[], object], tell: Tell
) -> Outcome | None:
    """Bring the program up to date; nothing if there is nothing newer.

    The running program is not touched: the new version is what the starter starts next time.

    Args:
        asker: Who asks.
        source: Where from.
        back_up: Makes a proved backup of the store; called before anything is fetched.
        tell: Told of each file; may raise to stop.

    Raises:
        DeskError: The old version stays, and why.
    """
    home = asker.home
    with home.alone():
        for folder in (home.root, home.updates):
            sweep(folder)
        offer = _look(asker, source)
        if offer is None:
            return None
        back_up()
        manifest = offer.manifest
        count = assemble(home, manifest, source, tell)
        probe(home.folder(manifest.version) / manifest.program, manifest.version)
        before = home.current
        home.switch(manifest.version)
        clear(home)
        home.tidy(before)
    return Outcome(manifest.version, count)


def go_back(home: Installation) -> str:
    """Let the version before be started again, and return which that is.

    Raises:
        RefusedError: There is none.
    """
    with home.alone():
        if not home.previous or not home.folder(home.previous).is_dir():
            raise RefusedError(N_("There is no older version here."))
        home.go_back()
        return home.current
