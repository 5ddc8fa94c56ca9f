"""The icons of the desk: simple drawings of our own, in the colour of the theme."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

SIZES_PX = (20, 40, 60)
"""Sizes at which each icon is drawn: one, two and three times the logical size."""


class Icons:
    """Draws icons in the present colour, and again when the colour changes."""

    def __init__(self, folder: Path) -> None:
        """Take the drawings of a folder; black until told otherwise."""
        self._folder = folder
        self._colour = "#000000"
        self._buttons: dict[int, tuple[QAbstractButton, str]] = {}

    def show(self, button: QAbstractButton, name: str) -> None:
        """Show an icon on a button, now and after every change of colour."""
        button.setIcon(self.icon(name))
        if id(button) not in self._buttons:
            button.destroyed.connect(partial(self._forget, id(button)))
        self._buttons[id(button)] = (button, name)

    def _forget(self, key: int, _gone: object = None) -> None:
        self._buttons.pop(key, None)

    def icon(self, name: str) -> QIcon:
        """Return an icon in the present colour.

        Raises:
            FileNotFoundError: There is no such drawing.
        """
        drawing = (self._folder / f"{name}.svg").read_text(encoding="utf-8")
        coloured = drawing.replace("currentColor", self._colour).encode()
        icon = QIcon()
        for size in SIZES_PX:
            icon.addPixmap(_drawn(QSvgRenderer(QByteArray(coloured)), size))
        return icon

    def recolour(self, colour: str) -> None:
        """Draw every icon that is shown in another colour."""
        if colour == self._colour:
            return
        self._colour = colour
        for button, name in self._buttons.values():
            button.setIcon(self.icon(name))


def _drawn(renderer: QSvgRenderer, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    return pixmap
