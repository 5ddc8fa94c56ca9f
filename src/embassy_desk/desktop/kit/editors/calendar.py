"""The calendar that opens under a day: quiet colours, closed by Escape."""

from PySide6.QtCore import QDate, QLocale, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QPalette, QTextCharFormat
from PySide6.QtWidgets import QApplication, QCalendarWidget, QToolButton, QWidget

from embassy_desk.desktop.kit.outfit import Outfit

_SIZE_PX = (370, 270)
_ARROWS = {"qt_calendar_prevmonth": "back", "qt_calendar_nextmonth": "unfold"}


class Calendar(QCalendarWidget):
    """Shows a month; a day is chosen by a click or by Enter."""

    def __init__(self, owner: QWidget, outfit: Outfit) -> None:
        """Belong to a field; hidden until it is opened."""
        super().__init__(owner)
        self._owner = owner
        self.setWindowFlag(Qt.WindowType.Popup)
        self.setFixedSize(*_SIZE_PX)
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setDateEditEnabled(False)
        for name, icon in _ARROWS.items():
            arrow = self.findChild(QToolButton, name)
            if isinstance(arrow, QToolButton):
                outfit.icons.show(arrow, icon)

    def open_on(self, day: QDate) -> None:
        """Open under the field with a day chosen, in the language of the desk."""
        self.setLocale(QLocale())
        quiet = QTextCharFormat()
        quiet.setForeground(QApplication.palette().color(QPalette.ColorRole.PlaceholderText))
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.setWeekdayTextFormat(weekday, quiet)
        self.setSelectedDate(day)
        self.move(self._place())
        self.show()
        self.setFocus()

    def _place(self) -> QPoint:
        """Return where there is room: below the field, else above it."""
        screen = self._owner.screen().availableGeometry()
        corner = self._owner.mapToGlobal(QPoint(0, self._owner.height()))
        if corner.y() + self.height() > screen.bottom():
            corner.setY(corner.y() - self._owner.height() - self.height())
        corner.setX(min(corner.x(), screen.right() - self.width()))
        return corner

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close by Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)
