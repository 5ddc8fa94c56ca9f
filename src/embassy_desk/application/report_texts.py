"""What people write into reports, kept on this desk until the report is signed.

A text belongs to one report about certain days, a country or a record. A report of the same first
day that ends a little later goes on with the text of the earlier one: the year so far is written
in November and again in December.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from embassy_desk.application.report_wishes import Wish, asked_of
from embassy_desk.reports.asked import Asked, Needs
from embassy_desk.reports.catalogue import report_kind
from embassy_desk.store.local_values import forget_local, keep_local, local_value, local_values
from embassy_desk.store.work import UnitOfWork

TOPIC = "report_text"
GOES_ON_FOR = timedelta(days=31)
"""So much later a report of the same first day may end and still go on with an earlier text."""


def written(work: UnitOfWork, name: str, wish: Wish) -> Mapping[str, str]:
    """Return what was written for a report, by the name of the part; empty if nothing was.

    Raises:
        InvalidError: The days are in the wrong order.
        MissingError: There is no such report, or its subject is gone.
    """
    asked = asked_of(work, wish)
    about = _about(name, asked)
    kept = local_value(work, TOPIC, _key(about))
    value = kept.value if kept is not None else _earlier(work, about)
    texts = value.get("texts", {}) if isinstance(value, dict) else {}
    return {part: str(text) for part, text in texts.items()}


def keep_written(work: UnitOfWork, name: str, wish: Wish, texts: Mapping[str, str]) -> None:
    """Keep what was written for a report, in place of what was kept before.

    Raises:
        InvalidError: The days are in the wrong order.
        MissingError: There is no such report, or its subject is gone.
        RefusedError: The texts are too long to be kept.
    """
    about = _about(name, asked_of(work, wish))
    keep_local(work, TOPIC, _key(about), {**about, "texts": dict(texts)})


def forget_written(work: UnitOfWork, name: str, wish: Wish) -> None:
    """Forget what was written for a report; it was signed and stands there.

    Raises:
        InvalidError: The days are in the wrong order.
        MissingError: There is no such report, or its subject is gone.
    """
    forget_local(work, TOPIC, _key(_about(name, asked_of(work, wish))))


def _about(name: str, asked: Asked) -> dict[str, str]:
    """Return what a text is about; the days only where the report is of a period."""
    is_of_period = report_kind(name).needs is Needs.PERIOD
    return {
        "report": name,
        "from": asked.period.from_on.isoformat() if is_of_period else "",
        "until": asked.period.until_on.isoformat() if is_of_period else "",
        "country": asked.country,
        "subject": asked.subject.hex if asked.subject else "",
    }


def _key(about: Mapping[str, str]) -> str:
    return "|".join(about.values())


def _earlier(work: UnitOfWork, about: Mapping[str, str]) -> Any:
    """Return the text that a report goes on with: of the same first day, ending a little before."""
    if not about["until"]:
        return None
    until_on = date.fromisoformat(about["until"])
    same = ("report", "from", "country", "subject")
    found = [
        each.value
        for each in local_values(work, TOPIC)
        if isinstance(each.value, dict)
        and all(each.value.get(name) == about[name] for name in same)
        and timedelta(0) < until_on - date.fromisoformat(each.value["until"]) <= GOES_ON_FOR
    ]
    return max(found, key=lambda value: str(value["until"]), default=None)
