"""The bell: looks once a minute whether another day has come, also after the computer slept."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QSystemTrayIcon

from embassy_desk.application.office import Office
from embassy_desk.application.reminders import untold
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.kit.notice import Notice, Way, Weight
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.texts import N_, Text

INTERVAL_MS = 60_000


class Bell(QObject):
    """Tells how many reminders are new: in the window, and outside it without saying of what."""

    def __init__(
        self,
        office: Office,
        keeper: Keeper,
        outfit: Outfit,
        tell: Callable[[Notice], None],
        is_wanted: Callable[[], bool],
    ) -> None:
        """Be silent until it is started; `is_wanted` says whether the person wants reminders."""
        super().__init__()
        self._office = office
        self._keeper = keeper
        self._outfit = outfit
        self._tell = tell
        self._is_wanted = is_wanted
        self._rang_on: date | None = None
        self._tray: QSystemTrayIcon | None = None
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.timeout.connect(self.look)

    async def start(self) -> None:
        """Ring at once if something is new, then once on every further day."""
        self._timer.start()
        if self._is_due():
            await self._ring()

    def stop(self) -> None:
        """Look no more, and leave the tray."""
        self._timer.stop()
        if self._tray is not None:
            self._tray.hide()
            self._tray = None

    def look(self) -> None:
        """Ring if another day has come."""
        if self._is_due():
            self._keeper.start(self._ring(), name="bell")

    def _is_due(self) -> bool:
        return self._is_wanted() and self._outfit.today() != self._rang_on

    async def _ring(self) -> None:
        """Count what is new, and tell."""
        self._rang_on = today = self._outfit.today()
        count = await self._office.do(untold, today, self._office.store.author.staff_id)
        if count:
            text = N_(
                "You have {count} new reminder.", "You have {count} new reminders.", count=count
            )
            self._tell(Notice(text, Weight.CAUTION, way=Way(N_("Show"), "reminders")))
            self._show_outside(text)

    def _show_outside(self, text: Text) -> None:
        """Show the count in the tray of the system, where there is one; never what it is about."""
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return
        words, icon = self._outfit.words, self._outfit.icons.icon("desk")
        if self._tray is None:
            self._tray = QSystemTrayIcon(icon, self)
            self._tray.setToolTip(words(N_("Embassy Desk")))
            self._tray.show()
        self._tray.showMessage(words(N_("Embassy Desk")), words(text), QIcon(icon))
