"""The box of the palette: a line to type into and what was found below it."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QSize, Qt
from PySide6.QtCore import Signal as QtSignal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPalette,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from embassy_desk.desktop.kit.help_topics import help_topic
from embassy_desk.desktop.kit.matching import read_word
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import line_edit, named, plain_label
from embassy_desk.desktop.palette.presenter import Entry, Groups
from embassy_desk.texts import N_, Words

_SIZE_PX = (640, 460)
_TOP_PX = 70
_MARGIN_PX = 10
_ENTRY = Qt.ItemDataRole.UserRole
_PLACE = int(Qt.ItemDataRole.UserRole) + 1
_KEYS = int(Qt.ItemDataRole.UserRole) + 2
_PAGE = 8
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _PAGE,
    Qt.Key.Key_PageUp: -_PAGE,
}
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class Palette(QDialog):
    """Takes words and offers what fits; the typing stays in the line, the arrows move below.

    Attributes:
        typed: Something else is looked for; carries the words.
        chosen: An entry was chosen; carries it.
    """

    typed = QtSignal(str)
    chosen = QtSignal(object)

    def __init__(self, parent: QWidget, words: Words) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._phrases = Phrases(words)
        self.line = line_edit(300)
        self.line.setObjectName("palette")
        self.list = QListWidget()
        self.list.setObjectName("palette-list")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(_EntryLines(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._hint = plain_label("small")
        self._build()
        help_topic(self, "search")
        self.line.textChanged.connect(self.typed)
        self.line.installEventFilter(self)
        self.list.itemClicked.connect(self._choose)
        self.list.currentItemChanged.connect(self._on_current)

    def _build(self) -> None:
        what = N_("Records, commands, settings")
        self._phrases.show(self.setWindowTitle, N_("Find anything"))
        self._phrases.show(self.line.setPlaceholderText, what)
        named(self._phrases, self.line, N_("Find anything"))
        named(self._phrases, self.list, N_("What was found"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 10)
        layout.setSpacing(8)
        layout.addWidget(self.line)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._hint)
        self.resize(*_SIZE_PX)

    def showEvent(self, event: QShowEvent) -> None:
        """Stand at the top of the window, in the middle."""
        super().showEvent(event)
        window = self.parentWidget()
        if window is not None:
            corner = QPoint((window.width() - self.width()) // 2, _TOP_PX)
            self.move(window.mapToGlobal(corner))
        self.line.setFocus()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What is offered, in its order."""
        items = (self.list.item(at) for at in range(self.list.count()))
        return tuple(entry for item in items if (entry := item.data(_ENTRY)) is not None)

    def show_groups(self, groups: Groups) -> None:
        """Show what was found, the first entry chosen."""
        words = self._phrases.words
        self.list.clear()
        for title, entries in groups:
            heading = QListWidgetItem(words(title), self.list)
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            for entry in entries:
                self._add(entry)
        if not groups:
            nothing = QListWidgetItem(words(N_("Nothing was found.")), self.list)
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
        self._move(1)

    def _add(self, entry: Entry) -> None:
        words = self._phrases.words
        title = read_word(words, entry.title)
        place = read_word(words, entry.reason or entry.place)
        item = QListWidgetItem(title, self.list)
        item.setData(_ENTRY, entry)
        item.setData(_KEYS, entry.keys)
        item.setData(_PLACE, place)
        spoken = (title, entry.keys, place)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(part for part in spoken if part))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the keys of the line move in the list."""
        is_key = watched is self.line and event.type() is QEvent.Type.KeyPress
        if is_key and isinstance(event, QKeyEvent) and self._took(Qt.Key(event.key())):
            return True
        return super().eventFilter(watched, event)

    def _took(self, key: Qt.Key) -> bool:
        if key in _STEPS:
            self._move(_STEPS[key])
        elif key in _ENTER:
            self._choose(self.list.currentItem())
        else:
            return False
        return True

    def _move(self, step: int) -> None:
        """Move by so many entries, over the titles of groups, and stop at the ends."""
        places = [at for at in range(self.list.count()) if self.list.item(at).data(_ENTRY)]
        if not places:
            return
        now = self.list.currentRow()
        at = places.index(now) + step if now in places else 0
        self.list.setCurrentRow(places[max(0, min(at, len(places) - 1))])

    def _on_current(self, current: QListWidgetItem | None, _before: object) -> None:
        """Say what is chosen to those who do not see it; the focus stays in the line."""
        entry = current.data(_ENTRY) if current is not None else None
        if current is None or entry is None:
            self._hint.setText("")
            return
        self._hint.setText(str(current.data(_PLACE)))
        spoken = str(current.data(Qt.ItemDataRole.AccessibleTextRole))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.line, spoken))

    def _choose(self, item: QListWidgetItem | None) -> None:
        """Close and do it; what cannot be done now says why and stays."""
        entry = item.data(_ENTRY) if item is not None else None
        if entry is not None and entry.reason is None:
            self.accept()
            self.chosen.emit(entry)

    def retranslate(self, words: Words) -> None:
        """Show the palette in another language."""
        self._phrases.retranslate(words)


class _EntryLines(QStyledItemDelegate):
    """Draws title, place and keys of an entry on one line; all as plain text."""

    def sizeHint(
        self,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,  # noqa: ARG002  Qt's signature
    ) -> QSize:
        return QSize(0, QFontMetrics(option.font).lineSpacing() + _MARGIN_PX)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one entry, or the title of a group."""
        palette = QApplication.palette()
        entry = index.data(_ENTRY)
        if entry is not None and option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, palette.color(QPalette.ColorRole.Midlight))
        area = option.rect.adjusted(_MARGIN_PX, 0, -_MARGIN_PX, 0)
        metrics = QFontMetrics(option.font)
        middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        quiet = palette.color(QPalette.ColorRole.PlaceholderText)
        ink = palette.color(QPalette.ColorRole.Text)
        is_offered = entry is not None and entry.reason is None
        painter.setPen(ink if is_offered else quiet)
        keys = str(index.data(_KEYS) or "")
        room = area.width() - metrics.horizontalAdvance(keys) - 2 * _MARGIN_PX
        title = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room)
        painter.drawText(area, middle, title)
        painter.setPen(quiet)
        painter.drawText(area, middle | right, keys)
        used = metrics.horizontalAdvance(title) + 2 * _MARGIN_PX
        place = metrics.elidedText(
            str(index.data(_PLACE) or ""), Qt.TextElideMode.ElideRight, max(room - used, 0)
        )
        painter.drawText(area.adjusted(used, 0, 0, 0), middle, place)
