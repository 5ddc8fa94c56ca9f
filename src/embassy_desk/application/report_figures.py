"""The list behind a figure of a report, by a name that a list can be filtered by.

The name carries what was asked of the report, so that a saved view finds the same figure again;
the list shows the records that it counts now.
"""

from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from embassy_desk.application.report_wishes import Wish
from embassy_desk.application.reports import report, report_kinds
from embassy_desk.reports.document import Figure
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_, Text

_MARK = "report_figure"
_SEPARATOR = "|"
_PARTS = 8


@dataclass(frozen=True)
class FigureLine:
    """One figure.

    Attributes:
        label: What it counts.
        value: How many.
        kind: Kind of the records behind it.
        finding: By which name a list keeps to them.
    """

    label: Text | str
    value: int
    kind: str
    finding: str


def figure_name(name: str, settled: Wish, place: int) -> str:
    """Return the name of a figure of a report.

    Args:
        name: Name of the report.
        settled: What was asked, with every day in its place.
        place: Its place among the figures of the report, 0 for the first.
    """
    days = (settled.on, settled.from_on, settled.until_on)
    told = (*(each.isoformat() if each else "" for each in days), settled.country, settled.subject)
    return _SEPARATOR.join((_MARK, name, str(place), *told))


def is_figure(name: str) -> bool:
    """Say whether a name is that of a figure of a report that this version knows."""
    parts = name.split(_SEPARATOR)
    return len(parts) == _PARTS and parts[0] == _MARK and parts[1] in report_kinds()


def figure_label(name: str) -> Text:
    """Return what a chip of a list says for a figure."""
    title = report_kinds()[name.split(_SEPARATOR)[1]].title
    return N_("Behind a figure of “{report}”", report=title)


def records_of_figure(work: UnitOfWork, name: str) -> tuple[UUID, ...]:
    """Return the records behind a figure; none where the report has no such figure any more.

    Raises:
        DeskError: The report cannot be made any more, as when its subject is gone.
    """
    _, report_name, place, on, from_on, until_on, country, subject = name.split(_SEPARATOR)
    wish = Wish(
        on=_day(on),
        from_on=_day(from_on),
        until_on=_day(until_on),
        country=country,
        subject=subject,
    )
    figures: tuple[Figure, ...] = report(work, report_name, wish).figures
    return figures[int(place)].behind.ids if int(place) < len(figures) else ()


def finder(name: str) -> partial[tuple[UUID, ...]]:
    """Return what finds the records behind a figure, on whatever day it is asked."""
    return partial(_found, name=name)


def _found(work: UnitOfWork, _on: date, *, name: str) -> tuple[UUID, ...]:
    return records_of_figure(work, name)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
