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
    """A dialog whose keeping lasts until it is let go on.

    Attributes:
        told: What was told meanwhile.
        count: How often it was tried.
    """

    def __init__(self) -> None:
        """Begin with nothing asked."""
        self.began, self.may_end = asyncio.Event(), asyncio.Event()
        self.told: list[Notice] = []
        self.keeper, self.dialog = Keeper(self.told.append), Asked()
        self.count = 0

    async def ask(self) -> "asyncio.Task[None]":
        """Ask, and press once; return what ends with the answer."""
        work = answer_in_turn(self.keeper, self.dialog, self.dialog.save_asked, self.attempt)
        answering = self.keeper.start(work, name="answer")
        await asyncio.sleep(0)
        self.dialog.save_asked.emit()
        return answering

    async def attempt(self) -> Outcome:
        """Keep it."""
        self.count += 1
        self.began.set()
        await self.may_end.wait()
        return self.dialog.accept

    async def end(self, answering: "asyncio.Task[None]") -> None:
        """Let it go on, to its end."""
        self.may_end.set()
        await answering
        await self.keeper.quiet()


def test_who_presses_twice_is_served_once(qtbot: object) -> None:
    async def story() -> None:
        keeping = Keeping()
        answering = await keeping.ask()
        keeping.dialog.save_asked.emit()
        await keeping.began.wait()
        await keeping.end(answering)
        assert (keeping.count, keeping.told) == (1, [])

    run_on_desk(story)


def test_who_turns_back_meanwhile_waits_for_what_comes_of_it(qtbot: object) -> None:
    async def story() -> None:
        keeping = Keeping()
        answering = await keeping.ask()
        await keeping.began.wait()
        keeping.dialog.reject()
        for _ in range(5):
            await asyncio.sleep(0)
        assert not answering.done()
        await keeping.end(answering)
        assert keeping.told == []

    run_on_desk(story)
