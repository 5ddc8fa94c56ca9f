"""Draws the program's icon in every size and form that systems ask for, from one SVG.

python packaging/pictures.py FOLDER
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SOURCE = Path(__file__).resolve().parent / "linux" / "embassy-desk.svg"
SIZES_PX = (16, 22, 24, 32, 48, 64, 128, 256, 512)
WINDOWS_SIZES_PX = (16, 24, 32, 48, 64, 128, 256)
LARGEST_PX = 1024


def draw(folder: Path) -> None:
    """Write `SIZE.png` for every size, `embassy-desk.ico` and `embassy-desk.icns`."""
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
    del app


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
