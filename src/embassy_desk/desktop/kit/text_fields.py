"""Fields for texts that leave the keys of the window to the window.

On X11 a text field of Qt takes Ctrl+K for itself and deletes the rest of the line. Here it opens
the palette, wherever the focus is, and nothing that was typed is lost.
"""

from PySide6 import QtCore
from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit


def _is_ours(event: QEvent) -> bool:
    """Say whether an event asks if a field wants a key that belongs to the window."""
    return (
        isinstance(event, QKeyEvent)
        and event.type() is QEvent.Type.ShortcutOverride
        and event.modifiers() == QtCore.Qt.KeyboardModifier.ControlModifier
        and event.key() == QtCore.Qt.Key.Key_K
    )


class TextLine(QLineEdit):
    """A line to type in."""

    def event(self, event: QEvent) -> bool:
        """Leave the keys of the window to it."""
        if _is_ours(event):
            event.ignore()
            return False
        return super().event(event)


class TextArea(QPlainTextEdit):
    """Several lines to type in."""

    def event(self, event: QEvent) -> bool:
        """Leave the keys of the window to it."""
        if _is_ours(event):
            event.ignore()
            return False
        return super().event(event)
