"""How the values of a report look in the reader's language."""

import re
from dataclasses import replace
from datetime import date

from embassy_desk.reports.document import Both, Value
from embassy_desk.texts import LabelledEnum, Text, Words

_NOTHING = "–"
# What XML 1.0 (2.2) has no place for; a record could only hold it by a fault.
_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Shown:
    """Turns the values of the document model into texts of one language."""

    def __init__(self, words: Words) -> None:
        """Write in the language of these words."""
        self.words = words
        self._choices: dict[tuple[type[LabelledEnum], str], str] = {}

    @property
    def is_vietnamese(self) -> bool:
        """Whether the reader's language is Vietnamese."""
        return self.words.language == "vi"

    def text(self, value: Value) -> str:
        """Return a value as the reader's language writes it; a dash for nothing.

        Days stand as 07/03/2026 in tables of both languages, so that columns stay narrow.
        """
        if value is None or value == "":
            return _NOTHING
        if isinstance(value, Both):
            return self.name(value)
        if isinstance(value, LabelledEnum):
            return self._choice(value)
        if isinstance(value, Text):
            return fit(self.words(self._with_names(value)))
        if isinstance(value, date):
            return f"{value.day:02}/{value.month:02}/{value.year:04}"
        if isinstance(value, int):
            return self.words.number(value)
        return fit(value)

    def _with_names(self, value: Text) -> Text:
        """Return a sentence with the names in it that records keep in both languages."""
        if not value.values:
            return value
        values = {
            key: self.name(each) if isinstance(each, Both) else each
            for key, each in value.values.items()
        }
        return replace(value, values=values)

    def _choice(self, value: LabelledEnum) -> str:
        key = type(value), value.value  # members of two enumerations can be equal
        if key not in self._choices:
            self._choices[key] = fit(self.words(value))
        return self._choices[key]

    def name(self, value: Both) -> str:
        """Return a name in the reader's language, or in the other one if it has none."""
        mine, other = (value.vi, value.en) if self.is_vietnamese else (value.en, value.vi)
        return fit(mine or other) or _NOTHING

    def line(self, value: Text | Both | str) -> str:
        """Return a line of running text; empty for an empty one."""
        return "" if value == "" else self.text(value)


def fit(text: str) -> str:
    """Return a text without the characters that no document can hold."""
    return text if text.isprintable() else _UNFIT.sub("", text)
