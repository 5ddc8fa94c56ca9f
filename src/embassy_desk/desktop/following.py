"""Lets the window follow the settings: language, theme, sizes; and shows their dialog.

Light: the unlock page is painted in the right language and colours. The dialogs are loaded when
somebody asks for them.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from embassy_desk.desktop.kit.notice import Notice, Weight, notice_of
from embassy_desk.desktop.kit.qt_words import QtWords
from embassy_desk.desktop.kit.theme import Theme
from embassy_desk.desktop.shell.frame import Frame
from embassy_desk.domain.errors import DeskError
from embassy_desk.settings.person import Language, PersonSettings
from embassy_desk.settings.places import resources
from embassy_desk.settings.policy import Governed, Policy
from embassy_desk.texts import Text, Words

if TYPE_CHECKING:
    from embassy_desk.desktop.settings.presenter import SettingsPresenter
    from embassy_desk.desktop.settings.screen import SettingsDialog

Tell = Callable[[Notice], None]
Speak = Callable[[Words], None]


class Following:
    """Holds what follows the settings."""

    def __init__(
        self, app: QApplication, governed: Governed, catalogue: Path, *, language: str | None
    ) -> None:
        """Dress the application as the person chose it last.

        Args:
            app: The application.
            governed: The settings.
            catalogue: Folder of the translations.
            language: Holds for this run until the person chooses another.
        """
        self._governed = governed
        self.settings = governed.settings
        self._catalogue = catalogue
        self._for_this_run = language
        self._before = self.settings.current
        self._qt_words = QtWords(app)
        self.theme = Theme(app, resources())
        self.theme.follow(self.settings.current)
        self.words = self._spoken()
        self._presenter: SettingsPresenter | None = None
        self._frame: Frame | None = None
        self._dialog: SettingsDialog | None = None

    def _spoken(self) -> Words:
        """Let Qt speak the language that holds, and return the words of it."""
        chosen = self.settings.current.language
        system = QLocale.system().language() is QLocale.Language.Vietnamese
        own = chosen.value if chosen is not Language.SYSTEM else "vi" if system else "en"
        words = Words(self._for_this_run or own, self._catalogue)
        self._qt_words.speak(words)
        return words

    def attach(self, frame: Frame, tell: Tell, speak: Speak) -> None:
        """Connect a window.

        Args:
            frame: The window.
            tell: Is told what went wrong.
            speak: Shows the window in other words.
        """
        from embassy_desk.desktop.settings.presenter import (  # noqa: PLC0415  painted first
            SettingsPresenter,
        )

        self._frame, self._tell, self._speak = frame, tell, speak
        self._presenter = SettingsPresenter(self.settings, tell)
        self.settings.listen(self._on_changed)
        self._show_choices()
        frame.language_asked.connect(self._on_language_asked)
        frame.theme_asked.connect(self._on_theme_asked)
        frame.settings_asked.connect(self.show_settings)
        for problem in (*self.settings.problems, *self._governed.problems):
            tell(Notice(problem, Weight.CAUTION))

    def hear(self, headquarters: Policy) -> None:
        """Let what headquarters decides hold from now on; tell what of it was not understood."""
        self._governed.hear(headquarters)
        for problem in headquarters.problems:
            self._tell(Notice(problem, Weight.CAUTION))

    def _show_choices(self) -> None:
        if self._frame is not None:
            theme = self.settings.current.theme
            self._frame.show_choices(language=self.words.language, theme=theme.value)

    def offer_start_pages(self, pages: Mapping[str, Text]) -> None:
        """Let the person choose among these sections the one that is shown first."""
        if self._presenter is not None:
            self._presenter.start_pages = pages

    def show_settings(self, name: str = "") -> None:
        """Open the dialog of settings, with the focus on one of them."""
        from embassy_desk.desktop.settings.screen import (  # noqa: PLC0415  when asked for
            SettingsDialog,
        )

        assert self._frame is not None, "no window was attached"
        assert self._presenter is not None, "no window was attached"
        if self._dialog is not None:
            self._dialog.go_to(name)
            return
        presenter = self._presenter
        dialog = SettingsDialog(self._frame, self.words)
        presenter.attach(dialog)
        dialog.chosen.connect(presenter.choose)
        dialog.reset_asked.connect(presenter.reset)
        dialog.managed_asked.connect(self.show_managed)
        dialog.finished.connect(self._on_closed)
        self._frame.phrases.include(dialog)
        self._dialog = dialog
        dialog.open()
        dialog.go_to(name)

    def show_managed(self) -> None:
        """Open the page on what others decided."""
        from embassy_desk.desktop.settings.managed import (  # noqa: PLC0415  when asked for
            ManagedDialog,
        )

        assert self._frame is not None, "no window was attached"
        assert self._presenter is not None, "no window was attached"
        above = self._dialog or self._frame
        page = ManagedDialog(above, self.words, self._presenter.decided, self._governed.problems)
        page.finished.connect(page.deleteLater)
        page.open()

    def _on_closed(self, _result: int) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is None or self._frame is None or self._presenter is None:
            return
        self._presenter.attach(None)
        self._frame.phrases.leave_out(dialog)
        dialog.deleteLater()
        self._frame.activateWindow()

    def close(self) -> None:
        """Let go of the application."""
        for part in (self.theme, self._qt_words):
            part.deleteLater()

    def _on_changed(self, settings: PersonSettings) -> None:
        before, self._before = self._before, settings
        self.theme.follow(settings)
        if settings.language is not before.language:
            self._for_this_run = None
        words = self._spoken()
        if words.language != self.words.language:
            self.words = words
            self._speak(words)
        self._show_choices()

    def _change(self, **values: str) -> None:
        try:
            self.settings.change(**values)
        except DeskError as error:
            self._tell(notice_of(error))

    def _on_language_asked(self, language: str) -> None:
        self._for_this_run = None
        self._change(language=language)

    def _on_theme_asked(self, theme: str) -> None:
        self._change(theme=theme)
