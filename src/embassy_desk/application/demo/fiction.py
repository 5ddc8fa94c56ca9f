"""The demo's story so far: the day it is told on, its size, and who and what is in it."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID

from embassy_desk.application.demo.chance import Chance
from embassy_desk.domain.agreement import Agreement
from embassy_desk.domain.campaign import Campaign
from embassy_desk.domain.elevation import Elevation
from embassy_desk.domain.engagement import Engagement
from embassy_desk.domain.obligation import Obligation
from embassy_desk.domain.staff import Staff

HOST = "JP"
HOME = "VN"
ZONE = "Asia/Tokyo"
HOME_ZONE = "Asia/Ho_Chi_Minh"

_USUAL_CONTACTS = 3000
_MOST_TIMES_THE_USUAL = 6


class Body(NamedTuple):
    """An organisation as the story remembers it."""

    id: UUID
    kind: str
    name: str
    name_en: str
    country: str
    domain: str
    sector: str


class Person(NamedTuple):
    """A contact as the story remembers it."""

    id: UUID
    name: str
    body: Body | None
    title: str
    is_active: bool


@dataclass(frozen=True)
class Size:
    """How many records of each kind the demo has."""

    contacts: int
    organisations: int
    engagements: int
    tasks: int


def size_for(contacts: int) -> Size:
    """Return the size of a demo with so many contacts; 3,000 give the usual one.

    Engagements and tasks grow with the contacts up to six times the usual: nobody meets a
    hundred thousand people.
    """
    share = contacts / _USUAL_CONTACTS
    work = min(share, _MOST_TIMES_THE_USUAL)
    return Size(
        contacts=contacts,
        organisations=max(60, min(1200, round(400 * work))),
        engagements=max(60, round(800 * work)),
        tasks=max(90, round(500 * work)),
    )


@dataclass
class Fiction:
    """What the story has so far.

    Attributes:
        seed: Decides every choice.
        on: The day on which the story is told; nothing that has happened is later.
        staff: The mission's people, the one at the desk first.
        ministries: Our ministries from the reference data, by key such as `most`.
        people_of: Contacts by organisation.
        by_plan: Agreements by the keys of their plans.
        tasks: How many tasks there are so far.
    """

    seed: int
    on: date
    size: Size
    staff: list[Staff] = field(default_factory=list)
    ministries: dict[str, Body] = field(default_factory=dict)
    bodies: list[Body] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    people_of: dict[UUID, list[Person]] = field(default_factory=dict)
    agreements: list[Agreement] = field(default_factory=list)
    by_plan: dict[str, Agreement] = field(default_factory=dict)
    obligations: list[Obligation] = field(default_factory=list)
    elevations: list[Elevation] = field(default_factory=list)
    engagements: list[Engagement] = field(default_factory=list)
    tasks: int = 0
    campaigns: list[Campaign] = field(default_factory=list)

    def chance(self, chapter: str) -> Chance:
        """Return the choices of a chapter."""
        return Chance(self.seed, chapter)

    def before(self, days: int) -> date:
        """Return the day so many days before the story is told; after it if negative."""
        return self.on - timedelta(days=days)

    @property
    def mission_staff(self) -> list[Staff]:
        """Staff who lead matters of their own; locally engaged staff do not."""
        return [each for each in self.staff if not each.is_local]

    def bodies_of(self, *kinds: str, country: str = HOST) -> list[Body]:
        """Return the organisations of some kinds in a country."""
        return [each for each in self.bodies if each.kind in kinds and each.country == country]


def moment(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """Return a time on a day in Tokyo, as it is kept: in UTC."""
    return datetime.combine(day, time(hour, minute), UTC) - timedelta(hours=_HOURS_AHEAD)


_HOURS_AHEAD = 9  # Japan has no summer time
