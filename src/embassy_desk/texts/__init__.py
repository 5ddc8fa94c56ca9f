"""Words shown to people: marked where written, translated where shown.

Inner rooms mark a sentence with `N_` and pass it on as a `Text`; nothing is translated at import.
Whoever shows it holds a `Words` for the language of the reader.
"""

from embassy_desk.texts.labels import LabelledEnum
from embassy_desk.texts.text import N_, Text
from embassy_desk.texts.words import Words

__all__ = ["N_", "LabelledEnum", "Text", "Words"]
