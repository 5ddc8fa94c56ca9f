import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from embassy_desk.interchange.errors import UnreadableFileError
from embassy_desk.interchange.tables import read_table


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "register.xlsx"


def problem_of(path: Path, kind: str = "agreement") -> str:
    with pytest.raises(UnreadableFileError) as caught:
        read_table(path, kind)
    return str(caught.value)


def workbook_with(sheet_xml: bytes, *, name: str = "xl/worksheets/sheet1.xml") -> bytes:
    """Return an ordinary workbook whose only sheet is replaced."""
    plain = BytesIO()
    with xlsxwriter.Workbook(plain, {"in_memory": True}) as workbook:
        workbook.add_worksheet().write_string(0, 0, "title_vi")
    result = BytesIO()
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member != "xl/worksheets/sheet1.xml":
                new.writestr(member, old.read(member))
        new.writestr(name, sheet_xml)
    return result.getvalue()


def sheet(rows: str) -> bytes:
    return (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/'
        f'2006/main"><sheetData>{rows}</sheetData></worksheet>'
    ).encode()


def test_real_dates_numbers_and_yes_no_are_read(file: Path) -> None:
    with xlsxwriter.Workbook(file) as workbook:
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        page = workbook.add_worksheet()
        page.write_row(1, 0, ["DANH MỤC"])
        page.write_row(3, 0, ["Tên văn kiện", "Ngày ký", "Thời hạn (tháng)", "Vô thời hạn"])
        page.write_string(4, 0, "Bản ghi nhớ")
        page.write_datetime(4, 1, date(2020, 8, 1), day)
        page.write_number(4, 2, 36)
        page.write_boolean(4, 3, boolean=False)
    (found,) = read_table(file, "agreement")
    assert found.line == 5
    assert found.values == {
        "title_vi": "Bản ghi nhớ",
        "signed_on": "2020-08-01",
        "initial_term_months": "36",
        "open_ended": "false",
    }


def test_the_first_visible_sheet_is_read(file: Path) -> None:
    with xlsxwriter.Workbook(file) as workbook:
        workbook.add_worksheet("hidden").write_column(0, 0, ["title_vi", "no"])
        visible = workbook.add_worksheet("register")
        visible.write_column(0, 0, ["title_vi", "yes"])
        visible.activate()
        workbook.worksheets()[0].hide()
    (found,) = read_table(file, "agreement")
    assert found.values == {"title_vi": "yes"}


def test_a_bare_number_where_a_day_should_be_is_refused(file: Path) -> None:
    with xlsxwriter.Workbook(file) as workbook:
        page = workbook.add_worksheet()
        page.write_row(0, 0, ["title_vi", "signed_on"])
        page.write_row(1, 0, ["A", 44044])
    assert problem_of(file).startswith("Line 2, “signed_on”: “44044” is a number, not a day")


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x03\x04" + b"x" * 200])
def test_an_archive_that_is_damaged_is_refused(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert problem_of(file) == "This is not an XLSX workbook, or it is damaged."


def test_an_archive_that_is_no_workbook_is_refused(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    assert problem_of(file) == "This is not an XLSX workbook, or it is damaged."


def test_a_workbook_with_a_password_is_refused_in_words(file: Path) -> None:
    mark = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    file.write_bytes(mark + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    assert "password" in problem_of(file)
    file.write_bytes(mark + b"\0" * 600)
    assert ".xls" in problem_of(file)


def test_encrypted_members_are_refused(file: Path) -> None:
    content = bytearray(workbook_with(sheet("")))
    for place in range(len(content) - 4):
        if content[place : place + 4] == b"PK\x01\x02":
            content[place + 8] |= 1  # the flag of encryption in the directory
    file.write_bytes(content)
    assert "password" in problem_of(file)


def test_a_bomb_is_refused_before_it_goes_off(file: Path) -> None:
    file.write_bytes(workbook_with(sheet(" " * 50_000_000)))
    assert file.stat().st_size < 200_000
    assert problem_of(file) == "Unpacked, the workbook would be too large."


def test_too_many_members_are_refused(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(2_001):
            archive.writestr(f"xl/{number}.xml", "")
    assert problem_of(file) == "The workbook is made of too many parts."


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1048576"><c r="A1048576"><v>1</v></c></row>',
        '<row r="1048576"><c><v>1</v></c></row>',
        '<row><c r="XFD1"><v>1</v></c></row>',
        "<row>" + "<c><v>1</v></c>" * 201 + "</row>",
        '<row r="1"><c r="A999999999999999999999"><v>1</v></c></row>',
        '<row r="1"><c r="A1048576" t="inlineStr"><is><t>x</t></is></c></row>',
    ],
)
def test_one_cell_far_away_does_not_cost_the_memory_of_all_before_it(file: Path, rows: str) -> None:
    file.write_bytes(workbook_with(sheet(rows)))
    assert "more than" in problem_of(file)


def test_cells_that_have_only_a_format_may_lie_anywhere(file: Path) -> None:
    rows = (
        '<row r="1"><c r="A1" t="str"><v>title_vi</v></c><c r="XFD1" s="0"/></row>'
        '<row r="2"><c r="A2" t="str"><v>A</v></c></row>'
        '<row r="1048576"><c r="A1048576" s="0"/></row>'
    )
    file.write_bytes(workbook_with(sheet(rows)))
    (found,) = read_table(file, "agreement")
    assert found.values == {"title_vi": "A"}


def test_declarations_in_the_xml_are_refused(file: Path) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'
    file.write_bytes(workbook_with(bomb))
    assert problem_of(file) == "This is not an XLSX workbook, or it is damaged."


def test_an_unknown_encoding_of_the_xml_is_refused(file: Path) -> None:
    declared = sheet("").replace(b'version="1.0"', b'version="1.0" encoding="no-such"')
    file.write_bytes(workbook_with(declared))
    assert problem_of(file) == "This is not an XLSX workbook, or it is damaged."


def test_a_workbook_without_rows_is_refused(file: Path) -> None:
    file.write_bytes(workbook_with(sheet("")))
    assert problem_of(file) == "The file is empty."


def test_a_sheet_that_only_calls_itself_something_else_is_watched_too(file: Path) -> None:
    far = sheet('<row><c r="XFD1"><v>1</v></c></row>')
    file.write_bytes(workbook_with(far, name="xl/media/image1.png"))
    assert "more than" in problem_of(file)


@pytest.mark.parametrize("name", ["register.xlsx", "register.XLSM", "register.xls"])
def test_a_workbook_by_name_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("given_name\nAn\n", "utf-8")
    with pytest.raises(UnreadableFileError, match="not an XLSX workbook"):
        read_table(tmp_path / name, "contact")
