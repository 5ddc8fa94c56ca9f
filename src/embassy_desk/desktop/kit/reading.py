"""Values as people read them in lists, tables of rows and histories; plain text, no widgets."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from types import MappingProxyType
from typing import Any
from uuid import UUID

from embassy_desk.application.controlled_lists import NO_LISTS, ControlledLists
from embassy_desk.desktop.kit.days import day_text, partial_day_text, time_text
from embassy_desk.desktop.kit.recurrences import recurrence_text
from embassy_desk.desktop.kit.shapes import Look, Shape
from embassy_desk.texts import N_, LabelledEnum, Words

YES, NO = N_("Yes"), N_("No")


@dataclass(frozen=True)
class Reader:
    """What it takes to read a value aloud.

    Attributes:
        words: The reader's language.
        lists: The controlled lists.
        zone: Zone of the clock for points in time.
        names: Headings of records by identity.
    """

    words: Words
    lists: ControlledLists = NO_LISTS
    zone: tzinfo = UTC
    names: Mapping[UUID, str] = field(default_factory=lambda: MappingProxyType({}))

    def value(self, shape: Shape, value: Any) -> str:
        """Return a value of a field as people read it; empty for nothing."""
        if value is None or value == "":
            return ""
        if isinstance(value, LabelledEnum):
            return self.words(value)
        if isinstance(value, UUID):
            return self.names.get(value, str(value))
        if isinstance(value, bool):
            return self.words(YES if value else NO)
        if isinstance(value, datetime):
            return time_text(value, self.zone)
        if isinstance(value, date):
            return day_text(value)
        if isinstance(value, int):
            return str(value)
        return self._text(shape, str(value))

    def _text(self, shape: Shape, value: str) -> str:
        if shape.look is Look.PARTIAL_DAY:
            return partial_day_text(value)
        if shape.look is Look.RECURRENCE:
            return self.words(recurrence_text(value))
        if shape.list_code:
            language = self.words.language
            codes = value.split() if shape.look is Look.CODES else [value]
            return ", ".join(self.lists.label(shape.list_code, each, language) for each in codes)
        return value

    def logged(self, shape: Shape, value: Any) -> str:
        """Return a value as the change log keeps it, read as a value of the field.

        A value that cannot be read any more is shown as it was written.
        """
        if value is None or value == "":
            return ""
        if shape.choices is not None:
            known = {str(each): each for each in shape.choices}
            return self.words(known[value]) if value in known else str(value)
        if shape.look in {Look.DAY, Look.TIME, Look.LINK}:
            return self._parsed(shape, str(value))
        if shape.look is Look.FLAG:
            return self.words(YES if value else NO)
        return self.value(shape, value)

    def _parsed(self, shape: Shape, text: str) -> str:
        readers: dict[Look, Callable[[str], Any]] = {
            Look.DAY: date.fromisoformat,
            Look.TIME: datetime.fromisoformat,
            Look.LINK: UUID,
        }
        try:
            return self.value(shape, readers[shape.look](text))
        except ValueError:
            return text
