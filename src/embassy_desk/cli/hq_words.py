"""The words of `embassy-desk-hq`: commands, options and what they mean."""

import argparse
from collections.abc import Callable
from pathlib import Path

from embassy_desk import __version__
from embassy_desk.cli.hq_words_of_updates import add_updates

_LARGEST_PORT = 65_535
_MOST_PROCESSES = 64

AddCommand = Callable[[str, str, str], argparse.ArgumentParser]
"""Adds a command by name, module and summary."""


class HubArguments(argparse.Namespace):
    """What was asked for; only the names of the chosen command are set."""

    module: str = ""
    command: str = ""
    action: str = ""
    home: Path | None = None
    language: str = ""
    json: bool = False
    database: str
    address: str
    hosts: list[str]
    journal: str
    host: str
    port: int
    plain: bool
    processes: int
    code: str
    name: str
    missions: str
    mission: str
    officer: str
    unrestricted_only: bool
    id: str
    order_key: Path | None = None
    signing_key: Path
    file: Path
    to: Path
    key: Path
    folder: Path | None
    dry_run: bool
    report: str
    target: Path | None
    on: str
    from_on: str
    until_on: str
    country: str
    subject: str
    keys: Path
    custodians: int
    threshold: int
    bundle: Path
    release: str
    platform: str
    program: str
    earlier: list[Path]
    share: int
    release_key: Path | None = None
    root_keys: list[Path]
    old: Path
    new: Path


def build_hub_parser() -> argparse.ArgumentParser:
    """Return the parser of every command."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--home", type=Path, metavar="DIR", help="folder of headquarters")
    common.add_argument("--language", choices=("vi", "en"), help="language of the answers")
    common.add_argument("--json", action="store_true", help="answer with JSON")
    parser = argparse.ArgumentParser(
        prog="embassy-desk-hq",
        description="The service of headquarters: missions exchange their records through it.",
        epilog="The folder may also come from EMBASSY_DESK_HQ_HOME.",
        parents=[common],
    )
    parser.add_argument("--version", action="version", version=f"Embassy Desk {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def add(name: str, module: str, summary: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=summary, description=summary, parents=[common])
        command.set_defaults(module=module)
        return command

    _add_service(add)
    _add_people(add, common)
    _add_keeping(add, common)
    _add_deciding(add, common)
    _add_reports(add)
    add_updates(_actions(add("update", "hq_updates", "New versions for every desk."), common))
    return parser


def _add_service(add: AddCommand) -> None:
    init = add("init", "hq_service", "Make a headquarters: keys, certificate, database.")
    init.add_argument(
        "--database", default="", metavar="URL", help="postgresql+psycopg://role@host/name"
    )
    init.add_argument(
        "--address", default="", metavar="HOST:PORT", help="what laptops connect to, for codes"
    )
    init.add_argument(
        "--name",
        dest="hosts",
        action="append",
        default=[],
        metavar="HOST",
        help="name or address the certificate is for; may be given several times",
    )
    init.add_argument(
        "--journal", default="", metavar="DIR", help="receive journal, best on another volume"
    )
    serve = add("serve", "hq_service", "Answer laptops until told to end.")
    serve.add_argument("--host", default="127.0.0.1", metavar="ADDRESS")
    serve.add_argument("--port", type=_port, default=8443, metavar="PORT")
    serve.add_argument(
        "--plain", action="store_true", help="no TLS; for a reverse proxy on this machine"
    )
    serve.add_argument(
        "--processes",
        type=_processes,
        default=1,
        metavar="N",
        help="so many share the work; more than one need PostgreSQL",
    )


def _add_people(add: AddCommand, common: argparse.ArgumentParser) -> None:
    def actions(parser: argparse.ArgumentParser, *, required: bool = True) -> AddCommand:
        return _actions(parser, common, required=required)

    mission = actions(add("mission", "hq_people", "Missions that take part."))
    adding = mission("add", "", "Let a mission take part.")
    adding.add_argument("code", metavar="CODE", help="three letters, such as TOK")
    adding.add_argument("--name", default="", metavar="NAME")
    mission("list", "", "List the missions.")
    officer = actions(add("officer", "hq_people", "People with a desk at headquarters."))
    adding = officer("add", "", "Let somebody have a desk at headquarters.")
    adding.add_argument("name", metavar="NAME")
    adding.add_argument(
        "--missions", default="", metavar="CODES", help="missions to follow, joined by commas"
    )
    enrolment = actions(add("enrolment", "hq_people", "Codes that let devices in."))
    new = enrolment("new", "", "Make a code for one device; it holds 72 hours.")
    new.add_argument("--mission", default="", metavar="CODE")
    new.add_argument("--officer", default="", metavar="NAME")
    new.add_argument(
        "--unrestricted-only", action="store_true", help="the device gets no restricted records"
    )
    answering = enrolment("answer", "", "Answer a request that came as a file.")
    answering.add_argument("file", type=Path, metavar="REQUEST")
    answering.add_argument("--to", type=Path, required=True, metavar="ANSWER")
    devices = actions(
        add("devices", "hq_people", "List the devices, approve or revoke one."), required=False
    )
    approving = devices("approve", "", "Let a device exchange; compare its six words first.")
    approving.add_argument("id", metavar="ID")
    revoking = devices("revoke", "", "Shut a device out; with the order key it wipes itself.")
    revoking.add_argument("id", metavar="ID")
    revoking.add_argument("--order-key", type=Path, default=None, metavar="FILE")


def _add_keeping(add: AddCommand, common: argparse.ArgumentParser) -> None:
    backup = add("backup", "hq_keeping", "Write a proven, sealed backup of everything.")
    backup.add_argument("file", type=Path, metavar="FILE")
    add("verify", "hq_keeping", "Check chains, rows, sums and attachments.")
    restore = add("restore", "hq_keeping", "Make a home from a backup, in a new generation.")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--key", type=Path, required=True, metavar="FILE", help="recovery key")
    restore.add_argument(
        "--database", default="", metavar="URL", help="an empty PostgreSQL database"
    )
    add("epoch", "hq_keeping", "Begin a new generation after the database was set back.")
    add("tidy", "hq_keeping", "Offer people what waited unclaimed for 14 days; run it daily.")
    journal = _actions(add("journal", "hq_keeping", "The receive journal."), common)
    replay = journal("replay", "", "Park what the journal has and the database lacks.")
    replay.add_argument("--key", type=Path, required=True, metavar="FILE", help="recovery key")
    replay.add_argument("--folder", type=Path, default=None, metavar="DIR")
    pouch = _actions(add("pouch", "hq_pouch", "Exchange by files that somebody carries."), common)
    writing = pouch("write", "", "Write a pouch for a device: receipts and what changed.")
    writing.add_argument("id", metavar="ID", help="the device")
    writing.add_argument("file", type=Path, metavar="FILE")
    reading = pouch("read", "", "Take in a pouch from a mission; twice is harmless.")
    reading.add_argument("file", type=Path, metavar="FILE")
    reading.add_argument("--dry-run", action="store_true", help="prove it and tell, keep nothing")


def _add_deciding(add: AddCommand, common: argparse.ArgumentParser) -> None:
    policy = _actions(add("policy", "hq_keeping", "What headquarters decides for all."), common)
    signing = policy("sign", "", "Sign settings with the order key, away from the server.")
    signing.add_argument("file", type=Path, metavar="FILE", help="JSON object of settings")
    signing.add_argument(
        "--order-key", dest="signing_key", type=Path, required=True, metavar="FILE"
    )
    signing.add_argument("--to", type=Path, required=True, metavar="FILE")
    publishing = policy("publish", "", "Give a signed policy to every desk.")
    publishing.add_argument("file", type=Path, metavar="FILE")
    grant = _actions(add("grant", "hq_keeping", "What one person at a mission may do."), common)
    granting = grant("sign", "", "Sign rights with the order key, away from the server.")
    granting.add_argument("file", type=Path, metavar="FILE", help="JSON: staff_id, role, days …")
    granting.add_argument(
        "--order-key", dest="signing_key", type=Path, required=True, metavar="FILE"
    )
    granting.add_argument("--to", type=Path, required=True, metavar="FILE")
    reference = _actions(add("reference", "hq_keeping", "Countries, missions, lists."), common)
    rows = reference("publish", "", "Give reference rows to every desk.")
    rows.add_argument("file", type=Path, metavar="FILE", help="JSON: {kind: [{id, field…}]}")


def _add_reports(add: AddCommand) -> None:
    report = add("report", "hq_reports", "Reports: received, due, or one of many missions.")
    report.add_argument(
        "report",
        metavar="received|due|NAME",
        help="signed reports that came in; what missions owe; or a report of `embassy-desk reports`"
        " over missions",
    )
    report.add_argument("--to", dest="target", type=Path, default=None, metavar="FILE")
    report.add_argument(
        "--missions", default="", metavar="CODES", help="joined by commas; all by default"
    )
    report.add_argument("--on", default="", metavar="DATE", help="reckon from this day")
    report.add_argument("--from", dest="from_on", default="", metavar="DATE", help="first day")
    report.add_argument("--until", dest="until_on", default="", metavar="DATE", help="last day")
    report.add_argument("--country", default="", metavar="CODE", help="only this country, as JP")
    report.add_argument("--about", dest="subject", default="", metavar="ID")


def _actions(
    parser: argparse.ArgumentParser, common: argparse.ArgumentParser, *, required: bool = True
) -> AddCommand:
    found = parser.add_subparsers(dest="action", metavar="ACTION", required=required)

    def add_action(name: str, _module: str, summary: str) -> argparse.ArgumentParser:
        return found.add_parser(name, help=summary, description=summary, parents=[common])

    return add_action


def _processes(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _MOST_PROCESSES:
        raise argparse.ArgumentTypeError(f"“{text}” is no number from 1 to {_MOST_PROCESSES}")
    return int(text)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > _LARGEST_PORT:
        raise argparse.ArgumentTypeError(f"“{text}” is no port")
    return int(text)
