"""`import`, `export`, `backup` and `verify`."""

from collections.abc import Callable

from embassy_desk.application.export_log import log_export_of_kind
from embassy_desk.application.exporting import check_form, export_records
from embassy_desk.application.host import zone_name
from embassy_desk.application.import_decisions import Decision, Done, Outlook, Rules
from embassy_desk.application.import_job import look_over, read_for_import, take_over, write_refused
from embassy_desk.application.import_mappings import mapping_named
from embassy_desk.application.import_matching import Verdict
from embassy_desk.application.office import answer, perform
from embassy_desk.application.profile import Profile
from embassy_desk.cli.desk import now, opened, print_json, refuse, words_of
from embassy_desk.cli.words_of_command import Arguments
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.domain.errors import DeskError
from embassy_desk.interchange.errors import UnreadableFileError
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
    """Take a file in; what is refused stops everything unless a file of errors is asked for."""
    store = profile.store
    mapping = answer(store, mapping_named, arguments.mapping) if arguments.mapping else None
    kind = arguments.import_as.removesuffix("s")
    zone = answer(store, zone_name)
    readings = read_for_import(arguments.file, kind, mapping, arguments.encoding, zone)
    outlook = look_over(store, readings)
    if arguments.errors is None and outlook.refused:
        raise UnreadableFileError(outlook.refused)
    if arguments.dry_run:
        return _tell_outlook(arguments, outlook)
    rules = Rules(
        doubtful=Decision.named(arguments.doubtful), update=Decision.named(arguments.changed)
    )
    profile.back_up_before_import(len(outlook.matches), now())
    done = take_over(store, outlook, rules, original=arguments.file)
    if arguments.errors is not None and done.refused:
        write_refused(arguments.errors, done.refused, done.sources, words_of(arguments))
    return _tell_done(arguments, outlook, done)


def _tell_outlook(arguments: Arguments, outlook: Outlook) -> int:
    counts = {each.value: count for each, count in outlook.counts.items()}
    words = words_of(arguments)
    if arguments.json:
        told = {"records": outlook.by_kind(Verdict.NEW), "known": outlook.by_kind(Verdict.SAME)}
        print_json({**told, "kept": False, "refused": outlook.refused_count, **counts})
        return 0
    for verdict, count in outlook.counts.items():
        print(f"{words(verdict.label)}: {count}")
    print(words(N_("Refused: {count}", count=outlook.refused_count)))
    for each in outlook.remarks:
        print(words(each.sentence))
    print(words(N_("This was a dry run; nothing was kept.")))
    return 0


def _tell_done(arguments: Arguments, outlook: Outlook, done: Done) -> int:
    refused = len({each.line for each in done.refused})
    if arguments.json:
        told: dict[str, object] = {
            "records": dict(done.entered),
            "known": outlook.by_kind(Verdict.SAME),
        }
        counts = {"updated": done.updated, "left": done.left, "refused": refused}
        print_json({**told, **counts, "kept": True})
        return 0
    words = words_of(arguments)
    for kind, count in done.entered.items():
        print(words(N_("{kind}: {count}", kind=kind_named(kind).plural, count=count)))
    if done.updated:
        text = N_(
            "{count} record was changed.", "{count} records were changed.", count=done.updated
        )
        print(words(text))
    if done.left:
        text = N_(
            "{count} record was here already and was left as it is.",
            "{count} records were here already and were left as they are.",
            count=done.left,
        )
        print(words(text))
    if refused:
        text = N_("{count} row was refused.", "{count} rows were refused.", count=refused)
        print(words(text))
    for each in outlook.remarks:
        print(words(each.sentence))
    return 0


def _export(arguments: Arguments, profile: Profile) -> int:
    profile.refuse_own_file(arguments.to)
    kind = arguments.what.removesuffix("s")
    check_form(kind, arguments.to)
    form = arguments.to.suffix.removeprefix(".").lower()
    entry, _ = perform(profile.store, log_export_of_kind, kind, form)
    count = answer(
        profile.store,
        export_records,
        kind,
        arguments.to,
        with_internal=arguments.with_internal,
        card_version=arguments.card_version,
        marked=(entry, words_of(arguments)),
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
