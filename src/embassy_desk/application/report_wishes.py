"""What somebody asks of a report, and how what is left open follows from the day."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from uuid import UUID

from embassy_desk.application.host import mission_day
from embassy_desk.application.records import find_record
from embassy_desk.reports.asked import Asked, period_asked
from embassy_desk.store.work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody asks for; what is left open follows from the day.

    Attributes:
        on: The day to reckon from; today by default.
        from_on: First day of the period; the first of January by default.
        until_on: Last day of the period; the day to reckon from by default.
        country: Only this country, an alpha-2 code.
        subject: Reference or identity of the record it is about.
        narrative: What was written, by the name of the part; before what is kept on this desk.
    """

    on: date | None = None
    from_on: date | None = None
    until_on: date | None = None
    country: str = ""
    subject: str = ""
    narrative: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def asked_of(work: UnitOfWork, wish: Wish) -> Asked:
    """Return what a wish asks for, with every day and identity in its place.

    Raises:
        InvalidError: The days are in the wrong order.
        MissingError: The subject is gone.
    """
    on = wish.on or mission_day(work)
    subject: UUID | None = find_record(work, wish.subject).id if wish.subject else None
    return Asked(
        on=on,
        period=period_asked(on, wish.from_on, wish.until_on),
        country=wish.country.upper(),
        subject=subject,
        narrative=wish.narrative,
    )


def settled(work: UnitOfWork, wish: Wish) -> Wish:
    """Return a wish that asks for the same on any later day.

    Raises:
        InvalidError: The days are in the wrong order.
        MissingError: The subject is gone.
    """
    asked = asked_of(work, wish)
    return replace(
        wish,
        on=asked.on,
        from_on=asked.period.from_on,
        until_on=asked.period.until_on,
        country=asked.country,
        subject=str(asked.subject or ""),
    )
