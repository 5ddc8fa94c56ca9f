"""The dialog that asks for what opens the store, before that is changed or tried out."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from embassy_desk.desktop.kit.help_topics import help_topic
from embassy_desk.desktop.kit.passphrase import NewPassphrase, secret_line
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, line_edit, named, plain_label, said
from embassy_desk.texts import N_, Text, Words

_WIDTH_PX = 520
_LONGEST_CODE = 200


class PreparingDialog(QDialog):
    """Asks for the present passphrase, and for a new one where that changes; or for the code.

    Attributes:
        present: What opens the store now: the passphrase or the code.
        done_asked: What was typed may be used.
    """

    done_asked = Signal()

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        title: Text,
        about: Text,
        *,
        takes_new: bool = False,
        takes_code: bool = False,
    ) -> None:
        """Say what is about to be done."""
        super().__init__(parent)
        self._phrases = Phrases(words)
        self._phrases.show(self.setWindowTitle, title)
        help_topic(self, "recovery")
        self.present = line_edit(_LONGEST_CODE) if takes_code else secret_line()
        self.present.setObjectName("present-code" if takes_code else "present-passphrase")
        self._asked = N_("Recovery code") if takes_code else N_("Present passphrase")
        named(self._phrases, self.present, self._asked)
        self.new = NewPassphrase(words) if takes_new else None
        self._problem = plain_label("problem")
        self._problem.setObjectName("preparing-problem")
        self.do_it = button(self._phrases, title, role="primary")
        self._build(title, about)
        self.setMinimumWidth(_WIDTH_PX)

    def _build(self, title: Text, about: Text) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(said(self._phrases, title, "title"))
        layout.addWidget(said(self._phrases, about, "muted"))
        layout.addSpacing(6)
        label = said(self._phrases, self._asked, "field")
        label.setBuddy(self.present)
        layout.addWidget(label)
        layout.addWidget(self.present)
        if self.new is not None:
            self._phrases.include(self.new)
            self.new.judge_while_typing()
            layout.addSpacing(6)
            layout.addWidget(self.new)
        layout.addWidget(self._problem)
        self._problem.hide()
        box = QDialogButtonBox()
        self.do_it.setDefault(True)
        cancel = button(self._phrases, N_("Cancel"))
        box.addButton(self.do_it, QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        self.do_it.clicked.connect(self._on_done)
        cancel.clicked.connect(self.reject)
        layout.addStretch(1)
        layout.addWidget(box)

    def _on_done(self) -> None:
        if self.present.text() and (self.new is None or self.new.is_good()):
            self._problem.hide()
            self.do_it.setEnabled(False)
            self.done_asked.emit()

    def show_problem(self, text: Text) -> None:
        """Say why nothing was changed."""
        self._phrases.show(self._problem.setText, text)
        self._problem.show()
        self.do_it.setEnabled(True)
        self.present.setFocus()
        self.present.selectAll()

    def forget(self) -> None:
        """Drop what was typed."""
        self.present.clear()
        if self.new is not None:
            self.new.forget()

    def retranslate(self, words: Words) -> None:
        """Show the dialog in another language; what was typed stays."""
        self._phrases.retranslate(words)
