"""`report` and `reports`."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from embassy_desk.application.reports import Wish, report_kinds, write_report
from embassy_desk.cli.desk import opened, print_json, refuse, typed_day, words_of
from embassy_desk.cli.words_of_command import Arguments
from embassy_desk.domain.errors import DeskError, InvalidError, Problem, RefusedError
from embassy_desk.texts import N_


def run(arguments: Arguments) -> int:
    """Do what was asked and return the exit code."""
    try:
        if arguments.command == "reports":
            _reports(arguments)
        else:
            _report(arguments)
    except DeskError as error:
        return refuse(arguments, error)
    return 0


def _reports(arguments: Arguments) -> None:
    words = words_of(arguments)
    kinds = report_kinds().items()
    if arguments.json:
        print_json(
            [
                {
                    "name": name,
                    "title": words(kind.title),
                    "summary": words(kind.summary),
                    "needs": str(kind.needs),
                    "texts": [part.name for part in kind.parts],
                }
                for name, kind in kinds
            ]
        )
        return
    for name, kind in kinds:
        print(f"{name:<20} {words(kind.title)}. {words(kind.summary)}")


def wish_of(arguments: Arguments) -> Wish:
    """Return what the words ask of a report.

    Raises:
        InvalidError: A day or the file of texts cannot be read.
        RefusedError: The file of texts is not there.
    """
    return Wish(
        on=_day("on", arguments.on),
        from_on=_day("from", arguments.from_on),
        until_on=_day("until", arguments.until_on),
        country=arguments.country,
        subject=arguments.subject,
        narrative=_texts(arguments.texts),
    )


def _report(arguments: Arguments) -> None:
    wish = wish_of(arguments)
    with opened(arguments) as profile:
        profile.refuse_own_file(arguments.to)
        made = write_report(
            profile.store, arguments.report, wish, arguments.to, words_of(arguments)
        )
    if arguments.json:
        words = words_of(arguments)
        figures = {words(each.label): each.value for each in made.figures}
        print_json({"file": str(arguments.to), "handling": str(made.handling), "figures": figures})
    else:
        print(arguments.to)


def _texts(path: Path | None) -> Mapping[str, str]:
    """Return what a file says belongs into the parts that a person writes.

    Raises:
        InvalidError: It is no JSON object of texts.
        RefusedError: It cannot be read.
    """
    if path is None:
        return {}
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise RefusedError(N_("The file {file} cannot be read.", file=path.name)) from error
    except ValueError as error:
        raise InvalidError([Problem("texts", N_("This file is no JSON."))]) from error
    if not isinstance(told, dict) or not all(isinstance(each, str) for each in told.values()):
        raise InvalidError([Problem("texts", N_("This file holds no JSON object of texts."))])
    return told


def _day(name: str, text: str) -> date | None:
    return typed_day(name, text) if text else None
