"""A report as paper on the screen: the pages that printing would give, as pictures."""

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from embassy_desk.application.reports import on_letterhead
from embassy_desk.reports.document import Letterhead, Report
from embassy_desk.settings.natives import PDFIUM
from embassy_desk.settings.places import resources
from embassy_desk.texts import Words

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

MOST_PAGES = 30
"""So many pages are shown; the file has all of them."""


@dataclass(frozen=True)
class Paper:
    """The pages of a report.

    Attributes:
        pages: Pictures in PNG, at most `MOST_PAGES`.
        count: How many pages there are.
    """

    pages: tuple[bytes, ...]
    count: int


def paper(made: Report, words: Words, head: Letterhead, width_px: int) -> Paper:
    """Return a report as pictures of its pages.

    Takes a while and needs no store; to be run on a thread of its own.

    Args:
        made: The report.
        words: Its language.
        head: The mission's letterhead, for official papers.
        width_px: How wide a page is, in pixels of the screen.
    """
    import pypdfium2  # noqa: PLC0415  loaded when it is used

    from embassy_desk.reports.writers.pdf_writer import write_pdf_into  # noqa: PLC0415  loaded when it is used

    file = io.BytesIO()
    fonts = resources() / "fonts"
    write_pdf_into(file, made, words, fonts, on_letterhead(made, words, head))
    with PDFIUM:
        document = pypdfium2.PdfDocument(file.getvalue())
        try:
            count = len(document)
            pages = tuple(_picture(document[no], width_px) for no in range(min(count, MOST_PAGES)))
        finally:
            document.close()
    return Paper(pages, count)


def _picture(page: "PdfPage", width_px: int) -> bytes:
    file = io.BytesIO()
    page.render(scale=width_px / page.get_width()).to_pil().save(file, "PNG")
    return file.getvalue()
