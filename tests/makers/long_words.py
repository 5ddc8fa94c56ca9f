"""A language that nobody speaks: every sentence is 40 % longer and full of marks."""

from typing import Any

from embassy_desk.texts import LabelledEnum, Text, Words

GROWTH = 0.4
_MARKED = str.maketrans("aeiouyAEIOUYdD", "ậệịộựỵẬỆỊỘỰỴđĐ")
_FILLING = "ổ ữ ặng "


def stretched(sentence: str) -> str:
    """Return a sentence with marks on its vowels and more to say, as a long translation has."""
    wanted = max(1, round(len(sentence) * GROWTH))
    filling = (_FILLING * (wanted // len(_FILLING) + 1))[:wanted]
    return f"{sentence.translate(_MARKED)} {filling}".rstrip()


class LongWords(Words):
    """English, stretched."""

    def __init__(self) -> None:
        """Begin with English."""
        super().__init__("en")

    def __call__(self, text: Text | str) -> str:
        """Return a sentence of ours stretched; a text of a record stays as it is."""
        said = super().__call__(text)
        is_ours = isinstance(text, LabelledEnum | Text)
        return stretched(said) if is_ours and said else said

    def value(self, value: Any) -> Any:
        """Return a value as it stands within a sentence, which is stretched as a whole."""
        return Words("en").value(value)
