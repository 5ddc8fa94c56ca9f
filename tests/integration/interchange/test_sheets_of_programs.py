"""Sheets as other programs and other years wrote them, read by the mapping that is proposed."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from embassy_desk.interchange.errors import UnreadableFileError
from embassy_desk.interchange.legacy import Legacy, converted, proposals
from embassy_desk.interchange.mapped_rows import in_order
from embassy_desk.interchange.mapped_sheets import SheetMapping, look_at_sheet
from embassy_desk.interchange.sheet_reader import read_sheet

SHEETS = Path(__file__).parents[2] / "files" / "sheets"
FILES = sorted(each for each in SHEETS.iterdir() if each.suffix in {".csv", ".xlsx"})
OLD = ("tcvn3-2003.csv", "tcvn3-2003.xlsx", "vni-2003.csv", "windows-1258.csv", "utf8-twice.csv")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_sheet_of_a_known_program_needs_no_mapping_by_hand(file: Path) -> None:
    look = look_at_sheet(file)
    assert look.unknown == ()
    reading = read_sheet(file, look.mapping)
    assert reading.refused == ()
    found = [
        {
            "values": dict(each.values),
            "parts": {n: list(map(dict, r)) for n, r in each.parts.items()},
        }
        for each in reading.candidates
    ]
    assert found == json.loads((SHEETS / f"{file.name}.json").read_text("utf-8"))


def test_old_encodings_come_in_as_the_same_records() -> None:
    readings = [read_sheet(SHEETS / name, look_at_sheet(SHEETS / name).mapping) for name in OLD]
    for other in readings[1:]:
        assert other.candidates == readings[0].candidates
    names = [each.values["family_name"] for each in readings[0].candidates]
    assert names == ["Nguyễn", "Đặng", "Phạm", "Trần", "Lê"]


def test_nothing_is_converted_that_nobody_agreed_to() -> None:
    file = SHEETS / "tcvn3-2003.csv"
    mapping = replace(look_at_sheet(file).mapping, legacy={"C¬ quan": "tcvn3"})
    first = read_sheet(file, mapping).candidates[0]
    assert first.values["notes"] != "Gặp tại hội nghị năm 2003"
    assert first.parts["position"][0]["organisation_name"] == "Bộ Ngoại giao"


def test_papers_of_identity_and_the_family_are_passed_over() -> None:
    file = SHEETS / "outlook.csv"
    (found,) = read_sheet(file, look_at_sheet(file).mapping).candidates
    said = str(found)
    assert "ID-SECRET" not in said
    assert "Max" not in said


@pytest.mark.parametrize(
    ("before", "after", "legacy"),
    [
        ("Céng hßa X· héi chñ nghÜa ViÖt Nam", "Cộng hòa Xã hội chủ nghĩa Việt Nam", Legacy.TCVN3),
        ("CéNG HßA", "CỘNG HÒA", Legacy.TCVN3),
        ("Ph¹m ¸nh Hång", "Phạm Ánh Hồng", Legacy.TCVN3),
        ("®­a", "đưa", Legacy.TCVN3),
        ("25 µm", "25 µm", Legacy.TCVN3),
        ("5µm \u00b0C", "5µm \u00b0C", Legacy.TCVN3),
        (
            "Coäng hoøa Xaõ hoäi chuû nghóa Vieät Nam",
            "Cộng hòa Xã hội chủ nghĩa Việt Nam",
            Legacy.VNI,
        ),
        ("ÑÖÔØNG", "ĐƯỜNG", Legacy.VNI),
        ("Viá»‡t", "Việt", Legacy.TWICE),
        ("plain", "plain", Legacy.TCVN3),
    ],
)
def test_old_letters_become_the_right_ones(before: str, after: str, legacy: Legacy) -> None:
    assert converted(before, legacy) == after


@pytest.mark.parametrize(
    "cells",
    [
        ["Nguyễn Thị Hường", "Cộng hòa", "Đặng Văn Ẩn"],
        ["Général de Gaulle", "Côte d’Ivoire", "Ambassade à Hanoï"],
        ["Müller", "Straße", "Köln"],
        ["25 µm", "37 °C", "£5"],
        ["山田 太郎", "Москва"],
        [],
    ],
)
def test_nothing_is_proposed_for_text_that_is_right(cells: list[str]) -> None:
    assert proposals([cells]) == ()


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("3/7/2026", "dmy", "3/7/2026"),
        ("3/7/2026", "mdy", "7/3/2026"),
        ("31.12.03", "dmy", "31/12/2003"),
        ("12/31/75", "mdy", "31/12/1975"),
        ("2026-07-03", "mdy", "2026-07-03"),
    ],
)
def test_days_are_read_in_the_order_that_was_chosen(text: str, order: str, expected: str) -> None:
    assert in_order(text, order) == expected


def test_a_strange_sheet_is_read_by_a_mapping_and_wrong_rows_are_kept_for_the_person(
    tmp_path: Path,
) -> None:
    file = tmp_path / "strange.csv"
    file.write_text(
        "Danh bạ\nwho;where;mail\nAn Nguyễn;Huế;nobody\nBình Trần;Vinh;b@example.vn\n", "utf-8"
    )
    look = look_at_sheet(file, SheetMapping("contact", header_line=2, delimiter=";"))
    assert look.headings == ("who", "where", "mail")
    assert look.unknown == ("who", "where")
    with pytest.raises(UnreadableFileError, match="who"):
        read_sheet(file, look.mapping)
    columns = {"who": "full_name", "where": "contact_address#1.city", "mail": "emails"}
    reading = read_sheet(file, replace(look.mapping, columns=columns))
    assert [each.line for each in reading.refused] == [3]
    assert reading.sources[3] == "An Nguyễn;Huế;nobody"
    assert [each.line for each in reading.candidates] == [4]


def test_a_mapping_outlives_being_saved() -> None:
    mapping = look_at_sheet(SHEETS / "vni-2003.csv").mapping
    assert SheetMapping.from_json(json.loads(json.dumps(mapping.as_json()))) == mapping


def test_a_cell_of_nothing_but_separators_says_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("Họ và tên,Email\nAn A,;;;;\n", "utf-8")
    (found,) = read_sheet(file, look_at_sheet(file).mapping).candidates
    assert "contact_email" not in found.parts
