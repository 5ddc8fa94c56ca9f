"""The unlock page: one field, one button, and in words why it did not open."""

from collections.abc import Iterable

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from embassy_desk.desktop.kit.by_name import set_by_name
from embassy_desk.desktop.kit.help_topics import help_topic
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, check_box, line_edit, named, plain_label, said
from embassy_desk.desktop.unlock.other_ways import OtherWays
from embassy_desk.texts import N_, Text, Words

_WIDTH_PX = 430


class UnlockPage(QWidget):
    """Asks for the passphrase of the store.

    Attributes:
        ways: Other ways in.
        submitted: The person wants to unlock with what was typed; carries it.
        accepted: The same, and goes on with a store that is not as it was left.
    """

    submitted = Signal(str)
    accepted = Signal(str)

    def __init__(self, words: Words) -> None:
        """Ask in the language of these words."""
        super().__init__()
        self._phrases = Phrases(words)
        self._is_demo = False
        self.line = _hidden_line(self._phrases)
        self._show = check_box(self._phrases, N_("Show what I type"))
        self.unlock = button(self._phrases, N_("Unlock"), role="primary")
        self._problem = plain_label("problem")
        self._problem.setObjectName("unlock-problem")
        self._hint = plain_label("small")
        self._reason = plain_label("body")
        self._reason.setObjectName("lock-reason")
        self.accept = button(self._phrases, N_("Go on with this store"))
        self.ways = OtherWays(words)
        self._phrases.include(self.ways)
        self._build()
        help_topic(self, "unlock")
        self.accept.clicked.connect(self._on_accepted)
        self.line.returnPressed.connect(self._on_submitted)
        self.unlock.clicked.connect(self._on_submitted)
        self._show.toggled.connect(self._on_shown)
        self.line.textChanged.connect(self._on_edited)
        self.line.installEventFilter(self)

    def _build(self) -> None:
        card = QFrame()
        card.setProperty("role", "card")
        card.setFixedWidth(_WIDTH_PX)
        box = QVBoxLayout(card)
        box.setContentsMargins(30, 26, 30, 24)
        box.setSpacing(8)
        box.addWidget(said(self._phrases, N_("Embassy Desk"), "title"))
        box.addWidget(
            said(self._phrases, N_("Your records are encrypted on this computer."), "muted")
        )
        box.addWidget(self._reason)
        box.addSpacing(10)
        label = said(self._phrases, N_("Passphrase"), "field")
        label.setBuddy(self.line)
        for widget in (label, self.line, self._show, self._hint, self._problem):
            box.addWidget(widget)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.accept)
        row.addWidget(self.unlock)
        box.addLayout(row)
        box.addWidget(self.ways)
        for each in (self._problem, self._hint, self._reason, self.accept):
            each.hide()
        layout = QVBoxLayout(self)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        layout.addStretch(2)
        layout.addLayout(middle)
        layout.addStretch(3)

    def show_busy(self, text: Text) -> None:
        """Say that the store is being opened or closed; nothing can be asked meanwhile."""
        self._problem.hide()
        self.accept.hide()
        self._phrases.show(self._hint.setText, text)
        self._hint.show()
        self.line.setReadOnly(True)
        self.unlock.setEnabled(False)
        self.ways.setEnabled(False)

    def show_reason(self, text: Text, *, is_demo: bool = False) -> None:
        """Say why the desk locked; a demonstration opens without a passphrase."""
        self._is_demo = is_demo
        self._phrases.show(self._reason.setText, text)
        self._reason.show()

    def show_damage(self, text: Text, findings: Iterable[Text], *, can_go_on: bool) -> None:
        """Say what is wrong with the store, and offer to go on with it where that is possible."""
        whole = text
        for each in findings:
            whole = N_("{before} {after}", before=whole, after=each)
        self.show_problem(whole)
        self.accept.setVisible(can_go_on)

    def show_problem(self, text: Text) -> None:
        """Say why it did not open, and let the person try again."""
        self._phrases.show(self._problem.setText, text)
        self.line.setAccessibleDescription(self._problem.text())
        self._problem.show()
        self.let_type()
        self.line.setFocus()
        self.line.selectAll()

    def forget(self) -> None:
        """Drop what was typed."""
        self.line.clear()
        self._show.setChecked(False)
        self.let_type()
        for each in (self._reason, self._problem, self.accept):
            each.hide()

    def retranslate(self, words: Words) -> None:
        """Show the page in another language."""
        self._phrases.retranslate(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hint at a capital that came without Shift: then Caps Lock is on."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            letter = event.text()
            has_shift = bool(event.modifiers() & QtCore.Qt.KeyboardModifier.ShiftModifier)
            if len(letter) == 1 and letter.isalpha() and letter.isupper() != has_shift:
                self._suggest(N_("Caps Lock is on."))
        return super().eventFilter(watched, event)

    def _suggest(self, text: Text) -> None:
        self._phrases.show(self._hint.setText, text)
        self._hint.show()

    def let_type(self) -> None:
        """Let the person type again."""
        self._hint.hide()
        if self._is_demo:
            self._suggest(N_("The demonstration opens without a passphrase."))
        self.line.setReadOnly(False)
        self.unlock.setEnabled(True)
        self.ways.setEnabled(not self._is_demo)

    def _on_edited(self, text: str) -> None:
        if text and not text.isascii():
            self._suggest(N_("Vietnamese typing is on."))
        elif not text:
            self._hint.hide()

    def _on_shown(self, is_shown: bool) -> None:  # noqa: FBT001  Qt's signal
        mode = QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password
        self.line.setEchoMode(mode)

    def _on_accepted(self) -> None:
        if self.line.text() and not self.line.isReadOnly():
            self.accepted.emit(self.line.text())

    def _on_submitted(self) -> None:
        if (self.line.text() or self._is_demo) and not self.line.isReadOnly():
            self.submitted.emit(self.line.text())


def _hidden_line(phrases: Phrases) -> QLineEdit:
    """Return a line for what nobody may read or learn."""
    line = line_edit(1024)
    line.setObjectName("passphrase")
    line.setEchoMode(QLineEdit.EchoMode.Password)
    hints = "ImhHiddenText|ImhSensitiveData|ImhNoPredictiveText"
    set_by_name(line, "inputMethodHints", hints)
    named(phrases, line, N_("Passphrase"))
    return line
