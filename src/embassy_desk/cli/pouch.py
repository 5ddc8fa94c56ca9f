"""`pouch write` and `pouch read`."""

from dataclasses import asdict
from datetime import UTC, datetime

from embassy_desk.application.office import answer
from embassy_desk.application.pouches import of_restored, preview_pouch, read_pouch, write_pouch
from embassy_desk.application.profile import Profile
from embassy_desk.application.sync_state import sync_state
from embassy_desk.cli.desk import opened, print_json, refuse, words_of
from embassy_desk.cli.words_of_command import Arguments
from embassy_desk.domain.errors import DeskError
from embassy_desk.texts import N_


def run(arguments: Arguments) -> int:
    """Do what was asked and return the exit code."""
    try:
        with opened(arguments) as profile:
            if arguments.act == "write":
                _write(arguments, profile)
            elif arguments.dry_run:
                _preview(arguments, profile)
            else:
                _read(arguments, profile)
    except DeskError as error:
        return refuse(arguments, error)
    return 0


def _write(arguments: Arguments, profile: Profile) -> None:
    profile.refuse_own_file(arguments.file)
    written = write_pouch(profile.store, arguments.file)
    if arguments.json:
        print_json(asdict(written))
        return
    words = words_of(arguments)
    text = N_(
        "Pouch {serial} is written. Changes in it: {count}.",
        serial=written.serial,
        count=written.operations,
    )
    print(words(text))
    if written.contents:
        print(words(N_("Files of records in it: {count}.", count=written.contents)))
    if written.left_out:
        names = ", ".join(written.left_out)
        print(words(N_("These files did not fit: {names}", names=names)))


def _preview(arguments: Arguments, profile: Profile) -> None:
    preview = preview_pouch(profile.store, arguments.file)
    if arguments.json:
        print_json(asdict(preview))
        return
    words = words_of(arguments)
    made = datetime.fromtimestamp(preview.made_ms / 1000, UTC).date()
    print(words(N_("Pouch {serial} of {day}.", serial=preview.serial, day=made)))
    if preview.is_known:
        print(words(N_("All of it is here already.")))
    if preview.is_of_restored:
        print(words(of_restored()))
    for text in (
        N_("Rows changed elsewhere: {count}", count=preview.rows),
        N_("of them removed: {count}", count=preview.deletions),
        N_("conflicts: {count}", count=preview.conflicts),
        N_("own changes acknowledged: {count}", count=preview.acknowledged),
        N_("files of records: {count}", count=preview.contents),
    ):
        print(words(text))


def _read(arguments: Arguments, profile: Profile) -> None:
    taken, _ = read_pouch(profile.store, arguments.file)
    state = answer(profile.store, sync_state)
    if arguments.json:
        print_json(
            {
                "acknowledged": taken.acknowledged,
                "received": taken.rows,
                "conflicts": state.decisions,
                "waiting": state.waiting,
            }
        )
        return
    words = words_of(arguments)
    count = taken.acknowledged
    print(words(N_("Acknowledged: {count}. Received: {rows}.", count=count, rows=taken.rows)))
    print(words(state.sentence))
