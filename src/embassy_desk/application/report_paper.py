"""A report as paper: its pages as pictures, for the screen and for a printer."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from embassy_desk.application.progress import WHOLE, share
from embassy_desk.application.reports import on_letterhead
from embassy_desk.domain.watching import GoingOn, unwatched
from embassy_desk.reports.document import Letterhead, Report
from embassy_desk.settings.natives import PDFIUM
from embassy_desk.settings.places import resources
from embassy_desk.texts import Words

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_POINTS_PER_INCH = 72

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


@dataclass(frozen=True)
class Sheet:
    """One page as a printer takes it.

    Attributes:
        width: In dots.
        height: In dots.
        rgb: Three bytes for each dot, line by line.
    """

    width: int
    height: int
    rgb: bytes


def pdf_of(made: Report, words: Words, head: Letterhead, going_on: GoingOn = unwatched) -> bytes:
    """Return a report as PDF; takes a while and needs no store.

    Args:
        made: The report.
        words: Its language.
        head: The mission's letterhead, for official papers.
        going_on: Told how far it is; what it raises ends the work.
    """
    from embassy_desk.reports.writers.pdf_writer import write_pdf_into  # noqa: PLC0415  loaded when it is used

    file = io.BytesIO()
    fonts = resources() / "fonts"
    write_pdf_into(file, made, words, fonts, on_letterhead(made, words, head), going_on)
    return file.getvalue()


def paper(
    made: Report, words: Words, head: Letterhead, width_px: int, going_on: GoingOn = unwatched
) -> Paper:
    """Return a report as pictures of its pages.

    Takes a while and needs no store; to be run on a thread of its own.

    Args:
        made: The report.
        words: Its language.
        head: The mission's letterhead, for official papers.
        width_px: How wide a page is, in pixels of the screen.
        going_on: Told how far it is; what it raises ends the work.
    """
    laid, drawn = share(going_on, 0, WHOLE // 2), share(going_on, WHOLE // 2, WHOLE)
    with _opened(pdf_of(made, words, head, laid)) as pages:
        count = len(pages)
        shown = min(count, MOST_PAGES)
        pictures = []
        for no in range(shown):
            drawn(no, shown)
            pictures.append(_picture(pages, no, width_px))
    return Paper(tuple(pictures), count)


def sheets(pdf: bytes, dots_per_inch: int, going_on: GoingOn = unwatched) -> Iterator[Sheet]:
    """Yield the pages of a PDF as a printer takes them, one at a time.

    Args:
        pdf: The pages.
        dots_per_inch: How fine they are.
        going_on: Told before each page; what it raises ends the work.
    """
    with _opened(pdf) as pages:
        for no in range(len(pages)):
            going_on(no, len(pages))
            with PDFIUM:
                page = pages[no].render(scale=dots_per_inch / _POINTS_PER_INCH)
                picture = page.to_pil().convert("RGB")
            yield Sheet(picture.width, picture.height, picture.tobytes())


@contextmanager
def _opened(pdf: bytes) -> Iterator["PdfDocument"]:
    import pypdfium2  # noqa: PLC0415  loaded when it is used

    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        with PDFIUM:
            document.close()


def _picture(pages: "PdfDocument", no: int, width_px: int) -> bytes:
    file = io.BytesIO()
    with PDFIUM:
        page = pages[no]
        picture = page.render(scale=width_px / page.get_width()).to_pil()
    picture.save(file, "PNG")
    return file.getvalue()
