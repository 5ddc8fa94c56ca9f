"""The words of one language: translates texts and writes days and numbers as its readers do."""

import gettext
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from embassy_desk.texts.labels import LabelledEnum
from embassy_desk.texts.text import Text

LANGUAGES = ("vi", "en")


class Words:
    """Turns texts into sentences of one language."""

    def __init__(self, language: str, translations: Path | None = None) -> None:
        """Open the catalogue of a language.

        Args:
            language: `vi` or `en`.
            translations: Folder that holds `vi/LC_MESSAGES/embassy_desk.mo`; without it every
                sentence stays English.

        Raises:
            ValueError: The language is neither of the two.
        """
        if language not in LANGUAGES:
            raise ValueError(f"unknown language {language!r}")
        self.language = language
        self._catalogue: gettext.NullTranslations = gettext.NullTranslations()
        if translations is not None and language != "en":
            self._catalogue = gettext.translation("embassy_desk", translations, [language])

    def __call__(self, text: Text | str) -> str:
        """Return the sentence in this language, values filled in; a plain string stays as it is."""
        if isinstance(text, str) and not isinstance(text, LabelledEnum):
            return text
        if isinstance(text, LabelledEnum):
            text = text.label
        if text.plural is not None and text.count is not None:
            message = self._catalogue.ngettext(text.message, text.plural, text.count)
        else:
            message = self._catalogue.gettext(text.message) if text.message else ""
        if not text.values:
            return message
        return message.format(**{name: self.value(each) for name, each in text.values.items()})

    def value(self, value: Any) -> Any:
        """Return a value as this language writes it: days, choices, nested texts and numbers.

        A whole number is a count and gets its thousands mark. What only looks like a number, a
        year or the port of an address, is passed as a text.
        """
        if isinstance(value, Text | LabelledEnum):
            return self(value)
        if isinstance(value, datetime):
            return value.strftime("%d/%m/%Y %H:%M")
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, int) and not isinstance(value, bool | Enum):
            return self.number(value)
        if isinstance(value, Enum):
            return str(value.value)
        return value

    def day(self, day: date) -> str:
        """Return a calendar day: 07/03/2026 in Vietnamese, 7 March 2026 in English."""
        if self.language == "vi":
            return f"{day.day:02}/{day.month:02}/{day.year:04}"
        return f"{day.day} {_ENGLISH_MONTHS[day.month - 1]} {day.year}"

    def number(self, number: int) -> str:
        """Return an integer with the language's thousands separator."""
        grouped = f"{number:,}"
        return grouped.replace(",", ".") if self.language == "vi" else grouped


_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
