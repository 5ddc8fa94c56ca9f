"""Asks for some fields in a dialog that stays open until what was typed is accepted."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QDialog, QWidget

from embassy_desk.desktop.kit.dialogs import FieldsDialog, answer_to
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.domain.entity import Entity
from embassy_desk.domain.errors import InvalidError, Problem, RefusedError
from embassy_desk.texts import Text

Attempt = Callable[[dict[str, Any]], Awaitable[tuple[Problem, ...]]]
"""Tries to keep what a dialog holds and returns what is wrong with it."""
Outcome = Callable[[], object]
"""Closes a dialog, or says in it what is wrong."""


class Asking:
    """Opens dialogs of fields on a window."""

    def __init__(self, keeper: Keeper, outfit: Outfit, window: QWidget) -> None:
        """Stand on a window."""
        self._keeper = keeper
        self._outfit = outfit
        self._window = window

    def dialog(self, title: Text, entity: type[Entity], fields: tuple[str, ...]) -> FieldsDialog:
        """Return a dialog for some fields of an entity; not opened yet."""
        return FieldsDialog(self._window, self._outfit, title=title, entity=entity, fields=fields)

    async def ask(self, dialog: FieldsDialog, attempt: Attempt) -> None:
        """Open a dialog and let it go when what it holds was kept."""
        await answer_in_turn(
            self._keeper, dialog, dialog.save_asked, partial(_attempted, dialog, attempt)
        )


async def answer_in_turn(
    keeper: Keeper,
    dialog: QDialog,
    asked: SignalInstance,
    attempt: Callable[[], Awaitable[Outcome]],
) -> None:
    """Open a dialog and try to keep what it holds whenever the person asks for it.

    Who presses twice is served one after the other, and nobody once the dialog has gone.

    Args:
        keeper: Starts the attempts.
        dialog: To be opened.
        asked: Its signal that the person asks for it.
        attempt: Tries to keep what it holds; returns what is to become of the dialog then.
    """
    turn, gone = asyncio.Lock(), asyncio.Event()

    async def attempted() -> None:
        async with turn:
            if gone.is_set():
                return
            outcome = await attempt()
            if not gone.is_set():
                outcome()

    dialog.finished.connect(lambda _result: gone.set())
    asked.connect(lambda: keeper.start(attempted(), name="keep"))
    await answer_to(dialog)
    async with turn:  # who turned back while it was being kept sees what came of it
        return


async def _attempted(dialog: FieldsDialog, attempt: Attempt) -> Outcome:
    try:
        problems = await attempt(dialog.fields.values())
    except InvalidError as error:
        problems = error.problems
    except RefusedError as error:
        problems = tuple(Problem("", each) for each in (error.text, *error.missing))
    return partial(dialog.show_problems, problems) if problems else dialog.accept
