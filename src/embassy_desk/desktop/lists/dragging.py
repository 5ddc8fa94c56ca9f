"""Tells when chosen lines are dragged away, and leaves choosing with the mouse as it is."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QTableView


class LinesDragged(QObject):
    """Watches the mouse over a table.

    Only a line that was chosen before is dragged; from any other one a pressed mouse chooses
    several, as everywhere.

    Attributes:
        begun: The chosen lines are dragged, the mouse is still pressed.
    """

    begun = Signal()

    def __init__(self, table: QTableView) -> None:
        """Watch as long as the table lives."""
        super().__init__(table)
        self._table, self._viewport = table, table.viewport()
        self._pressed: QPoint | None = None
        self._viewport.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note where the mouse was pressed, and take its moves away once it drags."""
        if watched is not self._viewport or not isinstance(event, QMouseEvent):
            return False
        if event.type() is QEvent.Type.MouseButtonPress:
            self._pressed = self._place(event)
        elif event.type() is QEvent.Type.MouseButtonRelease:
            self._pressed = None
        elif event.type() is QEvent.Type.MouseMove and self._pressed is not None:
            way = (event.position().toPoint() - self._pressed).manhattanLength()
            if way >= QApplication.startDragDistance():
                self._pressed = None
                self.begun.emit()
            return True
        return False

    def _place(self, event: QMouseEvent) -> QPoint | None:
        """Return where a press is that may become a drag; nothing for any other."""
        is_plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.button() is not Qt.MouseButton.LeftButton or not is_plain:
            return None
        place = event.position().toPoint()
        chosen = self._table.selectionModel()
        line = self._table.indexAt(place)
        is_chosen = line.isValid() and chosen.isRowSelected(line.row(), line.parent())
        return place if is_chosen else None
