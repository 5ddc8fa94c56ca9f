"""Editor of rules of recurrence."""

from typing import Any

from PySide6.QtWidgets import QComboBox, QWidget

from embassy_desk.desktop.kit.editors.chosen import ComboEditor
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.recurrences import RECURRENCES
from embassy_desk.desktop.kit.shapes import Shape


class RecurrenceEditor(ComboEditor):
    """An everyday rule of recurrence, or any other as it is written."""

    def __init__(self, shape: Shape, outfit: Outfit) -> None:
        """Let other rules be typed."""
        super().__init__(shape, outfit)
        self.box.setEditable(True)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.box.setCompleter(None)  # type: ignore[arg-type]  # None takes the completer away
        self.box.editTextChanged.connect(self._on_typed)

    @property
    def named(self) -> tuple[QWidget, ...]:
        """The box and the line in it."""
        line = self.box.lineEdit()
        return (self.box,) if line is None else (self.box, line)

    def empty(self) -> Any:
        """Return the empty rule."""
        return ""

    def offered(self) -> list[tuple[str, Any]]:
        """Return the everyday rules."""
        return [(self.outfit.words(text), rule) for rule, text in RECURRENCES.items()]

    def values(self) -> dict[str, Any]:
        """Return the rule that was chosen or typed."""
        typed = self.box.currentText().strip()
        at = self.box.findText(typed)
        return {self.shape.field: self.box.itemData(at) if at >= 0 else typed}

    def typed(self) -> str:
        """Return the rule that was chosen, or the text that was typed."""
        at = self.box.findText(self.box.currentText())
        return str(self.box.itemData(at)) if at >= 0 else self.box.currentText()

    def show_typed(self, typed: Any) -> None:
        """Show a rule that was chosen, or a text that was typed."""
        at = self.box.findData(str(typed))
        if at >= 0:
            self.box.setCurrentIndex(at)
        else:
            self.box.setEditText(str(typed))

    def _on_typed(self, text: str) -> None:
        if self.box.hasFocus() and self.box.findText(text) < 0:
            self.edited.emit()
