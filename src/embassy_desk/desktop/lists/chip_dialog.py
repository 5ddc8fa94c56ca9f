"""The dialog that makes or changes a chip: field, test, value."""

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from embassy_desk.application.wishes import Chip, ChipTest
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, named, plain_label, said
from embassy_desk.desktop.kit.quiet import QuietComboBox
from embassy_desk.desktop.lists.chip_values import ValueEditor, value_editor
from embassy_desk.desktop.lists.fields import OfferedField, offered_fields
from embassy_desk.domain.errors import InvalidError
from embassy_desk.domain.vietnamese import sort_key
from embassy_desk.texts import N_

_WIDTH_PX = 460
_MOST_SHOWN = 18


class ChipDialog(QDialog):
    """Takes one condition.

    Attributes:
        chosen: The condition is complete; carries the chip.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget, outfit: Outfit, kind: str) -> None:
        """Offer the fields of a kind in the order of the language."""
        super().__init__(parent)
        self._outfit = outfit
        self._phrases = Phrases(outfit.words)
        self._phrases.show(self.setWindowTitle, N_("Filter by a field"))
        self.field_box, self.test_box = QuietComboBox(), QuietComboBox()
        self._place = QVBoxLayout()
        self.value: ValueEditor | None = None
        self._problem = plain_label("problem")
        self._problem.hide()
        fields = [(outfit.words(each.label), each) for each in offered_fields(kind) if each.tests]
        for label, each in sorted(fields, key=lambda found: sort_key(found[0])):
            self.field_box.addItem(label, each)
        self._build()
        self.field_box.currentIndexChanged.connect(self._on_field)
        self.test_box.currentIndexChanged.connect(self._on_test)
        self._on_field()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(7)
        for word, box in ((N_("Field"), self.field_box), (N_("Condition"), self.test_box)):
            label = said(self._phrases, word, "field")
            label.setBuddy(box)
            named(self._phrases, box, word)
            box.setMaxVisibleItems(_MOST_SHOWN)
            layout.addWidget(label)
            layout.addWidget(box)
        layout.addLayout(self._place)
        layout.addWidget(self._problem)
        layout.addStretch(1)
        layout.addWidget(self._buttons())
        self.setMinimumWidth(_WIDTH_PX)

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        done = button(self._phrases, N_("Filter"), role="primary")
        done.setDefault(True)
        cancel = button(self._phrases, N_("Cancel"))
        box.addButton(done, QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        done.clicked.connect(self._on_done)
        cancel.clicked.connect(self.reject)
        return box

    def show_chip(self, chip: Chip, names: Mapping[UUID, str]) -> None:
        """Show a chip that is to be changed."""
        for at in range(self.field_box.count()):
            if self.field_box.itemData(at).name == chip.field:
                self.field_box.setCurrentIndex(at)
        for at in range(self.test_box.count()):
            if str(self.test_box.itemData(at)) == chip.test.value:
                self.test_box.setCurrentIndex(at)
        if self.value is not None and chip.value is not None:
            self.value.show_value(chip.value, names)
            self.value.setFocus()

    def choose_field(self, name: str) -> None:
        """Begin with a field, such as that of a column."""
        for at in range(self.field_box.count()):
            if self.field_box.itemData(at).name == name:
                self.field_box.setCurrentIndex(at)

    def _on_field(self) -> None:
        field: OfferedField = self.field_box.currentData()
        self.test_box.blockSignals(True)  # noqa: FBT003  Qt's signature
        self.test_box.clear()
        for test in field.tests:
            self.test_box.addItem(self._outfit.words(test), test)
        self.test_box.blockSignals(False)  # noqa: FBT003  Qt's signature
        self._on_test()

    def _on_test(self) -> None:
        field: OfferedField = self.field_box.currentData()
        test = ChipTest.named(str(self.test_box.currentData()))
        if self.value is not None:
            self._place.removeWidget(self.value)
            self.value.hide()
            self.value.deleteLater()
        self.value = value_editor(field, test, self._outfit)
        self._place.addWidget(self.value)
        self._problem.hide()
        self.adjustSize()

    def _on_done(self) -> None:
        field: OfferedField = self.field_box.currentData()
        if self.value is None:
            return
        try:
            value = self.value.value()
        except InvalidError as error:
            self._problem.setText(self._outfit.words(error.problems[0].text))
            self._problem.show()
            self.value.setFocus()
            return
        test = ChipTest.named(str(self.test_box.currentData()))
        self.chosen.emit(Chip(field.name, test, value))
        self.accept()
