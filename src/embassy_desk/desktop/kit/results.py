"""A list of found records that opens under a field and leaves the typing to the field."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QSize, Qt
from PySide6.QtCore import Signal as QtSignal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from embassy_desk.application.pages import Hit

_HIT = Qt.ItemDataRole.UserRole
_BELOW = int(Qt.ItemDataRole.UserRole) + 1
_LEAST_WIDTH_PX = 360
_MOST_HEIGHT_PX = 420
_MARGIN_PX = 9
_GAP_PX = 2
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class Results(QFrame):
    """Shows hits under a field; arrows, Enter and Escape of the field work in it.

    Attributes:
        chosen: A hit was chosen; carries it.
    """

    chosen = QtSignal(object)

    def __init__(self, field: QLineEdit) -> None:
        """Belong to a field; hidden until there is something to show."""
        flags = Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint
        super().__init__(field, flags | Qt.WindowType.WindowDoesNotAcceptFocus)
        self._field = field
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setProperty("role", "popup")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list = QListWidget()
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setItemDelegate(_TwoLines(self._list))
        self._list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemClicked.connect(self._on_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3, 3, 3, 3)
        layout.addWidget(self._list)
        field.installEventFilter(self)
        self.hide()

    @property
    def shown(self) -> tuple[Hit, ...]:
        """The hits that are shown, in their order."""
        items = (self._list.item(at) for at in range(self._list.count()))
        return tuple(hit for item in items if (hit := item.data(_HIT)) is not None)

    def show_hits(self, groups: Iterable[tuple[str, Iterable[Hit]]], otherwise: str) -> None:
        """Show hits under the titles of their groups, or a sentence that there are none.

        Args:
            groups: Title and hits; an empty title shows none.
            otherwise: The sentence.
        """
        self._list.clear()
        for title, hits in groups:
            if title:
                self._add_heading(title)
            for hit in hits:
                item = QListWidgetItem(hit.heading, self._list)
                item.setData(_HIT, hit)
                item.setData(_BELOW, " · ".join(each for each in (hit.subtitle, hit.ref) if each))
                spoken = ", ".join(each for each in (hit.heading, hit.subtitle, hit.ref) if each)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        if not self._list.count():
            self._add_heading(otherwise)
        self._place()
        self.show()
        self._move(1)

    def _add_heading(self, text: str) -> None:
        item = QListWidgetItem(text, self._list)
        item.setFlags(Qt.ItemFlag.NoItemFlags)

    def _place(self) -> None:
        """Stand below the field, or above it where the screen ends."""
        screen = self._field.screen().availableGeometry()
        corner = self._field.mapToGlobal(QPoint(0, self._field.height() + _GAP_PX))
        wanted = sum(self._list.sizeHintForRow(at) for at in range(self._list.count())) + _MARGIN_PX
        width = max(self._field.width(), _LEAST_WIDTH_PX)
        height = min(wanted, _MOST_HEIGHT_PX)
        if corner.y() + height > screen.bottom():
            corner.setY(corner.y() - self._field.height() - 2 * _GAP_PX - height)
        corner.setX(max(screen.left(), min(corner.x(), screen.right() - width)))
        self.setGeometry(corner.x(), corner.y(), width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the keys of the field move in the list while it is shown."""
        if watched is self._field and self.isVisible():
            if event.type() is QEvent.Type.FocusOut:
                self.hide()
            elif event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
                if event.key() == Qt.Key.Key_Escape:
                    event.accept()
            elif event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._took(Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _took(self, key: Qt.Key) -> bool:
        if key in _STEPS:
            self._move(_STEPS[key])
            return True
        if key == Qt.Key.Key_Escape:
            self.hide()
            return True
        if key in _ENTER and self._list.currentRow() >= 0:
            self._choose(self._list.currentItem())
            return True
        return False

    def _move(self, step: int) -> None:
        at = self._list.currentRow() + step
        while 0 <= at < self._list.count() and self._list.item(at).data(_HIT) is None:
            at += step
        if 0 <= at < self._list.count():
            self._list.setCurrentRow(at)

    def _on_clicked(self, item: QListWidgetItem) -> None:
        if item.data(_HIT) is not None:
            self._choose(item)

    def _choose(self, item: QListWidgetItem) -> None:
        self.hide()
        self.chosen.emit(item.data(_HIT))


class _TwoLines(QStyledItemDelegate):
    """Draws the heading of a hit and, smaller, what tells it from others; both as plain text."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        lines = 2 if index.data(_HIT) is not None and index.data(_BELOW) else 1
        return QSize(0, QFontMetrics(option.font).lineSpacing() * lines + _MARGIN_PX)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one hit, or the title of a group."""
        area = option.rect
        palette = QApplication.palette()
        is_hit = index.data(_HIT) is not None
        state = option.state
        if is_hit and state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, palette.color(QPalette.ColorRole.Midlight))
        area = area.adjusted(_MARGIN_PX, 4, -_MARGIN_PX, -4)
        metrics = QFontMetrics(option.font)
        width = area.width()
        role = QPalette.ColorRole.Text if is_hit else QPalette.ColorRole.PlaceholderText
        painter.setPen(palette.color(role))
        top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(area, top, metrics.elidedText(str(index.data()), elide, width))
        below = index.data(_BELOW)
        if is_hit and below:
            painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
            rest = area.adjusted(0, metrics.lineSpacing(), 0, 0)
            painter.drawText(rest, top, metrics.elidedText(str(below), elide, width))
