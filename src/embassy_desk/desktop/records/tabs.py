"""The tabs of the record page: details, and what is told about the record beside them."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import named
from embassy_desk.desktop.records.form_pages import FormPages
from embassy_desk.desktop.records.past_table import PastTable
from embassy_desk.desktop.records.presenter import DETAILS, HISTORY
from embassy_desk.texts import N_, Text, Words

_TITLES: dict[str, Text] = {
    DETAILS: N_("Details"),
    HISTORY: N_("History"),
}


class RecordTabs(QTabWidget):
    """Holds the tabs, and says when one of them came into sight and has to be filled.

    Attributes:
        asked: A tab beside the details came into sight; carries its name.
        pages: The forms.
        past: The history.
    """

    asked = Signal(str)

    def __init__(self, outfit: Outfit) -> None:
        """Make every tab."""
        super().__init__()
        self._phrases = Phrases(outfit.words)
        self.pages = FormPages(outfit)
        self.past = PastTable(outfit)
        self._panes: Mapping[str, QWidget] = {DETAILS: self.pages, HISTORY: self.past}
        self.setDocumentMode(True)
        for at, (name, pane) in enumerate(self._panes.items()):
            self.addTab(pane, "")
            self._phrases.show(partial(self.setTabText, at), _TITLES[name])
        for part in (self.pages, self.past):
            self._phrases.include(part)
        for widget in (self, self.tabBar()):
            named(self._phrases, widget, N_("Parts of the record"))
        self.currentChanged.connect(self._on_tab)

    @property
    def shown(self) -> str:
        """Name of the tab that is in sight."""
        return tuple(self._panes)[self.currentIndex()]

    def show_tab(self, name: str) -> None:
        """Bring a tab into sight."""
        self.setCurrentWidget(self._panes[name])

    def allow(self, kind: str, *, is_new: bool) -> None:
        """Offer the tabs that make sense for a record, and have the one in sight filled."""
        del kind
        for at, name in enumerate(self._panes):
            self.setTabEnabled(at, name == DETAILS or not is_new)
        self._on_tab(self.currentIndex())

    def retranslate(self, words: Words) -> None:
        """Show everything in another language; what was typed stays."""
        self._phrases.retranslate(words)

    def _on_tab(self, _at: int) -> None:
        if self.shown != DETAILS and self.isTabEnabled(self.currentIndex()):
            self.asked.emit(self.shown)
