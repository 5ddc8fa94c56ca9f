"""`sign`, `signed`, `number` and `duties`: reports signed off, written out, numbered, owed."""

from embassy_desk.application.office import answer, perform
from embassy_desk.application.records import find_record
from embassy_desk.application.report_duties import owed
from embassy_desk.application.report_templates import template_in_use
from embassy_desk.application.reports import check_form, report
from embassy_desk.application.signing import (
    Signature,
    SignedPaper,
    give_number,
    keep_papers,
    log_signed,
    number_and_symbol,
    papers,
    sign_off,
    signed_paper,
    write_signed,
)
from embassy_desk.cli.desk import opened, print_json, refuse, typed_day, words_of, words_of_language
from embassy_desk.cli.reports import wish_of
from embassy_desk.cli.words_of_command import Arguments
from embassy_desk.domain.errors import DeskError
from embassy_desk.domain.signed_report import ReportLayout
from embassy_desk.store.opening import Store


def run(arguments: Arguments) -> int:
    """Do what was asked and return the exit code."""
    try:
        with opened(arguments) as profile:
            if arguments.command == "sign":
                _sign(arguments, profile.store)
            elif arguments.command == "duties":
                _duties(arguments, profile.store)
            elif arguments.command == "number":
                _number(arguments, profile.store)
            else:
                profile.refuse_own_file(arguments.to)
                _signed(arguments, profile.store)
    except DeskError as error:
        return refuse(arguments, error)
    return 0


def _sign(arguments: Arguments, store: Store) -> None:
    words = words_of(arguments)
    wish = wish_of(arguments)
    signature = Signature(
        signatory=arguments.signatory,
        authority=arguments.authority,
        layout=ReportLayout.PLAIN if arguments.plain else None,
        replaces=arguments.replaces,
    )
    template = answer(store, template_in_use, store)
    made = answer(store, report, arguments.report, wish)
    record, _ = perform(store, sign_off, arguments.report, wish, made, words, signature)
    paper = answer(store, signed_paper, record.id)
    perform(store, keep_papers, store, record.id, papers(paper, words, template))
    _tell(arguments, paper)


def _number(arguments: Arguments, store: Store) -> None:
    record = answer(store, find_record, arguments.subject)
    template = answer(store, template_in_use, store)
    perform(store, give_number, record.id)
    paper = answer(store, signed_paper, record.id)
    language = words_of_language(paper.record.language)
    perform(store, keep_papers, store, record.id, papers(paper, language, template))
    _tell(arguments, paper)


def _signed(arguments: Arguments, store: Store) -> None:
    check_form(arguments.to)
    record = answer(store, find_record, arguments.subject)
    paper = answer(store, signed_paper, record.id)
    template = answer(store, template_in_use, store)
    perform(store, log_signed, paper, arguments.to)
    write_signed(paper, arguments.to, words_of_language(paper.record.language), template)
    _tell(arguments, paper)


def _duties(arguments: Arguments, store: Store) -> None:
    on = typed_day("on", arguments.on) if arguments.on else None
    found = answer(store, owed, on)
    if arguments.json:
        print_json(
            [
                {
                    "mission": each.mission,
                    "report": each.duty.report,
                    "title": each.duty.heading,
                    "from": each.first.isoformat(),
                    "until": each.last.isoformat(),
                    "due_on": each.due_on.isoformat(),
                    "standing": each.standing.value,
                }
                for each in found
            ]
        )
        return
    words = words_of(arguments)
    for each in found:
        standing = words(each.standing)
        days = f"{each.first} – {each.last}"
        print(f"{each.mission}  {each.due_on}  {standing:<20}  {each.duty.heading}  {days}")


def _tell(arguments: Arguments, paper: SignedPaper) -> None:
    record = paper.record
    if arguments.json:
        told = {"id": str(record.id), "ref": record.ref, "number": paper.number or None}
        print_json({**told, "symbol": record.symbol, "digest": record.digest})
    else:
        print(record.ref, number_and_symbol(paper.number, record.symbol))
