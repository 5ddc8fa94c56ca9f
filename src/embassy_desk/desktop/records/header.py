"""The head of the record page: what the record is, its reference, its state, what is due."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from embassy_desk.application.allowed import Allowed
from embassy_desk.desktop.kit.flow import FlowLayout
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import (
    action,
    button,
    menu,
    plain_label,
    selectable,
    tip,
    tool_button,
)
from embassy_desk.desktop.plans import may_change
from embassy_desk.desktop.records.due import due_sentence
from embassy_desk.domain.catalogue import kind_named, kind_of
from embassy_desk.domain.entity import Record
from embassy_desk.texts import N_, LabelledEnum, Words

_SAVE = N_("Save (Ctrl+S)")


class RecordHeader(QWidget):
    """Says what is open and offers what can be done with it as a whole.

    Attributes:
        save_asked: What was typed should be saved.
        revert_asked: What was typed should be dropped.
        archive_asked: The record should be put away.
        trash_asked: The record should go to the trash.
        back_asked: The record should be taken out of archive or trash.
    """

    save_asked = Signal()
    revert_asked = Signal()
    archive_asked = Signal()
    trash_asked = Signal()
    back_asked = Signal()

    def __init__(self, outfit: Outfit) -> None:
        """Begin without a record."""
        super().__init__()
        self._outfit = outfit
        self._phrases = Phrases(outfit.words)
        self._kind = plain_label("small", wraps=False)
        self._ref = selectable(plain_label("small", wraps=False))
        self._title = selectable(plain_label("title"))
        self._title.setObjectName("record-title")
        self._state = plain_label("badge", wraps=False)
        self._shelf = plain_label("badge", wraps=False)
        self._due = plain_label("due")
        self._refusal = plain_label("muted")
        self._refusal.setObjectName("record-refusal")
        self.save = button(self._phrases, N_("Save"), role="primary")
        tip(self._phrases, self.save, _SAVE)
        self.revert = button(self._phrases, N_("Drop changes"))
        self._more = tool_button(self._phrases, N_("More"), outfit.icons.icon("more"))
        outfit.icons.show(self._more, "more")
        self._build_menu()
        self._build()
        self.save.clicked.connect(self.save_asked)
        self.revert.clicked.connect(self.revert_asked)

    def _build_menu(self) -> None:
        choices = menu(self._phrases, N_("More"), self)
        self._archive = action(self._phrases, N_("Archive …"), self)
        self._trash = action(self._phrases, N_("Put in the trash"), self)
        self._back = action(self._phrases, N_("Bring back"), self)
        self._archive.triggered.connect(self.archive_asked)
        self._trash.triggered.connect(self.trash_asked)
        self._back.triggered.connect(self.back_asked)
        choices.addActions([self._archive, self._trash, self._back])
        self._more.setMenu(choices)
        self._more.setPopupMode(self._more.ToolButtonPopupMode.InstantPopup)

    def _build(self) -> None:
        small, middle = FlowLayout(spacing_px=8), QVBoxLayout()
        for each in (self._kind, self._ref, self._state, self._shelf):
            small.addWidget(each)
        middle.addStretch(1)
        middle.addLayout(small)
        middle.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        for widget in (self.revert, self.save, self._more):
            buttons.addWidget(widget)
        top = QHBoxLayout()
        top.addLayout(middle, 1)
        top.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self._title)
        layout.addWidget(self._due)
        layout.addWidget(self._refusal)

    def show_record(self, record: Record) -> None:
        """Say what is open, in which state, and what is due."""
        words = self._phrases.words
        self._phrases.show(self._kind.setText, kind_of(record).label)
        self._ref.setText(record.ref)
        self._title.setText(record.heading)
        state = getattr(record, "state", None)
        self._state.setVisible(isinstance(state, LabelledEnum))
        if isinstance(state, LabelledEnum):
            self._phrases.show(self._state.setText, state.label)
        self._show_shelf(record)
        due = due_sentence(record, self._outfit.today())
        self._due.setVisible(due is not None)
        self._phrases.show(self._due.setText, due or "")
        may = may_change(kind_of(record).name)
        self.save.setVisible(may)
        self._more.setVisible(may)
        self._more.setEnabled(True)
        if not may:
            self._shelf.show()
            self._phrases.show(self._shelf.setText, N_("From headquarters"))
        self.setAccessibleName(words(kind_of(record).label))

    def show_new(self, kind: str) -> None:
        """Say that a new record is being entered."""
        known = kind_named(kind)
        self._phrases.show(self._kind.setText, known.label)
        self._phrases.show(self._title.setText, N_("New: {kind}", kind=known.label))
        self._ref.setText("")
        for each in (self._state, self._shelf, self._due):
            each.hide()
        self.save.show()
        self._more.show()
        self._more.setEnabled(False)

    def forbid(self, allowed: Allowed) -> None:
        """Say why the record may only be read, and grey what may not be done with it."""
        self._refusal.setVisible(allowed.read_only is not None)
        self._phrases.show(self._refusal.setText, allowed.read_only or "")
        for each in (self._archive, self._trash, self._back):
            each.forbid(allowed.archive.reason)
        tip(self._phrases, self.save, allowed.read_only or _SAVE)

    def show_edited(self, *, is_edited: bool) -> None:
        """Offer saving only when there is something to save."""
        self.save.setEnabled(is_edited)
        self.revert.setVisible(is_edited)

    def retranslate(self, words: Words) -> None:
        """Show everything in another language."""
        self._phrases.retranslate(words)

    def _show_shelf(self, record: Record) -> None:
        is_away = record.is_archived or record.is_trashed
        self._shelf.setVisible(is_away)
        self._back.setVisible(is_away)
        self._archive.setVisible(not is_away)
        self._trash.setVisible(not record.is_trashed)
        if record.is_trashed:
            self._phrases.show(self._shelf.setText, N_("In the trash"))
        elif record.archived_reason is not None:
            text = N_("Archived: {reason}", reason=record.archived_reason)
            self._phrases.show(self._shelf.setText, text)
        elif record.is_archived:
            self._phrases.show(self._shelf.setText, N_("Archived"))
