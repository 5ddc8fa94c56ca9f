"""`report` at headquarters: what came in, what is owed, one report of many missions."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from embassy_desk.cli.desk import print_json, typed_day
from embassy_desk.cli.hq_desk import opened_hub, refuse, words_for
from embassy_desk.cli.hq_words import HubArguments
from embassy_desk.domain.errors import DeskError, InvalidError, Problem, RefusedError
from embassy_desk.headquarters.database import EVERY_SCOPE
from embassy_desk.headquarters.hub import Hub
from embassy_desk.headquarters.reports import (
    codes_asked,
    owed_by_missions,
    received_reports,
    roll_up,
)
from embassy_desk.reports.asked import Asked, period_asked
from embassy_desk.reports.document import Report
from embassy_desk.reports.official import number_and_symbol
from embassy_desk.reports.writers.csv_writer import write_csv
from embassy_desk.reports.writers.docx_writer import write_docx
from embassy_desk.reports.writers.pdf_writer import write_pdf
from embassy_desk.reports.writers.xlsx_writer import write_xlsx
from embassy_desk.settings.places import resources
from embassy_desk.texts import N_, Words

_FONTS = resources() / "fonts"
_WRITERS: dict[str, Callable[[Path, Report, Words], None]] = {
    ".docx": lambda target, report, words: write_docx(target, report, words, _FONTS),
    ".pdf": lambda target, report, words: write_pdf(target, report, words, _FONTS),
    ".xlsx": write_xlsx,
    ".csv": write_csv,
}


def run(arguments: HubArguments) -> int:
    """Do what was asked and return the exit code."""
    act = {"received": _received, "due": _due}.get(arguments.report, _roll_up)
    try:
        with opened_hub(arguments) as hub:
            act(arguments, hub)
    except DeskError as error:
        return refuse(arguments, error)
    return 0


def _received(arguments: HubArguments, hub: Hub) -> None:
    with hub.database.reading([EVERY_SCOPE]) as connection:
        found = received_reports(connection, codes_asked(connection, arguments.missions))
    if arguments.json:
        print_json(
            [
                {
                    "id": str(each.record.id),
                    "ref": each.record.ref,
                    "mission": each.record.mission,
                    "report": each.record.report,
                    "title": each.record.title,
                    "number": each.number or None,
                    "symbol": each.record.symbol,
                    "from": _iso(each.record.period_from),
                    "until": _iso(each.record.period_until),
                    "signed_on": _iso(each.record.signed_on),
                    "received_at": each.received_at.isoformat(),
                    "digest": each.record.digest,
                }
                for each in found
            ]
        )
        return
    for each in found:
        record = each.record
        number = number_and_symbol(each.number, record.symbol)
        print(f"{record.mission}  {record.signed_on}  {record.ref}  {number}  {record.heading}")


def _due(arguments: HubArguments, hub: Hub) -> None:
    with hub.database.reading([EVERY_SCOPE]) as connection:
        codes = codes_asked(connection, arguments.missions)
        found = owed_by_missions(connection, codes, _on(arguments, hub))
    words = words_for(arguments)
    if arguments.json:
        print_json(
            [
                {
                    "mission": each.mission,
                    "report": each.duty.report,
                    "title": each.duty.heading,
                    "from": _iso(each.first),
                    "until": _iso(each.last),
                    "due_on": _iso(each.due_on),
                    "standing": each.standing.value,
                    "signed_on": _iso(each.signed_on),
                }
                for each in found
            ]
        )
        return
    for each in found:
        period = f"{each.first} – {each.last}"
        standing = words(each.standing)
        print(f"{each.mission}  {each.due_on}  {standing:<20}  {each.duty.heading}  {period}")


def _roll_up(arguments: HubArguments, hub: Hub) -> None:
    target = arguments.target
    if target is None or target.suffix.lower() not in _WRITERS:
        raise RefusedError(
            N_(
                "Say into which file the report is to be written: --to FILE, one of {formats}.",
                formats=", ".join(_WRITERS),
            )
        )
    on = _on(arguments, hub)
    asked = Asked(
        on=on,
        period=period_asked(on, _day("from", arguments.from_on), _day("until", arguments.until_on)),
        country=arguments.country.upper(),
        subject=_identity(arguments.subject),
    )
    with hub.database.reading([EVERY_SCOPE]) as connection:
        codes = codes_asked(connection, arguments.missions)
        made = roll_up(hub, connection, arguments.report, asked, codes)
    words = words_for(arguments)
    _WRITERS[target.suffix.lower()](target, made, words)
    if arguments.json:
        counts = {words(label): count for label, count in made.counts}
        print_json({"file": str(target), "handling": str(made.handling), "counts": counts})
    else:
        print(target)


def _identity(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise InvalidError(
            [Problem("about", N_("This is not the identity of a record."))]
        ) from error


def _on(arguments: HubArguments, hub: Hub) -> date:
    return _day("on", arguments.on) or datetime.fromtimestamp(hub.now_ms / 1000, UTC).date()


def _day(name: str, text: str) -> date | None:
    return typed_day(name, text) if text else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
