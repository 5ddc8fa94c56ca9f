"""Asks, while a record is typed, who in the store might be the same. It stops nobody."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QObject, QTimer

from embassy_desk.application.duplicates import like_typed
from embassy_desk.application.office import Office
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.records.screen import RecordScreen
from embassy_desk.domain.errors import InvalidError
from embassy_desk.domain.likeness import KINDS_WITH_DUPLICATES

PAUSE_MS = 500
"""Milliseconds without a key before the store is asked."""


class Alikes(QObject):
    """Asks the store when the person pauses; an answer for what is no longer typed is dropped."""

    def __init__(
        self,
        office: Office,
        screen: RecordScreen,
        keeper: Keeper,
        open_record: Callable[[str, UUID], None],
        shown: Callable[[], UUID | None],
    ) -> None:
        """Watch what is typed on a screen; `shown` returns the record that is open, if any."""
        super().__init__(screen)
        self._office = office
        self._screen = screen
        self._keeper = keeper
        self._shown = shown
        self._asked = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._on_pause)
        screen.edited.connect(self._on_edited)
        screen.alike.record_asked.connect(open_record)

    def _on_edited(self) -> None:
        self._asked += 1
        if self._screen.is_edited:
            self._pause.start()
        else:
            self._pause.stop()
            self._screen.alike.show_alike("", ())

    def _on_pause(self) -> None:
        self._keeper.start(self._look(), name="alike")

    async def _look(self) -> None:
        form = self._screen.form
        if form is None or form.kind not in KINDS_WITH_DUPLICATES:
            return
        asked = self._asked
        try:
            values = form.changed_values()
        except InvalidError:
            return  # said beside the field when it is saved
        rows = form.gathered_rows() if form.is_new else {}
        shown = None if form.is_new else self._shown()
        found = await self._office.ask(like_typed, form.kind, shown, values, rows)
        if asked == self._asked:
            self._screen.alike.show_alike(form.kind, found)
