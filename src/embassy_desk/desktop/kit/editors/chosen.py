"""Editors of what is chosen: closed choices, controlled lists, yes or no."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from embassy_desk.desktop.kit.editors.editor import Editor, Names, Values
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import check_box
from embassy_desk.desktop.kit.quiet import QuietComboBox
from embassy_desk.desktop.kit.shapes import Look, Shape
from embassy_desk.texts import N_, Words

_LIST_ROWS = 5


class ComboEditor(Editor):
    """A choice among some values; abstract."""

    def __init__(self, shape: Shape, outfit: Outfit) -> None:
        """Make the box and fill it."""
        super().__init__(shape, outfit)
        self.box = QuietComboBox()
        self.row.addWidget(self.box, 1)
        self.fill()
        self.box.activated.connect(self._on_chosen)

    @property
    def front(self) -> QWidget:
        """The box."""
        return self.box

    def offered(self) -> list[tuple[str, Any]]:
        """Return what may be chosen: label and value."""
        raise NotImplementedError

    def empty(self) -> Any:
        """Return the value that stands for nothing."""
        return None

    def fill(self) -> None:
        """Offer the choices anew, keeping what is chosen."""
        chosen = self.box.currentData() if self.box.count() else self.empty()
        self.box.clear()
        if self.shape.may_be_empty:
            self.box.addItem("–", self.empty())
        for label, value in self.offered():
            self.box.addItem(label, value)
        self.choose(chosen)

    def choose(self, value: Any) -> None:
        """Choose a value; one that is no longer offered is kept and shown as it is."""
        value = self.empty() if value is None else value
        at = next((n for n in range(self.box.count()) if self.box.itemData(n) == value), -1)
        if at < 0 and value != self.empty():
            self.box.addItem(self.label_of(value), value)
            at = self.box.count() - 1
        self.box.setCurrentIndex(max(at, 0))

    def label_of(self, value: Any) -> str:
        """Return what a value that is not offered is called."""
        return str(value)

    def values(self) -> dict[str, Any]:
        """Return what is chosen."""
        return {self.shape.field: self.box.currentData()}

    def show_values(self, values: Values, names: Names) -> None:  # noqa: ARG002
        """Show what the entity holds."""
        self.choose(values.get(self.shape.field))

    def typed(self) -> str | None:
        """Return the value that is chosen, as the store writes it."""
        value = self.box.currentData()
        return None if value is None else str(value)

    def show_typed(self, typed: Any) -> None:
        """Choose a value that was chosen."""
        offered = (self.box.itemData(at) for at in range(self.box.count()))
        self.choose(next((each for each in offered if str(each) == typed), typed))

    def relist(self) -> None:
        """Take over changed lists."""
        self.fill()

    def retranslate(self, words: Words) -> None:  # noqa: ARG002
        """Offer the choices in another language."""
        self.fill()

    def _on_chosen(self, _at: int) -> None:
        self.edited.emit()
        self.left.emit()


class ChoiceEditor(ComboEditor):
    """A closed choice of the class."""

    def offered(self) -> list[tuple[str, Any]]:
        """Return every member with its label."""
        members = self.shape.choices or ()
        return [(self.outfit.words(each), each) for each in members]


class CodeEditor(ComboEditor):
    """A code from a controlled list, shown by its label in the present language."""

    def empty(self) -> Any:
        """Return the empty code."""
        return ""

    def offered(self) -> list[tuple[str, Any]]:
        """Return the entries that are still offered."""
        language = self.outfit.words.language
        return [
            (each.label(language), each.code)
            for each in self.outfit.lists.of(self.shape.list_code)
            if each.is_offered
        ]

    def label_of(self, value: Any) -> str:
        """Return the label of an entry that is no longer offered."""
        language = self.outfit.words.language
        return self.outfit.lists.label(self.shape.list_code, str(value), language)


class FlagEditor(Editor):
    """Yes or no."""

    def __init__(self, shape: Shape, outfit: Outfit) -> None:
        """Make the box; the form's label says what it is about."""
        super().__init__(shape, outfit)
        self.phrases = Phrases(outfit.words)
        self._box = check_box(self.phrases, N_("Yes"))
        self.row.addWidget(self._box)
        self.row.addStretch(1)
        self._box.clicked.connect(self._on_clicked)

    @property
    def front(self) -> QWidget:
        """The box."""
        return self._box

    def values(self) -> dict[str, Any]:
        """Return whether it is ticked."""
        return {self.shape.field: self._box.isChecked()}

    def show_values(self, values: Values, names: Names) -> None:  # noqa: ARG002
        """Tick the box or not."""
        self._box.setChecked(bool(values.get(self.shape.field)))

    def typed(self) -> bool:
        """Return whether it is ticked."""
        return self._box.isChecked()

    def show_typed(self, typed: Any) -> None:
        """Tick the box or not, as it was."""
        self._box.setChecked(bool(typed))

    def retranslate(self, words: Words) -> None:
        """Say yes in another language."""
        self.phrases.retranslate(words)

    def _on_clicked(self, _ticked: bool) -> None:  # noqa: FBT001  Qt's signal
        self.edited.emit()
        self.left.emit()


class CodesEditor(Editor):
    """Several codes from a controlled list, ticked in a list.

    What is ticked stands first, in the order in which it is stored: it is seen at once, and a
    record that nobody edits stays as it is. A code that the list does not hold is shown as it is.
    """

    def __init__(self, shape: Shape, outfit: Outfit) -> None:
        """Make the list and fill it."""
        super().__init__(shape, outfit)
        self._list = QListWidget()
        self._list.setUniformItemSizes(True)
        self._list.setMaximumHeight(self._list.fontMetrics().height() * 2 * _LIST_ROWS)
        self.row.addWidget(self._list, 1)
        self._fill(())
        self._list.itemChanged.connect(self._on_ticked)
        self._list.installEventFilter(self)

    @property
    def front(self) -> QWidget:
        """The list."""
        return self._list

    def values(self) -> dict[str, Any]:
        """Return the ticked codes in the order in which they are shown."""
        ticked = [
            item.data(Qt.ItemDataRole.UserRole)
            for item in self._items()
            if item.checkState() is Qt.CheckState.Checked
        ]
        return {self.shape.field: " ".join(ticked)}

    def show_values(self, values: Values, names: Names) -> None:  # noqa: ARG002
        """Tick what the entity holds."""
        self._fill(str(values.get(self.shape.field) or "").split())

    def typed(self) -> str:
        """Return the ticked codes."""
        return str(self.values()[self.shape.field])

    def show_typed(self, typed: Any) -> None:
        """Tick codes that were ticked."""
        self._fill(str(typed).split())

    def relist(self) -> None:
        """Take over changed lists."""
        self._fill(self.typed().split())

    def retranslate(self, words: Words) -> None:  # noqa: ARG002
        """Offer the entries in another language."""
        self.relist()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice when the person leaves the list."""
        if event.type() is QEvent.Type.FocusOut:
            self.left.emit()
        return super().eventFilter(watched, event)

    def _items(self) -> list[QListWidgetItem]:
        return [self._list.item(at) for at in range(self._list.count())]

    def _fill(self, ticked: Sequence[str]) -> None:
        language, list_code = self.outfit.words.language, self.shape.list_code
        offered = [each.code for each in self.outfit.lists.of(list_code) if each.is_offered]
        self._list.blockSignals(True)  # noqa: FBT003  Qt's signature
        self._list.clear()
        for code in dict.fromkeys([*ticked, *offered]):
            item = QListWidgetItem(self.outfit.lists.label(list_code, code, language), self._list)
            item.setData(Qt.ItemDataRole.UserRole, code)
            is_ticked = code in ticked
            item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
        self._list.blockSignals(False)  # noqa: FBT003  Qt's signature

    def _on_ticked(self, _item: QListWidgetItem) -> None:
        self.edited.emit()


CHOSEN: dict[Look, Callable[[Shape, Outfit], Editor]] = {
    Look.CHOICE: ChoiceEditor,
    Look.CODE: CodeEditor,
    Look.CODES: CodesEditor,
    Look.FLAG: FlagEditor,
}
"""The editor of each look that is chosen."""
