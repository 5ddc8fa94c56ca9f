"""`import`, `export`, `backup` and `verify`."""

from collections.abc import Callable

from embassy_desk.application.export_log import log_export_of_kind
from embassy_desk.application.exporting import check_form, export_records
from embassy_desk.application.importing import import_candidates, read_file
from embassy_desk.application.office import answer, perform
from embassy_desk.application.profile import Profile
from embassy_desk.cli.desk import now, opened, print_json, refuse, words_of
from embassy_desk.cli.words_of_command import Arguments
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.domain.errors import DeskError
from embassy_desk.store.verifying import Verification
from embassy_desk.texts import N_


def run(arguments: Arguments) -> int:
    """Do what was asked and return the exit code."""
    commands: dict[str, Callable[[Arguments, Profile], int]] = {
        "import": _import,
        "export": _export,
        "backup": _backup,
        "verify": _verify,
    }
    try:
        with opened(arguments) as profile:
            return commands[arguments.command](arguments, profile)
    except DeskError as error:
        return refuse(arguments, error)


def _import(arguments: Arguments, profile: Profile) -> int:
    candidates = read_file(arguments.file, arguments.import_as.removesuffix("s"))
    if not arguments.dry_run:
        profile.back_up_before_import(len(candidates), now())
    result = import_candidates(profile.store, candidates, is_dry_run=arguments.dry_run)
    if arguments.json:
        print_json(
            {
                "records": dict(result.records),
                "known": dict(result.known),
                "kept": result.is_kept,
            }
        )
        return 0
    words = words_of(arguments)
    for kind, count in result.records.items():
        print(words(N_("{kind}: {count}", kind=kind_named(kind).plural, count=count)))
    if known := sum(result.known.values()):
        text = N_(
            "{count} record was here already and was left as it is.",
            "{count} records were here already and were left as they are.",
            count=known,
        )
        print(words(text))
    if not result.is_kept:
        print(words(N_("This was a dry run; nothing was kept.")))
    return 0


def _export(arguments: Arguments, profile: Profile) -> int:
    profile.refuse_own_file(arguments.to)
    kind = arguments.what.removesuffix("s")
    check_form(kind, arguments.to)
    perform(profile.store, log_export_of_kind, kind, arguments.to.suffix.removeprefix(".").lower())
    count = answer(
        profile.store,
        export_records,
        kind,
        arguments.to,
        with_internal=arguments.with_internal,
    )
    words = words_of(arguments)
    if arguments.json:
        print_json({"records": count, "file": str(arguments.to)})
    else:
        text = N_("{count} record was written.", "{count} records were written.", count=count)
        print(words(text))
    return 0


def _backup(arguments: Arguments, profile: Profile) -> int:
    return _print_verification(arguments, profile.back_up(arguments.file))


def _verify(arguments: Arguments, profile: Profile) -> int:
    return _print_verification(arguments, profile.verify())


def _print_verification(arguments: Arguments, found: Verification) -> int:
    """Say what a check found; exit code 1 when anything is wrong."""
    words = words_of(arguments)
    if arguments.json:
        print_json(
            {
                "records": found.records,
                "operations": found.operations,
                "chain": found.chain,
                "problems": [words(each) for each in found.problems],
            }
        )
    else:
        for each in found.problems:
            print(words(each))
        if not found.problems:
            summary = N_(
                "The store is whole: {records} records, {operations} changes in the log.",
                records=found.records,
                operations=found.operations,
            )
            print(words(summary))
    return 1 if found.problems else 0
