"""Letters that a font of ours lacks: names in Japanese, Chinese, Korean, Cyrillic, Greek.

Cyrillic and Greek come from the embedded serif. East Asian letters are written in the fonts that
the PDF format itself names for them (ISO 32000-1, 9.7.5.2): they are not embedded, and whoever
opens the file shows them in a font of that computer; they can be searched and copied anywhere.
What none of them has, such as Thai or Arabic, stands as an empty square, never as nothing; DOCX and
XLSX hold it all.
"""

from functools import cache
from itertools import groupby
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

from embassy_desk.reports.writers.fonts import SERIF

_EAST_ASIAN = (
    ("HeiseiKakuGo-W5", "euc_jp"),
    ("STSong-Light", "gb2312"),
    ("MSung-Light", "big5"),
    ("HYGothic-Medium", "euc_kr"),
)
"""Fonts that PDF names, each with the character set it is made for; the first that fits is used."""

_NOT_SHOWN = "□"
_BREAKS = "\n\r\t"


@cache
def _letters(font: str) -> frozenset[str]:
    return frozenset(map(chr, pdfmetrics.getFont(font).face.charToGlyph)) | frozenset(_BREAKS)


def is_covered(text: str, font: str) -> bool:
    """Say whether a registered font has every letter of a text."""
    return _letters(font).issuperset(text)


def marked(text: str, font: str) -> str:
    """Return a text as markup of the PDF library; letters that the font lacks name another one."""
    if is_covered(text, font):
        return escape(text).replace("\n", "<br/>")
    pieces = groupby(map(_placed, text, [font] * len(text)), key=lambda each: each[1])
    return "".join(
        _run("".join(letter for letter, _ in some), other, font) for other, some in pieces
    ).replace("\n", "<br/>")


def _run(text: str, other: str, font: str) -> str:
    return escape(text) if other == font else f'<font name="{other}">{escape(text)}</font>'


def _placed(letter: str, font: str) -> tuple[str, str]:
    """Return a letter, or what stands for it, and the font that has it."""
    for each in (font, SERIF.regular):
        if letter in _letters(each):
            return letter, each
    for name, characters in _EAST_ASIAN:
        if _is_in(letter, characters):
            return letter, _registered(name)
    return _NOT_SHOWN, SERIF.regular


def _is_in(letter: str, characters: str) -> bool:
    return bool(letter.encode(characters, "ignore"))


@cache
def _registered(name: str) -> str:
    pdfmetrics.registerFont(UnicodeCIDFont(name))
    return name
