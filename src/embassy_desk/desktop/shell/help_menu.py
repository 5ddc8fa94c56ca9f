"""The menu of help: the page on what is in front of the person, and which keys do what.

Light, as a part of what is painted first: its windows are loaded when somebody asks for one.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QMainWindow

from embassy_desk.desktop.kit.acts import acts_of
from embassy_desk.desktop.kit.help_topics import HELP_KEY, topic_of
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import action, menu
from embassy_desk.texts import N_, Text

if TYPE_CHECKING:
    from embassy_desk.desktop.help.screen import HelpWindow
    from embassy_desk.desktop.shell.about import AboutDialog
    from embassy_desk.desktop.shell.shortcuts import ShortcutSheet


class HelpMenu(QObject):
    """Stands last in the menu bar and opens what helps.

    Attributes:
        diagnostics_asked: The person wants the file that tells others why something fails.
        log_asked: The person wants to read the log.
        card_asked: The person wants the keys as PDF; carries group, text and keys of each line.
    """

    diagnostics_asked = Signal()
    log_asked = Signal()
    card_asked = Signal(object)

    def __init__(self, window: QMainWindow, phrases: Phrases) -> None:
        """Put the menu into a window."""
        super().__init__(window)
        self._window = window
        self._phrases = phrases
        self._sheet: ShortcutSheet | None = None
        self.help: HelpWindow | None = None
        self.menu = menu(phrases, N_("&Help"), window)
        self._add(N_("Help on this page"), HELP_KEY, self.show_help)
        self._add(N_("Keyboard shortcuts"), "Ctrl+/; Ctrl+?", self.show_shortcuts)
        self._add(N_("The log …"), "", self.log_asked.emit)
        self._add(N_("Diagnostics file …"), "", self.diagnostics_asked.emit)
        self._add(N_("About Embassy Desk"), "", self.show_about)
        window.menuBar().addMenu(self.menu)

    def _add(self, text: Text, keys: str, run: Callable[[], None]) -> None:
        made = action(self._phrases, text, self._window, keys=keys)
        made.triggered.connect(run)
        self.menu.addAction(made)

    def show_help(self) -> None:
        """Show the page on what has the focus; over a dialog that is open, if one is."""
        from embassy_desk.desktop.help.screen import HelpWindow  # noqa: PLC0415  when asked for

        topic = topic_of(QApplication.focusWidget())
        above = QApplication.activeModalWidget() or self._window
        if self.help is not None and self.help.parentWidget() is not above:
            self._let_go()
        if self.help is None:
            self.help = HelpWindow(above, self._phrases.words)
            self.help.destroyed.connect(self._on_help_gone)
            self._phrases.include(self.help)
        self.help.show_topic(topic)
        self.help.show()
        self.help.activateWindow()

    def _let_go(self) -> None:
        if self.help is not None:
            self._phrases.leave_out(self.help)
            self.help.destroyed.disconnect(self._on_help_gone)
            self.help.deleteLater()
            self.help = None

    def _on_help_gone(self) -> None:
        """Forget the window of help that went with its dialog."""
        if self.help is not None:
            self._phrases.leave_out(self.help)
            self.help = None

    def show_shortcuts(self) -> None:
        """Show the sheet of keyboard shortcuts."""
        from embassy_desk.desktop.shell.shortcuts import (  # noqa: PLC0415  when asked for
            ShortcutSheet,
        )

        bar = self._window.menuBar()
        sheet = ShortcutSheet(self._window, self._phrases.words, acts_of(bar))
        self._sheet = sheet
        self._phrases.include(sheet)
        sheet.finished.connect(self._on_sheet_closed)
        sheet.card_asked.connect(self.card_asked)
        sheet.open()

    def show_about(self) -> None:
        """Show which versions run here."""
        from embassy_desk.desktop.shell.about import AboutDialog  # noqa: PLC0415  when asked for

        about = AboutDialog(self._window, self._phrases.words)
        self._phrases.include(about)
        about.finished.connect(partial(self._on_about_closed, about))
        about.open()

    def _on_about_closed(self, about: "AboutDialog", _result: int) -> None:
        self._phrases.leave_out(about)
        about.deleteLater()
        self._window.activateWindow()

    def _on_sheet_closed(self, _result: int) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet is not None:
            self._phrases.leave_out(sheet)
            sheet.deleteLater()
            self._window.activateWindow()
