"""Editors of what is typed on a line: texts, numbers, days, times."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QWidget

from embassy_desk.desktop.kit.days import (
    day_text,
    partial_day_text,
    time_text,
    typed_day,
    typed_partial_day,
    typed_time,
    zone_named,
)
from embassy_desk.desktop.kit.editors.calendar import Calendar
from embassy_desk.desktop.kit.editors.editor import Editor, Names, Values
from embassy_desk.desktop.kit.hints import hint_for
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import line_edit, show_quietly, tool_button
from embassy_desk.desktop.kit.shapes import Look, Shape
from embassy_desk.texts import N_, Text, Words

DAY_HINT = N_("dd/mm/yyyy")


class LineEditor(Editor):
    """One line of text. Nothing typed is ever rewritten while it is typed."""

    def __init__(self, shape: Shape, outfit: Outfit) -> None:
        """Make the line."""
        super().__init__(shape, outfit)
        self.phrases = Phrases(outfit.words)
        self.line = line_edit(shape.longest)
        self.row.addWidget(self.line, 1)
        hint = self.hint()
        if hint is not None:
            self.phrases.show(self.line.setPlaceholderText, hint)
        self.line.textChanged.connect(self._on_edited)
        self.line.editingFinished.connect(self.left)

    def hint(self) -> Text | None:
        """Return what an empty line suggests, if anything."""
        return hint_for(self.shape.entity, self.shape.field)

    @property
    def front(self) -> QWidget:
        """The line."""
        return self.line

    def values(self) -> dict[str, Any]:
        """Return the text."""
        return {self.shape.field: self.line.text()}

    def show_values(self, values: Values, names: Names) -> None:  # noqa: ARG002
        """Show the text from its beginning."""
        self.show_text(self.written(values.get(self.shape.field)))

    def typed(self) -> str:
        """Return the text of the line."""
        return self.line.text()

    def show_typed(self, typed: Any) -> None:
        """Show a text that stood on the line."""
        self.show_text(str(typed))

    def written(self, value: Any) -> str:
        """Return a value as it is typed."""
        return "" if value is None else str(value)

    def show_text(self, text: str) -> None:
        """Show a text without moving what is on the screen when nothing changed."""
        if self.line.text() != text:
            show_quietly(self.line, text)
            self.line.setCursorPosition(0)

    def set_fixed(self, *, is_fixed: bool) -> None:
        """Keep the text selectable while it cannot be edited."""
        self.line.setReadOnly(is_fixed)

    def retranslate(self, words: Words) -> None:
        """Show the hint in another language."""
        self.phrases.retranslate(words)

    def _on_edited(self, _text: str) -> None:
        self.edited.emit()


class NumberEditor(LineEditor):
    """A whole number; empty for none where the class allows it."""

    def written(self, value: Any) -> str:
        """Return the number without separators."""
        return "" if value is None else str(int(value))

    def values(self) -> dict[str, Any]:
        """Return the number.

        Raises:
            InvalidError: The text is no whole number.
        """
        text = "".join(self.line.text().split())
        if not text:
            return {self.shape.field: None if self.shape.may_be_empty else 0}
        if not text.removeprefix("-").isdecimal() or len(text) > len(str(2**53)):
            raise self.wrong(N_("Write a whole number."))
        return {self.shape.field: int(text)}


class DayEditor(LineEditor):
    """A day of the calendar, typed as dd/mm/yyyy or chosen from a calendar."""

    def __init__(self, shape: Shape, outfit: Outfit) -> None:
        """Put a button for the calendar beside the line."""
        super().__init__(shape, outfit)
        self._calendar: Calendar | None = None
        self._button = tool_button(self.phrases, N_("Choose from a calendar"))
        outfit.icons.show(self._button, "calendar")
        self._button.clicked.connect(self._on_calendar_asked)
        self.row.addWidget(self._button)

    def hint(self) -> Text | None:
        """Return how to write a day."""
        return DAY_HINT

    def written(self, value: Any) -> str:
        """Return the day as dd/mm/yyyy."""
        return day_text(value)

    def values(self) -> dict[str, Any]:
        """Return the day.

        Raises:
            InvalidError: The text is no day.
        """
        try:
            return {self.shape.field: typed_day(self.line.text())}
        except ValueError as error:
            raise self.wrong(N_("Write the day as dd/mm/yyyy.")) from error

    def set_fixed(self, *, is_fixed: bool) -> None:
        """Put the calendar away too."""
        super().set_fixed(is_fixed=is_fixed)
        self._button.setEnabled(not is_fixed)

    def _on_calendar_asked(self) -> None:
        if self._calendar is None:
            self._calendar = Calendar(self, self.outfit)
            self._calendar.activated.connect(self._on_day_chosen)
            self._calendar.clicked.connect(self._on_day_chosen)
        self._calendar.open_on(self._shown_day())

    def _shown_day(self) -> QDate:
        try:
            day = typed_day(self.line.text())
        except ValueError:
            day = None
        day = day or self.outfit.today()
        return QDate(day.year, day.month, day.day)

    def _on_day_chosen(self, chosen: QDate) -> None:
        show_quietly(self.line, day_text(date(chosen.year(), chosen.month(), chosen.day())))
        if self._calendar is not None:
            self._calendar.hide()
        self.line.setFocus()
        self.edited.emit()
        self.left.emit()


class PartialDayEditor(LineEditor):
    """A year, a month or a day, as far as it is known."""

    def hint(self) -> Text | None:
        """Return how to write what is known."""
        return N_("yyyy, mm/yyyy or dd/mm/yyyy")

    def written(self, value: Any) -> str:
        """Return what is known, day before month before year."""
        return partial_day_text(value or "")

    def values(self) -> dict[str, Any]:
        """Return what is known as the store keeps it.

        Raises:
            InvalidError: The text is none of the three.
        """
        try:
            return {self.shape.field: typed_partial_day(self.line.text())}
        except ValueError as error:
            raise self.wrong(N_("Write a year, mm/yyyy or dd/mm/yyyy.")) from error


class TimeEditor(LineEditor):
    """A point in time on the clock of the record's own zone, or of the desk's."""

    def __init__(self, shape: Shape, outfit: Outfit) -> None:
        """Begin on the clock of the desk."""
        super().__init__(shape, outfit)
        self._zone = outfit.zone

    def hint(self) -> Text | None:
        """Return how to write a time."""
        return N_("dd/mm/yyyy hh:mm")

    def show_values(self, values: Values, names: Names) -> None:
        """Show the time on the clock of the zone that stands beside it."""
        name = values.get("zone", "")
        self._zone = zone_named(name) if name else self.outfit.zone
        super().show_values(values, names)

    def use_zone(self, name: str) -> None:
        """Read what is typed on the clock of another zone."""
        self._zone = zone_named(name) if name else self.outfit.zone

    def written(self, value: Any) -> str:
        """Return the time on the zone's clock."""
        return time_text(value, self._zone)

    def values(self) -> dict[str, Any]:
        """Return the point in time.

        Raises:
            InvalidError: The text is no day with a clock.
        """
        try:
            return {self.shape.field: typed_time(self.line.text(), self._zone)}
        except ValueError as error:
            raise self.wrong(N_("Write the time as dd/mm/yyyy hh:mm.")) from error


TYPED: dict[Look, Callable[[Shape, Outfit], Editor]] = {
    Look.LINE: LineEditor,
    Look.NUMBER: NumberEditor,
    Look.DAY: DayEditor,
    Look.PARTIAL_DAY: PartialDayEditor,
    Look.TIME: TimeEditor,
}
"""The editor of each look that is typed."""
