"""The page behind the passphrase: search at the top, sections, list and record side by side."""

from collections.abc import Callable, Iterator
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from embassy_desk.desktop.kit.elided import ElidedLabel
from embassy_desk.desktop.kit.help_topics import help_on_shown, help_topic
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.lists.screen import ListScreen
from embassy_desk.desktop.records.screen import RecordScreen
from embassy_desk.desktop.search.screen import SearchField
from embassy_desk.desktop.shell.sections import Sections
from embassy_desk.desktop.shell.standing_bar import StandingBar
from embassy_desk.texts import N_, Text, Words

_WIDTHS_PX = (200, 460, 700)
_LISTS = 0


class Page(Protocol):
    """What the desk needs from a page that fills the room of list and record."""

    @property
    def widget(self) -> QWidget:
        """The page itself."""

    @property
    def panes(self) -> list[tuple[QWidget, Callable[[], object]]]:
        """Its panes in the order of F6, each with what puts the focus into it."""

    def retranslate(self, words: Words) -> None:
        """Show everything in another language."""


class DeskPage(QWidget):
    """Holds the panes and moves between them.

    Attributes:
        went: Another page or list is shown.
        beside: Panes that stand beside the page, each with what puts the focus into it.
    """

    went = Signal()
    search: SearchField
    sections: Sections
    list: ListScreen
    record: RecordScreen
    standing: StandingBar

    def __init__(self, outfit: Outfit) -> None:
        """Make the rooms, still empty; `furnish` makes the panes."""
        super().__init__()
        self._outfit = outfit
        self._phrases = Phrases(outfit.words)
        self._top, self._panes, self._stack = _top(), _splitter(), QStackedWidget()
        self._pages: dict[str, Page] = {}
        self._wanted = 0
        self.beside: list[tuple[QWidget, Callable[[], object]]] = []
        self._whose, self._state = ElidedLabel("small"), ElidedLabel("small")
        self._state.setObjectName("saved-state")
        self._rooms = QVBoxLayout(self)
        self._rooms.setContentsMargins(0, 0, 0, 0)
        self._rooms.setSpacing(0)
        self._rooms.addWidget(self._top)
        self._rooms.addWidget(self._panes, 1)

    def furnish(self) -> Iterator[None]:
        """Make the panes, one with each step, so that the window answers in between.

        Each is made where it stays: whenever a widget is put into another, Qt dresses all that is
        in it anew. The order is that in which Tab goes through them.
        """
        self._furnish_top()
        self.sections = Sections(self._outfit, self._panes)
        yield
        self._panes.addWidget(self._stack)
        for at in range(self._panes.count()):
            self._panes.setStretchFactor(at, at)
        self._panes.setSizes([_WIDTHS_PX[0], sum(_WIDTHS_PX[1:])])
        lists = _splitter()
        help_topic(lists, "lists")
        self._stack.addWidget(lists)
        help_on_shown(self, self._stack)
        self.list = ListScreen(self._outfit, lists)
        self.list.setMinimumWidth(300)
        yield
        self.record = RecordScreen(self._outfit, lists)
        self.record.setMinimumWidth(420)
        lists.setStretchFactor(1, 1)
        lists.setSizes(list(_WIDTHS_PX[1:]))
        self.standing = StandingBar(self._outfit, self)
        self._rooms.addWidget(self.standing)
        for part in (self.search, self.sections, self.list, self.record, self.standing):
            self._phrases.include(part)
        self.show_saved(is_edited=False)
        self._stack.currentChanged.connect(self.went)
        self.list.list_shown.connect(self.went)
        self.list.counted.connect(self.record.invitation.label.setVisible)
        yield

    def _furnish_top(self) -> None:
        row = QHBoxLayout(self._top)
        row.setContentsMargins(14, 7, 14, 7)
        self.search = SearchField(self._outfit, self._top)
        row.addWidget(self.search, 2)
        row.addStretch(1)
        row.addWidget(self._state)
        row.addSpacing(16)
        row.addWidget(self._whose)

    def add_page(self, name: str, page: Page) -> None:
        """Take a page that fills the room of list and record; `show_page` shows it."""
        self._pages[name] = page
        self._stack.addWidget(page.widget)
        self._phrases.include(page)

    def wanted(self) -> Callable[[], bool]:
        """Note that another page is wanted; the answer says whether it is still the last one."""
        self._wanted += 1
        mine = self._wanted
        return lambda: self._wanted == mine

    def show_page(self, name: str) -> None:
        """Show a page that was added."""
        self._stack.setCurrentWidget(self._pages[name].widget)

    def show_list(self) -> None:
        """Show list and record."""
        self._wanted += 1
        self._stack.setCurrentIndex(_LISTS)

    @property
    def shown_page(self) -> str:
        """Name of the page that is shown; empty while list and record are."""
        shown = self._stack.currentWidget()
        return next((name for name, page in self._pages.items() if page.widget is shown), "")

    def show_whose(self, person: str, mission: str) -> None:
        """Say whose desk this is."""
        text = " · ".join(each for each in (person, mission) if each)
        self._whose.setText(text)

    def show_saved(self, *, is_edited: bool) -> None:
        """Say whether everything on the page is saved."""
        text: Text = (
            N_("Not saved yet") if is_edited else N_("Everything is saved on this computer")
        )
        self._phrases.show(self._state.setText, text)

    def next_pane(self) -> None:
        """Move the focus to the pane after the one that has it."""
        panes: list[tuple[QWidget, Callable[[], object]]] = [
            (self.search, self.search.focus),
            (self.sections, self.sections.setFocus),
        ]
        page = self._pages.get(self.shown_page)
        if page is None:
            panes.append((self.list, self.list.focus_list))
            if self.record.form is not None:
                panes.append((self.record, self.record.form.focus_first))
        else:
            panes += page.panes
        panes += self.beside
        focused = QApplication.focusWidget()
        at = next((n for n, (pane, _) in enumerate(panes) if _holds(pane, focused)), -1)
        panes[(at + 1) % len(panes)][1]()

    def retranslate(self, words: Words) -> None:
        """Show everything in another language."""
        self._phrases.retranslate(words)


def _top() -> QFrame:
    made = QFrame()
    made.setProperty("role", "top")
    return made


def _splitter() -> QSplitter:
    made = QSplitter(Qt.Orientation.Horizontal)
    made.setHandleWidth(1)
    made.setChildrenCollapsible(False)
    return made


def _holds(pane: QWidget, focused: QWidget | None) -> bool:
    return focused is not None and (focused is pane or pane.isAncestorOf(focused))
