"""The words of the command line: commands, options and what they mean."""

import argparse
from collections.abc import Callable
from pathlib import Path

from embassy_desk import __version__
from embassy_desk.cli import words_of_keeping as keeping
from embassy_desk.cli.words_of_exchange import add_exchange
from embassy_desk.cli.words_of_updating import add_updating

_LARGEST_COUNT = 2**31 - 1

AddCommand = Callable[[str, str, str], argparse.ArgumentParser]
"""Adds a command by name, module and summary."""


class Arguments(argparse.Namespace):
    """What was asked for; only the names of the chosen command are set."""

    module: str = "opening"
    command: str = ""
    profile: Path | None = None
    passphrase_file: Path | None = None
    language: str = ""
    json: bool = False
    mission: str
    person: str
    records: int
    seed: int
    prepare_only: bool
    check: Path | None
    opens: Path | None = None
    file: Path
    kind: str
    ref: str
    lost: str
    assignments: list[str]
    text: str
    limit: int | None
    filters: list[str]
    sort: str
    shelf: str
    on: str
    history: bool
    import_as: str
    dry_run: bool
    mapping: str
    encoding: str
    errors: Path | None
    changed: str
    doubtful: str
    what: str
    to: Path
    with_internal: bool
    act: str
    recovery_code: bool = False
    recovery_page: Path | None = None
    custodians: Path | None = None
    page: Path | None = None
    code_file: Path | None = None
    answer: Path | None = None
    new_passphrase_file: Path | None = None
    key: Path
    for_good: bool
    years: int
    grant: Path | None
    report: str
    texts: Path | None
    signatory: str
    authority: str
    plain: bool
    replaces: str
    from_on: str
    until_on: str
    country: str
    subject: str
    code: str
    url: str
    request: Path | None
    enrolment_answer: Path | None
    proxy: str | None = None
    allow_many_removals: bool
    no_files: bool
    files_up_to: float
    limit_kbit: float | None = None
    conflict: str
    keep: str
    program: Path | None = None
    place: Path | None = None
    root: Path | None = None
    platform: str


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of every command."""
    common = _common_options()
    parser = argparse.ArgumentParser(
        prog="embassy-desk",
        description="Embassy Desk: contacts, agreements and outreach of a mission, offline.",
        epilog="Without a command the desk opens in a window.",
        parents=[common],
    )
    parser.add_argument("--version", action="version", version=f"Embassy Desk {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    def add(name: str, module: str, summary: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=summary, description=summary, parents=[common])
        command.set_defaults(module=module)
        return command

    _add_set_up(add)
    keeping.add_keys(add, common)
    add_exchange(add, common)
    _add_records(add)
    _add_files(add)
    _add_people(add)
    keeping.add_backups(add)
    keeping.add_policy(add)
    _add_reports(add)
    add_updating(add, common)
    return parser


def _common_options() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--profile", type=Path, metavar="DIR", help="folder of the store")
    common.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help="file whose first line opens the store"
    )
    common.add_argument("--language", choices=("vi", "en"), help="language of the answers")
    common.add_argument("--json", action="store_true", help="answer with JSON")
    return common


def _add_set_up(add: AddCommand) -> None:
    init = add("init", "opening", "Make a store.")
    init.add_argument("--mission", required=True, metavar="CODE", help="mission, such as TOK")
    init.add_argument("--person", default="", metavar="NAME", help="who works at this desk")
    keeping.add_recovery_to_init(init)
    demo = add("demo", "opening", "Open the desk on demo data, in a profile of its own.")
    demo.add_argument("--records", type=int, default=3000, metavar="N", help="contacts to make up")
    demo.add_argument("--seed", type=int, default=1, metavar="S", help="same seed, same data")
    demo.add_argument(
        "--prepare-only", action="store_true", help="make the demo data and open no window"
    )
    opened = add("open", "opening", "Open the desk, and a file in it once it is unlocked.")
    opened.add_argument(
        "opens", type=Path, nargs="?", metavar="FILE", help="a pouch, an answer, cards, a table …"
    )


def _add_records(add: AddCommand) -> None:
    listing = add("list", "records", "List the records of a kind.")
    listing.add_argument("kind", metavar="KIND", help="contact, agreement, task …")
    listing.add_argument(
        "--filter",
        dest="filters",
        action="append",
        default=[],
        metavar="FIELD=VALUE",
        help="also != >= <= and ~ for “contains”; may be given several times",
    )
    listing.add_argument("--limit", type=_count, default=None, metavar="N")
    listing.add_argument("--sort", default="heading", metavar="FIELD", help="-FIELD turns it round")
    listing.add_argument(
        "--shelf", choices=("in_use", "archived", "trash", "all"), default="in_use"
    )
    show = add("show", "records", "Show one record with what is computed from it.")
    show.add_argument("ref", metavar="REF-OR-ID")
    show.add_argument("--on", default="", metavar="DATE", help="as of this day, YYYY-MM-DD")
    show.add_argument("--history", action="store_true", help="what happened to it")
    enter = add("add", "records", "Enter a record.")
    enter.add_argument(
        "kind", metavar="KIND", help="a kind, or a row of one, such as agreement_party or consent"
    )
    enter.add_argument("assignments", nargs="+", metavar="FIELD=VALUE")
    change = add("set", "records", "Change fields of a record.")
    change.add_argument("ref", metavar="REF-OR-ID")
    change.add_argument("assignments", nargs="+", metavar="FIELD=VALUE")
    search = add("search", "records", "Find records by any of their words.")
    search.add_argument("text", metavar="TEXT")
    search.add_argument("--limit", type=_count, default=200, metavar="N")

    doubles = add("duplicates", "doubles", "Name records that may be of one, with the reasons.")
    doubles.add_argument("kind", choices=("contact", "organisation"))
    doubles.add_argument("--limit", type=_count, default=200, metavar="N")
    merging = add("merge", "doubles", "Let one record take over another of the same.")
    merging.add_argument("ref", metavar="KEPT", help="reference or identity of what is kept")
    merging.add_argument("lost", metavar="OTHER", help="what goes to the archive and leads there")


def _add_files(add: AddCommand) -> None:
    reading = add("import", "files", "Take records in from a file, all of them or none.")
    reading.add_argument("file", type=Path, metavar="FILE", help=".csv, .xlsx, .vcf, .ics or .json")
    reading.add_argument(
        "--as",
        dest="import_as",
        choices=("contacts", "organisations", "agreements", "tasks"),
        default="",
    )
    reading.add_argument("--dry-run", action="store_true", help="read and count, keep nothing")
    reading.add_argument(
        "--mapping",
        default="",
        metavar="NAME",
        help="read a sheet by a mapping saved in the window",
    )
    reading.add_argument(
        "--encoding",
        default="",
        help="character set of cards that are not in UTF-8, such as cp1258",
    )
    reading.add_argument(
        "--errors",
        type=Path,
        default=None,
        metavar="FILE",
        help="write rows that are refused here and take the others; without it one refused row "
        "keeps everything out",
    )
    decisions = ("enter", "update", "leave")
    reading.add_argument(
        "--changed", choices=decisions, default="update", help="what becomes of changed records"
    )
    reading.add_argument(
        "--doubtful",
        choices=decisions,
        default="enter",
        help="what becomes of rows that may be a record that is here under another name",
    )
    writing = add("export", "files", "Write records to a file.")
    writing.add_argument("what", choices=("contacts", "organisations", "agreements", "tasks"))
    writing.add_argument("--to", type=Path, required=True, metavar="FILE")
    writing.add_argument(
        "--with-internal",
        action="store_true",
        help="also put into .vcf cards what the mission keeps for itself: notes, tags, reference, "
        "handling, source, days of checking and review, protocol order, do-not-contact, channel "
        "and rhythm of contact; other files always hold it",
    )
    writing.add_argument(
        "--card-version", choices=("3.0", "4.0"), default="3.0", help="version of .vcf cards"
    )
    backup = add("backup", "files", "Write a proven backup of everything into one file.")
    backup.add_argument("file", type=Path, metavar="FILE")
    add("verify", "files", "Check every page, every change in the log and the index.")


def _add_people(add: AddCommand) -> None:
    person = add("person", "people", "What a person may ask: to know what is kept, to be erased.")
    person.add_argument("act", choices=("export", "erase"))
    person.add_argument("ref", metavar="REF-OR-ID", help="the contact")
    person.add_argument("--to", type=Path, default=None, metavar="FILE", help="for export: .json")
    person.add_argument(
        "--for-good", action="store_true", help="for erase: yes, it cannot be taken back"
    )
    retention = add("retention", "people", "List contacts that nobody has dealt with for long.")
    retention.add_argument("--years", type=_count, default=3, metavar="N")
    rights = add("rights", "people", "Say what this person may do, or take over signed rights.")
    rights.add_argument("--grant", type=Path, default=None, metavar="FILE")


def _add_wish(report: argparse.ArgumentParser) -> None:
    report.add_argument("report", metavar="NAME", help="one of `embassy-desk reports`")
    report.add_argument("--on", default="", metavar="DATE", help="reckon from this day")
    report.add_argument("--from", dest="from_on", default="", metavar="DATE", help="first day")
    report.add_argument("--until", dest="until_on", default="", metavar="DATE", help="last day")
    report.add_argument("--country", default="", metavar="CODE", help="only this country, as JP")
    report.add_argument("--about", dest="subject", default="", metavar="REF-OR-ID")
    report.add_argument(
        "--texts",
        type=Path,
        default=None,
        metavar="FILE",
        help="JSON object of what a person writes, by part; else what was typed at the desk",
    )


def _add_reports(add: AddCommand) -> None:
    report = add("report", "reports", "Write a report to a file.")
    _add_wish(report)
    report.add_argument(
        "--to", type=Path, required=True, metavar="FILE", help=".docx, .pdf, .xlsx or .csv"
    )
    sign = add("sign", "signing", "Sign a report off: it is frozen, numbered and kept.")
    _add_wish(sign)
    sign.add_argument("--signatory", default="", metavar="NAME", help="who signs")
    sign.add_argument("--post", dest="authority", default="", metavar="POST", help="as which post")
    sign.add_argument("--plain", action="store_true", help="plain paper, no letterhead")
    sign.add_argument(
        "--replaces", default="", metavar="REF-OR-ID", help="the signed report it replaces"
    )
    signed = add("signed", "signing", "Write a signed report to a file, as it was signed.")
    signed.add_argument("subject", metavar="REF-OR-ID")
    signed.add_argument("--to", type=Path, required=True, metavar="FILE")
    duties = add("duties", "signing", "List the reports that headquarters is owed.")
    duties.add_argument("--on", default="", metavar="DATE", help="on this day; today by default")
    number = add("number", "signing", "Give a signed report its number, at the register's desk.")
    number.add_argument("subject", metavar="REF-OR-ID")
    add("reports", "reports", "List the reports there are.")
    template = add("template", "templates", "The mission's own Word template for official papers.")
    template.add_argument("act", choices=("starter", "check", "use", "save", "remove"))
    template.add_argument("file", type=Path, nargs="?", default=None, metavar="FILE")


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) > _LARGEST_COUNT:
        raise argparse.ArgumentTypeError(f"“{text}” is no count from 0 to {_LARGEST_COUNT}")
    return int(text)
