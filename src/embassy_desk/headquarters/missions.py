"""Which missions and which officers there are."""

import json
import re
from collections.abc import Iterable

from sqlalchemy import Connection, insert, select

from embassy_desk.domain.errors import InvalidError, MissingError, Problem, RefusedError
from embassy_desk.headquarters.hub import ensure_scope
from embassy_desk.headquarters.tables import HUB_MISSION, HUB_OFFICER
from embassy_desk.sync.scopes import AGREEMENTS_FEED, SHARED_SCOPE, mission_scope
from embassy_desk.texts import N_

OWN_CODE = "HQ"
LONGEST_NAME = 200
_CODE = re.compile(r"[A-Z]{3}")


def add_mission(connection: Connection, code: str, name: str, now_ms: int) -> None:
    """Let a mission take part; its scopes begin.

    Raises:
        InvalidError: The code is not three letters.
        RefusedError: It takes part already.
    """
    if not _CODE.fullmatch(code):
        raise InvalidError([Problem("code", N_("The code of a mission has three letters A–Z."))])
    if _has_mission(connection, code):
        raise RefusedError(N_("The mission {code} takes part already.", code=code))
    connection.execute(insert(HUB_MISSION).values(code=code, name=name.strip(), added_ms=now_ms))
    ensure_scope(connection, mission_scope(code))
    ensure_scope(connection, mission_scope(code, is_restricted=True))


def check_mission(connection: Connection, code: str) -> None:
    """Make sure that a mission takes part.

    Raises:
        MissingError: It does not.
    """
    if not _has_mission(connection, code):
        raise MissingError(N_("There is no mission {code}; add it with “mission add”.", code=code))


def missions(connection: Connection) -> list[str]:
    """Return the codes of all missions, in order."""
    found = connection.execute(select(HUB_MISSION.c.code).order_by(HUB_MISSION.c.code))
    return [str(code) for (code,) in found]


def add_officer(connection: Connection, name: str, codes: Iterable[str], now_ms: int) -> None:
    """Let somebody at headquarters have a desk that follows some missions.

    Raises:
        InvalidError: The name is empty or too long.
        MissingError: One of the missions does not take part.
        RefusedError: There is an officer of that name.
    """
    name = name.strip()
    if not 1 <= len(name) <= LONGEST_NAME:
        raise InvalidError([Problem("name", N_("Write a name of at most 200 characters."))])
    followed = sorted(set(codes))
    for code in followed:
        check_mission(connection, code)
    if connection.execute(select(HUB_OFFICER).where(HUB_OFFICER.c.name == name)).first():
        raise RefusedError(N_("There is an officer {name} already.", name=name))
    connection.execute(
        insert(HUB_OFFICER).values(name=name, missions=json.dumps(followed), added_ms=now_ms)
    )


def check_officer(connection: Connection, name: str) -> None:
    """Make sure that there is an officer of a name.

    Raises:
        MissingError: There is none.
    """
    if connection.execute(select(HUB_OFFICER).where(HUB_OFFICER.c.name == name)).first() is None:
        raise MissingError(N_("There is no officer {name}.", name=name))


def scopes_of(
    connection: Connection, mission: str, officer: str | None, *, receives_restricted: bool
) -> list[str]:
    """Return the scopes that a device reads.

    A mission's laptop reads its mission's and what is shared; an officer's desk reads what is
    shared, all agreements, and the missions it follows.
    """
    if officer is None:
        own = [mission_scope(mission), SHARED_SCOPE]
        return [*own, mission_scope(mission, is_restricted=True)] if receives_restricted else own
    row = connection.execute(select(HUB_OFFICER.c.missions).where(HUB_OFFICER.c.name == officer))
    followed = json.loads(row.scalar_one_or_none() or "[]")
    return [
        SHARED_SCOPE,
        AGREEMENTS_FEED,
        *(mission_scope(code) for code in followed),
        *(mission_scope(code, is_restricted=True) for code in followed),
    ]


def _has_mission(connection: Connection, code: str) -> bool:
    found = connection.execute(select(HUB_MISSION.c.code).where(HUB_MISSION.c.code == code))
    return found.first() is not None
