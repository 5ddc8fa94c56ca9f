"""Where the desk stands: the country that hosts its mission, and what day it is there."""

from datetime import UTC, date, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from embassy_desk.domain.mission import Mission
from embassy_desk.store.work import UnitOfWork


def host_country(work: UnitOfWork) -> str:
    """Return the alpha-2 code of the country where the desk's mission lies; empty if unknown."""
    missions = work.all(Mission, code=work.author.mission)
    return missions[0].country if missions else ""


def mission_day(work: UnitOfWork) -> date:
    """Return the calendar day at the mission; legal facts never go by UTC.

    A mission whose zone this computer does not know goes by UTC all the same.
    """
    return work.at.astimezone(mission_zone(work)).date()


def mission_zone(work: UnitOfWork) -> tzinfo:
    """Return the clock of the desk's mission; UTC where this computer does not know its zone."""
    missions = work.all(Mission, code=work.author.mission)
    try:
        return ZoneInfo(missions[0].zone) if missions and missions[0].zone else UTC
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def zone_name(work: UnitOfWork) -> str:
    """Return the name of the mission's zone, such as `Asia/Tokyo`; `UTC` where it is unknown."""
    return getattr(mission_zone(work), "key", "UTC")
