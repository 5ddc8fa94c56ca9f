"""The record page: header, panels, form and history of the record that is open."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from embassy_desk.application.allowed import Allowed
from embassy_desk.application.sheets import FieldChange, logged_value
from embassy_desk.desktop.kit.help_topics import help_topic
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import plain_label
from embassy_desk.desktop.records.alike_bar import AlikeBar
from embassy_desk.desktop.records.draft_bar import DraftBar
from embassy_desk.desktop.records.form import RecordForm
from embassy_desk.desktop.records.header import RecordHeader
from embassy_desk.desktop.records.invitation import Invitation
from embassy_desk.desktop.records.presenter import DETAILS, Shown
from embassy_desk.desktop.records.question_bar import QuestionBar
from embassy_desk.desktop.records.tabs import RecordTabs
from embassy_desk.domain.errors import Problem
from embassy_desk.texts import Words

_NOTHING, _RECORD = 0, 1


class RecordScreen(QWidget):
    """Shows one record and says what the person wants of it; header and tabs have more to say.

    Attributes:
        allowed: What the person may do with the record that is open.
        edited: What the form holds changed, or was dropped.
        decisions_asked: The page of decisions is wanted.
        invitation: What is shown while no record is open.
    """

    edited = Signal()
    decisions_asked = Signal()

    def __init__(self, outfit: Outfit, parent: QWidget | None = None) -> None:
        """Begin with nothing open."""
        super().__init__(parent)
        self._outfit = outfit
        self.allowed = Allowed()
        self._phrases = Phrases(outfit.words)
        self.header = RecordHeader(outfit)
        self.draft_bar = DraftBar(outfit)
        self.alike, self.question_bar = AlikeBar(outfit), QuestionBar(outfit)
        self.question_bar.asked.connect(self.decisions_asked)
        self._summary, self.invitation = plain_label("problem"), Invitation(outfit)
        self._build()
        self.tabs.pages.edited.connect(self._on_edited)
        help_topic(self, "records")
        self.tabs.past.restore_asked.connect(self.restore)
        self.show_nothing()

    def _build(self) -> None:
        """Put everything into its place, the outermost first: see `DeskPage.furnish`."""
        self._stack = QStackedWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._stack.addWidget(self.invitation)
        page = QWidget()
        self._stack.addWidget(page)
        column = QVBoxLayout(page)
        column.setContentsMargins(14, 10, 14, 8)
        column.setSpacing(7)
        parts = (self.header, self.draft_bar, self.alike, self.question_bar)
        for widget in (*parts, self._summary):
            column.addWidget(widget)
        self.tabs = RecordTabs(self._outfit, page)
        column.addWidget(self.tabs, 1)
        for part in (*parts, self.tabs, self.invitation):
            self._phrases.include(part)

    @property
    def form(self) -> RecordForm | None:
        """The form that is shown, or nothing."""
        return self.tabs.pages.form if self._stack.currentIndex() == _RECORD else None

    @property
    def is_edited(self) -> bool:
        """Whether the form holds something that is not saved."""
        return self.form is not None and self.form.is_edited

    def show_sheet(self, shown: Shown, keep: frozenset[str] = frozenset()) -> None:
        """Show a record; fields named in `keep` go on holding what is typed in them."""
        form = self.tabs.pages.show_form(shown)
        form.show_sheet(shown.sheet, keep)
        _say_allowed(self, shown.sheet.allowed)
        self.header.show_record(shown.sheet.record)
        self.question_bar.show_questions(shown.questions, form.fields.boxes, form.kind)
        self._open(form)

    def show_new(self, kind: str) -> None:
        """Show an empty form for a new record of a kind."""
        form = self.tabs.pages.show_new_form(kind)
        form.show_new()
        _say_allowed(self, Allowed())
        self.header.show_new(kind)
        self.question_bar.show_questions((), form.fields.boxes, kind)
        self.tabs.show_tab(DETAILS)
        self._open(form)
        form.focus_first()

    def refresh_sheet(self, shown: Shown) -> None:
        """Show the open record anew; what was typed and not saved stays."""
        keep = frozenset(self.form.fields.touched) if self.form and self.is_edited else frozenset()
        if not keep:
            self.show_sheet(shown)
            return
        form = self.tabs.pages.show_form(shown)
        form.show_rows(shown.sheet)
        _say_allowed(self, shown.sheet.allowed)
        self.header.show_record(shown.sheet.record)
        self.question_bar.show_questions(shown.questions, form.fields.boxes, form.kind)
        self.tabs.allow(form.kind, is_new=False)

    def _open(self, form: RecordForm) -> None:
        self._stack.setCurrentIndex(_RECORD)
        self._summary.hide()
        self._on_edited()
        self.tabs.allow(form.kind, is_new=form.is_new)

    def show_tab(self, name: str, told: Any) -> None:
        """Fill a tab beside the details."""
        self.tabs.fill(name, told)

    def show_nothing(self) -> None:
        """Show that no record is open."""
        self._stack.setCurrentIndex(_NOTHING)
        self.draft_bar.show_offer(None)
        self.edited.emit()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Say what is wrong: beside the fields, and above the form what concerns none."""
        if self.form is None:
            return
        self.tabs.show_tab(DETAILS)
        rest = self.form.show_problems(problems)
        words = self._outfit.words
        self._summary.setText("\n".join(words(each.text) for each in rest))
        self._summary.setVisible(bool(rest))

    def restore(self, change: FieldChange) -> None:
        """Let a former value stand in its field again, to be saved or dropped."""
        if self.form is None or change.field not in self.form.fields.boxes:
            return
        value = logged_value(self.form.kind, change.field, change.before)
        self.tabs.show_tab(DETAILS)
        self.form.fields.put_in(change.field, value, self.tabs.past.names)

    def revert(self) -> None:
        """Drop what was typed."""
        if self.form is not None:
            self._summary.hide()
            if self.form.is_new:
                self.form.show_new()
            else:
                fields = self.form.fields
                fields.show_entity(fields.shown, fields.names)
            self._on_edited()

    def retranslate(self, words: Words) -> None:
        """Show everything in another language; what was typed stays."""
        self._phrases.retranslate(words)

    def _on_edited(self, *_: Any) -> None:
        self.header.show_edited(is_edited=self.is_edited)
        self.edited.emit()


def _say_allowed(screen: RecordScreen, allowed: Allowed) -> None:
    """Grey what the rights do not allow, each with the reason."""
    screen.allowed = allowed
    screen.header.forbid(allowed)
    screen.draft_bar.forbid(allowed.read_only)
    screen.tabs.documents.forbid(allowed)
