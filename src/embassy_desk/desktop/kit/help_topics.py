"""What each screen is about, so that F1 shows its page of help."""

from typing import Protocol, runtime_checkable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

HELP_KEY = "F1"
REFERENCE = "reference"
"""Topic of every kind that has no page of its own."""

_PROPERTY = "help_topic"


@runtime_checkable
class Helping(Protocol):
    """A window that can show help."""

    def show_help(self) -> None:
        """Show what helps with what has the focus."""


def help_topic(widget: QWidget, topic: str) -> None:
    """Say what a screen is about: the name of a page in `resources/help`.

    A dialog gets a key of its own, because the keys of the window are silent while it is open.
    """
    widget.setProperty(_PROPERTY, topic)
    if isinstance(widget, QDialog):
        key = QShortcut(QKeySequence(HELP_KEY), widget)
        key.activated.connect(lambda: _ask(widget))


def help_on_shown(widget: QWidget, stack: QStackedWidget) -> None:
    """Let a widget be about whatever a stack shows that lies in it."""

    def follow() -> None:
        widget.setProperty(_PROPERTY, "")  # or the page would find it around itself
        widget.setProperty(_PROPERTY, topic_of(stack.currentWidget()))

    stack.currentChanged.connect(follow)
    follow()


def topic_of(widget: QWidget | None) -> str:
    """Return what the nearest screen around a widget is about; empty when none says."""
    while widget is not None:
        topic = widget.property(_PROPERTY)
        if topic:
            return str(topic)
        widget = widget.parentWidget()
    return ""


def _ask(widget: QWidget) -> None:
    """Ask the window behind a dialog for help."""
    window = widget.parentWidget()
    while window is not None:
        if isinstance(window, Helping):
            window.show_help()
            return
        window = window.parentWidget()
