"""The window itself: menus that always work, a banner, notices, and the page that is shown.

Light: it is painted before the rest of the desk is loaded.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import action, menu, said
from embassy_desk.desktop.kit.progress import ProgressBar
from embassy_desk.desktop.shell.help_menu import HelpMenu
from embassy_desk.desktop.shell.notices import NoticeBar
from embassy_desk.desktop.unlock.screen import UnlockPage
from embassy_desk.settings.person import Language, ThemeChoice
from embassy_desk.texts import N_, Text, Words

WIDTH_PX, HEIGHT_PX = 1440, 860
LARGE_SCREEN_PX = 1500

Ask = Callable[[str], object]

_LANGUAGES: dict[str, Text] = {
    each.value: each.label for each in (Language.VIETNAMESE, Language.ENGLISH)
}
_THEMES: dict[str, Text] = {each.value: each.label for each in ThemeChoice}


class Frame(QMainWindow):
    """The main window.

    Attributes:
        was_painted: The window was painted at least once.
        quit_asked: The person wants to leave; the window stays until everything has stopped.
        language_asked: Another language is wanted.
        theme_asked: Another theme is wanted.
        settings_asked: The settings are wanted; carries the name of one, or nothing.
    """

    quit_asked = Signal()
    language_asked = Signal(str)
    theme_asked = Signal(str)
    settings_asked = Signal(str)
    was_painted = False

    def __init__(self, words: Words, *, is_demo: bool) -> None:
        """Show the unlock page."""
        super().__init__()
        self.phrases = Phrases(words)
        self._may_close = False
        self.unlock = UnlockPage(words)
        self.notices = NoticeBar(words)
        self.progress = ProgressBar(words)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.unlock)
        banner = N_("Demonstration: every name is made up. Nothing here is ever sent.")
        self._banner = said(self.phrases, banner, "banner")
        self._banner.setVisible(is_demo)
        self._build()
        self._build_menus()
        self.phrases.include(self.unlock)
        self.phrases.include(self.notices)
        self.phrases.include(self.progress)
        self.phrases.show(self.setWindowTitle, N_("Embassy Desk"))
        screen = self.screen().availableGeometry()
        self.resize(min(WIDTH_PX, screen.width()), min(HEIGHT_PX, screen.height()))

    def _build(self) -> None:
        middle = QWidget()
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._banner)
        layout.addWidget(self.notices)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self.progress)
        self.setCentralWidget(middle)

    def _build_menus(self) -> None:
        bar = self.menuBar()
        self.desk_menu = menu(self.phrases, N_("&Desk"), self)
        self.settings = action(self.phrases, N_("Settings …"), self, keys="Ctrl+,")
        self.settings.triggered.connect(self._on_settings)
        self.quit = action(self.phrases, N_("Quit"), self, keys="Ctrl+Q")
        self.quit.triggered.connect(self.quit_asked)
        self.desk_menu.addActions([self.settings, self.quit])
        self.view_menu = menu(self.phrases, N_("&View"), self)
        self.languages = self._choices(N_("Language"), _LANGUAGES, self.language_asked.emit)
        self.themes = self._choices(N_("Appearance"), _THEMES, self.theme_asked.emit)
        bar.addMenu(self.desk_menu)
        bar.addMenu(self.view_menu)
        self.help = HelpMenu(self, self.phrases)

    def _choices(self, title: Text, texts: dict[str, Text], ask: Ask) -> dict[str, QAction]:
        """Add a menu of choices of which one holds."""
        choices: QMenu = menu(self.phrases, title, self)
        group = QActionGroup(self)
        made: dict[str, QAction] = {}
        for value, text in texts.items():
            each = action(self.phrases, text, self, checkable=True)
            group.addAction(each)
            each.triggered.connect(partial(_asked, ask, value))
            choices.addAction(each)
            made[value] = each
        self.view_menu.addMenu(choices)
        return made

    def show_choices(self, *, language: str, theme: str) -> None:
        """Show which language and theme hold."""
        self.languages[language].setChecked(True)
        self.themes[theme].setChecked(True)

    def insert_menu(self, made: QMenu) -> None:
        """Put a menu of the desk before that of the view."""
        self.menuBar().insertMenu(self.view_menu.menuAction(), made)

    def show_page(self, page: QWidget) -> None:
        """Show a page in the place of the one before."""
        self.hold(page)
        self._pages.setCurrentWidget(page)

    def hold(self, page: QWidget) -> None:
        """Take a page that is shown later."""
        if self._pages.indexOf(page) < 0:
            self._pages.addWidget(page)

    def show_demo(self, *, is_demo: bool) -> None:
        """Show or hide the banner that says these are demonstration data."""
        self._banner.setVisible(is_demo)

    def let_close(self) -> None:
        """Close for good, after everything has stopped."""
        self._may_close = True
        self.close()

    def show_help(self) -> None:
        """Show what helps with what has the focus."""
        self.help.show_help()

    def _on_settings(self) -> None:
        self.settings_asked.emit("")

    def retranslate(self, words: Words) -> None:
        """Show the window in another language."""
        self.phrases.retranslate(words)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask to quit first; close when everything has stopped."""
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.quit_asked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Note that the window was painted."""
        super().paintEvent(event)
        self.was_painted = True


def appear(frame: Frame) -> None:
    """Show the window for the first time: a comfortable part of a large screen, all of a small."""
    if frame.screen().availableGeometry().width() < LARGE_SCREEN_PX:
        frame.showMaximized()
    else:
        frame.show()


def _asked(ask: Ask, value: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's
    ask(value)
