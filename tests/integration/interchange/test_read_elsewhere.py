"""What we write, read by programs that are not ours: cards by a library that did not write them."""

from pathlib import Path

import openpyxl
import pytest
from icalendar.parser import Contentlines
from icalendar.prop import vText

from embassy_desk.interchange.candidates import Candidate
from embassy_desk.interchange.table_writer import write_table
from embassy_desk.interchange.tables import read_table
from embassy_desk.interchange.vcard_writer import write_vcards
from embassy_desk.interchange.vcards import vcards_in

CARDS = Path(__file__).parents[2] / "files" / "cards"


def cards_elsewhere(content: bytes) -> list[dict[str, list[str]]]:
    """Read cards by the grammar that they share with calendars; values as they are escaped."""
    cards: list[dict[str, list[str]]] = []
    for line in filter(None, Contentlines.from_ical(content)):
        name, _, value = line.parts()
        name = name.rpartition(".")[2].upper()
        if name == "BEGIN":
            cards.append({})
        cards[-1].setdefault(name, []).append(value)
    return cards


def plain(values: list[str]) -> list[str]:
    return [str(vText.from_ical(each)) for each in values]


def told(candidate: Candidate, part: str, field: str) -> list[str]:
    return sorted(each[field] for each in candidate.parts.get(part, ()) if field in each)


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_another_library_reads_names_numbers_and_notes_of_every_card(
    tmp_path: Path, version: str
) -> None:
    files = sorted(CARDS.glob("*.vcf"))
    written = [each for file in files for each in vcards_in(file.read_bytes()).candidates]
    target = tmp_path / "all.vcf"
    write_vcards(target, written, with_internal=True, version=version)
    found = cards_elsewhere(target.read_bytes())
    assert len(found) == len(written) > 30
    for candidate, card in zip(written, found, strict=True):
        family, given = plain(card["N"][0].split(";"))[:2]
        assert family == candidate.values.get("family_name", "")
        assert given == candidate.values.get("given_name", "")
        assert plain(card.get("NOTE", [])) == list(filter(None, [candidate.values.get("notes")]))
        assert sorted(plain(card.get("TEL", []))) == told(candidate, "contact_phone", "typed")
        assert sorted(plain(card.get("EMAIL", []))) == told(candidate, "contact_email", "address")


def test_our_table_that_a_spreadsheet_saved_as_a_workbook_is_read_as_before(
    tmp_path: Path,
) -> None:
    columns = ["full_name", "phones", "notes"]
    rows = [["An Trần", "+84 24 3799 2000\n024 1", "=1+1"], ["Bình Lê", "'+84 90", "'=x"]]
    write_table(tmp_path / "ours.csv", columns, rows)
    write_table(tmp_path / "ours.xlsx", columns, rows)
    lines = (tmp_path / "ours.csv").read_text("utf-8-sig")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    assert "'+84 24" in lines  # guarded as CSV must be; the spreadsheet shows it as text
    sheet.append(columns)
    sheet.append(["An Trần", "'+84 24 3799 2000\n024 1", "'=1+1"])
    sheet.append(["Bình Lê", "''+84 90", "''=x"])
    book.save(tmp_path / "saved.xlsx")
    first = read_table(tmp_path / "ours.csv", "contact")
    assert read_table(tmp_path / "ours.xlsx", "contact") == first
    assert read_table(tmp_path / "saved.xlsx", "contact") == first
    assert [each.values["notes"] for each in first] == ["=1+1", "'=x"]
