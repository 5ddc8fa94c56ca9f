"""`list`, `show`, `add`, `set` and `search`."""

import sys
from collections.abc import Callable, Mapping
from typing import Any

from embassy_desk.application.entering import (
    change_typed,
    enter_part_typed,
    enter_typed,
    is_part,
)
from embassy_desk.application.lists import Line, ListQuery, Shelf, lines, typed_filter
from embassy_desk.application.merging import standing_for
from embassy_desk.application.office import answer, perform
from embassy_desk.application.profile import Profile
from embassy_desk.application.records import find_record, history_of, search_everything
from embassy_desk.application.showing import plain_entity, plain_history, shown_with_standing
from embassy_desk.cli.desk import opened, print_json, refuse, today, typed_day, words_of
from embassy_desk.cli.words_of_command import Arguments
from embassy_desk.domain.catalogue import kind_named, kind_of
from embassy_desk.domain.entity import Record
from embassy_desk.domain.errors import DeskError, InvalidError, Problem
from embassy_desk.store.finders.search import Hit
from embassy_desk.store.history import HistoryEntry
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_

_WIDTH_OF_NAMES = 28


def run(arguments: Arguments) -> int:
    """Do what was asked and return the exit code."""
    commands: dict[str, Callable[[Arguments, Profile], None]] = {
        "list": _list,
        "show": _show,
        "add": _add,
        "set": _set,
        "search": _search,
    }
    try:
        with opened(arguments) as profile:
            commands[arguments.command](arguments, profile)
    except DeskError as error:
        return refuse(arguments, error)
    return 0


def _list(arguments: Arguments, profile: Profile) -> None:
    def query(work: UnitOfWork) -> tuple[Line, ...]:
        return lines(
            work,
            ListQuery(
                kind=kind_named(arguments.kind).name,
                filters=tuple(typed_filter(work, arguments.kind, f) for f in arguments.filters),
                sort=arguments.sort.removeprefix("-"),
                is_descending=arguments.sort.startswith("-"),
                shelf=Shelf(arguments.shelf),
                limit=arguments.limit,
            ),
        )

    _print_lines(arguments, answer(profile.store, query))


def _search(arguments: Arguments, profile: Profile) -> None:
    hits = answer(profile.store, search_everything, arguments.text, limit=arguments.limit or 0)
    _print_lines(arguments, hits)


def _print_lines(arguments: Arguments, found: tuple[Line | Hit, ...]) -> None:
    if arguments.json:
        print_json(
            [
                {
                    "id": str(each.id),
                    "ref": each.ref,
                    "kind": each.kind,
                    "title": each.heading,
                    "subtitle": each.subtitle,
                }
                for each in found
            ]
        )
        return
    for each in found:
        subtitle = f" – {each.subtitle}" if each.subtitle else ""
        print(f"{each.ref:<20} {each.kind:<12} {each.heading}{subtitle}")


def _show(arguments: Arguments, profile: Profile) -> None:
    day = typed_day("on", arguments.on) if arguments.on else today()

    def query(work: UnitOfWork) -> tuple[Record, dict[str, Any], tuple[HistoryEntry, ...]]:
        named = find_record(work, arguments.ref)
        record = standing_for(work, named)
        if record.id != named.id:
            print(_merged(arguments, named), file=sys.stderr)
        values = shown_with_standing(work, record, day, words_of(arguments))
        return record, values, history_of(work, record.id) if arguments.history else ()

    record, values, history = answer(profile.store, query)
    if arguments.history:
        values["history"] = [plain_history(each) for each in history]
    if arguments.json:
        print_json(values)
        return
    words = words_of(arguments)
    print(words(N_("{kind} {ref}", kind=kind_of(record).label, ref=record.ref)))
    _print_values(values)


def _merged(arguments: Arguments, record: Record) -> str:
    text = N_("“{lost}” ({ref}) was merged into this record.", lost=record.heading, ref=record.ref)
    return words_of(arguments)(text)


def _print_values(values: Mapping[str, Any], indent: str = "") -> None:
    """Print what is known, a line a field; what is empty is left out."""
    for name, value in values.items():
        if value in (None, "", [], {}, False):
            continue
        if isinstance(value, dict):
            print(f"{indent}{name}:")
            _print_values(value, indent + "  ")
        elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
            print(f"{indent}{name}:")
            for each in value:
                _print_values(each, indent + "  ")
                print()
        else:
            text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            print(f"{indent}{name:<{_WIDTH_OF_NAMES}} {text}")


def _add(arguments: Arguments, profile: Profile) -> None:
    if is_part(arguments.kind):
        part, _ = perform(profile.store, enter_part_typed, arguments.kind, _assigned(arguments))
        if arguments.json:
            print_json(plain_entity(part))
        else:
            print(part.id)
        return
    record, _ = perform(profile.store, enter_typed, arguments.kind, _assigned(arguments))
    _print_record(arguments, profile, record)


def _set(arguments: Arguments, profile: Profile) -> None:
    record, _ = perform(
        profile.store, change_typed, arguments.ref, _assigned(arguments), on=today()
    )
    _print_record(arguments, profile, record)


def _print_record(arguments: Arguments, profile: Profile, record: Record) -> None:
    if arguments.json:
        query = shown_with_standing
        print_json(answer(profile.store, query, record, today(), words_of(arguments)))
    else:
        print(f"{record.ref} {record.heading}")


def _assigned(arguments: Arguments) -> dict[str, str]:
    """Return the typed assignments by field.

    Raises:
        InvalidError: One has no `=`, or a field is named twice.
    """
    values: dict[str, str] = {}
    for each in arguments.assignments:
        name, sign, value = each.partition("=")
        if not sign or not name.strip():
            raise InvalidError(
                [Problem("", N_("Write FIELD=VALUE instead of “{text}”.", text=each))]
            )
        if name.strip() in values:
            raise InvalidError([Problem(name.strip(), N_("This field is given twice."))])
        values[name.strip()] = value
    return values
