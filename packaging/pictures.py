"""Draws the program's icon in every size and form that systems ask for, from one SVG.

python packaging/pictures.py FOLDER
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SOURCE = Path(__file__).resolve().parent / "linux" / "embassy-desk.svg"
SIZES_PX = (16, 22, 24, 32, 48, 64, 128, 256, 512)
WINDOWS_SIZES_PX = (16, 24, 32, 48, 64, 128, 256)
LARGEST_PX = 1024
SIDE_PX, SIDE_ICON_PX = (164, 314), 96
HEAD_PX, HEAD_ICON_PX = (150, 57), 45
SIDE_COLOUR, HEAD_COLOUR = "#e8eff4", "#ffffff"


def draw(folder: Path) -> None:
    """Write `SIZE.png` for every size, `embassy-desk.ico` and `embassy-desk.icns`.

    For the installer of Windows also `side.bmp` and `head.bmp`, in the sizes that NSIS wants.
    """
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication.instance() or QGuiApplication([])
    renderer = QSvgRenderer(str(SOURCE))
    for size in (*SIZES_PX, LARGEST_PX):
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        image.save(str(folder / f"{size}.png"))
    with Image.open(folder / f"{LARGEST_PX}.png") as largest:
        largest.save(folder / "embassy-desk.ico", sizes=[(px, px) for px in WINDOWS_SIZES_PX])
        largest.save(folder / "embassy-desk.icns")
    _draw_on(renderer, SIDE_PX, SIDE_COLOUR, SIDE_ICON_PX).save(str(folder / "side.bmp"))
    _draw_on(renderer, HEAD_PX, HEAD_COLOUR, HEAD_ICON_PX).save(str(folder / "head.bmp"))
    del app


def _draw_on(renderer: QSvgRenderer, size: tuple[int, int], colour: str, icon_px: int) -> QImage:
    """Return a plain picture with the icon in the middle of its upper part."""
    width, height = size
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    painter = QPainter(image)
    top = min((height - icon_px) // 2, (width - icon_px) // 2 * 2)
    renderer.render(painter, QRectF((width - icon_px) / 2, top, icon_px, icon_px))
    painter.end()
    return image


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
