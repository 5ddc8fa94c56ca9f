"""The dialog that chooses the columns of a list and their order."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, named, said
from embassy_desk.desktop.lists.fields import column_title, columns_of
from embassy_desk.domain.vietnamese import sort_key
from embassy_desk.texts import N_

_NAME = Qt.ItemDataRole.UserRole
_SIZE_PX = (460, 520)
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ColumnsDialog(QDialog):
    """Ticks say which columns show, the order is that of the list.

    Attributes:
        chosen: The columns are chosen; carries their names from left to right; none for those
            that the list has of itself.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget, outfit: Outfit, kind: str, shown: Iterable[str]) -> None:
        """Show the columns of a list, those that show first."""
        super().__init__(parent)
        self._outfit = outfit
        self._kind = kind
        self._phrases = Phrases(outfit.words)
        self._phrases.show(self.setWindowTitle, N_("Columns of this list"))
        self.list = _MovedList()
        named(self._phrases, self.list, N_("Columns of this list"))
        self._fill(tuple(shown))
        self._build()
        self.list.step_asked.connect(self.move_current)
        self.resize(*_SIZE_PX)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(10)
        hint = N_("Space shows or hides a column, Alt with an arrow key moves it.")
        layout.addWidget(said(self._phrases, hint, "small"))
        layout.addWidget(self.list, 1)
        moving = QHBoxLayout()
        for text, step in ((N_("Move up"), -1), (N_("Move down"), 1)):
            made = button(self._phrases, text)
            made.clicked.connect(lambda _checked=False, step=step: self.move_current(step))
            moving.addWidget(made)
        moving.addStretch(1)
        usual = button(self._phrases, N_("Usual columns"))
        usual.clicked.connect(self._on_usual)
        moving.addWidget(usual)
        layout.addLayout(moving)
        layout.addWidget(self._buttons())

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        done = button(self._phrases, N_("Show these"), role="primary")
        done.setDefault(True)
        cancel = button(self._phrases, N_("Cancel"))
        box.addButton(done, QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        done.clicked.connect(self._on_done)
        cancel.clicked.connect(self.reject)
        return box

    def _fill(self, shown: tuple[str, ...]) -> None:
        known, words = columns_of(self._kind), self._outfit.words
        titles = {name: words(column_title(self._kind, each)) for name, each in known.items()}
        rest = sorted(
            (name for name in known if name not in shown), key=lambda n: sort_key(titles[n])
        )
        self.list.clear()
        for name in (*(each for each in shown if each in known), *rest):
            item = QListWidgetItem(titles[name], self.list)
            item.setData(_NAME, name)
            item.setCheckState(Qt.CheckState.Checked if name in shown else Qt.CheckState.Unchecked)
            if name == "heading":  # what the record is called always shows
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
        self.list.setCurrentRow(0)

    @property
    def names(self) -> tuple[str, ...]:
        """The columns that are ticked, in their order."""
        items = (self.list.item(at) for at in range(self.list.count()))
        return tuple(
            item.data(_NAME) for item in items if item.checkState() is Qt.CheckState.Checked
        )

    def move_current(self, step: int) -> None:
        """Move the column that has the focus up or down."""
        at = self.list.currentRow()
        if 0 <= at + step < self.list.count():
            item = self.list.takeItem(at)
            self.list.insertItem(at + step, item)
            self.list.setCurrentRow(at + step)

    def _on_usual(self) -> None:
        self.chosen.emit(())
        self.accept()

    def _on_done(self) -> None:
        self.chosen.emit(self.names)
        self.accept()


class _MovedList(QListWidget):
    """Lets its lines be dragged, and moved by Alt with the arrow keys."""

    step_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setSpacing(2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the line by Alt with an arrow key."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.step_asked.emit(step)
        else:
            super().keyPressEvent(event)
