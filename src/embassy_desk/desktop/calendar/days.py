"""The days of a month or a week as Qt's table shows them: one row for each week, from Monday."""

from collections import defaultdict
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from embassy_desk.application.calendar import CalendarEntry
from embassy_desk.desktop.calendar.wording import line_of, spoken_day, tone_of
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.plain import safe_tooltip
from embassy_desk.desktop.kit.weekdays import SHORT_WEEKDAYS
from embassy_desk.domain.days import days_after
from embassy_desk.texts import N_

_DAYS = 7
_MARGIN_PX = 6
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -_DAYS,
    Qt.Key.Key_Down: _DAYS,
}
_TURNS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_Index = QModelIndex | QPersistentModelIndex


class DaysModel(QAbstractTableModel):
    """Holds days in weeks and what stands on them."""

    def __init__(self, outfit: Outfit) -> None:
        """Begin without days."""
        super().__init__()
        self._outfit = outfit
        self.first = self.today = date.min
        self.month = 0
        self._weeks = 0
        self._entries: dict[date, tuple[CalendarEntry, ...]] = {}

    def show_days(self, first: date, last: date, today: date, month: int) -> None:
        """Show whole weeks; days of other months than `month` stand back, 0 for none."""
        if (first, self._weeks) != (self.first, ((last - first).days + 1) // _DAYS):
            self.beginResetModel()
            self.first, self._weeks = first, ((last - first).days + 1) // _DAYS
            self._entries = {}
            self.endResetModel()
        self.today, self.month = today, month

    def show_entries(self, entries: tuple[CalendarEntry, ...]) -> None:
        """Show what stands on the days."""
        by_day: dict[date, list[CalendarEntry]] = defaultdict(list)
        for each in entries:
            by_day[each.on].append(each)
        self._entries = {day: tuple(each) for day, each in by_day.items()}
        if self._weeks:
            self.dataChanged.emit(self.index(0, 0), self.index(self._weeks - 1, _DAYS - 1))

    def day(self, index: _Index) -> date:
        """Return the day of a cell."""
        return days_after(self.first, index.row() * _DAYS + index.column())

    def index_of(self, day: date) -> QModelIndex:
        """Return the cell of a day; none if it is not shown."""
        row, column = divmod((day - self.first).days, _DAYS)
        return self.index(row, column)

    def entries(self, day: date) -> tuple[CalendarEntry, ...]:
        """Return what stands on a day."""
        return self._entries.get(day, ())

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's way
        """Return how many weeks are shown."""
        return 0 if parent.isValid() else self._weeks

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's way
        """Return the days of a week."""
        return 0 if parent.isValid() else _DAYS

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the number of a day, and what stands on it for screen readers and tooltips."""
        if not index.isValid():
            return None
        day = self.day(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return str(day.day)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken_day(day, self.entries(day), self._outfit.words)
        if role == Qt.ItemDataRole.ToolTipRole:
            return safe_tooltip("\n".join(line_of(each) for each in self.entries(day)))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the day of the week, or the number of the week (ISO 8601)."""
        words = self._outfit.words
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return words(SHORT_WEEKDAYS[section])
        week = days_after(self.first, section * _DAYS).isocalendar().week
        return words(N_("W{week}", week=week))


class DaysView(QTableView):
    """Shows the days; arrows go from day to day, also beyond what is shown.

    Attributes:
        day_chosen: Another day was chosen; carries it.
        day_opened: The entries of the chosen day are wanted.
        entry_opened: An entry is to be opened; carries it.
        turned: The month or week some steps later is wanted.
    """

    day_chosen = Signal(object)
    day_opened = Signal()
    entry_opened = Signal(object)
    turned = Signal(int)

    def __init__(self, outfit: Outfit) -> None:
        """Begin without days."""
        super().__init__()
        self.days = DaysModel(outfit)
        self.setModel(self.days)
        self._day: date | None = None
        self._painter = _DayPainter(outfit, self)
        self.setItemDelegate(self._painter)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            header.setHighlightSections(False)
            header.setSectionsClickable(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.doubleClicked.connect(self._on_double_clicked)

    def choose(self, day: date) -> None:
        """Choose a day; its cell is shown as chosen once it is in sight."""
        self._day = day
        index = self.days.index_of(day)
        if index.isValid() and index != self.currentIndex():
            self.setCurrentIndex(index)

    @property
    def day(self) -> date | None:
        """The chosen day."""
        return self._day

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from day to day, turn the page, open the day."""
        key, day = Qt.Key(event.key()), self.day
        if key in _TURNS:
            self.turned.emit(_TURNS[key])
        elif key in _ENTER and day is not None:
            self.day_opened.emit()
        elif key in _STEPS and day is not None and not event.modifiers():
            following = days_after(day, _STEPS[key])
            self.choose(following)
            self.day_chosen.emit(following)
        else:
            super().keyPressEvent(event)

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid() and (day := self.days.day(current)) != self._day:
            self._day = day
            self.day_chosen.emit(day)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        """Open the entry under the mouse, else the day."""
        at = self.viewport().mapFromGlobal(self.cursor().pos())
        entry = self._painter.entry_at(at, self.visualRect(index), self.days.day(index))
        if entry is None:
            self.day_opened.emit()
        else:
            self.entry_opened.emit(entry)


class _DayPainter(QStyledItemDelegate):
    """Draws a day: its number, then as many entries as there is room for."""

    def __init__(self, outfit: Outfit, view: DaysView) -> None:
        super().__init__(view)
        self._outfit = outfit
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002
        return QSize(0, 0)

    def entry_at(self, at: QPoint, cell: QRect, day: date) -> CalendarEntry | None:
        """Return the entry that is drawn at a point of a cell."""
        top, line = _heights(self._view)
        row = (at.y() - cell.top() - top) // line
        entries = self._view.days.entries(day)
        shown = entries[: max((cell.height() - top) // line, 0)]
        return shown[row] if cell.contains(at) and 0 <= row < len(shown) else None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one day."""
        days, colours, cell = self._view.days, self._outfit.colours, option.rect
        day = days.day(index)
        painter.save()
        is_other = days.month not in {0, day.month}
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ground = colours.chosen if is_chosen else colours.window if is_other else colours.surface
        painter.fillRect(cell, QColor(ground))
        self._number(painter, option.font, cell, day, is_other=is_other)
        self._entries(painter, option.font, cell, day)
        if is_chosen and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(colours.accent))
            painter.drawRect(cell.adjusted(1, 1, -2, -2))
        painter.restore()

    def _number(
        self, painter: QPainter, font: QFont, cell: QRect, day: date, *, is_other: bool
    ) -> None:
        colours = self._outfit.colours
        bold = QFont(font)
        is_today = day == self._view.days.today
        bold.setWeight(QFont.Weight.DemiBold if is_today else QFont.Weight.Normal)
        painter.setFont(bold)
        first_of_month = f"{day.day}/{day.month}" if day.day == 1 else str(day.day)
        place = cell.adjusted(_MARGIN_PX, 3, -_MARGIN_PX, 0)
        place.setHeight(painter.fontMetrics().height() + 2)
        painter.setPen(QColor(colours.muted if is_other else colours.text))
        if is_today:
            width = painter.fontMetrics().horizontalAdvance(first_of_month) + 2 * _MARGIN_PX
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(QColor(colours.accent))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(cell.left() + 2, cell.top() + 3, width, place.height(), 7, 7)
            painter.setPen(QColor(colours.on_accent))
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft, first_of_month)

    def _entries(self, painter: QPainter, font: QFont, cell: QRect, day: date) -> None:
        top, line = _heights(self._view)
        entries = self._view.days.entries(day)
        room = max((cell.height() - top) // line, 0)
        is_cut = len(entries) > room
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() - 1)
        painter.setFont(small)
        metrics, colours = painter.fontMetrics(), self._outfit.colours
        width = cell.width() - 2 * _MARGIN_PX
        for at, entry in enumerate(entries[: room - is_cut]):
            place = QRect(cell.left() + _MARGIN_PX, cell.top() + top + at * line, width, line)
            painter.setPen(QColor(getattr(colours, tone_of(entry))))
            text = metrics.elidedText(line_of(entry), Qt.TextElideMode.ElideRight, width)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
        if is_cut and room:
            rest = len(entries) - room + 1
            at_y = cell.top() + top + (room - 1) * line
            place = QRect(cell.left() + _MARGIN_PX, at_y, width, line)
            painter.setPen(QColor(colours.muted))
            more = self._outfit.words(N_("{count} more", "{count} more", count=rest))
            if metrics.horizontalAdvance(more) > place.width():
                more = f"+{rest}"
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, more)


def _heights(view: QWidget) -> tuple[int, int]:
    """Return where the entries of a cell begin, and how high one is, in pixels."""
    metrics = QFontMetrics(view.font())
    return metrics.height() + 8, metrics.height()
