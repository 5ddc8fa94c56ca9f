"""Lines that say what is due: a heading, the reason below it, a sign for how much it presses.

Qt's own list view draws them through a delegate, so that keys, selection and screen readers work
as in any list. Titles of groups stand among them; one with a count opens the list behind it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.plain import safe_tooltip

ENTRY = Qt.ItemDataRole.UserRole
_MARGIN_PX = 10
_SIGN_PX = 20
_GAP_PX = 2
_TITLE_GAP_PX = 8
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line.

    Attributes:
        key: What it stands for; whoever made the entry knows.
        text: The heading.
        below: The reason, smaller, below it; may be empty.
        aside: A few letters at the right, such as a day or a count.
        sign: A letter at the left that says how much it presses, so that colour is never alone.
        tone: Name of the colour of sign and reason.
        spoken: What screen readers say beside the texts, such as “late”.
        is_title: Whether it is the title of a group.
    """

    key: object
    text: str
    below: str = ""
    aside: str = ""
    sign: str = ""
    tone: str = "muted"
    spoken: str = ""
    is_title: bool = False

    @property
    def aloud(self) -> str:
        """Everything it says, as one sentence."""
        return ", ".join(each for each in (self.text, self.spoken, self.below, self.aside) if each)


class EntriesModel(QAbstractListModel):
    """Holds the lines."""

    def __init__(self) -> None:
        """Begin without lines."""
        super().__init__()
        self.entries: tuple[Entry, ...] = ()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these lines."""
        self.beginResetModel()
        self.entries = tuple(entries)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's way
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a line says, shows or speaks."""
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return safe_tooltip("\n".join(each for each in (entry.text, entry.below) if each))
        return entry.aloud if role == Qt.ItemDataRole.AccessibleTextRole else None


class EntriesView(QListView):
    """Shows lines; Enter or a click on one asks to open it.

    Attributes:
        opened: A line is to be opened; carries its key.
    """

    opened = Signal(object)

    def __init__(self, outfit: Outfit, *, opens_on_click: bool = True) -> None:
        """Begin without lines; a click opens one, else a double click."""
        super().__init__()
        self.lines = EntriesModel()
        self.setModel(self.lines)
        self.setItemDelegate(_EntryPainter(outfit, self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        (self.clicked if opens_on_click else self.doubleClicked).connect(self._on_clicked)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these lines; the one that was chosen stays chosen as long as it is there."""
        chosen = self.chosen
        if tuple(entries) == self.lines.entries:
            return
        top = self.verticalScrollBar().value()
        self.lines.show_entries(entries)
        for at, each in enumerate(self.lines.entries):
            if chosen is not None and each.key == chosen.key and each.is_title == chosen.is_title:
                self.setCurrentIndex(self.lines.index(at))
        self.verticalScrollBar().setValue(top)

    def stay_near(self, row: int) -> None:
        """Choose the line that came into the place of one that has gone, unless one is chosen.

        Args:
            row: Where the line stood; nothing is chosen when it is negative.
        """
        entries = self.lines.entries
        if self.chosen is None and row >= 0 and entries:
            at = min(row, len(entries) - 1)
            at = at if not entries[at].is_title else min(at + 1, len(entries) - 1)
            self.setCurrentIndex(self.lines.index(at))

    @property
    def chosen(self) -> Entry | None:
        """The line that is chosen."""
        index = self.currentIndex()
        return self.lines.entries[index.row()] if index.isValid() else None

    def focus_first(self) -> None:
        """Take the focus, on the first line that opens something when none is chosen."""
        if self.chosen is None:  # before Qt chooses the first line itself, a title
            for at, each in enumerate(self.lines.entries):
                if not each.is_title:
                    self.setCurrentIndex(self.lines.index(at))
                    break
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the chosen line; everything else is Qt's."""
        entry = self.chosen
        if event.key() in _ENTER and entry is not None and not event.modifiers():
            self._open(entry)
        else:
            super().keyPressEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        self._open(self.lines.entries[index.row()])

    def _open(self, entry: Entry) -> None:
        if entry.key is not None:
            self.opened.emit(entry.key)


class _EntryPainter(QStyledItemDelegate):
    """Draws one line; every text plain."""

    def __init__(self, outfit: Outfit, parent: QWidget) -> None:
        super().__init__(parent)
        self._outfit = outfit

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        entry: Entry = index.data(ENTRY)
        height = QFontMetrics(option.font).lineSpacing()
        if entry.is_title:
            return QSize(0, height + 2 * _TITLE_GAP_PX)
        small = QFontMetrics(_small(option.font)).lineSpacing() if entry.below else 0
        return QSize(0, height + small + _GAP_PX + 10)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw ground, sign, texts, and the edge of the line that has the focus."""
        entry: Entry = index.data(ENTRY)
        colours = self._outfit.colours
        painter.save()
        area = option.rect
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(colours.chosen))
        elif state & QStyle.StateFlag.State_MouseOver and entry.key is not None:
            painter.fillRect(area, QColor(colours.raised))
        inner = area.adjusted(_MARGIN_PX, 0, -_MARGIN_PX, 0)
        if entry.is_title:
            self._title(painter, option.font, inner, entry)
        else:
            self._line(painter, option.font, inner, entry)
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_Selected:
            painter.setPen(QColor(colours.accent))
            painter.drawRect(area.adjusted(1, 1, -2, -2))
        painter.restore()

    def _title(self, painter: QPainter, font: QFont, area: QRect, entry: Entry) -> None:
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(self._outfit.colours.accent))
        used = _aside(painter, area, entry.aside, middle)
        painter.setPen(QColor(self._outfit.colours.text))
        _elided(painter, area.adjusted(0, 0, -used, 0), entry.text, middle)

    def _line(self, painter: QPainter, font: QFont, area: QRect, entry: Entry) -> None:
        colours = self._outfit.colours
        tone = QColor(getattr(colours, entry.tone))
        top = Qt.AlignmentFlag.AlignTop
        area = area.adjusted(0, 5, 0, -5)
        painter.setFont(font)
        if entry.sign:
            painter.setPen(tone)
            painter.drawText(area, top, entry.sign)
        texts = area.adjusted(_SIGN_PX, 0, 0, 0)
        painter.setPen(QColor(colours.muted))
        painter.setFont(_small(font))
        used = _aside(painter, texts, entry.aside, top)
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        _elided(painter, texts.adjusted(0, 0, -used, 0), entry.text, top)
        height = QFontMetrics(font).lineSpacing() + _GAP_PX
        painter.setFont(_small(font))
        painter.setPen(tone)
        _elided(painter, texts.adjusted(0, height, 0, 0), entry.below, top)


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() - 1)
    return small


def _aside(painter: QPainter, area: QRect, text: str, align: Qt.AlignmentFlag) -> int:
    """Draw a text at the right and return how much room it took."""
    if not text:
        return 0
    painter.drawText(area, Qt.AlignmentFlag.AlignRight | align, text)
    return painter.fontMetrics().horizontalAdvance(text) + _MARGIN_PX


def _elided(painter: QPainter, area: QRect, text: str, align: Qt.AlignmentFlag) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignLeft | align, shown)
