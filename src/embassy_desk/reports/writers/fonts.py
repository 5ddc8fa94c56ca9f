"""The fonts of reports, embedded in what is written: Times metrics for official papers."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

DOCX_SERIF = "Times New Roman"
"""What an official DOCX names, as the decree asks.

PDF embeds its metric twin Tinos. Liberation Serif, the other twin, lacks 93 accented letters.
"""

DOCX_SANS = "Arial"
"""What other DOCX name; it is on every computer."""


@dataclass(frozen=True)
class Family:
    """The names by which the cuts of a family are registered for PDF."""

    regular: str
    bold: str
    italic: str
    bold_italic: str


SERIF = Family("DeskSerif", "DeskSerif-Bold", "DeskSerif-Italic", "DeskSerif-BoldItalic")
SANS = Family("DeskSans", "DeskSans-Bold", "DeskSans", "DeskSans-Bold")

_FILES = {
    "DeskSerif": "Tinos-Regular.ttf",
    "DeskSerif-Bold": "Tinos-Bold.ttf",
    "DeskSerif-Italic": "Tinos-Italic.ttf",
    "DeskSerif-BoldItalic": "Tinos-BoldItalic.ttf",
    "DeskSans": "BeVietnamPro-Regular.ttf",
    "DeskSans-Bold": "BeVietnamPro-SemiBold.ttf",
}


@cache
def register_fonts(folder: Path) -> None:
    """Make the families known to the PDF library; done once per process.

    Args:
        folder: Where the shipped fonts lie.
    """
    for name, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(folder / file)))
    for family in (SERIF, SANS):
        cuts = (family.regular, family.italic, family.bold, family.bold_italic)
        for no, name in enumerate(cuts):
            addMapping(family.regular, no // 2, no % 2, name)


def width_pt(text: str, font: str, size_pt: float) -> float:
    """Return how wide a text is in points."""
    return float(pdfmetrics.stringWidth(text, font, size_pt))
