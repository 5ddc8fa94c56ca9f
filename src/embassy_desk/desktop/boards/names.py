"""Names of people where there is little room."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics


def short_name(metrics: QFontMetrics, name: str, width: int) -> str:
    """Return the last words of a name that fit into a width in pixels.

    People of a mission call each other by the given name, which stands last in Viet Nam.
    """
    words = name.split()
    while True:
        text = " ".join(words)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
        if shown == text or len(words) == 1:
            return shown
        words.pop(0)
