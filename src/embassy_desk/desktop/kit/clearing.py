"""The cross in a field for words, which empties it.

Qt has one of its own, but looks through the icon themes of the system for a drawing when it is
first made: a third of the time in which the desk is built, and not in our colours.
"""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QToolButton

from embassy_desk.desktop.kit.icons import Icons
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import named, tip
from embassy_desk.texts import N_

_EMPTY = N_("Empty this field")


def let_clear(line: QLineEdit, icons: Icons, phrases: Phrases) -> QAction:
    """Offer to empty a field while something stands in it, and return the action of the cross."""
    cross = QAction(line)
    line.addAction(cross, QLineEdit.ActionPosition.TrailingPosition)
    (button,) = line.findChildren(QToolButton, options=Qt.FindChildOption.FindDirectChildrenOnly)
    icons.show(button, "clear")
    cross.setIcon(button.icon())
    named(phrases, button, _EMPTY)
    tip(phrases, cross, _EMPTY)
    cross.setVisible(bool(line.text()))
    cross.triggered.connect(line.clear)
    line.textChanged.connect(partial(_follow, cross))
    return cross


def _follow(cross: QAction, text: str) -> None:
    cross.setVisible(bool(text))
