"""A hundred thousand files of each sort that chance has changed, read one after the other.

    .venv/bin/python bench/fuzz.py [COUNT] [SEED]

A part of `make soak`. Prints how many gave records and how many an error in words; anything else
ends it with the seed, as does a word of the file in the log. The readers know no store, so that
nothing is taken in.
"""

import logging
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))

from embassy_desk.domain.errors import DeskError
from embassy_desk.interchange.calendar_reader import calendar_in
from embassy_desk.interchange.mapped_sheets import look_at_sheet
from embassy_desk.interchange.sheet_reader import read_sheet
from embassy_desk.interchange.vcards import vcards_in
from makers.mutants import mutant

FILES = Path(__file__).resolve().parent.parent / "tests" / "files"
SLOWEST_S = 2.0


def main(words: list[str]) -> int:
    """Read so many mutants of cards and of sheets; return 0, or 1 when one took too long."""
    count, seed = int(words[0]) if words else 100_000, int(words[1]) if words[1:] else 1
    told = _Told()
    logging.basicConfig(level=logging.DEBUG, handlers=[told], force=True)
    cards = [each.read_bytes() for each in sorted((FILES / "cards").glob("*.vcf"))]
    calendars = [each.read_bytes() for each in sorted((FILES / "calendars").glob("*.ics"))]
    sheets = [each.read_bytes() for each in sorted((FILES / "sheets").glob("*.csv"))]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "mutant.csv"
        slow = _run("cards", count, seed, cards, place) + _run("sheets", count, seed, sheets, place)
        slow += _run("calendars", count // 10, seed, calendars, place)
    print(f"{told.lines} lines in the log")
    return 1 if slow or told.lines else 0


class _Told(logging.Handler):
    """Counts what anything logs: files are somebody's, and no word of them belongs there."""

    lines = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Count it; the place tells whose it is."""
        self.lines += 1
        print(f"logged by {record.name}, line {record.lineno}", file=sys.stderr)


def _run(what: str, count: int, seed: int, contents: list[bytes], place: Path) -> int:
    """Read mutants and print what came of them; return how many took too long."""
    chance = random.Random(seed)
    taken = refused = slow = 0
    for number in range(count):
        content = mutant(chance, chance.choice(contents))
        began = time.process_time()
        try:
            taken += bool(_read(what, content, place))
        except DeskError:
            refused += 1
        except BaseException:
            print(f"{what} {number} of seed {seed}", file=sys.stderr)
            raise
        slow += time.process_time() - began > SLOWEST_S
    print(f"{what}: {count} mutants, {taken} gave records, {refused} an error, {slow} too slow")
    return slow


def _read(what: str, content: bytes, place: Path) -> int:
    if what == "cards":
        return len(vcards_in(content).candidates)
    if what == "calendars":
        return len(calendar_in(content, zone="Asia/Tokyo").candidates)
    place.write_bytes(content or b"x")
    return len(read_sheet(place, look_at_sheet(place).mapping).candidates)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
