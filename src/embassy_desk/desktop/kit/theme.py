"""The look of the desk: style, palette and font; light or dark, as system or person says."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from embassy_desk.desktop.kit.colours import DARK, LIGHT, Colours
from embassy_desk.desktop.kit.style import style_sheet

FONT_FAMILY = "Be Vietnam Pro"
FONT_POINTS = 10
_FONT_FILES = ("BeVietnamPro-Regular.ttf", "BeVietnamPro-SemiBold.ttf")


class ThemeChoice(StrEnum):
    """What the person chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """Dresses the application and follows the system while the person wants it to."""

    def __init__(self, app: QApplication, resources: Path) -> None:
        """Load the fonts and dress the application.

        Args:
            app: The application.
            resources: Folder of the shipped files.
        """
        super().__init__(app)
        self._app = app
        self._drawings = resources / "icons"
        self._listeners: list[Callable[[Colours], None]] = []
        self.choice = ThemeChoice.SYSTEM
        self.colours = LIGHT
        app.setStyle(QStyleFactory.create("Fusion"))
        app.setFont(_font(resources / "fonts"))
        app.styleHints().colorSchemeChanged.connect(self._on_system_changed)

    def choose(self, choice: ThemeChoice) -> None:
        """Dress the application as the person chose."""
        self.choice = choice
        self._dress()

    def listen(self, listener: Callable[[Colours], None]) -> None:
        """Tell a listener the colours, now and after every change."""
        self._listeners.append(listener)
        listener(self.colours)

    def _on_system_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self.choice is ThemeChoice.SYSTEM:
            self._dress()

    def _dress(self) -> None:
        is_dark = self.choice is ThemeChoice.DARK or (
            self.choice is ThemeChoice.SYSTEM
            and self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        )
        self.colours = DARK if is_dark else LIGHT
        self._app.setPalette(palette(self.colours))
        sheet = style_sheet(self.colours)
        for name in ("arrow", "check"):
            drawing = self._drawings / f"{name}-{'dark' if is_dark else 'light'}.svg"
            sheet = sheet.replace(f"@{name}", drawing.as_posix())
        self._app.setStyleSheet(sheet)
        for listener in self._listeners:
            listener(self.colours)


def _font(folder: Path) -> QFont:
    """Return the font of the desk, named explicitly: defaults differ from machine to machine."""
    for name in _FONT_FILES:
        QFontDatabase.addApplicationFont(str(folder / name))
    font = QFont(FONT_FAMILY)
    font.setPointSize(FONT_POINTS)
    return font


def palette(colours: Colours) -> QPalette:
    """Return the palette for what the style sheet leaves to Fusion."""
    role = QPalette.ColorRole
    made = QPalette()
    for each, colour in {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.surface,
        role.AlternateBase: colours.raised,
        role.Text: colours.text,
        role.Button: colours.raised,
        role.ButtonText: colours.text,
        role.BrightText: colours.trouble,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.PlaceholderText: colours.muted,
        role.ToolTipBase: colours.surface,
        role.ToolTipText: colours.text,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.Mid: colours.edge,
        role.Midlight: colours.chosen,
        role.Light: colours.raised,
        role.Dark: colours.edge,
    }.items():
        made.setColor(each, QColor(colour))
    for each in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, each, QColor(colours.muted))
    return made
