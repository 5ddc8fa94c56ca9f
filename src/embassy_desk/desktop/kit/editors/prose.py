"""Editor of texts of several lines."""

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget

from embassy_desk.desktop.kit.editors.editor import Editor, Names, Values
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.shapes import Shape
from embassy_desk.desktop.kit.text_fields import TextArea

_LEAST_LINES, _MOST_LINES = 3, 14
_PROSE_PADDING_PX = 18


class ProseEditor(Editor):
    """A text of several lines; Tab leaves it."""

    def __init__(self, shape: Shape, outfit: Outfit) -> None:
        """Make the field."""
        super().__init__(shape, outfit)
        self._field = TextArea()
        self._field.setTabChangesFocus(True)
        self._field.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._shown = ""
        self.row.addWidget(self._field, 1)
        self._field.textChanged.connect(self._on_changed)
        self._field.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._field.installEventFilter(self)
        self._fit()

    @property
    def front(self) -> QWidget:
        """The field."""
        return self._field

    def values(self) -> dict[str, Any]:
        """Return the text."""
        return {self.shape.field: self._field.toPlainText()}

    def show_values(self, values: Values, names: Names) -> None:  # noqa: ARG002
        """Show the text from its beginning."""
        text = str(values.get(self.shape.field) or "")
        self._shown = text
        if self._field.toPlainText() != text:
            self._field.setPlainText(text)

    def typed(self) -> str:
        """Return the text of the field."""
        return self._field.toPlainText()

    def show_typed(self, typed: Any) -> None:
        """Show a text that stood in the field."""
        self._field.setPlainText(str(typed))

    def set_fixed(self, *, is_fixed: bool) -> None:
        """Keep the text selectable while it cannot be edited."""
        self._field.setReadOnly(is_fixed)

    def _fit(self, *_: object) -> None:
        """Be as high as the text, within limits."""
        lines = int(self._field.document().size().height())
        shown = max(_LEAST_LINES, min(lines, _MOST_LINES))
        spacing = self._field.fontMetrics().lineSpacing()
        self._field.setFixedHeight(shown * spacing + _PROSE_PADDING_PX)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice when the person leaves the field."""
        if event.type() is QEvent.Type.FocusOut:
            self.left.emit()
        return super().eventFilter(watched, event)

    def _on_changed(self) -> None:
        if self._field.toPlainText() != self._shown:
            self.edited.emit()
