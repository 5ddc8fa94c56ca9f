"""The look of the desk: style, palette and font; light or dark, as system or person says."""

from collections.abc import Callable
from pathlib import Path

from PySide6 import QtCore
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from embassy_desk.desktop.kit.colours import DARK, LIGHT, Colours
from embassy_desk.desktop.kit.style import style_sheet
from embassy_desk.settings.person import Density, PersonSettings, TextSize, ThemeChoice

__all__ = ["FONT_FAMILY", "STYLE", "Theme", "ThemeChoice", "line_height", "palette"]

STYLE = ("-style", "Fusion")
"""For the application when it is made: named there, the style costs no classes of Python."""

FONT_FAMILY = "Be Vietnam Pro"
FONT_POINTS = 10
_FONT_FILES = ("BeVietnamPro-Regular.ttf", "BeVietnamPro-SemiBold.ttf")


POINTS = {
    TextSize.SMALL: 9.0,
    TextSize.NORMAL: float(FONT_POINTS),
    TextSize.LARGE: 11.5,
    TextSize.LARGEST: 13.5,
}
"""Size of ordinary text; headings go with it."""

_IS_FITTED = "desk_is_fitted"
_HALF_LIGHT = 128
_LINE_PADDING = "line_padding"
_LINE_PADDINGS_PX = {Density.COMFORTABLE: 13, Density.COMPACT: 4}


def line_height(widget: QWidget) -> int:
    """Return how high a line of a list is, in pixels, as the person chose the spacing.

    Ask again when a widget's `changeEvent` tells of another style or font.
    """
    app = QApplication.instance()
    padding = app.property(_LINE_PADDING) if app is not None else None
    return widget.fontMetrics().height() + int(padding or _LINE_PADDINGS_PX[Density.COMFORTABLE])


class Theme(QObject):
    """Dresses the application and follows the system while the person wants it to.

    The style sheet is only ever replaced, never taken off: Qt 6.11 then forgets to watch those
    widgets that wear it but were not shown yet. One that goes stays in Qt's list of the dressed,
    and the next sheet reads freed memory.
    """

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
        self._text_size = TextSize.NORMAL
        self._density = Density.COMFORTABLE
        self.colours = LIGHT
        self._is_dressed = bool(app.property(_IS_FITTED))
        if not self._is_dressed:
            app.setProperty(_IS_FITTED, True)  # noqa: FBT003  once; Qt's signature
            _load_fonts(resources / "fonts")
        app.styleHints().colorSchemeChanged.connect(self._on_system_changed)

    def choose(self, choice: ThemeChoice) -> None:
        """Dress the application as the person chose."""
        self.choice = choice
        self._dress()

    def follow(self, settings: PersonSettings) -> None:
        """Dress the application in the theme, text size and spacing that were chosen."""
        wanted = (settings.theme, settings.text_size, settings.density)
        if wanted != (self.choice, self._text_size, self._density) or not self._listeners:
            self.choice, self._text_size, self._density = wanted
            self._dress()

    def listen(self, listener: Callable[[Colours], None]) -> Callable[[], None]:
        """Tell a listener the colours, now and after every change.

        Returns:
            A function that ends it.
        """
        self._listeners.append(listener)
        listener(self.colours)

        def leave() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return leave

    def _on_system_changed(self, _scheme: object) -> None:
        if self.choice is ThemeChoice.SYSTEM:
            self._dress()

    def _is_system_dark(self) -> bool:
        """Say what the system wants; before anything was dressed, Fusion's own palette tells it."""
        if not self._is_dressed:  # see `kit/by_name.py` for why
            return self._app.palette().color(QPalette.ColorRole.Window).lightness() < _HALF_LIGHT
        return self._app.styleHints().colorScheme() is QtCore.Qt.ColorScheme.Dark

    def _dress(self) -> None:
        is_dark = self.choice is ThemeChoice.DARK or (
            self.choice is ThemeChoice.SYSTEM and self._is_system_dark()
        )
        self._is_dressed = True
        self.colours = DARK if is_dark else LIGHT
        points = POINTS[self._text_size]
        self._app.setFont(_font(points))
        self._app.setProperty(_LINE_PADDING, _LINE_PADDINGS_PX[self._density])
        self._app.setPalette(palette(self.colours))
        is_compact = self._density is Density.COMPACT
        sheet = style_sheet(self.colours, points / FONT_POINTS, is_compact=is_compact)
        for name in ("arrow", "check"):
            drawing = self._drawings / f"{name}-{'dark' if is_dark else 'light'}.svg"
            sheet = sheet.replace(f"@{name}", drawing.as_posix())
        self._app.setStyleSheet(sheet)
        for listener in self._listeners:
            listener(self.colours)


def _load_fonts(folder: Path) -> None:
    """Load the font of the desk, shipped with it: defaults differ from machine to machine."""
    for name in _FONT_FILES:
        QFontDatabase.addApplicationFont(str(folder / name))


def _font(points: float) -> QFont:
    font = QFont(FONT_FAMILY)
    font.setPointSizeF(points)
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
