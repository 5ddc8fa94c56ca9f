"""The text of PDF and DOCX documents; loads the libraries that read them."""

import io
import zipfile
from collections.abc import Iterator

import docx
import pypdfium2
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import LxmlError

from embassy_desk.settings.natives import PDFIUM

_PARAGRAPHS_OF_A_PAGE = 80
_LARGEST_INSIDE_BYTES = 100_000_000

UNREADABLE = (
    pypdfium2.PdfiumError,
    OpcError,
    zipfile.BadZipFile,
    LxmlError,
    KeyError,
    ValueError,
    OSError,
)
"""What the libraries raise over a file that is not what its ending says."""


def text_of_pdf(content: bytes) -> str:
    """Return the text of the first page.

    Raises:
        PdfiumError: It is no PDF; see `UNREADABLE`.
    """
    with PDFIUM:
        return _text_of_pdf(content)


def _text_of_pdf(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        if not len(document):
            return ""
        page = document[0]
        try:
            return str(page.get_textpage().get_text_bounded())
        finally:
            page.close()
    finally:
        document.close()


def text_of_docx(content: bytes) -> str:
    """Return headings, paragraphs and tables of about the first page; empty if it is too large.

    Raises:
        OpcError: It is no DOCX; see `UNREADABLE`.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(each.file_size for each in archive.infolist()) > _LARGEST_INSIDE_BYTES:
            return ""
    document = docx.Document(io.BytesIO(content))
    return "\n".join(_lines_of(document))


def _lines_of(document: Document) -> Iterator[str]:
    """Yield the heading lines of the page, then its paragraphs and tables in their order."""
    for section in document.sections:
        for paragraph in (*section.header.paragraphs, *section.footer.paragraphs):
            yield paragraph.text
    for no, block in enumerate(document.iter_inner_content()):
        if no >= _PARAGRAPHS_OF_A_PAGE:
            return
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Table):
            for row in block.rows:
                yield from (cell.text for cell in row.cells)
