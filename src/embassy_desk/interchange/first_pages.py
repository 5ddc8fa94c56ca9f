"""The text of a document's first page, for the guard against state secrets.

PDF through pdfium, DOCX through python-docx, plain text as it is. Pictures have no text here, and a
scanned page is a picture: the guard is a net against mistakes, not a proof.
"""

import io
import logging
import zipfile
from collections.abc import Callable, Iterator

import docx
import pypdfium2
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import LxmlError

from embassy_desk.settings.log_lines import Plain, kind_of
from embassy_desk.settings.natives import PDFIUM

LARGEST_DOCUMENT_BYTES = 50_000_000
"""Larger files are not read."""

_LONGEST_TEXT = 20_000
_PARAGRAPHS_OF_A_PAGE = 80
_LARGEST_INSIDE_BYTES = 100_000_000
_PLAIN = frozenset({".txt", ".md", ".csv", ".eml", ".html", ".htm"})

_LOG = logging.getLogger(__name__)


def first_page_text(content: bytes, suffix: str) -> str:
    """Return the text of the first page, at most 20,000 characters; empty if there is none.

    A file that cannot be read as what its ending says has no text here; that it is damaged is
    found by whoever opens it.

    Args:
        content: What the file holds.
        suffix: Its ending with the dot, in any case.
    """
    read = _READERS.get(suffix.lower())
    if read is None or len(content) > LARGEST_DOCUMENT_BYTES:
        return ""
    try:
        return read(content)[:_LONGEST_TEXT]
    except _UNREADABLE as error:
        form = Plain(suffix.lower())
        _LOG.info("a document of the form %s cannot be read: %s", form, kind_of(error))
        return ""


_UNREADABLE = (
    pypdfium2.PdfiumError,
    OpcError,
    zipfile.BadZipFile,
    LxmlError,
    KeyError,
    ValueError,
    OSError,
)


def _pdf(content: bytes) -> str:
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


def _docx(content: bytes) -> str:
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


def _text(content: bytes) -> str:
    return content[: 4 * _LONGEST_TEXT].decode("utf-8", errors="replace")


_READERS: dict[str, Callable[[bytes], str]] = {
    ".pdf": _pdf,
    ".docx": _docx,
    ".docm": _docx,
    **dict.fromkeys(_PLAIN, _text),
}

READ_APART = _READERS.keys() - _PLAIN
"""Endings whose readers are libraries that a crafted file could break."""
