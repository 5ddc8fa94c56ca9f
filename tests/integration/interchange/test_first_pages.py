"""The text of a first page is found, and what cannot be read has none."""

import io
import zipfile

import docx
import pytest

from embassy_desk.interchange.first_pages import first_page_text

_PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R
/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length 44>>stream
BT /F1 18 Tf 20 100 Td (TOP SECRET note) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
"""


def make_docx(*, header: str = "", paragraph: str = "", cell: str = "") -> bytes:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = header
    document.add_paragraph(paragraph)
    document.add_table(1, 1).rows[0].cells[0].text = cell
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_pdf_text_is_read() -> None:
    assert "TOP SECRET note" in first_page_text(_PDF, ".PDF")


@pytest.mark.parametrize("place", ["header", "paragraph", "cell"])
def test_docx_text_is_read_wherever_it_stands(place: str) -> None:
    assert "TUYỆT MẬT" in first_page_text(make_docx(**{place: "TUYỆT MẬT"}), ".docx")


def test_plain_text_is_read() -> None:
    assert first_page_text("Độ mật: Mật".encode(), ".txt") == "Độ mật: Mật"


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".txt", ".png", ""])
@pytest.mark.parametrize("content", [b"", b"\x00\xff" * 50, b"PK\x03\x04", _PDF[:80]])
def test_a_broken_file_has_no_text_and_no_error(content: bytes, suffix: str) -> None:
    assert "SECRET" not in first_page_text(content, suffix)


def test_a_document_that_would_burst_is_not_unpacked() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 120_000_000)
    assert first_page_text(file.getvalue(), ".docx") == ""
