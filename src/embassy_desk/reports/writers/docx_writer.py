"""Reports as DOCX: written whole, or as pieces for the template of a mission."""

from pathlib import Path
from typing import IO

from embassy_desk.domain.watching import GoingOn, Watched, unwatched
from embassy_desk.reports import official
from embassy_desk.reports.arranging import parted
from embassy_desk.reports.document import (
    Letterhead,
    Report,
)
from embassy_desk.reports.shown import Shown
from embassy_desk.reports.writers.docx_official import (
    add_annex_head,
    add_annex_title,
    add_official_foot,
    add_official_head,
)
from embassy_desk.reports.writers.docx_page import DocxPage
from embassy_desk.reports.writers.docx_tables import Bodies
from embassy_desk.reports.writers.fonts import (
    register_fonts,
)
from embassy_desk.settings.files import replaced
from embassy_desk.texts import N_, Words


def write_docx(
    target: Path,
    report: Report,
    words: Words,
    fonts: Path,
    letterhead: Letterhead | None = None,
    going_on: GoingOn = unwatched,
) -> None:
    """Write a report as DOCX, whole or not at all.

    Args:
        target: The file.
        report: What it says.
        words: The reader's language.
        fonts: Folder of the shipped fonts, for measuring and for charts.
        letterhead: For an official paper in the layout of decree 30/2020/NĐ-CP; a plain modern
            layout without it.
        going_on: Told how many rows are written; what it raises ends the work.

    Raises:
        StoreError: The file cannot be written; then the former one is untouched.
    """
    with replaced(target) as stream:
        write_docx_into(stream, report, words, fonts, letterhead, going_on)


def write_docx_into(
    stream: IO[bytes],
    report: Report,
    words: Words,
    fonts: Path,
    letterhead: Letterhead | None = None,
    going_on: GoingOn = unwatched,
) -> None:
    """Write a report as DOCX into a stream; see `write_docx`."""
    register_fonts(fonts)
    # Made in memory: an archive that a full disk cuts off would go on writing when it is let go.
    watched = Watched(going_on, report.row_count)
    page = DocxPage(report, Shown(words), letterhead, watched)
    _write(page)
    made = page.tables.saved()
    watched.tell()
    stream.write(made)


def template_fields(report: Report, words: Words, letterhead: Letterhead) -> dict[str, str]:
    """Return the texts for a mission's template, by placeholder: the boxes of the decree."""
    texts = _boxes(report, Shown(words), letterhead)
    return {
        "superior": texts.superior,
        "body": texts.body,
        "number": texts.number,
        "place_and_date": texts.place_and_date,
        "kind": texts.kind,
        "subject": texts.subject,
        "addressees": "\n".join(official.addressee_lines(texts.addressees)),
        "authority": texts.authority,
        "signatory": texts.signatory,
        "recipients": "\n".join(texts.recipients),
        "handling": words(N_("Handling: {handling}", handling=report.handling)),
    }


def template_parts(
    report: Report,
    words: Words,
    fonts: Path,
    letterhead: Letterhead,
    going_on: GoingOn = unwatched,
) -> tuple[dict[str, bytes], Bodies]:
    """Return the running text for a mission's template, as DOCX, and the rows of its tables.

    Body and annexes hold marks in the place of rows; `with_rows` puts them into what was made.
    """
    register_fonts(fonts)
    shown = Shown(words)
    body, annexes = parted(report, shown)
    watched = Watched(going_on, report.row_count)
    content = DocxPage(report, shown, letterhead, watched, "content")
    content.set_up()
    content.add_blocks(body)
    behind = DocxPage(report, shown, letterhead, watched, "annexes")
    behind.set_up()
    for annex in annexes:
        add_annex_title(behind, letterhead, annex).paragraph_format.page_break_before = True
        behind.add_blocks(annex.blocks, annex.title)
    parts = {"content": content.tables.skeleton(), "annexes": behind.tables.skeleton()}
    return parts, content.tables.bodies | behind.tables.bodies


def _boxes(report: Report, shown: Shown, letterhead: Letterhead) -> official.Boxes:
    subject = shown.line(report.subject) or shown.text(report.title)
    return official.boxes(letterhead, subject, letterhead.issued_on or report.on)


def _write(page: DocxPage) -> None:
    """Write the whole document of a report."""
    page.set_up()
    if page.letterhead is None:
        page.add_plain_head()
        page.add_blocks(page.report.blocks)
        page.add_about()
        return
    body, annexes = parted(page.report, page.shown)
    boxes = _boxes(page.report, page.shown, page.letterhead)
    add_official_head(page, boxes)
    page.add_blocks(body)
    page.document.paragraphs[-1].paragraph_format.keep_with_next = True
    add_official_foot(page, boxes)
    for annex in annexes:
        add_annex_head(page, page.letterhead, annex)
        page.add_blocks(annex.blocks, annex.title)
