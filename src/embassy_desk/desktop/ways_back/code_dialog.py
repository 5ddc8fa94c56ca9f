"""The dialog that shows a recovery code, once; and saves its page for the safe."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from embassy_desk.desktop.kit.help_topics import help_topic
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, check_box, named, plain_label, said, selectable
from embassy_desk.texts import N_, Text, Words

_WIDTH_PX = 560


class CodeDialog(QDialog):
    """Stays open until the person says that the code is written down.

    Attributes:
        page_asked: The page for the safe is to be saved.
    """

    page_asked = Signal()

    def __init__(self, parent: QWidget, words: Words, code: str) -> None:
        """Show a code."""
        super().__init__(parent)
        self._phrases = Phrases(words)
        self._phrases.show(self.setWindowTitle, N_("Recovery code"))
        help_topic(self, "recovery")
        self.code = selectable(plain_label("code"))
        self.code.setObjectName("new-code")
        self.code.setText(code)
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.code.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        named(self._phrases, self.code, N_("Recovery code"))
        self._saved, self._problem = plain_label("good"), plain_label("problem")
        self.kept = check_box(self._phrases, N_("It is printed or written down"))
        self.kept.setObjectName("code-kept")
        self._build()
        self.setMinimumWidth(_WIDTH_PX)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(said(self._phrases, N_("Your recovery code"), "title"))
        about = N_(
            "It opens the store if the passphrase is forgotten, once. It is shown this once and "
            "kept nowhere: print its page or copy it by hand, and lock it in the safe. Any code "
            "from before opens nothing any more."
        )
        layout.addWidget(said(self._phrases, about))
        layout.addWidget(self.code)
        for each in (self._saved, self._problem):
            layout.addWidget(each)
            each.hide()
        layout.addWidget(self.kept)
        box = QDialogButtonBox()
        self.page = button(self._phrases, N_("Save its page …"))
        self.close_button = button(self._phrases, N_("Close"), role="primary")
        self.close_button.setEnabled(False)
        box.addButton(self.page, QDialogButtonBox.ButtonRole.ActionRole)
        box.addButton(self.close_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.page.clicked.connect(self.page_asked)
        self.kept.toggled.connect(self.close_button.setEnabled)
        box.accepted.connect(self.accept)
        layout.addWidget(box)

    def show_saved(self, name: str) -> None:
        """Say where the page went."""
        text = N_("Saved as “{file}”. Print it, then delete the file.", file=name)
        self._problem.hide()
        self._phrases.show(self._saved.setText, text)
        self._saved.show()

    def show_problem(self, text: Text) -> None:
        """Say why the page could not be saved."""
        self._phrases.show(self._problem.setText, text)
        self._problem.show()

    def reject(self) -> None:
        """Close only once the code is written down; a code that is lost helps nobody."""
        if self.kept.isChecked():
            super().reject()
        else:
            self.kept.setFocus()

    def retranslate(self, words: Words) -> None:
        """Show the dialog in another language."""
        self._phrases.retranslate(words)
