"""The tabs of the record page: details, and what is told about the record beside them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from embassy_desk.application.around import WITH_LINKED, WITH_TIMELINE
from embassy_desk.desktop.attachments.screen import DocumentsPane
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import named
from embassy_desk.desktop.plans import may_change
from embassy_desk.desktop.records.around_pane import AroundPane
from embassy_desk.desktop.records.form_pages import FormPages
from embassy_desk.desktop.records.past_pane import PastPane
from embassy_desk.desktop.records.presenter import DETAILS, DOCUMENTS, HISTORY, LINKED, TIMELINE
from embassy_desk.texts import N_, Text, Words

_TITLES: dict[str, Text] = {
    DETAILS: N_("Details"),
    TIMELINE: N_("Timeline"),
    LINKED: N_("Linked records"),
    DOCUMENTS: N_("Documents"),
    HISTORY: N_("History"),
}
_ATTACHMENT = "attachment"


class RecordTabs(QTabWidget):
    """Holds the tabs, and says when one of them came into sight and has to be filled.

    Attributes:
        asked: A tab beside the details came into sight; carries its name.
        pages: The forms.
        timeline: What happened with the record, in time order.
        linked: What leads to the record.
        documents: Its files.
        past: The history.
    """

    asked = Signal(str)

    def __init__(self, outfit: Outfit, parent: QWidget | None = None) -> None:
        """Make every tab."""
        super().__init__(parent)
        self._phrases = Phrases(outfit.words)
        self.pages = FormPages(outfit)
        nothing = N_("Nothing has happened yet.")
        self.timeline = AroundPane(outfit, _TITLES[TIMELINE], nothing)
        self.linked = AroundPane(outfit, _TITLES[LINKED], N_("No other record leads here."))
        self.documents = DocumentsPane(outfit)
        self.past = PastPane(outfit)
        panes = (self.pages, self.timeline, self.linked, self.documents, self.past)
        self._panes: dict[str, QWidget] = dict(zip(_TITLES, panes, strict=True))
        for part in panes:
            self._phrases.include(part)
        self._build()
        self.currentChanged.connect(self._on_tab)

    def _build(self) -> None:
        self.setDocumentMode(True)
        for at, (name, pane) in enumerate(self._panes.items()):
            self.addTab(pane, "")
            self._phrases.show(partial(self.setTabText, at), _TITLES[name])
        for widget in (self, self.tabBar()):
            named(self._phrases, widget, N_("Parts of the record"))

    @property
    def shown(self) -> str:
        """Name of the tab that is in sight."""
        return tuple(self._panes)[self.currentIndex()]

    def show_tab(self, name: str) -> None:
        """Bring a tab into sight."""
        self.setCurrentWidget(self._panes[name])

    def fill(self, name: str, told: Any) -> None:
        """Show what a tab has to tell."""
        places: dict[str, Callable[[Any], None]] = {
            TIMELINE: self.timeline.show_lines,
            LINKED: self.linked.show_lines,
            DOCUMENTS: self.documents.show_documents,
            HISTORY: self.past.show_history,
        }
        places[name](told)

    def allow(self, kind: str, *, is_new: bool) -> None:
        """Offer the tabs that make sense for a record, and have the one in sight filled."""
        offered = {
            DETAILS: True,
            TIMELINE: kind in WITH_TIMELINE,
            LINKED: kind in WITH_LINKED,
            DOCUMENTS: may_change(kind) and kind != _ATTACHMENT,
            HISTORY: True,
        }
        for at, name in enumerate(self._panes):
            self.setTabVisible(at, offered[name])
            self.setTabEnabled(at, name == DETAILS or not is_new)
        self._on_tab(self.currentIndex())

    def retranslate(self, words: Words) -> None:
        """Show everything in another language; what was typed stays."""
        self._phrases.retranslate(words)

    def _on_tab(self, at: int) -> None:
        if self.shown != DETAILS and self.isTabEnabled(at):
            self.asked.emit(self.shown)
