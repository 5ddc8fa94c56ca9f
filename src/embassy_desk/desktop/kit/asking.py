"""Asks for some fields in a dialog that stays open until what was typed is accepted."""

from collections.abc import Awaitable, Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from embassy_desk.desktop.kit.dialogs import FieldsDialog, answer_to
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.domain.entity import Entity
from embassy_desk.domain.errors import InvalidError, Problem, RefusedError
from embassy_desk.texts import Text

Attempt = Callable[[dict[str, Any]], Awaitable[tuple[Problem, ...]]]
"""Tries to keep what a dialog holds and returns what is wrong with it."""


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
        dialog.save_asked.connect(
            lambda: self._keeper.start(_attempted(dialog, attempt), name="keep")
        )
        await answer_to(dialog)


async def _attempted(dialog: FieldsDialog, attempt: Attempt) -> None:
    try:
        problems = await attempt(dialog.fields.values())
    except InvalidError as error:
        problems = error.problems
    except RefusedError as error:
        problems = tuple(Problem("", each) for each in (error.text, *error.missing))
    if problems:
        dialog.show_problems(problems)
    else:
        dialog.accept()
