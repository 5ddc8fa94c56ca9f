"""A label of one line that gives way: what has no room ends in an ellipsis, the tip has all."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel

from embassy_desk.desktop.kit.plain import safe_tooltip

_LEAST_CHARACTERS = 8


class ElidedLabel(QLabel):
    """Shows as much of a text as there is room for; screen readers are told all of it."""

    def __init__(self, role: str) -> None:
        """Begin empty; the theme knows it by its role."""
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)

    def setText(self, text: str) -> None:  # noqa: N802  Qt's name
        """Show a text, with the whole of it as tooltip."""
        super().setText(text)
        self.setToolTip(safe_tooltip(text))

    def minimumSizeHint(self) -> QSize:
        """Ask for a few characters only."""
        least = self.fontMetrics().averageCharWidth() * _LEAST_CHARACTERS
        whole = super().sizeHint()
        return QSize(min(least, whole.width()), whole.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the whole text, or its beginning."""
        if self.width() >= self.sizeHint().width():
            super().paintEvent(event)
            return
        area, metrics = self.contentsRect(), self.fontMetrics()
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        with QPainter(self) as painter:
            painter.drawText(area, int(self.alignment()), shown)
