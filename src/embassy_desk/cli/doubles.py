"""`duplicates` and `merge`."""

from collections.abc import Callable

from embassy_desk.application.duplicates import find_pairs
from embassy_desk.application.merging import merge_plan, merge_records, proposal
from embassy_desk.application.office import answer, perform
from embassy_desk.application.profile import Profile
from embassy_desk.application.records import find_record
from embassy_desk.cli.desk import opened, print_json, refuse, words_of
from embassy_desk.cli.words_of_command import Arguments
from embassy_desk.domain.catalogue import kind_of
from embassy_desk.domain.errors import DeskError


def run(arguments: Arguments) -> int:
    """Do what was asked and return the exit code."""
    commands: dict[str, Callable[[Arguments, Profile], None]] = {
        "duplicates": _duplicates,
        "merge": _merge,
    }
    try:
        with opened(arguments) as profile:
            commands[arguments.command](arguments, profile)
    except DeskError as error:
        return refuse(arguments, error)
    return 0


def _duplicates(arguments: Arguments, profile: Profile) -> None:
    words = words_of(arguments)
    found = find_pairs(profile.store, arguments.kind, limit=arguments.limit or 0)
    if arguments.json:
        print_json(
            [
                {
                    "ids": [str(each.one), str(each.other)],
                    "refs": [each.one_face.ref, each.other_face.ref],
                    "titles": [each.one_face.heading, each.other_face.heading],
                    "score": each.likeness.score,
                    "reasons": [words(reason) for reason in each.likeness.reasons],
                }
                for each in found.lines
            ]
        )
        return
    for each in found.lines:
        one, other = each.one_face, each.other_face
        reasons = " ".join(words(reason) for reason in each.likeness.reasons)
        print(f"{each.likeness.score:>3} {one.ref} {one.heading} | {other.ref} {other.heading}")
        print(f"    {reasons}")


def _merge(arguments: Arguments, profile: Profile) -> None:
    kept = answer(profile.store, find_record, arguments.ref)
    lost = answer(profile.store, find_record, arguments.lost)
    kind = kind_of(kept).name
    plan = answer(profile.store, merge_plan, kind, kept.id, lost.id)
    record, _ = perform(profile.store, merge_records, kind, kept.id, lost.id, proposal(plan))
    if arguments.json:
        print_json({"id": str(record.id), "ref": record.ref})
    else:
        print(f"{record.ref} {record.heading}")
