"""Whatever chance makes of a file: records, problems with their lines, or an error in words."""

import random
from contextlib import suppress
from pathlib import Path

import pytest

from embassy_desk.domain.errors import DeskError
from embassy_desk.interchange.calendar_reader import calendar_in
from embassy_desk.interchange.legacy import Legacy, converted, proposals
from embassy_desk.interchange.limits import MAX_PROBLEMS
from embassy_desk.interchange.mapped_sheets import look_at_sheet
from embassy_desk.interchange.sheet_reader import read_sheet
from embassy_desk.interchange.vcards import vcards_in
from makers.mutants import mutant

FILES = Path(__file__).parents[2] / "files"
CARDS = sorted((FILES / "cards").glob("*.vcf"))
CALENDARS = sorted((FILES / "calendars").glob("*.ics"))
SHEETS = sorted((FILES / "sheets").glob("*.csv"))
TRIES = 60


@pytest.mark.parametrize("file", CARDS, ids=lambda file: file.stem)
def test_a_mutant_card_gives_records_or_an_error_in_words(
    file: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    chance, content = random.Random(file.stem), file.read_bytes()
    for _ in range(TRIES):
        with suppress(DeskError):
            reading = vcards_in(mutant(chance, content), encoding=chance.choice(("", "cp1258")))
            assert len(reading.refused) < 2 * MAX_PROBLEMS
            assert all(each.values for each in reading.candidates)
    assert caplog.text == ""
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("file", CALENDARS, ids=lambda file: file.stem)
def test_a_mutant_calendar_gives_records_or_an_error_in_words(
    file: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    chance, content = random.Random(file.stem), file.read_bytes()
    assert len(calendar_in(content).candidates) == content.count(b"UID:")
    for _ in range(TRIES):
        with suppress(DeskError):
            reading = calendar_in(mutant(chance, content), zone="Asia/Tokyo")
            assert all(each.values for each in reading.candidates)
    assert caplog.text == ""
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("file", SHEETS, ids=lambda file: file.stem)
def test_a_mutant_sheet_gives_records_or_an_error_in_words(file: Path, tmp_path: Path) -> None:
    chance, content = random.Random(file.stem), file.read_bytes()
    changed = tmp_path / file.name
    for _ in range(TRIES // 3):
        changed.write_bytes(mutant(chance, content) or b"x")
        with suppress(DeskError):
            look = look_at_sheet(changed)
            reading = read_sheet(changed, look.mapping)
            assert all(each.line for each in reading.refused)


def test_letters_of_any_sort_are_converted_without_an_error() -> None:
    chance = random.Random(2003)
    for _ in range(300):
        text = "".join(chr(chance.choice((chance.randrange(32, 256), chance.randrange(1, 0xD800))))
                       for _ in range(30))  # fmt: skip
        assert all(isinstance(converted(text, each), str) for each in Legacy)
        assert proposals([[text]]) is not None
