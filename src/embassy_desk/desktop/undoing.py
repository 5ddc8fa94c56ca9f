"""Undo and redo at the desk: takes back what was saved last, and tells what it was. No Qt."""

from collections.abc import Callable

from embassy_desk.application.office import Office
from embassy_desk.application.records import redo_last, undo_last
from embassy_desk.application.sheets import touched_by
from embassy_desk.desktop.kit.notice import Notice
from embassy_desk.texts import N_, Text


class Undoing:
    """Serves Ctrl+Z and Ctrl+Y outside of fields."""

    def __init__(self, office: Office, tell: Callable[[Notice], None]) -> None:
        """Take back what the person at this desk did."""
        self._office = office
        self._tell = tell

    async def undo(self) -> None:
        """Take back the last change that stands, and tell what it was.

        Raises:
            MissingError: There is nothing to take back.
            ConflictError: Something was changed again since.
        """
        await self._do(undo_last, _undone)

    async def redo(self) -> None:
        """Do again what was taken back last, and tell what it was.

        Raises:
            MissingError: There is nothing to do again.
            ConflictError: Something was changed again since.
        """
        await self._do(redo_last, _done_again)

    async def _do(
        self, command: Callable[..., int], said: Callable[[tuple[str, ...]], Text]
    ) -> None:
        number = await self._office.do(command)
        self._tell(Notice(said(await self._office.ask(touched_by, number))))


def _undone(headings: tuple[str, ...]) -> Text:
    if len(headings) == 1:
        return N_("Undone: “{heading}”.", heading=headings[0])
    return N_("Undone: a change of {count} records.", count=len(headings))


def _done_again(headings: tuple[str, ...]) -> Text:
    if len(headings) == 1:
        return N_("Done again: “{heading}”.", heading=headings[0])
    return N_("Done again: a change of {count} records.", count=len(headings))
