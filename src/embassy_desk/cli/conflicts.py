"""`conflicts`: what needs a decision."""

from embassy_desk.application.conflicts import (
    Keep,
    OpenConflict,
    open_conflicts,
    plain_conflict,
    resolve_conflict,
)
from embassy_desk.application.office import answer, perform
from embassy_desk.application.profile import Profile
from embassy_desk.cli.desk import opened, print_json, refuse, words_of
from embassy_desk.cli.words_of_command import Arguments
from embassy_desk.domain.errors import DeskError
from embassy_desk.texts import N_

_DIGITS_SHOWN = 8


def run(arguments: Arguments) -> int:
    """Do what was asked and return the exit code."""
    try:
        with opened(arguments) as profile:
            if arguments.act == "resolve":
                _resolve(arguments, profile)
            else:
                _list(arguments, profile)
    except DeskError as error:
        return refuse(arguments, error)
    return 0


def _resolve(arguments: Arguments, profile: Profile) -> None:
    keep: Keep = "mine" if arguments.keep == "mine" else "theirs"
    found, _ = perform(profile.store, resolve_conflict, arguments.conflict, keep)
    if arguments.json:
        print_json({**plain_conflict(found), "status": "resolved"})
    else:
        print(words_of(arguments)(N_("Decided: {title}.", title=found.heading or found.ref)))


def _list(arguments: Arguments, profile: Profile) -> None:
    found = answer(profile.store, open_conflicts)
    if arguments.json:
        print_json([plain_conflict(each) for each in found])
        return
    words = words_of(arguments)
    if not found:
        print(words(N_("Nothing needs a decision.")))
    for each in found:
        _print(arguments, each)


def _print(arguments: Arguments, found: OpenConflict) -> None:
    words = words_of(arguments)
    plain = plain_conflict(found)
    print(f"{found.conflict.id[:_DIGITS_SHOWN]}  {found.ref}  {found.heading}")
    field = found.conflict.field
    about = N_("  field: {field}", field=field) if field else N_("  deleted or changed")
    print(words(about))
    for label, side in (
        (N_("  mine: {value}", value=plain["mine"]["value"]), "mine"),
        (N_("  theirs: {value}", value=plain["theirs"]["value"]), "theirs"),
    ):
        mark = " *" if plain[side] is plain["kept"] else ""
        print(f"{words(label)}  ({plain[side]['at']}){mark}")
