"""`restore`, `backups`, `accept`, `diagnostics`: what keeps a store from being lost."""

from collections.abc import Callable

from embassy_desk.application.backups import local_backups
from embassy_desk.application.diagnostics import diagnostics
from embassy_desk.application.profile import open_profile
from embassy_desk.application.restoring import restore, stores_set_aside
from embassy_desk.cli.desk import folder_of, now, passphrase_of, print_json, refuse, words_of
from embassy_desk.cli.words_of_command import Arguments
from embassy_desk.domain.errors import DeskError
from embassy_desk.settings.files import write_whole
from embassy_desk.texts import N_


def run(arguments: Arguments) -> int:
    """Do what was asked and return the exit code."""
    commands: dict[str, Callable[[Arguments], None]] = {
        "restore": _restore,
        "backups": _backups,
        "accept": _accept,
        "diagnostics": _diagnostics,
    }
    try:
        commands[arguments.command](arguments)
    except DeskError as error:
        return refuse(arguments, error)
    return 0


def _restore(arguments: Arguments) -> None:
    folder = folder_of(arguments)
    result = restore(folder, arguments.file, passphrase_of(arguments), now)
    if arguments.json:
        print_json(
            {
                "records": result.found.records,
                "operations": result.found.operations,
                "chain": result.found.chain,
                "kept": str(result.kept) if result.kept else None,
            }
        )
        return
    words = words_of(arguments)
    text = N_(
        "The store was restored: {records} records, {operations} changes in the log.",
        records=result.found.records,
        operations=result.found.operations,
    )
    print(words(text))
    if result.kept is not None:
        kept = N_("The store from before lies in {folder} for 30 days.", folder=str(result.kept))
        print(words(kept))


def _backups(arguments: Arguments) -> None:
    folder = folder_of(arguments)
    found, kept = local_backups(folder), stores_set_aside(folder)
    if arguments.json:
        print_json(
            [
                {
                    "file": str(each.path),
                    "made_at": each.made_at.isoformat(),
                    "why": each.why.value,
                    "records": each.records,
                    "operations": each.operations,
                    "bytes": each.size_bytes,
                }
                for each in found
            ]
            + [
                {"file": str(each.path), "made_at": each.at.isoformat(), "why": "set-aside"}
                for each in kept
            ]
        )
        return
    words = words_of(arguments)
    for each in found:
        moment = each.made_at.astimezone().replace(tzinfo=None)
        line = N_(
            "{moment}: {why}, {records} records, {file}",
            moment=moment,
            why=each.why,
            records=each.records,
            file=str(each.path),
        )
        print(words(line))
    for aside in kept:
        moment = aside.at.astimezone().replace(tzinfo=None)
        line = N_(
            "{moment}: Set aside when a backup was restored, {file}",
            moment=moment,
            file=str(aside.path),
        )
        print(words(line))
    if not found:
        print(words(N_("There is no backup beside the store yet.")))


def _accept(arguments: Arguments) -> None:
    open_profile(folder_of(arguments), passphrase_of(arguments), now, is_accepted=True).close()
    if not arguments.json:
        print(words_of(arguments)(N_("The store as it is now counts as the newest.")))


def _diagnostics(arguments: Arguments) -> None:
    """Print the facts, always before they are written anywhere."""
    text = diagnostics(folder_of(arguments), now())
    if arguments.json:
        print_json(text.splitlines())
    else:
        print(text, end="")
    if arguments.to is not None:
        write_whole(arguments.to, text.encode())
