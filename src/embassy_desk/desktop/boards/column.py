"""One column of a board: Qt's list view with cards that can be dragged to another column."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QContextMenuEvent, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from embassy_desk.application.boards import Card, Column
from embassy_desk.desktop.boards.names import short_name
from embassy_desk.desktop.home_page.wording import SIGNS
from embassy_desk.desktop.kit.days import day_text
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.plain import safe_tooltip

CARD = Qt.ItemDataRole.UserRole
MIME_TYPE = "application/x-embassy-desk-card"
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_SIDEWAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_GAP_PX = 6
_PADDING_PX = 9
_Index = QModelIndex | QPersistentModelIndex


class CardsModel(QAbstractListModel):
    """The cards of one state.

    Attributes:
        dropped: A card of another column was dropped here; carries its identity.
    """

    dropped = Signal(object)

    def __init__(self, outfit: Outfit) -> None:
        """Begin without cards."""
        super().__init__()
        self._outfit = outfit
        self.cards: tuple[Card, ...] = ()

    def show_cards(self, cards: tuple[Card, ...]) -> None:
        """Show these cards."""
        self.beginResetModel()
        self.cards = cards
        self.endResetModel()

    def row_of(self, record_id: UUID) -> int | None:
        """Return the row of a card, or nothing."""
        return next((at for at, each in enumerate(self.cards) if each.id == record_id), None)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's way
        """Return how many cards are shown."""
        return 0 if parent.isValid() else len(self.cards)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a card says or speaks."""
        if not index.isValid():
            return None
        card = self.cards[index.row()]
        if role == CARD:
            return card
        if role == Qt.ItemDataRole.DisplayRole:
            return card.heading
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(each for each in self._spoken(card) if each)
        if role == Qt.ItemDataRole.ToolTipRole:
            return safe_tooltip("\n".join(each for each in self._spoken(card) if each))
        return None

    def _spoken(self, card: Card) -> tuple[str, ...]:
        word = SIGNS[card.press][2]
        spoken = self._outfit.words(word) if word else ""
        return card.heading, spoken, day_text(card.due_on), card.who, card.note

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let cards be dragged, and dropped on the column."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        """Return that cards are moved, never copied."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Return what may be dropped here."""
        return [MIME_TYPE]

    def mimeData(self, indexes: Any) -> QMimeData:
        """Return the card that is dragged, by its identity."""
        made = QMimeData()
        made.setData(MIME_TYPE, self.cards[indexes[0].row()].id.hex.encode())
        return made

    def canDropMimeData(
        self,
        data: QMimeData,
        action: Qt.DropAction,  # noqa: ARG002  Qt's signature
        row: int,  # noqa: ARG002
        column: int,  # noqa: ARG002
        parent: _Index,  # noqa: ARG002
    ) -> bool:
        """Say whether a card of another column hangs over this one."""
        dragged = _dragged(data)
        return dragged is not None and self.row_of(dragged) is None

    def dropMimeData(
        self,
        data: QMimeData,
        action: Qt.DropAction,  # noqa: ARG002  Qt's signature
        row: int,  # noqa: ARG002
        column: int,  # noqa: ARG002
        parent: _Index,  # noqa: ARG002
    ) -> bool:
        """Ask for the step; the card comes when it was taken."""
        dragged = _dragged(data)
        if dragged is None or self.row_of(dragged) is not None:
            return False
        self.dropped.emit(dragged)
        return True


def _dragged(data: QMimeData) -> UUID | None:
    text = bytes(data.data(MIME_TYPE).data()).decode("ascii", "replace")
    try:
        return UUID(text)
    except ValueError:
        return None


class ColumnView(QListView):
    """Shows the cards of one state.

    Attributes:
        opened: A card is to be opened; carries it.
        step_asked: A card is to go some columns to the right, or left if negative.
        sideways: The focus should go some columns to the right, or left if negative.
        menu_asked: The menu of a card is wanted; carries the card and the place on the screen.
    """

    opened = Signal(object)
    step_asked = Signal(object, int)
    sideways = Signal(int)
    menu_asked = Signal(object, object)

    def __init__(self, outfit: Outfit) -> None:
        """Begin without cards."""
        super().__init__()
        self.setProperty("role", "column")
        self.cards = CardsModel(outfit)
        self.setModel(self.cards)
        self.setItemDelegate(_CardPainter(outfit, self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(False)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.doubleClicked.connect(self._on_double_clicked)

    def show_column(self, column: Column) -> None:
        """Show the cards of a column; the chosen one stays chosen."""
        chosen, top = self.chosen, self.verticalScrollBar().value()
        if column.cards == self.cards.cards:
            return
        self.cards.show_cards(column.cards)
        if chosen is not None and (row := self.cards.row_of(chosen.id)) is not None:
            self.setCurrentIndex(self.cards.index(row))
        self.verticalScrollBar().setValue(top)

    @property
    def chosen(self) -> Card | None:
        """The chosen card."""
        row = self.currentIndex().row()
        return self.cards.cards[row] if 0 <= row < len(self.cards.cards) else None

    def choose(self, row: int) -> None:
        """Take the focus, on the card of a row or the last one."""
        if self.cards.cards:
            row = min(max(row, 0), len(self.cards.cards) - 1)
            self.setCurrentIndex(self.cards.index(row))
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move card or focus sideways, open the card; everything else is Qt's."""
        key, card = Qt.Key(event.key()), self.chosen
        is_moving = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key in _SIDEWAYS:
            if not is_moving:
                self.sideways.emit(_SIDEWAYS[key])
            elif card is not None:
                self.step_asked.emit(card, _SIDEWAYS[key])
        elif key in _ENTER and card is not None:
            self.opened.emit(card)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the chosen card, by mouse or by keys."""
        card = self.chosen
        if card is None:
            return
        place = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        self.menu_asked.emit(card, place)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(self.cards.cards[index.row()])


class _CardPainter(QStyledItemDelegate):
    """Draws a card: two lines of heading, what it waits for, then sign, day and who."""

    def __init__(self, outfit: Outfit, parent: QWidget) -> None:
        super().__init__(parent)
        self._outfit = outfit

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002
        line = QFontMetrics(option.font).lineSpacing()
        return QSize(0, 4 * line + 2 * _PADDING_PX + _GAP_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one card."""
        card: Card = index.data(CARD)
        colours, state = self._outfit.colours, option.state
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        has_focus = is_chosen and bool(state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = option.rect.adjusted(_GAP_PX // 2, _GAP_PX // 2, -_GAP_PX // 2, -_GAP_PX // 2)
        painter.setPen(QColor(colours.accent if has_focus else colours.line))
        painter.setBrush(QColor(colours.chosen if is_chosen else colours.surface))
        painter.drawRoundedRect(area, 6, 6)
        inner = area.adjusted(_PADDING_PX, _PADDING_PX, -_PADDING_PX, -_PADDING_PX)
        line = QFontMetrics(option.font).lineSpacing()
        painter.setFont(option.font)
        painter.setPen(QColor(colours.text))
        _two_lines(painter, inner, card.heading, line)
        small = QFont(option.font)
        small.setPointSizeF(option.font.pointSizeF() - 1)
        painter.setFont(small)
        painter.setPen(QColor(colours.muted))
        _line(painter, inner.adjusted(0, 2 * line, 0, 0), card.note)
        self._bottom(painter, inner.adjusted(0, 3 * line, 0, 0), card)
        painter.restore()

    def _bottom(self, painter: QPainter, area: QRect, card: Card) -> None:
        colours = self._outfit.colours
        sign, tone, _ = SIGNS[card.press]
        due = " ".join(each for each in (sign, day_text(card.due_on)) if each)
        painter.setPen(QColor(getattr(colours, tone)))
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, due)
        used = painter.fontMetrics().horizontalAdvance(due) + _PADDING_PX if due else 0
        painter.setPen(QColor(colours.muted))
        area = area.adjusted(used, 0, 0, 0)
        who = short_name(painter.fontMetrics(), card.who, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, who)


def _line(painter: QPainter, area: QRect, text: str) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, shown)


def _two_lines(painter: QPainter, area: QRect, text: str, line: int) -> None:
    """Draw a text in at most two lines, the second one cut where it is too long."""
    metrics, words, first = painter.fontMetrics(), text.split(), ""
    while words and metrics.horizontalAdvance(f"{first} {words[0]}".strip()) <= area.width():
        first = f"{first} {words.pop(0)}".strip()
    if not first:
        _line(painter, area, text)
        return
    _line(painter, area, first)
    _line(painter, area.adjusted(0, line, 0, 0), " ".join(words))
