"""New versions of the program, for a person: where they come from, and the backup before them."""

import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from embassy_desk.application.backups import Why
from embassy_desk.application.profile import Profile
from embassy_desk.application.proxy import proxy_of
from embassy_desk.domain.errors import RefusedError
from embassy_desk.store.headquarters_link import HeadquartersLink, headquarters_link
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_
from embassy_desk.transport.road import client_for
from embassy_desk.updates.assembling import Tell
from embassy_desk.updates.installation import Installation
from embassy_desk.updates.installing import Asker, Outcome, install
from embassy_desk.updates.names import SERVED_BELOW
from embassy_desk.updates.sources import LineSource, Pace, Source, carried_source

ROOT_FILE = "root.json"
_SYSTEMS = {"win32": "windows", "darwin": "macos"}
_MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}


def platform_here() -> str:
    """Return for what a version must be made to run here, such as `linux-x86_64`."""
    machine = platform.machine().lower()
    return f"{_SYSTEMS.get(sys.platform, 'linux')}-{_MACHINES.get(machine, machine)}"


def asker_at(home: Installation, at: datetime, mission: str) -> Asker:
    """Return who asks for updates of an installation.

    Args:
        home: The installation.
        at: The present time, with zone.
        mission: Code of the mission; empty where no store is open.

    Raises:
        RefusedError: Headquarters has given this program no keys to prove updates with.
    """
    try:
        root = (home.root / ROOT_FILE).read_bytes()
    except OSError as error:
        raise RefusedError(
            N_("This program was handed out without the keys that prove updates.")
        ) from error
    return Asker(home, root, platform_here(), at, mission)


@dataclass(frozen=True)
class WayToUpdates:
    """How headquarters is reached from this desk.

    Attributes:
        link: Where it is and whom to trust there; nothing before enrolment.
        proxy: Address of a proxy; empty for none.
    """

    link: HeadquartersLink | None
    proxy: str


NO_WAY = WayToUpdates(None, "")
"""That of a person without a store."""


def way_to_updates(work: UnitOfWork) -> WayToUpdates:
    """Return how headquarters is reached from this desk."""
    return WayToUpdates(headquarters_link(work.raw), proxy_of(work))


@contextmanager
def reached(
    way: WayToUpdates, stick: Path | None = None, most_bytes_per_s: int | None = None
) -> Iterator[Source]:
    """Reach the updates of headquarters, or those that somebody carried here.

    Args:
        way: How headquarters is reached.
        stick: A folder or file; headquarters by default.
        most_bytes_per_s: How fast the line may be used.

    Raises:
        NoUpdatesError: There are none on the stick.
        RefusedError: There is no line to headquarters.
    """
    link = way.link
    if stick is not None:
        yield carried_source(stick)
        return
    if link is None or not link.url:
        raise RefusedError(N_("This desk has no line to headquarters: take updates from a stick."))
    with client_for(link.url, link.root_certificate, way.proxy or None) as client:
        yield LineSource(client, link.url + SERVED_BELOW, Pace(most_bytes_per_s))


def install_here(
    asker: Asker, source: Source, profile: Profile | None, tell: Tell
) -> Outcome | None:
    """Bring the program up to date, after a proved backup of the store; nothing if it is already.

    Args:
        asker: Who asks.
        source: Where from.
        profile: The open profile; nothing where this person has no store.
        tell: Told of each file; may raise to stop.

    Raises:
        DeskError: The old version stays, and why.
    """

    def back_up() -> None:
        if profile is not None:
            profile.back_up_beside(Why.BEFORE_UPGRADE, asker.at)

    return install(asker, source, back_up, tell)
