"""The dialog that asks for one of some texts, such as a tag that is to be taken off."""

from collections.abc import Iterable

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QVBoxLayout, QWidget

from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, named, said
from embassy_desk.texts import N_, Text

_SIZE_PX = (380, 360)


class PickDialog(QDialog):
    """Offers texts; accepted with one that is chosen."""

    def __init__(
        self,
        parent: QWidget,
        outfit: Outfit,
        title: Text,
        act: Text,
        texts: Iterable[str],
        above: QWidget | None = None,
    ) -> None:
        """Offer the texts in their order; what else is asked stands above them."""
        super().__init__(parent)
        phrases = Phrases(outfit.words)
        phrases.show(self.setWindowTitle, title)
        self.list = QListWidget()
        named(phrases, self.list, title)
        for each in texts:
            self.list.addItem(each)
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 14)
        for widget in (said(phrases, title, "heading"), above, self.list, self._box(phrases, act)):
            if widget is not None:
                column.addWidget(widget)
        self.resize(*_SIZE_PX)

    def _box(self, phrases: Phrases, act: Text) -> QDialogButtonBox:
        done, cancel = button(phrases, act, role="primary"), button(phrases, N_("Cancel"))
        done.setDefault(True)
        box = QDialogButtonBox()
        box.addButton(done, QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        done.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        return box

    @property
    def picked(self) -> str:
        """The text that is chosen; empty when there is none."""
        items = self.list.selectedItems()
        return items[0].text() if items else ""
