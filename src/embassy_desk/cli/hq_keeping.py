"""`backup`, `verify`, `restore`, `epoch`, `journal`, `policy`, `grant` and `reference`."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from embassy_desk.cli.desk import now, print_json
from embassy_desk.cli.hq_desk import home_of, opened_hub, refuse, say, words_for
from embassy_desk.cli.hq_words import HubArguments
from embassy_desk.domain.errors import DeskError, InvalidError, Problem, RefusedError
from embassy_desk.domain.rights import Grant
from embassy_desk.headquarters.backups import back_up_hub
from embassy_desk.headquarters.database import EVERY_SCOPE
from embassy_desk.headquarters.keys import read_file, read_signing_key
from embassy_desk.headquarters.publishing import (
    publish_policy,
    publish_rows,
    sign_grant,
    sign_policy,
)
from embassy_desk.headquarters.restoring import begin_epoch, replay_journal, restore_hub
from embassy_desk.headquarters.surfacing import surface_old
from embassy_desk.headquarters.verifying import HubVerification, verify_hub
from embassy_desk.settings.files import write_whole
from embassy_desk.sync.orders import SignedPolicy
from embassy_desk.texts import N_


def run(arguments: HubArguments) -> int:
    """Do what was asked and return the exit code."""
    try:
        return _COMMANDS[arguments.command, arguments.action or ""](arguments)
    except DeskError as error:
        return refuse(arguments, error)


def _backup(arguments: HubArguments) -> int:
    with opened_hub(arguments) as hub:
        report = back_up_hub(hub, arguments.file)
    if arguments.json:
        told = {"rows": report.rows, "bytes": report.size_bytes}
        print_json({**told, "operations": report.found.operations})
    else:
        say(
            arguments,
            N_(
                "The backup is whole: {rows} rows, {operations} operations.",
                rows=report.rows,
                operations=report.found.operations,
            ),
        )
    return 0


def _verify(arguments: HubArguments) -> int:
    with opened_hub(arguments) as hub, hub.database.reading([EVERY_SCOPE]) as connection:
        found = verify_hub(hub, connection)
    return _tell(arguments, found)


def _tell(arguments: HubArguments, found: HubVerification) -> int:
    words = words_for(arguments)
    if arguments.json:
        print_json(
            {
                "devices": found.devices,
                "operations": found.operations,
                "rows": found.rows,
                "problems": [words(each) for each in found.problems],
            }
        )
    else:
        for each in found.problems:
            print(words(each))
        if not found.problems:
            say(
                arguments,
                N_(
                    "Headquarters is whole: {devices} devices, {operations} operations,"
                    " {rows} rows.",
                    devices=found.devices,
                    operations=found.operations,
                    rows=found.rows,
                ),
            )
    return 1 if found.problems else 0


def _restore(arguments: HubArguments) -> int:
    secret = read_file(arguments.key).decode()
    restored = restore_hub(
        arguments.file, home_of(arguments), secret, now, os.environ, database=arguments.database
    )
    _say_epoch(arguments, restored.epoch)
    return 0


def _epoch(arguments: HubArguments) -> int:
    with opened_hub(arguments) as hub:
        _say_epoch(arguments, begin_epoch(hub))
    return 0


def _say_epoch(arguments: HubArguments, epoch: int) -> None:
    if arguments.json:
        print_json({"epoch": epoch})
    else:
        say(
            arguments,
            N_("Generation {epoch} begins; laptops send again what is missing.", epoch=epoch),
        )


def _tidy(arguments: HubArguments) -> int:
    with opened_hub(arguments) as hub:
        offered = surface_old(hub)
    if arguments.json:
        print_json({"offered": offered})
    else:
        say(arguments, N_("{count} operations that waited are offered to people.", count=offered))
    return 0


def _replay(arguments: HubArguments) -> int:
    secret = read_file(arguments.key).decode()
    with opened_hub(arguments) as hub:
        parked = replay_journal(hub, arguments.folder or hub.journal, secret)
    if arguments.json:
        print_json({"parked": parked})
    else:
        say(arguments, N_("{count} operations were parked.", count=parked))
    return 0


def _sign_policy(arguments: HubArguments) -> int:
    values = _object_in(arguments.file)
    with opened_hub(arguments) as hub:
        signed = sign_policy(hub, values, read_signing_key(arguments.signing_key))
    write_whole(arguments.to, signed.model_dump_json(indent=2).encode())
    say(arguments, N_("The signed policy is in {file}.", file=arguments.to.name))
    return 0


def _sign_grant(arguments: HubArguments) -> int:
    grant = Grant.read(_object_in(arguments.file))
    with opened_hub(arguments) as hub:
        signed = sign_grant(hub, grant, read_signing_key(arguments.signing_key))
    write_whole(arguments.to, signed.model_dump_json(indent=2).encode())
    say(arguments, N_("The signed rights are in {file}.", file=arguments.to.name))
    return 0


def _publish_policy(arguments: HubArguments) -> int:
    try:
        policy = SignedPolicy.model_validate(_object_in(arguments.file))
    except ValidationError as error:
        raise InvalidError([Problem("file", N_("This is no signed policy."))]) from error
    with opened_hub(arguments) as hub:
        publish_policy(hub, policy)
    say(arguments, N_("Policy {serial} goes to every desk.", serial=policy.serial))
    return 0


def _publish_reference(arguments: HubArguments) -> int:
    with opened_hub(arguments) as hub:
        changed = publish_rows(hub, _object_in(arguments.file))
    if arguments.json:
        print_json({"rows": changed})
    else:
        say(arguments, N_("{count} rows of reference data go to every desk.", count=changed))
    return 0


def _object_in(path: Path) -> dict[str, Any]:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise RefusedError(N_("The file {file} cannot be read.", file=path.name)) from error
    except ValueError as error:
        raise InvalidError([Problem("file", N_("This file is no JSON."))]) from error
    if not isinstance(told, dict):
        raise InvalidError([Problem("file", N_("This file holds no JSON object."))])
    return told


_COMMANDS: dict[tuple[str, str], Callable[[HubArguments], int]] = {
    ("backup", ""): _backup,
    ("verify", ""): _verify,
    ("restore", ""): _restore,
    ("epoch", ""): _epoch,
    ("tidy", ""): _tidy,
    ("journal", "replay"): _replay,
    ("policy", "sign"): _sign_policy,
    ("grant", "sign"): _sign_grant,
    ("policy", "publish"): _publish_policy,
    ("reference", "publish"): _publish_reference,
}
