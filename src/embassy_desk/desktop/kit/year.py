"""The picture of the year ahead: one line for each agreement, its terms and what happens when.

Painted inside Qt's own table, so that keys and screen readers reach every line; what is painted
is also said in words, in the line beside the picture and to screen readers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from embassy_desk.desktop.kit.entries import Entry
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.plain import safe_tooltip
from embassy_desk.domain.days import months_after
from embassy_desk.domain.milestones import Milestone, MilestoneKind
from embassy_desk.texts import N_, Text

WORDS, PICTURE = 0, 1
_MONTHS = 12
_BAR_PX = 8
_MARK_PX = 5
_LINE_PADDING_PX = 18
_MARGIN_PX = 8
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_Index = QModelIndex | QPersistentModelIndex
_LEGEND: dict[MilestoneKind, Text] = {
    MilestoneKind.NOTICE: N_("Notice by"),
    MilestoneKind.RENEWAL: N_("Next term"),
    MilestoneKind.END: N_("End"),
    MilestoneKind.REVIEW: N_("Review"),
}
_TONES = {
    MilestoneKind.ENTRY: "good",
    MilestoneKind.NOTICE: "caution",
    MilestoneKind.RENEWAL: "accent",
    MilestoneKind.END: "trouble",
    MilestoneKind.REVIEW: "muted",
}


@dataclass(frozen=True, kw_only=True)
class YearLine:
    """One line of the picture.

    Attributes:
        entry: What stands in words beside the picture.
        terms: First and last day of each term; nothing where unknown.
        marks: What happens in the year.
        told: The marks in words, for tooltips and screen readers.
    """

    entry: Entry
    terms: tuple[tuple[date | None, date | None], ...] = ()
    marks: tuple[Milestone, ...] = ()
    told: str = ""


class YearModel(QAbstractTableModel):
    """Holds the lines of the picture."""

    def __init__(self) -> None:
        """Begin without lines."""
        super().__init__()
        self.lines: tuple[YearLine, ...] = ()

    def show_lines(self, lines: Sequence[YearLine]) -> None:
        """Show these lines."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's way
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's way
        """Return two: words and picture."""
        return 0 if parent.isValid() else 2

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell says; the picture says its marks to screen readers."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.entry.text if index.column() == WORDS else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.entry.aloud if index.column() == WORDS else line.told
        if role == Qt.ItemDataRole.ToolTipRole:
            texts = (line.entry.text, line.entry.below, line.told)
            return safe_tooltip("\n".join(dict.fromkeys(each for each in texts if each)))
        return None


class YearTable(QTableView):
    """Shows the picture; Enter or a click on a line asks to open it.

    Attributes:
        opened: A line is to be opened; carries its key.
    """

    opened = Signal(object)

    def __init__(self, outfit: Outfit) -> None:
        """Begin without a year."""
        super().__init__()
        self.model_of_year = YearModel()
        self.setModel(self.model_of_year)
        self.painter_of_year = _YearPainter(outfit, self)
        self.setItemDelegate(self.painter_of_year)
        self.setHorizontalHeader(_Months(outfit, self.painter_of_year, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(
            2 * self.fontMetrics().lineSpacing() + _LINE_PADDING_PX - 6
        )
        self.clicked.connect(self._on_clicked)

    def show_year(self, first: date, today: date, lines: Sequence[YearLine]) -> None:
        """Show twelve months from a day on; the line that was chosen stays chosen."""
        at = self.currentIndex().row()
        known = self.model_of_year.lines
        chosen = known[at].entry.key if 0 <= at < len(known) else None
        self.painter_of_year.show_range(first, today)
        self.model_of_year.show_lines(lines)
        for row, line in enumerate(lines):
            if chosen is not None and line.entry.key == chosen:
                self.selectRow(row)
        self.horizontalHeader().viewport().update()

    def focus_first(self) -> None:
        """Take the focus, on the first line when none is chosen."""
        self.setFocus()
        if not self.currentIndex().isValid() and self.model_of_year.lines:
            self.selectRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the chosen line; everything else is Qt's."""
        if event.key() in _ENTER and self.currentIndex().isValid():
            self._on_clicked(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(self.model_of_year.lines[index.row()].entry.key)


class _Months(QHeaderView):
    """The names of the months above the picture."""

    def __init__(self, outfit: Outfit, painter: "_YearPainter", parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._outfit = outfit
        self._painter = painter
        self.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setSectionsClickable(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintSection(self, painter: QPainter, rect: QRect, index: int) -> None:
        """Draw what the marks mean, and the number of each month with the year it begins."""
        colours = self._outfit.colours
        painter.fillRect(rect, QColor(colours.raised))
        painter.setPen(QColor(colours.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        small = QFont(self.font())
        small.setPointSizeF(self.font().pointSizeF() - 1)
        painter.setFont(small)
        if index == PICTURE:
            self._months(painter, rect)
        else:
            self._legend(painter, rect)

    def _legend(self, painter: QPainter, rect: QRect) -> None:
        """Say what the marks mean, as far as there is room."""
        colours, words = self._outfit.colours, self._outfit.words
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, metrics = rect.left() + _MARGIN_PX + _MARK_PX, painter.fontMetrics()
        for kind, text in _LEGEND.items():
            said = words(text)
            if left + _MARGIN_PX + metrics.horizontalAdvance(said) > rect.right():
                return
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(getattr(colours, _TONES[kind])))
            painter.drawPolygon(mark_form(kind, QPointF(left, rect.center().y() + 1), _MARK_PX - 1))
            painter.setPen(QColor(colours.muted))
            left += _MARGIN_PX
            place = QRectF(left, rect.top(), rect.right() - left, rect.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, said)
            left += metrics.horizontalAdvance(said) + 2 * _MARGIN_PX

    def _months(self, painter: QPainter, rect: QRect) -> None:
        painter.setPen(QColor(self._outfit.colours.muted))
        for day in self._painter.months:
            left = self._painter.place(day, rect)
            right = self._painter.place(months_after(day, 1), rect)
            text = f"{day.month}/{day.year % 100:02}" if day.month == 1 else str(day.month)
            cell = QRectF(left, rect.top(), right - left, rect.height())
            if painter.fontMetrics().horizontalAdvance(text) > cell.width():
                text = str(day.month)
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, text)


class _YearPainter(QStyledItemDelegate):
    """Draws the words, and the terms and marks of one agreement on the line of the year."""

    def __init__(self, outfit: Outfit, parent: QWidget) -> None:
        super().__init__(parent)
        self._outfit = outfit
        self.months: tuple[date, ...] = ()
        self._first = self._last = self._today = date.min

    def show_range(self, first: date, today: date) -> None:
        """Draw twelve months from the first of one on."""
        self._first, self._today = first, today
        self._last = months_after(first, _MONTHS)
        self.months = tuple(months_after(first, each) for each in range(_MONTHS))

    def place(self, day: date, area: QRect) -> float:
        """Return where a day lies in an area that holds the year; cut to its edges."""
        days = max((self._last - self._first).days, 1)
        part = min(max((day - self._first).days / days, 0.0), 1.0)
        return area.left() + _MARGIN_PX + part * (area.width() - 2 * _MARGIN_PX)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002
        return QSize(0, 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one cell."""
        model = index.model()
        assert isinstance(model, YearModel)
        line = model.lines[index.row()]
        colours = self._outfit.colours
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(colours.chosen))
        if index.column() == WORDS:
            self._words(painter, option, line)
        else:
            self._picture(painter, option.rect, line)
        painter.setPen(QColor(colours.line))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def _words(self, painter: QPainter, option: QStyleOptionViewItem, line: YearLine) -> None:
        area = option.rect.adjusted(_MARGIN_PX, 4, -_MARGIN_PX, -4)
        colours, entry = self._outfit.colours, line.entry
        top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        elide = Qt.TextElideMode.ElideRight
        metrics = painter.fontMetrics()
        painter.setPen(QColor(colours.text))
        painter.drawText(area, top, metrics.elidedText(entry.text, elide, area.width()))
        small = QFont(painter.font())
        small.setPointSizeF(small.pointSizeF() - 1)
        painter.setFont(small)
        painter.setPen(QColor(getattr(colours, entry.tone)))
        below = f"{entry.sign} {entry.below}" if entry.sign else entry.below
        area = area.adjusted(0, metrics.lineSpacing(), 0, 0)
        painter.drawText(area, top, painter.fontMetrics().elidedText(below, elide, area.width()))

    def _picture(self, painter: QPainter, area: QRect, line: YearLine) -> None:
        colours = self._outfit.colours
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.line), 1))
        for day in self.months:
            x = self.place(day, area)
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        middle = area.center().y()
        for at, (first, last) in enumerate(line.terms):
            left = self.place(first or self._first, area) + (1 if at else 0)
            right = self.place(last or self._last, area) - 1
            bar = QRectF(left, middle - _BAR_PX / 2, max(right - left, 2), _BAR_PX)
            painter.setPen(QPen(QColor(colours.accent), 1))
            painter.setBrush(QColor(colours.chosen))
            painter.drawRoundedRect(bar, 3, 3)
        today = self.place(self._today, area)
        painter.setPen(QPen(QColor(colours.text), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(today, area.top()), QPointF(today, area.bottom()))
        for mark in line.marks:
            self._mark(painter, QPointF(self.place(mark.on, area), middle), mark.kind)

    def _mark(self, painter: QPainter, at: QPointF, kind: MilestoneKind) -> None:
        """Draw one mark; its form tells what it is even without colour."""
        colour = QColor(getattr(self._outfit.colours, _TONES[kind]))
        painter.setPen(QPen(QColor(self._outfit.colours.surface), 1))
        painter.setBrush(colour)
        painter.drawPolygon(mark_form(kind, at, _MARK_PX))


def mark_form(kind: MilestoneKind, at: QPointF, size: float) -> QPolygonF:
    """Return the form of a mark around a point: diamond, square, triangles, bar."""
    x, y = at.x(), at.y()
    forms = {
        MilestoneKind.NOTICE: ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
        MilestoneKind.END: ((-1, -1), (1, -1), (1, 1), (-1, 1)),
        MilestoneKind.RENEWAL: ((-1, -1.2), (1.2, 0), (-1, 1.2)),
        MilestoneKind.ENTRY: ((-1.2, 1), (0, -1.2), (1.2, 1)),
        MilestoneKind.REVIEW: ((-0.5, -1.4), (0.5, -1.4), (0.5, 1.4), (-0.5, 1.4)),
    }
    return QPolygonF([QPointF(x + dx * size, y + dy * size) for dx, dy in forms[kind]])
