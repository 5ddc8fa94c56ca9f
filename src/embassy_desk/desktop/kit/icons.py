"""The icons of the desk: simple drawings of our own, in the colour of the theme."""

from pathlib import Path
from weakref import WeakKeyDictionary

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QLabel
from shiboken6 import isValid

SIZES_PX = (20, 40, 60)
"""Sizes at which each icon is drawn: one, two and three times the logical size."""


class Icons:
    """Draws icons in the present colour, and again when the colour changes."""

    def __init__(self, folder: Path) -> None:
        """Take the drawings of a folder; black until told otherwise."""
        self._folder = folder
        self._colour = "#000000"
        self._drawn: dict[str, QIcon] = {}
        self._buttons: WeakKeyDictionary[QAbstractButton, str] = WeakKeyDictionary()
        self._labels: WeakKeyDictionary[QLabel, tuple[str, int]] = WeakKeyDictionary()

    def show(self, button: QAbstractButton, name: str) -> None:
        """Show an icon on a button, now and after every change of colour."""
        button.setIcon(self.icon(name))
        self._buttons[button] = name

    def show_on_label(self, label: QLabel, name: str, size_px: int) -> None:
        """Show an icon on a label, now and after every change of colour."""
        label.setPixmap(self.icon(name).pixmap(size_px, size_px))
        self._labels[label] = (name, size_px)

    def icon(self, name: str) -> QIcon:
        """Return an icon in the present colour.

        Raises:
            FileNotFoundError: There is no such drawing.
        """
        if name not in self._drawn:
            self._drawn[name] = self._draw(name)
        return self._drawn[name]

    def _draw(self, name: str) -> QIcon:
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
        self._drawn.clear()
        for button, name in tuple(self._buttons.items()):
            if isValid(button):
                button.setIcon(self.icon(name))
        for label, (name, size_px) in tuple(self._labels.items()):
            if isValid(label):
                label.setPixmap(self.icon(name).pixmap(size_px, size_px))


def _drawn(renderer: QSvgRenderer, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    return pixmap
