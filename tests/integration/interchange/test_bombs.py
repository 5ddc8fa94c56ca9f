"""The fixed bombs: each is refused by the limit that is named for it, before it costs anything."""

import base64
import io
import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from embassy_desk.interchange.apart import OF_A_FILE, apart_by_pieces, here
from embassy_desk.interchange.errors import UnreadableFileError
from embassy_desk.interchange.first_pages import first_page_text
from embassy_desk.interchange.foreign import readings_of
from embassy_desk.interchange.readings import joined
from embassy_desk.interchange.vcards import vcards_in

MOST_S = 2.0
TOO_LARGE = "Unpacked, the workbook would be too large."
DAMAGED = "This is not an XLSX workbook, or it is damaged."
MIB = 1024 * 1024


def refusal(work: Callable[[], Any]) -> str:
    """Return why something is refused; it must cost at most two seconds of the processor."""
    began = time.process_time()
    with pytest.raises(UnreadableFileError) as caught:
        work()
    assert time.process_time() - began < MOST_S
    return str(caught.value)


def refused(folder: Path, name: str, content: bytes) -> str:
    file = folder / name
    file.write_bytes(content)
    return refusal(lambda: joined(here(readings_of, file, "contact")))


def workbook(**members: bytes) -> bytes:
    """Return an ordinary workbook with some members replaced; `_` stands for `/`."""
    plain, result = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(plain, {"in_memory": True}) as book:
        book.add_worksheet().write_row(0, 0, ["given_name", "notes"])
    parts = {f"xl/{name.replace('_', '/')}.xml": content for name, content in members.items()}
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return result.getvalue()


def sheet(rows: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def test_archives_inside_archives_are_not_unpacked(tmp_path: Path) -> None:
    content = b"0" * MIB
    for _ in range(5):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(16):
                archive.writestr(f"{number}.zip", content)
        content = stream.getvalue()
    assert refused(tmp_path, "a.xlsx", content) == DAMAGED


def test_a_thousandfold_archive_is_refused(tmp_path: Path) -> None:
    content = workbook(worksheets_sheet1=sheet(" " * 100 * MIB))
    assert len(content) * 900 < 100 * MIB
    assert refused(tmp_path, "a.xlsx", content) == TOO_LARGE


def test_six_million_rows_of_a_table_are_refused(tmp_path: Path) -> None:
    content = b"given_name\n" + b"A\n" * 6_000_000
    assert "rows" in refused(tmp_path, "a.csv", content)


def test_six_million_rows_of_a_workbook_are_refused(tmp_path: Path) -> None:
    content = workbook(worksheets_sheet1=sheet("<row/>" * 6_000_000))
    assert refused(tmp_path, "a.xlsx", content) == TOO_LARGE


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_16384_columns_are_refused(tmp_path: Path, name: str) -> None:
    table = ",".join(f"c{number}" for number in range(16_384)).encode() + b"\nA\n"
    cells = sheet("<row>" + "<c><v>1</v></c>" * 16_384 + "</row>")
    content = table if name == "a.csv" else workbook(worksheets_sheet1=cells)
    assert "200 columns" in refused(tmp_path, name, content)


def test_one_long_shared_string_in_many_cells_stays_within_the_memory(tmp_path: Path) -> None:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    shared = f'<sst xmlns="{space}"><si><t>given_name</t></si><si><t>{"A" * MIB}</t></si></sst>'
    rows = '<row><c t="s"><v>0</v></c></row>' + '<row><c t="s"><v>1</v></c></row>' * 90_000
    file = tmp_path / "a.xlsx"
    file.write_bytes(workbook(sharedStrings=shared.encode(), worksheets_sheet1=sheet(rows)))
    with pytest.raises(UnreadableFileError):
        joined(apart_by_pieces(readings_of, file, "contact", limits=OF_A_FILE))


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
DECLARATIONS = {
    "billion laughs": f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><worksheet>&l9;</worksheet>',
    "quadratic": (
        f'<!DOCTYPE x [<!ENTITY q "{"q" * 50_000}">]><worksheet>{"&q;" * 50_000}</worksheet>'
    ),
    "a file of this computer": (
        '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><worksheet>&f;</worksheet>'
    ),
    "a page of the web": (
        '<!DOCTYPE x [<!ENTITY f SYSTEM "http://127.0.0.1:9/x">]><worksheet>&f;</worksheet>'
    ),
}


@pytest.mark.parametrize("text", DECLARATIONS.values(), ids=DECLARATIONS)
def test_declarations_of_entities_are_refused(tmp_path: Path, text: str) -> None:
    assert refused(tmp_path, "a.xlsx", workbook(worksheets_sheet1=text.encode())) == DAMAGED


def test_cards_nested_ten_thousand_deep_are_refused(tmp_path: Path) -> None:
    content = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\n" * 10_000
    assert refused(tmp_path, "a.vcf", content)


def test_a_line_of_50_megabytes_is_refused(tmp_path: Path) -> None:
    content = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\nNOTE:" + b"x" * 50_000_000
    assert refused(tmp_path, "a.vcf", content) == "The file is larger than 20 MiB."


def test_a_cell_of_10_megabytes_is_refused_and_not_told(tmp_path: Path) -> None:
    content = b"given_name,notes\nA," + b"x" * 10_000_000 + b"\n"
    text = refused(tmp_path, "a.csv", content)
    assert text
    assert len(text) < 300


def test_a_picture_of_50000_by_50000_is_left_out() -> None:
    picture = _large_png()
    card = (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:An\r\nPHOTO;ENCODING=b;TYPE=PNG:"
        f"{picture}\r\nEND:VCARD\r\n"
    )
    began = time.process_time()
    reading = vcards_in(card.encode())
    assert time.process_time() - began < MOST_S
    assert [each.picture for each in reading.candidates] == [""]
    assert len(reading.remarks) == 1


def _large_png() -> str:
    """Return the head of a picture of 2,500 million pixels, in base64."""
    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    pieces = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    content = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in pieces
    )
    return base64.b64encode(content).decode()


def test_a_pdf_of_one_endless_page_has_no_text() -> None:
    stream = zlib.compress(b"q " * 20_000_000)
    content = b"%PDF-1.4\n1 0 obj<</Length " + str(len(stream)).encode() + b"/Filter/FlateDecode>>"
    content += b"stream\n" + stream + b"\nendstream endobj\ntrailer<</Root 1 0 R>>"
    assert first_page_text(content, ".pdf") == ""
