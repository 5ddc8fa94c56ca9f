"""Reports as people ask for them: which there are, what they need, written to a file."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from embassy_desk.application.export_log import PAPER, log_export
from embassy_desk.application.letterheads import letterhead
from embassy_desk.application.office import answer, perform
from embassy_desk.application.report_templates import filled_in, template_in_use
from embassy_desk.application.report_texts import written
from embassy_desk.application.report_wishes import Wish, asked_of, settled
from embassy_desk.domain.errors import RefusedError
from embassy_desk.domain.watching import GoingOn, unwatched
from embassy_desk.reports.asked import Needs
from embassy_desk.reports.catalogue import REPORTS, ReportKind, make_report, report_kind
from embassy_desk.reports.document import Letterhead, Report
from embassy_desk.reports.holdings import Holdings
from embassy_desk.reports.narratives import WrittenPart
from embassy_desk.reports.writers.csv_writer import write_csv
from embassy_desk.settings.files import write_whole
from embassy_desk.settings.places import resources
from embassy_desk.store.finders.names import headings
from embassy_desk.store.opening import Store
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_, Words

__all__ = [
    "FORMS",
    "PAPER",
    "Letterhead",
    "Needs",
    "Report",
    "ReportKind",
    "Wish",
    "WrittenPart",
    "check_form",
    "form_of",
    "letterhead",
    "log_report",
    "on_letterhead",
    "report",
    "report_kind",
    "report_kinds",
    "settled",
    "write_made",
    "write_on",
    "write_report",
]

FORMS = (".docx", ".pdf", ".xlsx", ".csv")
"""Endings of the files that reports are written to."""


def report_kinds() -> Mapping[str, ReportKind]:
    """Return every report there is, by name, in the order in which they are offered."""
    return REPORTS


def report(work: UnitOfWork, name: str, wish: Wish) -> Report:
    """Return a report as a document model, with what was written into it on this desk.

    Raises:
        InvalidError: The days are in the wrong order, or it was not told what it needs.
        MissingError: There is no such report, or its subject is gone.
    """
    report_kind(name)
    asked = asked_of(work, wish)
    texts = {**written(work, name, wish), **wish.narrative}
    holdings = Holdings(work, asked.on, work.author.mission, partial(headings, work))
    return make_report(holdings, name, replace(asked, narrative=texts), work.at)


def write_report(store: Store, name: str, wish: Wish, target: Path, words: Words) -> Report:
    """Write a report to a file and note in the log of exports that it was taken out.

    Args:
        store: The open store.
        name: Name of the report.
        wish: Days, country, subject, what was written.
        target: The file; .docx, .pdf, .xlsx or .csv.
        words: Language of the report.

    Raises:
        InvalidError: The wish lacks something, or its days are in the wrong order.
        MissingError: There is no such report, or its subject is gone.
        RefusedError: The form is not known, or the rights do not allow it.
        StoreError: The file cannot be written; then the former one is untouched.
    """
    check_form(target)
    made = answer(store, report, name, wish)
    head = answer(store, letterhead)
    template = answer(store, template_in_use, store)
    perform(store, log_report, made, form_of(target), wish)
    write_made(made, target, words, head, template)
    return made


def form_of(target: Path) -> str:
    """Return the form of a report by the ending of its file, without the dot.

    Raises:
        RefusedError: It is none.
    """
    check_form(target)
    return target.suffix.lower().removeprefix(".")


def check_form(target: Path) -> None:
    """Refuse a file whose ending is no form of a report.

    Raises:
        RefusedError: It is none.
    """
    if target.suffix.lower() not in FORMS:
        formats = ", ".join(FORMS)
        raise RefusedError(
            N_("Reports are written to {formats}, not to “{name}”.", formats=formats,
               name=target.name)
        )  # fmt: skip


def log_report(work: UnitOfWork, made: Report, form: str, wish: Wish) -> None:
    """Note in the log of exports that a report is taken out, before it is.

    Args:
        work: A writing unit of work.
        made: The report.
        form: Ending of the file without its dot, or `PAPER`.
        wish: What was asked for.

    Raises:
        RefusedError: The rights do not allow it.
    """
    log_export(
        work,
        kind="report",
        form=form,
        handlings=[made.handling],
        filters=f"{made.name} {wish.subject} {wish.country}".strip(),
    )


def write_made(
    made: Report,
    target: Path,
    words: Words,
    head: Letterhead,
    template: bytes | None = None,
    going_on: GoingOn = unwatched,
) -> None:
    """Write a report that was made to a file; official ones in Vietnamese go on letterhead.

    Needs no store and may be run on any thread. `going_on` is told how many rows are written.

    Raises:
        InvalidError: The mission's template cannot be used.
        RefusedError: The form is not known.
        StoreError: The file cannot be written; then the former one is untouched.
    """
    write_on(made, target, words, on_letterhead(made, words, head), template, going_on)


def write_on(
    made: Report,
    target: Path,
    words: Words,
    head: Letterhead | None,
    template: bytes | None = None,
    going_on: GoingOn = unwatched,
) -> None:
    """Write a report to a file, on a letterhead or plainly.

    Args:
        made: The report.
        target: The file.
        words: Its language.
        head: The letterhead; nothing for plain paper.
        template: The mission's own, for a DOCX on letterhead; nothing for our layout.
        going_on: Told how many rows are written; what it raises ends the work, without a file.

    Raises:
        InvalidError: The mission's template cannot be used.
        RefusedError: The form is not known.
        StoreError: The file cannot be written; then the former one is untouched.
    """
    check_form(target)
    if template is not None and head is not None and target.suffix.lower() == ".docx":
        content = filled_in(template, made, words, head, going_on)
        write_whole(target, content)
        return
    _WRITERS[target.suffix.lower()](target, made, words, head, going_on)


def on_letterhead(made: Report, words: Words, head: Letterhead) -> Letterhead | None:
    """Return the letterhead if the report goes on one: an official one in Vietnamese."""
    return head if report_kind(made.name).is_official and words.language == "vi" else None


def _docx(
    target: Path, made: Report, words: Words, head: Letterhead | None, going_on: GoingOn
) -> None:
    from embassy_desk.reports.writers.docx_writer import write_docx  # noqa: PLC0415  loaded when it is used

    write_docx(target, made, words, resources() / "fonts", head, going_on)


def _pdf(
    target: Path, made: Report, words: Words, head: Letterhead | None, going_on: GoingOn
) -> None:
    from embassy_desk.reports.writers.pdf_writer import write_pdf  # noqa: PLC0415  loaded when it is used

    write_pdf(target, made, words, resources() / "fonts", head, going_on)


def _xlsx(
    target: Path, made: Report, words: Words, _head: Letterhead | None, going_on: GoingOn
) -> None:
    from embassy_desk.reports.writers.xlsx_writer import write_xlsx  # noqa: PLC0415  loaded when it is used

    write_xlsx(target, made, words, going_on)


def _csv(
    target: Path, made: Report, words: Words, _head: Letterhead | None, going_on: GoingOn
) -> None:
    write_csv(target, made, words, going_on)


_WRITERS: dict[str, Callable[[Path, Report, Words, Letterhead | None, GoingOn], None]] = {
    ".docx": _docx,
    ".pdf": _pdf,
    ".xlsx": _xlsx,
    ".csv": _csv,
}
