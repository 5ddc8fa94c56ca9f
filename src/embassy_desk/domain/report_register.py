"""The register of a mission's report numbers: no gap, and none twice.

One desk of a mission keeps the register and gives the numbers, as the clerk of an office does. The
others sign without one – the paper leaves room for it – and the number comes when the signed report
has reached the desk of the register. If two desks began a register before they had heard of each
other, the entry that was made first keeps its number; the other report gets the next one.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from embassy_desk.domain.signed_report import ReportNumber


def valid_numbers(entries: Iterable[ReportNumber]) -> Mapping[UUID, ReportNumber]:
    """Return the entry that holds for each report, by the report's identity.

    Of two entries with the same number the one that was made first holds: identities grow with
    time. Of several entries of one report that hold, the first one counts.
    """
    taken: set[tuple[str, int, int]] = set()
    holding: dict[UUID, ReportNumber] = {}
    for each in sorted(entries, key=lambda entry: entry.id):
        place = (each.symbol, each.year, each.number)
        if place in taken or each.signed_report_id in holding:
            continue
        taken.add(place)
        holding[each.signed_report_id] = each
    return holding


def next_number(entries: Iterable[ReportNumber], symbol: str, year: int) -> int:
    """Return the number that comes next for a symbol in a year, 1 for the first."""
    numbers = (each.number for each in entries if (each.symbol, each.year) == (symbol, year))
    return max(numbers, default=0) + 1


def desk_of_register(entries: Iterable[ReportNumber], chosen: str, on: date) -> str:
    """Return the tag of the desk that keeps the register; empty while there is none.

    Args:
        entries: The mission's register so far.
        chosen: The desk that the mission chose; empty when it chose none.
        on: The day of asking; without a choice, the desk that gave the first number of the year
            goes on, else the one that gave the last number of all.
    """
    if chosen:
        return chosen
    ordered = sorted(entries, key=lambda each: each.id)
    this_year = [each for each in ordered if each.year == on.year]
    if this_year:
        return this_year[0].desk
    return ordered[-1].desk if ordered else ""
