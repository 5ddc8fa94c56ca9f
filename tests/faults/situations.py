"""What somebody at the desk may be in the middle of when it locks, each begun as a person does."""

import asyncio
import csv
import random
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from embassy_desk.application.backups import BACKUPS_FOLDER
from embassy_desk.application.records import enter_record
from embassy_desk.desktop.importing.screen import ImportScreen
from embassy_desk.desktop.report_page.screen import ReportScreen
from makers import enrolling
from makers.canaries import marked
from makers.desks import Person
from makers.dialogs import choose_file, choose_form
from makers.enrolling import goes_to

IMPORTED = 60
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàạảã \u0323<&>“”田中 "
_FORM = "Table as shown, CSV"


def heading() -> str:
    """Return the heading of the record that is typed into; made anew, to leave no mark here."""
    return f"{marked(1)} An"


@dataclass
class Round:
    """One time that the desk is locked.

    Attributes:
        person: Who sits at it.
        outside: A folder of the person's own.
        dice: Chooses what is typed.
        record_id: The contact that is typed into.
        typed: What stands in the field of the record that is not saved.
    """

    person: Person
    outside: Path
    dice: random.Random
    record_id: UUID
    typed: str = ""


Situation = Callable[[Round], Awaitable[None]]


async def begin_typing(turn: Round) -> None:
    """Open the record and type a few letters into it."""
    await goes_to(turn.person, "contact")
    await turn.person.desk.going.open("contact", turn.record_id)
    await turn.person.rests()
    turn.typed = "".join(turn.dice.choices(LETTERS, k=turn.dice.randint(3, 30))) + "."
    turn.person.type_into(turn.person.field("alias"), turn.typed)


async def goes_on_typing(turn: Round) -> None:
    """Type more and more."""
    line = turn.person.field("alias")
    for letter in turn.dice.choices("bcdghk", k=20):
        turn.typed += letter
        turn.person.type_into(line, turn.typed)
        await asyncio.sleep(0)


async def fills_in_a_row(turn: Round) -> None:
    """Type into the dialog of a row."""
    turn.person.desk.page.record.tabs.pages.add_asked.emit("contact_email")
    await turn.person.sees(lambda: turn.person.dialog, "the dialog of a row")
    turn.person.type_into(turn.person.field("address"), f"{marked(2)}@example.vn")


async def imports(turn: Round) -> None:
    """Take a register in."""
    register = turn.outside / "register.csv"
    with register.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["family_name", "given_name", "notes"])
        rows.writerows([f"Nhập{each}", marked(3), "ghi chú " * 20] for each in range(IMPORTED))
    await goes_to(turn.person, "import")
    page = turn.person.frame.findChild(ImportScreen)
    assert isinstance(page, ImportScreen)
    page.file_given.emit(register)
    await turn.person.sees(page.over.isVisible, "the mapping")
    turn.person.click(page.over)
    await turn.person.sees(page.take.isVisible, "the outlook")
    turn.person.click(page.take)
    await turn.person.sees(page.result.text, "the result")


async def exports(turn: Round) -> None:
    """Write the list to a file."""
    turn.person.desk.list_acts.menu.acts["export_list"].trigger()
    await choose_form(turn.person, _FORM)
    await choose_file(turn.person, turn.outside / "list.csv")
    await turn.person.rests()


async def backs_up(turn: Round) -> None:
    """Let the desk back up what has none."""
    folder = turn.person.door.session.folder
    shutil.rmtree(folder / BACKUPS_FOLDER, ignore_errors=True)
    rounds = turn.person.door.session.rounds
    assert rounds is not None
    rounds.go()
    await turn.person.rests()


async def exchanges(turn: Round) -> None:
    """Enter something and exchange with headquarters."""
    values = {"family_name": "Gửi", "given_name": marked(5)}
    await turn.person.desk.office.do(enter_record, "contact", values)
    await enrolling.exchanges(turn.person)


async def reads_a_report(turn: Round) -> None:
    """Have a report shown, and copy a text of it."""
    await goes_to(turn.person, "reports")
    page = turn.person.frame.findChild(ReportScreen)
    assert isinstance(page, ReportScreen)
    (found,) = page.list.findItems("Register of agreements", Qt.MatchFlag.MatchExactly)
    page.list.setCurrentItem(found)
    turn.person.click(page.preview)
    QApplication.clipboard().setText(marked(4))
    await turn.person.rests()
