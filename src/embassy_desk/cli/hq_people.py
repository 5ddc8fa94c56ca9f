"""`mission`, `officer`, `enrolment` and `devices`."""

from collections.abc import Callable
from pathlib import Path

from pydantic import ValidationError

from embassy_desk.cli.desk import print_json
from embassy_desk.cli.hq_desk import opened_hub, refuse, say
from embassy_desk.cli.hq_words import HubArguments
from embassy_desk.domain.errors import DeskError, InvalidError, Problem, RefusedError
from embassy_desk.headquarters.database import EVERY_SCOPE, Transaction
from embassy_desk.headquarters.devices import Device, approve, devices, revoke
from embassy_desk.headquarters.enrolling import NewCode, enrol, new_code
from embassy_desk.headquarters.hub import Hub
from embassy_desk.headquarters.keys import read_signing_key
from embassy_desk.headquarters.missions import add_mission, add_officer, missions
from embassy_desk.settings.files import write_whole
from embassy_desk.sync.enrolment import EnrolmentRequest
from embassy_desk.texts import N_

_Command = Callable[[HubArguments, Hub, Transaction], None]


def run(arguments: HubArguments) -> int:
    """Do what was asked and return the exit code."""
    command = _COMMANDS[arguments.command, arguments.action or ""]
    try:
        with opened_hub(arguments) as hub, hub.database.writing([EVERY_SCOPE]) as connection:
            command(arguments, hub, connection)
    except DeskError as error:
        return refuse(arguments, error)
    return 0


def _add_mission(arguments: HubArguments, hub: Hub, connection: Transaction) -> None:
    code = arguments.code.upper()
    add_mission(connection, code, arguments.name, hub.now_ms)
    if arguments.json:
        print_json({"code": code, "name": arguments.name})
    else:
        say(arguments, N_("The mission {code} takes part.", code=code))


def _list_missions(arguments: HubArguments, _hub: Hub, connection: Transaction) -> None:
    found = missions(connection)
    if arguments.json:
        print_json(found)
    else:
        print("\n".join(found))


def _add_officer(arguments: HubArguments, hub: Hub, connection: Transaction) -> None:
    codes = [each.strip().upper() for each in arguments.missions.split(",") if each.strip()]
    add_officer(connection, arguments.name, codes, hub.now_ms)
    if arguments.json:
        print_json({"name": arguments.name, "missions": codes})
    else:
        say(arguments, N_("{name} may have a desk at headquarters.", name=arguments.name))


def _new_enrolment(arguments: HubArguments, hub: Hub, connection: Transaction) -> None:
    if bool(arguments.mission) == bool(arguments.officer):
        raise RefusedError(N_("Say for whom the code is: --mission CODE or --officer NAME."))
    wanted = NewCode(
        arguments.mission.upper(),
        arguments.officer or None,
        receives_restricted=not arguments.unrestricted_only,
    )
    code = new_code(hub, connection, wanted)
    if arguments.json:
        print_json({"code": code.text, "address": code.url, "mission": wanted.mission})
    else:
        print(code.text)


def _answer_enrolment(arguments: HubArguments, hub: Hub, connection: Transaction) -> None:
    told = enrol(hub, connection, _request_in(arguments.file))
    write_whole(arguments.to, told.model_dump_json(indent=2).encode())
    if arguments.json:
        print_json({"id": told.node, "mission": told.mission, "status": told.status})
    else:
        say(arguments, N_("The answer is in {file}.", file=arguments.to.name))


def _request_in(path: Path) -> EnrolmentRequest:
    try:
        return EnrolmentRequest.model_validate_json(path.read_bytes())
    except OSError as error:
        raise RefusedError(N_("The file {file} cannot be read.", file=path.name)) from error
    except ValidationError as error:
        raise InvalidError([Problem("file", N_("This is no request for enrolment."))]) from error


def _list_devices(arguments: HubArguments, hub: Hub, connection: Transaction) -> None:
    _show(arguments, devices(hub, connection))


def _approve(arguments: HubArguments, hub: Hub, connection: Transaction) -> None:
    _show(arguments, [approve(hub, connection, arguments.id)])


def _revoke(arguments: HubArguments, hub: Hub, connection: Transaction) -> None:
    key = read_signing_key(arguments.order_key) if arguments.order_key else None
    _show(arguments, [revoke(hub, connection, arguments.id, key)])


def _show(arguments: HubArguments, found: list[Device]) -> None:
    if arguments.json:
        objects = [each.as_object for each in found]
        print_json(objects[0] if arguments.action else objects)
        return
    for each in found:
        owner = each.person or each.device or each.officer
        print(f"{each.id}  {each.mission:3}  {each.status:7}  {owner}  [{each.words}]")


_COMMANDS: dict[tuple[str, str], _Command] = {
    ("mission", "add"): _add_mission,
    ("mission", "list"): _list_missions,
    ("officer", "add"): _add_officer,
    ("enrolment", "new"): _new_enrolment,
    ("enrolment", "answer"): _answer_enrolment,
    ("devices", ""): _list_devices,
    ("devices", "approve"): _approve,
    ("devices", "revoke"): _revoke,
}
