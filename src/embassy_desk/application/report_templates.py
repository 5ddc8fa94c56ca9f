"""A mission's own template for official papers: checked, kept with its letterhead, filled in.

It is an attachment of the letterhead in use, so it travels with it to the other desks. Whatever
looks into the file or fills it in runs in the confined child: the file is foreign.
"""

import base64
from pathlib import Path

from embassy_desk.application.attachments import attach_content, attachments_of, read_attachment
from embassy_desk.application.host import mission_day
from embassy_desk.application.letterheads import chosen_letterhead
from embassy_desk.application.records import trash
from embassy_desk.domain.attachment import Attachment
from embassy_desk.domain.errors import MissingError, RefusedError, StoreError
from embassy_desk.domain.rights import Right
from embassy_desk.domain.watching import GoingOn, unwatched
from embassy_desk.interchange.apart import Limits, apart
from embassy_desk.interchange.placeholders import LARGEST_TEMPLATE_BYTES, TemplateFindings
from embassy_desk.interchange.templates import fill_template, look_at_template
from embassy_desk.reports.document import Letterhead, Report
from embassy_desk.settings.files import write_whole
from embassy_desk.settings.places import resources
from embassy_desk.store.opening import Store
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_, Words

__all__ = [
    "ENDINGS",
    "TemplateFindings",
    "check_template",
    "filled_in",
    "forget_template",
    "keep_template",
    "read_template",
    "template_in_use",
    "write_starter",
]

ENDINGS = (".docx", ".dotx")
_ENDING = ".dotx"
"""By this ending the template is told from other files of a letterhead."""

_MIB = 1024 * 1024
_LIMITS = Limits(seconds=60, cpu_seconds=30, memory_bytes=2048 * _MIB, answer_bytes=128 * _MIB)


def read_template(path: Path) -> bytes:
    """Return the content of a file that a mission wants as its template.

    Raises:
        RefusedError: It is none, or too large.
        StoreError: It cannot be read.
    """
    _check_ending(path)
    if not path.is_file():
        raise RefusedError(N_("There is no file “{file}”.", file=path.name))
    if path.stat().st_size > LARGEST_TEMPLATE_BYTES:
        raise RefusedError(N_("This template is too large; at most 8 MiB can be used."))
    try:
        return path.read_bytes()
    except OSError as error:
        raise StoreError(N_("“{name}” may not be read.", name=path.name)) from error


def check_template(content: bytes) -> TemplateFindings:
    """Return what is missing in a template or unsafe. Takes about a second; needs no store.

    Raises:
        UnreadableFileError: It is no Word document.
    """
    return apart(look_at_template, content, limits=_LIMITS)


def keep_template(
    work: UnitOfWork, store: Store, name: str, content: bytes, findings: TemplateFindings
) -> Attachment:
    """Keep a template with the letterhead in use; the former one goes into the trash.

    Args:
        work: A writing unit of work.
        store: The store, beside which contents lie.
        name: Name of the file.
        content: What it holds.
        findings: What a look at this content found.

    Raises:
        RefusedError: Something is missing in it or unsafe, the mission has no letterhead yet, or
            the rights do not allow it.
        StoreError: The disk refuses.
    """
    work.rights.decide(Right.SIGN_REPORTS).require()
    if findings.problems:
        raise RefusedError(N_("This template cannot be used."), findings.problems)
    head = chosen_letterhead(work, mission_day(work))
    if head is None:
        raise RefusedError(
            N_("Enter the mission's letterhead first; the template is kept with it.")
        )
    forget_template(work)
    return attach_content(work, store, head, Path(name).stem + _ENDING, content)


def write_starter(target: Path, words: Words, head: Letterhead) -> None:
    """Write a template to begin with: our layout of an official paper, with placeholders.

    Args:
        target: The file; `.docx` or `.dotx`.
        words: The reader's language.
        head: The mission's letterhead.

    Raises:
        RefusedError: The file has another ending.
        StoreError: It cannot be written; then the former one is untouched.
    """
    from embassy_desk.reports.writers.docx_starter import starter_template  # noqa: PLC0415  loaded when it is used

    _check_ending(target)
    write_whole(target, starter_template(words, resources() / "fonts", head))


def _check_ending(path: Path) -> None:
    if path.suffix.lower() not in ENDINGS:
        raise RefusedError(N_("A template is a Word file that ends in .docx or .dotx."))


def forget_template(work: UnitOfWork) -> bool:
    """Put the template in use into the trash; say whether there was one.

    Raises:
        RefusedError: The rights do not allow it.
    """
    work.rights.decide(Right.SIGN_REPORTS).require()
    found = _templates(work)
    for each in found:
        trash(work, "attachment", each.id)
    return bool(found)


def template_in_use(work: UnitOfWork, store: Store) -> bytes | None:
    """Return the template of the letterhead in use; nothing without one.

    Raises:
        RefusedError: Its content has not reached this desk yet.
        StoreError: It is damaged.
    """
    found = _templates(work)
    if not found:
        return None
    try:
        return read_attachment(work, store, found[-1].id)
    except MissingError as error:
        raise RefusedError(
            N_("The mission's template has not reached this desk yet; exchange first.")
        ) from error


def _templates(work: UnitOfWork) -> list[Attachment]:
    head = chosen_letterhead(work, mission_day(work))
    if head is None:
        return []
    found = (each for each in attachments_of(work, head) if each.name.endswith(_ENDING))
    return sorted(found, key=lambda each: (each.created_at is not None, each.created_at, each.id))


def filled_in(
    template: bytes,
    made: Report,
    words: Words,
    head: Letterhead,
    going_on: GoingOn = unwatched,
) -> bytes:
    """Return an official paper in a mission's template, as DOCX. Needs no store.

    Raises:
        InvalidError: Something is missing in the template or unsafe.
        UnreadableFileError: It is damaged.
    """
    from embassy_desk.reports.writers import docx_tables, docx_writer  # noqa: PLC0415  loaded when it is used

    fields = docx_writer.template_fields(made, words, head)
    fonts = resources() / "fonts"
    parts, bodies = docx_writer.template_parts(made, words, fonts, head, going_on)
    filled = apart(fill_template, template, fields, parts, limits=_LIMITS)
    going_on(0, made.row_count)
    return docx_tables.with_rows(base64.b64decode(filled), bodies)
