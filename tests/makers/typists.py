"""A person who types into the window of a process of their own, until the process is killed."""

import asyncio
import os
import random
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton

from embassy_desk.application.drafts import keep_draft
from embassy_desk.application.office import Office
from makers.desks import Person, at_the_desk, run_on_desk

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệ ,.;“”<&>\"'\\{}%🙂"
FIELD = "notes"
HEADING = "Đặng Thị Hường"
LONGEST_BURST = 40


def type_until_killed(folder: Path, seed: int, sender: Connection) -> None:
    """Open the desk, continue the draft that is offered, and type on for ever.

    Sends what the field holds at first (`offered`), each letter once it stands in the field
    (`typed`), and what has been kept on the disk (`kept`).

    Args:
        folder: Folder of a profile that holds a contact of the name `HEADING`.
        seed: Chooses letters and pauses.
        sender: Takes pairs of a word and a text.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    QApplication(["typist"]).setQuitOnLastWindowClosed(False)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens(HEADING)
            field = await _continued(person)
            sender.send(("offered", field.toPlainText()))
            acknowledge = Acknowledging(person.desk.office, sender)
            await _type(field, random.Random(seed), sender, acknowledge)

    run_on_desk(story)


class Acknowledging:
    """Sends what has been kept, once the office has answered."""

    def __init__(self, office: Office, sender: Connection) -> None:
        self._do = office.do
        self._sender = sender
        self.kept = asyncio.Event()
        office.do = self.do  # type: ignore[method-assign, assignment]

    async def do(self, command: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Let the office do it, and say so if it kept a draft."""
        answer = await self._do(command, *args, **kwargs)
        if command is keep_draft:
            self.kept.set()
            self._sender.send(("kept", args[0].typed[FIELD]))
        return answer


async def _continued(person: Person) -> QPlainTextEdit:
    """Continue the draft that is offered, if any, and return the field."""
    bar = person.desk.page.record.draft_bar
    if bar.isVisible():
        person.click(person.find(QPushButton, "Continue"))
        await person.rests()
    field = person.field(FIELD)
    assert isinstance(field, QPlainTextEdit)
    return field


async def _type(
    field: QPlainTextEdit, chance: random.Random, sender: Connection, acknowledge: Acknowledging
) -> None:
    """Type in bursts; after each, pause until what was typed is kept."""
    field.setFocus()
    field.moveCursor(QTextCursor.MoveOperation.End)
    while True:
        acknowledge.kept.clear()
        for _ in range(chance.randint(1, LONGEST_BURST)):
            letter = chance.choice(LETTERS)
            key = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(field, key)
            sender.send(("typed", letter))
            await asyncio.sleep(0)
        await acknowledge.kept.wait()
