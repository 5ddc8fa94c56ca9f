"""`person`, `retention` and `rights`."""

import json
from collections.abc import Callable
from pathlib import Path

from embassy_desk.application.erasing import erase_from
from embassy_desk.application.export_log import log_export
from embassy_desk.application.grants import LARGEST_GRANT_BYTES, accept_grant, granted
from embassy_desk.application.office import answer, perform
from embassy_desk.application.personal import everything_about, past_retention
from embassy_desk.application.profile import Profile
from embassy_desk.application.records import find_record
from embassy_desk.cli.desk import opened, print_json, refuse, today, words_of
from embassy_desk.cli.words_of_command import Arguments
from embassy_desk.domain.errors import DeskError, InvalidError, Problem, RefusedError
from embassy_desk.domain.rights import Right, Rights
from embassy_desk.settings.files import write_whole
from embassy_desk.texts import N_


def run(arguments: Arguments) -> int:
    """Do what was asked and return the exit code."""
    commands: dict[str, Callable[[Arguments, Profile], None]] = {
        "person": _person,
        "retention": _retention,
        "rights": _rights,
    }
    try:
        with opened(arguments) as profile:
            commands[arguments.command](arguments, profile)
    except DeskError as error:
        return refuse(arguments, error)
    return 0


def _person(arguments: Arguments, profile: Profile) -> None:
    record = answer(profile.store, find_record, arguments.ref)
    if arguments.act == "erase":
        if not arguments.for_good:
            raise RefusedError(
                N_("Erasing cannot be taken back. Add --for-good if it is what you want.")
            )
        done = erase_from(profile, record.id)
        print_json(
            {
                "operations": done.operations,
                "files": done.files,
                "mentions": list(done.mentions),
            }
        )
        return
    if arguments.to is None:
        raise InvalidError([Problem("to", N_("Say into which file: --to FILE.json"))])
    profile.refuse_own_file(arguments.to)
    found = answer(profile.store, everything_about, record.id, today())
    perform(
        profile.store,
        log_export,
        kind="contact",
        form="json",
        handlings=[record.handling],
        filters=record.ref,
        purpose="subject request",
    )
    write_whole(arguments.to, json.dumps(found, ensure_ascii=False, indent=2).encode())
    print(arguments.to)


def _retention(arguments: Arguments, profile: Profile) -> None:
    found = answer(profile.store, past_retention, today(), arguments.years)
    if arguments.json:
        print_json(
            [
                {"id": str(each.id), "ref": each.ref, "title": each.heading, "last_on": str(day)}
                for each, day in found
            ]
        )
        return
    for each, day in found:
        print(f"{each.ref:<20} {day} {each.heading}")


def _rights(arguments: Arguments, profile: Profile) -> None:
    if arguments.grant is not None:
        perform(profile.store, accept_grant, _content(arguments.grant))
    grant = answer(profile.store, granted)
    rights = Rights(grant, today())
    words = words_of(arguments)
    allowed = [each for each in Right if rights.decide(each).is_allowed]
    if arguments.json:
        print_json(
            {
                "staff_id": str(profile.store.author.staff_id or ""),
                "mission": profile.store.author.mission,
                "role": str(grant.role) if grant else None,
                "until": str(grant.valid_to) if grant else None,
                "rights": [str(each) for each in allowed],
            }
        )
        return
    if grant is None:
        print(words(N_("No rights were granted here; the owner of the store may do everything.")))
    for each in allowed:
        print(words(each.label))


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_GRANT_BYTES + 1)
    except OSError as error:
        raise RefusedError(N_("“{name}” cannot be read.", name=path.name)) from error
