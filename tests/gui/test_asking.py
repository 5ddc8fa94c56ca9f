"""A dialog that stays open until what it holds was kept, pressed by hasty people."""

import asyncio

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog

from embassy_desk.desktop.kit.asking import Outcome, answer_in_turn
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.kit.notice import Notice
from makers.desks import run_on_desk


class Asked(QDialog):
    """A dialog that can be asked to keep what it holds."""

    save_asked = Signal()


class Keeping:
    """An attempt that lasts until it is let go on."""

    def __init__(self, dialog: QDialog) -> None:
        """Keep what a dialog holds."""
        self.began, self.may_end = asyncio.Event(), asyncio.Event()
        self.count = 0
        self._dialog = dialog

    async def attempt(self) -> Outcome:
        """Keep it."""
        self.count += 1
        self.began.set()
        await self.may_end.wait()
        return self._dialog.accept


def test_who_presses_twice_is_served_once(qtbot: object) -> None:
    told: list[Notice] = []

    async def story() -> None:
        keeper, dialog = Keeper(told.append), Asked()
        keeping = Keeping(dialog)
        work = answer_in_turn(keeper, dialog, dialog.save_asked, keeping.attempt)
        answering = keeper.start(work, name="answer")
        await asyncio.sleep(0)
        dialog.save_asked.emit()
        dialog.save_asked.emit()
        await keeping.began.wait()
        keeping.may_end.set()
        await answering
        await keeper.quiet()
        assert (keeping.count, told) == (1, [])

    run_on_desk(story)


def test_who_turns_back_meanwhile_waits_for_what_comes_of_it(qtbot: object) -> None:
    told: list[Notice] = []

    async def story() -> None:
        keeper, dialog = Keeper(told.append), Asked()
        keeping = Keeping(dialog)
        work = answer_in_turn(keeper, dialog, dialog.save_asked, keeping.attempt)
        answering = keeper.start(work, name="answer")
        await asyncio.sleep(0)
        dialog.save_asked.emit()
        await keeping.began.wait()
        dialog.reject()
        for _ in range(5):
            await asyncio.sleep(0)
        assert not answering.done()
        keeping.may_end.set()
        await answering
        await keeper.quiet()
        assert told == []

    run_on_desk(story)
