"""The page behind the passphrase: search at the top, sections, list and record side by side."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import plain_label
from embassy_desk.desktop.lists.screen import ListScreen
from embassy_desk.desktop.records.screen import RecordScreen
from embassy_desk.desktop.search.screen import SearchField
from embassy_desk.desktop.shell.sections import Sections
from embassy_desk.texts import N_, Text, Words

_WIDTHS_PX = (200, 460, 700)


class DeskPage(QWidget):
    """Holds the panes and moves between them."""

    def __init__(self, outfit: Outfit) -> None:
        """Make every pane."""
        super().__init__()
        self._phrases = Phrases(outfit.words)
        self.search = SearchField(outfit)
        self.sections = Sections(outfit)
        self.list = ListScreen(outfit)
        self.record = RecordScreen(outfit)
        self._whose = plain_label("small", wraps=False)
        self._state = plain_label("small", wraps=False)
        self._state.setObjectName("saved-state")
        for part in (self.search, self.sections, self.list, self.record):
            self._phrases.include(part)
        self._build()
        self.show_saved(is_edited=False)

    def _build(self) -> None:
        top = QFrame()
        top.setProperty("role", "top")
        row = QHBoxLayout(top)
        row.setContentsMargins(14, 7, 14, 7)
        row.addWidget(self.search, 2)
        row.addStretch(1)
        row.addWidget(self._state)
        row.addSpacing(16)
        row.addWidget(self._whose)
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.setHandleWidth(1)
        panes.setChildrenCollapsible(False)
        for at, pane in enumerate((self.sections, self.list, self.record)):
            panes.addWidget(pane)
            panes.setStretchFactor(at, at)
        panes.setSizes(list(_WIDTHS_PX))
        self.list.setMinimumWidth(300)
        self.record.setMinimumWidth(420)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(top)
        layout.addWidget(panes, 1)

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
        panes: tuple[tuple[QWidget, Callable[[], object]], ...] = (
            (self.search, self.search.focus),
            (self.sections, self.sections.setFocus),
            (self.list, self.list.focus_list),
            (self.record, self._focus_record),
        )
        focused = QApplication.focusWidget()
        at = next((n for n, (pane, _) in enumerate(panes) if _holds(pane, focused)), -1)
        panes[(at + 1) % len(panes)][1]()

    def _focus_record(self) -> None:
        if self.record.form is None:
            self.search.focus()
        else:
            self.record.form.focus_first()

    def retranslate(self, words: Words) -> None:
        """Show everything in another language."""
        self._phrases.retranslate(words)


def _holds(pane: QWidget, focused: QWidget | None) -> bool:
    return focused is not None and (focused is pane or pane.isAncestorOf(focused))
