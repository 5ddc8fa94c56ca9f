"""What the value of a chip is given by: ticks, yes or no, a record, words, a span, days."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from embassy_desk.application.wishes import ME, ChipTest
from embassy_desk.desktop.kit.editors.editor import Editor
from embassy_desk.desktop.kit.editors.linked import LinkEditor
from embassy_desk.desktop.kit.editors.typed import DayEditor, NumberEditor
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import check_box, line_edit, named, said
from embassy_desk.desktop.kit.quiet import QuietComboBox
from embassy_desk.desktop.kit.reading import NO, YES
from embassy_desk.desktop.kit.shapes import Look
from embassy_desk.desktop.lists.fields import OfferedField
from embassy_desk.domain.errors import InvalidError, Problem
from embassy_desk.domain.vietnamese import sort_key
from embassy_desk.texts import N_

_MOST_DAYS = 3650
_USUAL_DAYS = 30
_LIST_HEIGHT_PX = 220
_STAFF = "staff"


class ValueEditor(QWidget):
    """Takes the value of a chip; abstract.

    Attributes:
        edited: The person changed something.
    """

    edited = Signal()

    def __init__(self, field: OfferedField, outfit: Outfit) -> None:
        """Keep what the editor needs; the subclass puts its widgets into the column."""
        super().__init__()
        self.field = field
        self.outfit = outfit
        self.phrases = Phrases(outfit.words)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(6)

    def value(self) -> Any:
        """Return the value of the chip.

        Raises:
            InvalidError: Nothing was given, or what was typed cannot be read.
        """
        return None

    def show_value(self, value: Any, names: Mapping[UUID, str]) -> None:
        """Show the value of a chip."""

    def lack(self) -> InvalidError:
        """Return the error that nothing was given."""
        return InvalidError([Problem(self.field.name, N_("This is needed."))])


class TicksValue(ValueEditor):
    """Some of the choices of a field."""

    def __init__(self, field: OfferedField, outfit: Outfit) -> None:
        """Offer every choice, in its own order or that of the language."""
        super().__init__(field, outfit)
        self._list = QListWidget()
        self._list.setMaximumHeight(_LIST_HEIGHT_PX)
        self._list.setSpacing(2)
        named(self.phrases, self._list, field.label)
        self.column.addWidget(self._list)
        for label, value in self._offered():
            item = QListWidgetItem(label, self._list)
            item.setData(Qt.ItemDataRole.UserRole, value)
            item.setCheckState(Qt.CheckState.Unchecked)
        self._list.setCurrentRow(0)
        self._list.itemChanged.connect(self.edited)
        self.setFocusProxy(self._list)

    def _offered(self) -> list[tuple[str, str]]:
        shape = self.field.shape
        if shape.choices is not None:
            return [(self.outfit.words(each), str(each)) for each in shape.choices]
        language = self.outfit.words.language
        entries = self.outfit.lists.of(shape.list_code)
        found = [(each.label(language), each.code) for each in entries]
        return sorted(found, key=lambda each: sort_key(each[0]))

    def _items(self) -> list[QListWidgetItem]:
        return [self._list.item(at) for at in range(self._list.count())]

    def value(self) -> tuple[str, ...]:
        """Return what is ticked."""
        found = tuple(
            item.data(Qt.ItemDataRole.UserRole)
            for item in self._items()
            if item.checkState() is Qt.CheckState.Checked
        )
        if not found:
            raise self.lack()
        return found

    def show_value(self, value: Any, names: Mapping[UUID, str]) -> None:  # noqa: ARG002
        """Tick what the chip holds."""
        for item in self._items():
            ticked = item.data(Qt.ItemDataRole.UserRole) in value
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)


class FlagValue(ValueEditor):
    """Yes or no."""

    def __init__(self, field: OfferedField, outfit: Outfit) -> None:
        """Offer both."""
        super().__init__(field, outfit)
        self._box = QuietComboBox()
        named(self.phrases, self._box, field.label)
        for text, value in ((YES, True), (NO, False)):
            self._box.addItem(outfit.words(text), value)
        self.column.addWidget(self._box)
        self.setFocusProxy(self._box)

    def value(self) -> tuple[bool, ...]:
        """Return the answer."""
        return (bool(self._box.currentData()),)

    def show_value(self, value: Any, names: Mapping[UUID, str]) -> None:  # noqa: ARG002
        """Show the answer."""
        self._box.setCurrentIndex(0 if value[0] else 1)


class LinkValue(ValueEditor):
    """A record, or the person at the desk."""

    def __init__(self, field: OfferedField, outfit: Outfit) -> None:
        """Look for records as forms do."""
        super().__init__(field, outfit)
        self._editor = LinkEditor(field.shape, outfit)
        self._editor.opener.hide()
        named(self.phrases, self._editor.front, field.label)
        link = field.shape.link
        self._me = check_box(self.phrases, N_("Me"))
        self._me.setVisible(link is not None and link.kind == _STAFF)
        self._me.toggled.connect(self._editor.setDisabled)
        self.column.addWidget(self._editor)
        self.column.addWidget(self._me)
        self.setFocusProxy(self._editor.front)

    def value(self) -> tuple[str, ...]:
        """Return whom or what was chosen."""
        if self._me.isChecked():
            return (ME,)
        chosen = self._editor.values()[self.field.shape.field]
        if chosen is None:
            raise self.lack()
        return (chosen.hex,)

    def show_value(self, value: Any, names: Mapping[UUID, str]) -> None:
        """Show whom or what the chip names."""
        self._me.setChecked(value[0] == ME)
        if value[0] != ME:
            self._editor.show_values({self.field.shape.field: UUID(value[0])}, names)


class WordsValue(ValueEditor):
    """Words, or their beginnings."""

    def __init__(self, field: OfferedField, outfit: Outfit) -> None:
        """Make the line."""
        super().__init__(field, outfit)
        self._line = line_edit(300)
        hint = N_("Words or their beginnings; marks may be left out")
        self.phrases.show(self._line.setPlaceholderText, hint)
        named(self.phrases, self._line, field.label)
        self.column.addWidget(self._line)
        self.setFocusProxy(self._line)

    def value(self) -> str:
        """Return the words."""
        words = self._line.text().strip()
        if not words:
            raise self.lack()
        return words

    def show_value(self, value: Any, names: Mapping[UUID, str]) -> None:  # noqa: ARG002
        """Show the words."""
        self._line.setText(str(value))


class SpanValue(ValueEditor):
    """From one day or number to another; either end may be open."""

    def __init__(self, field: OfferedField, outfit: Outfit) -> None:
        """Make both ends."""
        super().__init__(field, outfit)
        is_number = field.shape.look is Look.NUMBER
        shape = replace(field.shape, may_be_empty=True, look=Look.DAY)
        made: Callable[..., Editor] = NumberEditor if is_number else DayEditor
        self._ends = (made(shape, outfit), made(shape, outfit))
        grid = QGridLayout()
        for at, (editor, word) in enumerate(
            zip(self._ends, (N_("From"), N_("Until")), strict=True)
        ):
            label = said(self.phrases, word, "field")
            label.setBuddy(editor.front)
            named(self.phrases, editor.front, word)
            grid.addWidget(label, 0, at)
            grid.addWidget(editor, 1, at)
        self.column.addLayout(grid)
        self.setFocusProxy(self._ends[0].front)

    def value(self) -> tuple[Any, Any]:
        """Return both ends, nothing for an open one."""
        first, last = (each.values()[self.field.shape.field] for each in self._ends)
        if first is None and last is None:
            raise self.lack()
        if first is not None and last is not None and last < first:
            problem = N_("The end lies before the beginning.")
            raise InvalidError([Problem(self.field.name, problem)])
        return _plain(first), _plain(last)

    def show_value(self, value: Any, names: Mapping[UUID, str]) -> None:
        """Show both ends."""
        for editor, end in zip(self._ends, value, strict=True):
            shown = date.fromisoformat(end) if isinstance(end, str) else end
            editor.show_values({self.field.shape.field: shown}, names)


def _plain(end: Any) -> Any:
    return end.isoformat() if hasattr(end, "isoformat") else end


class DaysValue(ValueEditor):
    """A number of days from today."""

    def __init__(self, field: OfferedField, outfit: Outfit) -> None:
        """Offer a month at first."""
        super().__init__(field, outfit)
        self._box = QSpinBox()
        self._box.setRange(1, _MOST_DAYS)
        self._box.setValue(_USUAL_DAYS)
        named(self.phrases, self._box, N_("Number of days"))
        self.column.addWidget(said(self.phrases, N_("Number of days"), "field"))
        self.column.addWidget(self._box)
        self.setFocusProxy(self._box)

    def value(self) -> int:
        """Return the number."""
        return self._box.value()

    def show_value(self, value: Any, names: Mapping[UUID, str]) -> None:  # noqa: ARG002
        """Show the number."""
        self._box.setValue(int(value))


_AMONG: dict[Look, Callable[[OfferedField, Outfit], ValueEditor]] = {
    Look.FLAG: FlagValue,
    Look.LINK: LinkValue,
}
_BY_TEST: dict[ChipTest, Callable[[OfferedField, Outfit], ValueEditor]] = {
    ChipTest.WORDS: WordsValue,
    ChipTest.BETWEEN: SpanValue,
    ChipTest.NEXT_DAYS: DaysValue,
    ChipTest.LAST_DAYS: DaysValue,
}


def value_editor(field: OfferedField, test: ChipTest, outfit: Outfit) -> ValueEditor:
    """Return what takes the value for a test of a field; an empty one where none is needed."""
    if test in {ChipTest.ANY_OF, ChipTest.NONE_OF}:
        return _AMONG.get(field.shape.look, TicksValue)(field, outfit)
    return _BY_TEST.get(test, ValueEditor)(field, outfit)
