"""A column that scrolls up and down where a screen is too low for it, and never sideways."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

_LEAST_PX = 200


class UprightArea(QScrollArea):
    """Shows a column; it is as wide as the column needs, with room for the bar beside it."""

    def __init__(self, column: QWidget) -> None:
        """Show a column."""
        super().__init__()
        self._column = column
        column.setProperty("role", "sheet")
        self.setWidget(column)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def minimumSizeHint(self) -> QSize:
        """Ask for the width of the column, and little height."""
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(self._column.minimumSizeHint().width() + bar, _LEAST_PX)
