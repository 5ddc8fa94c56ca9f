"""The dialog that asks what a saved view is called."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from embassy_desk.application.views import LONGEST_NAME
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import (
    button,
    check_box,
    line_edit,
    named,
    plain_label,
    said,
)
from embassy_desk.texts import N_, Text

_WIDTH_PX = 420


class NameDialog(QDialog):
    """Takes a name, and whether the list opens with the view; stays open until it is accepted.

    Attributes:
        save_asked: The person wants to keep it.
    """

    save_asked = Signal()

    def __init__(self, parent: QWidget, outfit: Outfit, title: Text) -> None:
        """Begin with an empty name."""
        super().__init__(parent)
        self._phrases = Phrases(outfit.words)
        self._phrases.show(self.setWindowTitle, title)
        self.line = line_edit(LONGEST_NAME)
        named(self._phrases, self.line, N_("Name of the view"))
        self.is_default = check_box(self._phrases, N_("Open the list with this view"))
        self._problem = plain_label("problem")
        self._problem.hide()
        self._build(title)

    def _build(self, title: Text) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(8)
        layout.addWidget(said(self._phrases, title, "heading"))
        label = said(self._phrases, N_("Name of the view"), "field")
        label.setBuddy(self.line)
        for widget in (label, self.line, self._problem, self.is_default):
            layout.addWidget(widget)
        box = QDialogButtonBox()
        save = button(self._phrases, N_("Save"), role="primary")
        save.setDefault(True)
        cancel = button(self._phrases, N_("Cancel"))
        box.addButton(save, QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        save.clicked.connect(self._on_save)
        cancel.clicked.connect(self.reject)
        layout.addWidget(box)
        self.setMinimumWidth(_WIDTH_PX)

    def _on_save(self) -> None:
        self.save_asked.emit()

    def complain(self, text: Text) -> None:
        """Say what is wrong with the name."""
        self._phrases.show(self._problem.setText, text)
        self._problem.show()
        self.line.setFocus()
