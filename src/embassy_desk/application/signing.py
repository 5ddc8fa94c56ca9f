"""Signing reports off: what a report says is frozen, numbered, and never changes again.

A report that should say something else is signed anew and names the one whose place it takes.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from embassy_desk.application.attachments import attach_content
from embassy_desk.application.export_log import log_export
from embassy_desk.application.host import mission_day
from embassy_desk.application.letterheads import chosen_letterhead, letterhead
from embassy_desk.application.records import find_record
from embassy_desk.application.report_templates import filled_in
from embassy_desk.application.report_texts import forget_written
from embassy_desk.application.report_wishes import Wish
from embassy_desk.application.reports import check_form, report_kind, write_on
from embassy_desk.domain.entity import Record
from embassy_desk.domain.errors import InvalidError, Problem, RefusedError
from embassy_desk.domain.report_register import desk_of_register, next_number, valid_numbers
from embassy_desk.domain.rights import Right
from embassy_desk.domain.secrecy import refuse_secrets
from embassy_desk.domain.signed_report import (
    ReportContent,
    ReportFigure,
    ReportLayout,
    ReportNumber,
    ReportText,
    SignedReport,
)
from embassy_desk.reports.document import Letterhead, Narrative, Report
from embassy_desk.reports.frozen import freeze, pack, read_content, thaw, unpack
from embassy_desk.reports.official import number_and_symbol
from embassy_desk.reports.shown import Shown
from embassy_desk.settings.places import resources
from embassy_desk.store.logs import note_in_log, note_part_in_log
from embassy_desk.store.nodes import present_node
from embassy_desk.store.opening import Store
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_, Words

__all__ = [
    "Signature",
    "SignedPaper",
    "default_layout",
    "give_number",
    "keep_papers",
    "log_signed",
    "number_and_symbol",
    "papers",
    "register",
    "sign_off",
    "signed_paper",
    "write_signed",
]

_LONGEST_LINE = 500


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Who signs a report, and how.

    Attributes:
        signatory: Name of the signatory; that of the letterhead by default.
        authority: Prefix and post; those of the letterhead by default.
        layout: By default that of an official paper where the report is one.
        replaces: Reference or identity of the signed report whose place it takes.
    """

    signatory: str = ""
    authority: str = ""
    layout: ReportLayout | None = None
    replaces: str = ""


@dataclass(frozen=True)
class SignedPaper:
    """A signed report as it can be written to a file.

    Attributes:
        record: What the store knows of it.
        report: What it says.
        letterhead: With number and day, for an official paper.
        number: Its number in the register; 0 while it has none.
    """

    record: SignedReport
    report: Report
    letterhead: Letterhead | None
    number: int


def sign_off(
    work: UnitOfWork, name: str, wish: Wish, made: Report, words: Words, signature: Signature
) -> SignedReport:
    """Freeze a report and sign it off; it gets a number if this desk keeps the register.

    Args:
        work: A writing unit of work.
        name: Name of the report.
        wish: What was asked for.
        made: The report, as it was made for this wish.
        words: Its language, which is frozen with it.
        signature: Who signs.

    Raises:
        InvalidError: A part that a person should write is missing, or carries a mark of secrecy.
        MissingError: The report whose place it takes is gone.
        RefusedError: The rights do not allow it.
    """
    work.rights.decide(Right.SIGN_REPORTS).require()
    _refuse_unwritten(made)
    head = _head(letterhead(work), signature)
    layout = signature.layout or default_layout(name, words)
    digest, pieces = pack(freeze(made, words, head if layout is ReportLayout.OFFICIAL else None))
    record = work.new(
        SignedReport,
        **_told(made, words),
        **_asked_for(work, wish),
        layout=layout,
        digest=digest,
        symbol=head.symbol,
        authority=head.authority,
        signatory=head.signatory,
        signed_on=mission_day(work),
        replaces_id=_replaced(work, signature.replaces),
    )
    refuse_secrets(record)
    note_in_log(work, record)
    _note_parts(work, record, made, words, pieces)
    if _keeps_register(work):
        give_number(work, record.id)
    forget_written(work, name, wish)
    return record


def _refuse_unwritten(made: Report) -> None:
    """Refuse to sign a report whose written parts are empty, for they would stay so for ever."""
    empty = [each for each in made.blocks if isinstance(each, Narrative) and not each.text.strip()]
    if empty:
        raise InvalidError(
            Problem(each.name, N_("Still to be written: {prompt}", prompt=each.prompt))
            for each in empty
        )


def default_layout(name: str, words: Words) -> ReportLayout:
    """Return the layout of a report in a language: official ones in Vietnamese have their own."""
    is_official = report_kind(name).is_official and words.language == "vi"
    return ReportLayout.OFFICIAL if is_official else ReportLayout.PLAIN


def _head(head: Letterhead, signature: Signature) -> Letterhead:
    return replace(
        head,
        signatory=signature.signatory or head.signatory,
        authority=signature.authority or head.authority,
    )


def _told(made: Report, words: Words) -> dict[str, Any]:
    """Return what a report says about itself, in its own language."""
    shown = Shown(words)
    return {
        "report": made.name,
        "title": shown.text(made.title),
        "subject": shown.line(made.subject)[:_LONGEST_LINE],
        "period_from": made.period and made.period.from_on,
        "period_until": made.period and made.period.until_on,
        "reckoned_on": made.on,
        "taken_at": made.as_of,
        "chosen_by": "; ".join(shown.text(each) for each in made.filters)[:_LONGEST_LINE],
        "language": words.language,
        "handling": made.handling,
    }


def _asked_for(work: UnitOfWork, wish: Wish) -> dict[str, Any]:
    about = find_record(work, wish.subject) if wish.subject else None
    return {"country": wish.country.upper(), "about_ref": about.ref if about else ""}


def _replaced(work: UnitOfWork, name: str) -> UUID | None:
    """Return the signed report whose place another takes.

    Raises:
        InvalidError: It is no signed report.
        MissingError: There is none.
    """
    if not name:
        return None
    found: Record = find_record(work, name)
    if not isinstance(found, SignedReport):
        raise InvalidError([Problem("replaces_id", N_("This is no signed report."))])
    return found.id


def _note_parts(
    work: UnitOfWork, record: SignedReport, made: Report, words: Words, pieces: tuple[str, ...]
) -> None:
    """Write down what a signed report says: for people part by part, and whole for the paper."""
    shown = Shown(words)
    titles = {part.name: part.title for part in report_kind(made.name).parts}
    written = [each for each in made.blocks if isinstance(each, Narrative)]
    for place, part in enumerate(written, 1):
        text = work.new_part(
            ReportText, record, place=place, title=words(titles[part.name]), text=part.text
        )
        refuse_secrets(text)
        note_part_in_log(work, text)
    for place, figure in enumerate(made.figures, 1):
        label = shown.line(figure.label)
        note_part_in_log(
            work,
            work.new_part(ReportFigure, record, place=place, label=label, value=figure.value),
        )
    for place, piece in enumerate(pieces):
        note_part_in_log(work, work.new_part(ReportContent, record, place=place, packed=piece))


def register(work: UnitOfWork) -> tuple[ReportNumber, ...]:
    """Return the entries of this mission's register."""
    own = {each.id for each in work.all(SignedReport, mission=work.author.mission)}
    return tuple(each for each in work.all(ReportNumber) if each.signed_report_id in own)


def _keeper(work: UnitOfWork, on: date) -> str:
    chosen = chosen_letterhead(work, on)
    return desk_of_register(register(work), chosen.register_desk if chosen else "", on)


def _keeps_register(work: UnitOfWork) -> bool:
    """Say whether this desk gives the numbers; the first one that signs begins the register."""
    return _keeper(work, mission_day(work)) in {"", present_node(work.raw).device_tag}


def give_number(work: UnitOfWork, report_id: UUID) -> ReportNumber:
    """Give a signed report the next number of its symbol and year.

    Raises:
        MissingError: There is no such report.
        RefusedError: It has a number, is of another mission, or another desk keeps the register.
    """
    record = work.get(SignedReport, report_id)
    on = mission_day(work)
    desk = present_node(work.raw).device_tag
    keeper = _keeper(work, on)
    entries = register(work)
    if record.mission != work.author.mission:
        raise RefusedError(N_("Another mission keeps the register of this report."))
    if record.id in valid_numbers(entries):
        raise RefusedError(N_("This report has a number already."))
    if keeper not in {"", desk}:
        raise RefusedError(
            N_(
                "The register is kept at desk {desk}. It gives the number once this report has"
                " arrived there.",
                desk=keeper,
            )
        )
    symbol = record.symbol or "BC"
    entry = work.new_part(
        ReportNumber,
        record,
        symbol=symbol,
        year=record.signed_on.year,
        number=next_number(entries, symbol, record.signed_on.year),
        given_on=on,
        desk=desk,
    )
    note_part_in_log(work, entry)
    return entry


def signed_paper(work: UnitOfWork, report_id: UUID) -> SignedPaper:
    """Return a signed report as it was, with the number that the register gave it.

    Raises:
        MissingError: There is none.
        StoreError: It is not what was signed.
    """
    record = work.get(SignedReport, report_id)
    pieces = sorted(work.parts(ReportContent, record), key=lambda each: each.place)
    content = unpack(record.digest, [each.packed for each in pieces])
    report, head = thaw(read_content(content))
    entry = valid_numbers(work.all(ReportNumber, signed_report_id=record.id))
    if record.mission == work.author.mission:
        entry = valid_numbers(register(work))
    number = entry[record.id].number if record.id in entry else 0
    if head is not None:
        head = replace(head, number=number, issued_on=record.signed_on)
    return SignedPaper(record, report, head, number)


def papers(paper: SignedPaper, words: Words, template: bytes | None = None) -> Mapping[str, bytes]:
    """Return a signed report as files by name: PDF and Word. Takes a while and needs no store.

    Args:
        paper: The report.
        words: Words of its own language.
        template: The mission's own, for the Word file of an official paper.

    Raises:
        InvalidError: The mission's template cannot be used.
    """
    from embassy_desk.reports.writers.docx_writer import write_docx_into  # noqa: PLC0415  loaded when it is used
    from embassy_desk.reports.writers.pdf_writer import write_pdf_into  # noqa: PLC0415  loaded when it is used

    fonts = resources() / "fonts"
    pdf, word = io.BytesIO(), io.BytesIO()
    write_pdf_into(pdf, paper.report, words, fonts, paper.letterhead)
    if template is not None and paper.letterhead is not None:
        word.write(filled_in(template, paper.report, words, paper.letterhead))
    else:
        write_docx_into(word, paper.report, words, fonts, paper.letterhead)
    return {f"{paper.record.ref}.pdf": pdf.getvalue(), f"{paper.record.ref}.docx": word.getvalue()}


def keep_papers(
    work: UnitOfWork, store: Store, report_id: UUID, files: Mapping[str, bytes]
) -> None:
    """Keep the files of a signed report with its record; a later one is the next version.

    Raises:
        MissingError: There is no such report.
        RefusedError: The rights do not allow it.
        StoreError: The disk refuses.
    """
    record = work.get(SignedReport, report_id)
    for name, content in files.items():
        attach_content(work, store, record, name, content)


def log_signed(work: UnitOfWork, paper: SignedPaper, target: Path) -> None:
    """Note in the log of exports that a signed report is taken out, before it is.

    Raises:
        RefusedError: The rights do not allow it.
    """
    log_export(
        work,
        kind="report",
        form=target.suffix.lower().removeprefix("."),
        handlings=[paper.record.handling],
        filters=paper.record.ref,
    )


def write_signed(
    paper: SignedPaper, target: Path, words: Words, template: bytes | None = None
) -> None:
    """Write a signed report to a file, whole or not at all.

    Raises:
        InvalidError: The mission's template cannot be used.
        RefusedError: The form is not known.
        StoreError: The file cannot be written; then the former one is untouched.
    """
    check_form(target)
    write_on(paper.report, target, words, paper.letterhead, template)
