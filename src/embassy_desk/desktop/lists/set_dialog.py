"""The dialog that sets a field over many records, with a table of before and after."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from embassy_desk.application.bulk import Outlook
from embassy_desk.desktop.kit.editors.linked import LinkEditor
from embassy_desk.desktop.kit.fields import FieldBox
from embassy_desk.desktop.kit.lines import LineKeeper
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, named, plain_label, said
from embassy_desk.desktop.kit.quiet import QuietComboBox
from embassy_desk.desktop.kit.reading import Reader
from embassy_desk.desktop.kit.shapes import shape_of
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.domain.errors import InvalidError, Problem
from embassy_desk.domain.vietnamese import sort_key
from embassy_desk.texts import N_
from embassy_desk.texts.fields import field_word

_SIZE_PX = (680, 560)
_HEADERS = (N_("Record"), N_("Now"), N_("Then"))


class SetDialog(QDialog):
    """Takes a field and its new value, shows what would change, and is accepted by the caller.

    Attributes:
        look_asked: The table should show what the value would change; carries field and value.
        set_asked: The value should be set; carries field and value.
    """

    look_asked = Signal(str, object)
    set_asked = Signal(str, object)

    def __init__(
        self, parent: QWidget, outfit: Outfit, kind: str, fields: Iterable[str], count: int
    ) -> None:
        """Offer the fields of a kind in the order of the language."""
        super().__init__(parent)
        self._outfit, self._kind = outfit, kind
        self._entity = kind_named(kind).entity
        self._phrases = Phrases(outfit.words)
        self.field_box = QuietComboBox()
        self.box: FieldBox | None = None
        self._place = QVBoxLayout()
        self._summary = plain_label("body")
        self._problem = plain_label("problem")
        self._problem.hide()
        self.table = QTableWidget(0, len(_HEADERS))
        words = [(outfit.words(field_word(kind, each)), each) for each in fields]
        for label, each in sorted(words, key=lambda found: sort_key(found[0])):
            self.field_box.addItem(label, each)
        title = N_("Set a field of {count} records", count=count)
        self._phrases.show(self.setWindowTitle, title)
        self._build()
        self.field_box.currentIndexChanged.connect(self._on_field)
        self._on_field()

    def _build(self) -> None:
        phrases = self._phrases
        named(phrases, self.field_box, N_("Field"))
        named(phrases, self.table, N_("Before and after"))
        self.table.setHorizontalHeaderLabels([phrases.words(each) for each in _HEADERS])
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setTabKeyNavigation(False)
        LineKeeper(self.table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(8)
        label = said(phrases, N_("Field"), "field")
        label.setBuddy(self.field_box)
        for widget in (label, self.field_box):
            layout.addWidget(widget)
        layout.addLayout(self._place)
        for widget in (self._problem, self._summary):
            layout.addWidget(widget)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._buttons())
        self.resize(*_SIZE_PX)

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        self.set_button = button(self._phrases, N_("Set"), role="primary")
        self.set_button.setDefault(True)
        cancel = button(self._phrases, N_("Cancel"))
        box.addButton(self.set_button, QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        self.set_button.clicked.connect(self._on_set)
        cancel.clicked.connect(self.reject)
        return box

    @property
    def field(self) -> str:
        """The field that is chosen."""
        return str(self.field_box.currentData())

    def _on_field(self) -> None:
        if self.box is not None:
            self._place.removeWidget(self.box)
            self.box.hide()
            self.box.deleteLater()
        self.box = FieldBox(self._entity, self.field, self._outfit)
        default = self._entity.model_fields[self.field].default
        self.box.editor.show_values({self.field: default}, {})
        if isinstance(self.box.editor, LinkEditor):
            self.box.editor.opener.hide()  # the dialog must be answered first
        self.box.editor.edited.connect(self._on_edited)
        self._place.addWidget(self.box)
        self.box.show()
        self._on_edited()

    def restart(self) -> None:
        """Ask for the table of the field that is chosen."""
        self._on_edited()

    def _value(self) -> tuple[bool, Any]:
        """Return whether the value can be read, and the value."""
        if self.box is None:
            return False, None
        try:
            return True, self.box.editor.values()[self.field]
        except InvalidError as error:
            self.show_problems(error.problems)
            return False, None

    def _on_edited(self) -> None:
        is_read, value = self._value()
        if is_read:
            self.look_asked.emit(self.field, value)

    def _on_set(self) -> None:
        is_read, value = self._value()
        if is_read:
            self.set_asked.emit(self.field, value)

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Say why the value cannot be set."""
        words = self._phrases.words
        self._problem.setText("\n".join(words(each.text) for each in problems))
        self._problem.show()
        self._summary.clear()
        self.table.setRowCount(0)
        self.set_button.setEnabled(False)

    def show_outlook(self, value: Any, found: Outlook) -> None:
        """Show what setting a value would do."""
        self._problem.hide()
        self.set_button.setEnabled(found.changed > 0)
        words, shape = self._phrases.words, shape_of(self._entity, self.field)
        text = N_(
            "{changed} records change, {same} hold this value already.",
            changed=words.number(found.changed),
            same=words.number(found.same),
        )
        self._phrases.show(self._summary.setText, text)
        outfit = self._outfit
        editor = self.box.editor if self.box is not None else None
        names = dict(found.names)
        if isinstance(editor, LinkEditor) and value is not None:
            names[value] = str(editor.typed()["heading"])
        reader = Reader(words, outfit.lists, outfit.zone, names)
        then = reader.value(shape, value) or "–"
        self.table.setRowCount(len(found.lines))
        for row, line in enumerate(found.lines):
            before = reader.value(shape, line.value) or "–"
            for column, shown in enumerate((line.heading, before, then)):
                self.table.setItem(row, column, QTableWidgetItem(shown))
        self.table.setColumnWidth(0, self.width() // 2)
        self.table.setColumnWidth(1, self.width() // 4)
