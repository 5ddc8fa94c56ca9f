"""Hostile texts stay texts where two values are compared, and on printed lists and records."""

import re
from pathlib import Path
from unicodedata import normalize

import pypdfium2
from PySide6.QtGui import QFontDatabase
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLabel

from embassy_desk.desktop.decisions.screen import DecisionsScreen
from embassy_desk.desktop.kit.theme import FONT_FAMILY
from embassy_desk.desktop.lists.print_list import ListPaper, PaperHead
from embassy_desk.desktop.lists.shown_lines import ShownTable
from embassy_desk.settings.places import resources
from embassy_desk.store.work import UnitOfWork
from embassy_desk.sync.conflicts import Conflict, ConflictKind
from embassy_desk.texts import Words
from makers.desks import Person, at_the_desk, enter, opened_store, run_on_desk
from makers.hostile import HOSTILE, wrongly_shown

FEW = HOSTILE[::5]
TURNED = "\u202e"
"""Turns what follows around for the eye, so that its letters are printed in another order."""


JOINED = re.compile("f[fil]+")
"""One sign in the font, which a reader of PDF does not find as two letters."""


def ask_about(work: UnitOfWork, row_id: str, number: int, text: str) -> None:
    """Let two values of a note wait for a decision, with a third that stood there before."""
    made = Conflict(
        id=f"{number:032x}", scope="m:TOK", entity="contact", row_id=row_id, field="notes",
        kind=ConflictKind.EDIT, winner_op=f"{'0' * 32}.1", winner_value=text, winner_at=1,
        loser_op=f"{'0' * 32}.2", loser_value=f"other {text}", loser_at=number,
        base_value=f"before {text}",
    )  # fmt: skip
    work.raw.execute(
        "INSERT INTO sync_conflict VALUES (?, 'm:TOK', 'contact', ?, 1, ?)",
        (made.id, row_id, made.model_dump_json()),
    )


async def look_at_sides(person: Person, number: int, heading: str, text: str) -> list[str]:
    """Choose a question, and return which of its texts is not shown to the letter."""
    screen = person.frame.findChild(DecisionsScreen)
    assert isinstance(screen, DecisionsScreen)
    screen.lines.setCurrentIndex(screen.lines.model().index(number, 0))
    person.find(QLabel, "side-kept")
    sides = screen.sides
    shown = (sides.title.text(), sides.kept.text(), sides.other.text(), sides.before.text())
    wanted = (heading, text, f"other {text}", f"before {text}")
    return [each for each, want in zip(shown, wanted, strict=True) if each != want]


def test_both_values_of_a_question_are_shown_to_the_letter(folder: Path) -> None:
    made = enter(folder, "contact", *({"written_name": each, "notes": each} for each in FEW))
    with opened_store(folder) as store, store.work() as work:
        for number, (record, text) in enumerate(zip(made, FEW, strict=True)):
            ask_about(work, record.id.hex, number, text)
        work.commit()
    found: list[str] = []

    async def story() -> None:
        async with at_the_desk(folder, section="conflict") as person:
            for number, (record, text) in enumerate(zip(made, FEW, strict=True)):
                heading = str(record.written_name)  # without signs that nobody sees
                found.extend(await look_at_sides(person, number, heading, text))
            found.extend(wrongly_shown())

    run_on_desk(story)
    assert found == []


def printed(table: ShownTable, target: Path) -> str:
    """Print a table and return the letters of its pages, without spaces and breaks."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    head = PaperHead(mission=HOSTILE[0], as_of="x", mark=HOSTILE[1], about="")
    paper = ListPaper(table, head, Words("en"), FONT_FAMILY)
    paper.prepare(printer)
    paper.paint(printer)
    document = pypdfium2.PdfDocument(str(target))
    try:
        return plain("".join(page.get_textpage().get_text_bounded() for page in document))
    finally:
        document.close()


def plain(text: str) -> str:
    """Return the letters that every font has alone, in the order in which they are printed."""
    apart = normalize("NFD", text)
    return "".join(each for each in apart if each.isascii() and each.isprintable() and each != " ")


def test_two_hundred_texts_are_printed_to_the_letter(qapp: QApplication, tmp_path: Path) -> None:
    for each in (resources() / "fonts").glob("*.ttf"):
        QFontDatabase.addApplicationFont(str(each))
    rows = tuple((each, each) for each in HOSTILE)
    table = ShownTable(HOSTILE[2], HOSTILE[3], ("<b>Name</b>", "&Notes"), (60, 60), rows)
    found = printed(table, tmp_path / "list.pdf")
    turned = [each for each in HOSTILE if TURNED in each]
    straight = [each for each in HOSTILE if each not in turned]
    parts = {part for each in straight for part in JOINED.split(each)}
    assert [each for each in parts if plain(each) not in found] == []
    assert found.count("<u>") >= len(rows[0]) * len(turned) > 0
    assert "<b>Name</b>" in found
    assert "&Notes" in found
