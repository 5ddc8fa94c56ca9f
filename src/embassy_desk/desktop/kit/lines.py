"""Lines of tables as high as the person chose, also after they choose otherwise."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QTableView

from embassy_desk.desktop.kit.theme import line_height

_CHANGES = frozenset({QEvent.Type.StyleChange, QEvent.Type.FontChange})


class LineKeeper(QObject):
    """Gives every line of a table the height that holds at present."""

    def __init__(self, table: QTableView) -> None:
        """Live as long as the table."""
        super().__init__(table)
        self._table = table
        self._fit()
        table.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the lines again when font or style change."""
        if watched is self._table and event.type() in _CHANGES:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        self._table.verticalHeader().setDefaultSectionSize(line_height(self._table))
