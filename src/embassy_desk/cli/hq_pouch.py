"""`pouch write` and `pouch read`."""

from dataclasses import asdict

from embassy_desk.cli.desk import print_json
from embassy_desk.cli.hq_desk import opened_hub, refuse, say
from embassy_desk.cli.hq_words import HubArguments
from embassy_desk.domain.errors import DeskError
from embassy_desk.headquarters.pouching import APPLIED, KNOWN, ReadPouch, read_pouch, write_pouch
from embassy_desk.texts import N_, Text

REFUSED = 1
_GAP = "gap"


def run(arguments: HubArguments) -> int:
    """Do what was asked and return the exit code."""
    try:
        return _write(arguments) if arguments.action == "write" else _read(arguments)
    except DeskError as error:
        return refuse(arguments, error)


def _write(arguments: HubArguments) -> int:
    with opened_hub(arguments) as hub:
        written = write_pouch(hub, arguments.id, arguments.file)
    if arguments.json:
        print_json({**asdict(written), "file": str(arguments.file)})
        return 0
    say(arguments, N_("The pouch holds {count} rows.", count=written.rows))
    if written.contents:
        say(arguments, N_("Files of records in it: {count}.", count=written.contents))
    if written.left_out:
        names = ", ".join(written.left_out)
        say(arguments, N_("These files did not fit: {names}", names=names))
    return 0


def _read(arguments: HubArguments) -> int:
    """Take a pouch in; exit code 1 when its operations had to be set aside."""
    with opened_hub(arguments) as hub:
        found = read_pouch(hub, arguments.file, is_dry_run=arguments.dry_run)
    if arguments.json:
        print_json(asdict(found))
    else:
        say(arguments, _sentence(found))
    return 0 if found.outcome in {APPLIED, KNOWN} else REFUSED


def _sentence(found: ReadPouch) -> Text:
    serial, mission = found.serial, found.mission
    if found.outcome == APPLIED:
        return N_(
            "Pouch {serial} of {mission}: {operations} operations.",
            serial=serial,
            mission=mission,
            operations=found.operations,
        )
    if found.outcome == KNOWN:
        return N_("Pouch {serial} of {mission} holds nothing new.", serial=serial, mission=mission)
    if found.outcome == _GAP:
        return N_(
            "Pouch {serial} of {mission} is set aside: one before it is missing; what came ends at"
            " operation {last}.",
            serial=serial,
            mission=mission,
            last=found.last,
        )
    return N_(
        "Pouch {serial} of {mission} is set aside: {outcome}. Nothing of it is lost.",
        serial=serial,
        mission=mission,
        outcome=found.outcome,
    )
