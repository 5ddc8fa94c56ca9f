"""The text of a document's first page, for the guard against state secrets.

PDF through pdfium, DOCX through python-docx, plain text as it is. Pictures have no text here, and a
scanned page is a picture: the guard is a net against mistakes, not a proof.
"""

import logging
from collections.abc import Callable
from functools import partial

from embassy_desk.interchange.limits import LARGEST_DOCUMENT_BYTES
from embassy_desk.settings.log_lines import kind_of

_LONGEST_TEXT = 20_000
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
    return read(content)[:_LONGEST_TEXT]


def _by_library(content: bytes, *, is_pdf: bool) -> str:
    """Read with libraries that are loaded only now."""
    from embassy_desk.interchange import document_text  # noqa: PLC0415  loaded when it is used

    read = document_text.text_of_pdf if is_pdf else document_text.text_of_docx
    try:
        return read(content)
    except document_text.UNREADABLE as error:
        _LOG.info("a document cannot be read: %s", kind_of(error))
        return ""


def _text(content: bytes) -> str:
    return content[: 4 * _LONGEST_TEXT].decode("utf-8", errors="replace")


_READERS: dict[str, Callable[[bytes], str]] = {
    ".pdf": partial(_by_library, is_pdf=True),
    ".docx": partial(_by_library, is_pdf=False),
    ".docm": partial(_by_library, is_pdf=False),
    **dict.fromkeys(_PLAIN, _text),
}

READ_APART = _READERS.keys() - _PLAIN
"""Endings whose readers are libraries that a crafted file could break."""
