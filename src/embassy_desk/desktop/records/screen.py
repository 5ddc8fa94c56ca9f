"""The record page: header, panels, form and history of the record that is open."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from embassy_desk.application.sheets import RecordHistory, RecordSheet, RecordSteps
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import named, plain_label, said
from embassy_desk.desktop.records.form import RecordForm
from embassy_desk.desktop.records.form_pages import FormPages
from embassy_desk.desktop.records.header import RecordHeader
from embassy_desk.desktop.records.past_table import PastTable
from embassy_desk.domain.errors import Problem
from embassy_desk.domain.term_engine import TermStanding
from embassy_desk.texts import N_, Words

_NOTHING, _RECORD = 0, 1
_DETAILS, _HISTORY = 0, 1


class RecordScreen(QWidget):
    """Shows one record and says what the person wants of it; header and pages have more to say.

    Attributes:
        edited: What the form holds changed, or was dropped.
        history_asked: The history came into sight.
    """

    edited = Signal()
    history_asked = Signal()

    def __init__(self, outfit: Outfit) -> None:
        """Begin with nothing open."""
        super().__init__()
        self._outfit = outfit
        self._phrases = Phrases(outfit.words)
        self.header = RecordHeader(outfit)
        self.pages = FormPages(outfit)
        self.past = PastTable(outfit)
        self._summary = plain_label("problem")
        self._build()
        for part in (self.header, self.pages, self.past):
            self._phrases.include(part)
        self.header.revert_asked.connect(self.revert)
        self.pages.edited.connect(self._on_edited)
        self._tabs.currentChanged.connect(self._on_tab)
        self.show_nothing()

    def _build(self) -> None:
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.addTab(self.pages, "")
        self._tabs.addTab(self.past, "")
        self._phrases.show(lambda text: self._tabs.setTabText(_DETAILS, text), N_("Details"))
        self._phrases.show(lambda text: self._tabs.setTabText(_HISTORY, text), N_("History"))
        for widget in (self._tabs, self._tabs.tabBar()):
            named(self._phrases, widget, N_("Parts of the record"))
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(14, 10, 14, 8)
        column.setSpacing(7)
        column.addWidget(self.header)
        column.addWidget(self._summary)
        column.addWidget(self._tabs, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(_nothing_open(self._phrases))
        self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    @property
    def form(self) -> RecordForm | None:
        """The form that is shown, or nothing."""
        return self.pages.form if self._stack.currentIndex() == _RECORD else None

    @property
    def is_edited(self) -> bool:
        """Whether the form holds something that is not saved."""
        return self.form is not None and self.form.is_edited

    def show_sheet(
        self, sheet: RecordSheet, steps: RecordSteps | None, standing: TermStanding | None
    ) -> None:
        """Show a record."""
        form = self.pages.show_form(sheet.kind, steps, standing)
        form.show_sheet(sheet)
        self.header.show_record(sheet.record)
        self._open(form)
        if self._tabs.currentIndex() == _HISTORY:
            self.history_asked.emit()

    def show_new(self, kind: str) -> None:
        """Show an empty form for a new record of a kind."""
        form = self.pages.show_form(kind, None, None)
        form.show_new()
        self.header.show_new(kind)
        self._tabs.setCurrentIndex(_DETAILS)
        self._open(form)
        form.focus_first()

    def refresh_sheet(
        self, sheet: RecordSheet, steps: RecordSteps | None, standing: TermStanding | None
    ) -> None:
        """Show the open record anew; what was typed and not saved stays."""
        if not self.is_edited:
            self.show_sheet(sheet, steps, standing)
            return
        self.pages.show_form(sheet.kind, steps, standing).show_rows(sheet)
        self.header.show_record(sheet.record)

    def _open(self, form: RecordForm) -> None:
        self._stack.setCurrentIndex(_RECORD)
        self._tabs.setTabEnabled(_HISTORY, not form.is_new)
        self._summary.hide()
        self._on_edited()

    def show_history(self, history: RecordHistory) -> None:
        """Show what happened to the record."""
        self.past.show_history(history)

    def show_nothing(self) -> None:
        """Show that no record is open."""
        self._stack.setCurrentIndex(_NOTHING)
        self.edited.emit()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Say what is wrong: beside the fields, and above the form what concerns none."""
        if self.form is None:
            return
        self._tabs.setCurrentIndex(_DETAILS)
        rest = self.form.show_problems(problems)
        words = self._outfit.words
        self._summary.setText("\n".join(words(each.text) for each in rest))
        self._summary.setVisible(bool(rest))

    def revert(self) -> None:
        """Drop what was typed."""
        if self.form is not None:
            self._summary.hide()
            if self.form.is_new:
                self.form.show_new()
            else:
                self.form.fields.revert()
            self._on_edited()

    def retranslate(self, words: Words) -> None:
        """Show everything in another language; what was typed stays."""
        self._phrases.retranslate(words)

    def _on_edited(self, *_: Any) -> None:
        self.header.show_edited(is_edited=self.is_edited)
        self.edited.emit()

    def _on_tab(self, at: int) -> None:
        if at == _HISTORY:
            self.history_asked.emit()


def _nothing_open(phrases: Phrases) -> QWidget:
    nothing = QWidget()
    box = QVBoxLayout(nothing)
    box.setContentsMargins(40, 90, 40, 40)
    text = N_("Choose a record from the list, or press Ctrl+N to enter a new one.")
    box.addWidget(said(phrases, text, "muted"))
    box.addStretch(1)
    return nothing
