"""The style sheet of the desk: what each role of a widget looks like.

Fusion draws what is not named here; sizes are in pixels of the logical screen and points of the
font, so that both scale with the system.
"""

import re

from embassy_desk.desktop.kit.colours import Colours

_POINTS = re.compile(r"(\d+)pt")
_CONTROL_HEIGHT = "min-height: 20px"
_COMPACT_HEIGHT = "min-height: 15px"


def style_sheet(colours: Colours, scale: float = 1.0, *, is_compact: bool = False) -> str:
    """Return the style sheet in these colours.

    Args:
        colours: The colours.
        scale: Size of text, 1.0 for the usual one.
        is_compact: Whether fields and buttons take less room.
    """
    sheet = _POINTS.sub(lambda found: f"{int(found[1]) * scale:.1f}pt", _SHEET)
    if is_compact:
        sheet = sheet.replace(_CONTROL_HEIGHT, _COMPACT_HEIGHT)
    for name, colour in sorted(colours.named().items(), key=lambda each: -len(each[0])):
        sheet = sheet.replace(f"@{name};", f"{colour};").replace(f"@{name} ", f"{colour} ")
    return sheet


_SHEET = """
QWidget { color: @text; }
QMainWindow, QDialog { background: @window; }
QMenuBar { background: @window; border-bottom: 1px solid @line; padding: 1px 6px; }
QMenuBar::item { padding: 4px 9px; border-radius: 5px; background: transparent; }
QMenuBar::item:selected { background: @chosen; }
QMenu { background: @surface; border: 1px solid @line; padding: 5px; }
QMenu::item { padding: 5px 26px 5px 22px; border-radius: 5px; }
QMenu::item:selected { background: @chosen; color: @text; }
QMenu::item:disabled { color: @muted; }
QMenu::separator { height: 1px; background: @line; margin: 5px 8px; }
QStatusBar { background: @window; border-top: 1px solid @line; color: @muted; }
QStatusBar::item { border: none; }
QToolTip { background: @surface; color: @text; border: 1px solid @edge; padding: 4px; }

QLabel { background: transparent; }
QLabel[role="title"] { font-size: 15pt; font-weight: 600; }
QLabel[role="heading"] { font-size: 11pt; font-weight: 600; }
QLabel[role="code"] { font-family: "Liberation Mono", "Consolas", "Menlo", monospace;
    font-size: 14pt; font-weight: 600; border: 1px solid @edge; border-radius: 5px; padding: 12px; }
QLabel[role="field"] { color: @muted; font-size: 9pt; }
QLabel[role="muted"] { color: @muted; }
QLabel[role="small"] { color: @muted; font-size: 9pt; }
QLabel[role="problem"] { color: @trouble; font-size: 9pt; }
QLabel[role="caution"] { color: @caution; font-weight: 600; }
QLabel[role="due"] { color: @caution; }
QLabel[role="good"] { color: @good; }
QLabel[role="badge"] { background: @chosen; color: @text; border-radius: 9px; padding: 1px 9px;
    font-size: 9pt; }
QLabel[role="banner"] { background: @banner; color: @on_banner; padding: 4px 14px;
    font-weight: 600; }

QLineEdit, QPlainTextEdit, QComboBox { background: @surface; border: 1px solid @edge;
    border-radius: 5px; padding: 3px 7px; selection-background-color: @accent;
    selection-color: @on_accent; }
QLineEdit { min-height: 20px; }
QComboBox { min-height: 20px; padding-right: 22px; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QComboBox:on {
    border: 2px solid @accent; padding: 2px 6px; }
QComboBox:focus { padding-right: 21px; }
QLineEdit:read-only, QPlainTextEdit:read-only, QLineEdit:disabled, QComboBox:disabled,
    QPlainTextEdit:disabled { background: @window; color: @muted; border-color: @line; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] {
    border: 2px solid @trouble; padding: 2px 6px; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url("@arrow"); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: @surface; border: 1px solid @edge; padding: 3px;
    selection-background-color: @chosen; selection-color: @text; outline: none; }

QPushButton { background: @raised; border: 1px solid @edge; border-radius: 5px;
    padding: 4px 14px; min-height: 20px; }
QPushButton:hover { background: @chosen; }
QPushButton:focus { border: 2px solid @accent; padding: 3px 13px; }
QPushButton:pressed { background: @line; }
QPushButton:disabled { color: @muted; border-color: @line; background: @window; }
QPushButton[role="primary"] { background: @accent; color: @on_accent; border-color: @accent;
    font-weight: 600; }
QPushButton[role="primary"]:focus { border: 2px solid @text; }
QPushButton[role="primary"]:disabled { background: @line; color: @muted; border-color: @line; }
QPushButton[role="fold"] { text-align: left; border: 2px solid transparent; font-size: 11pt;
    font-weight: 600; background: transparent; padding: 4px 4px; }
QPushButton[role="fold"]:hover { background: @chosen; }
QPushButton[role="fold"]:focus { border: 2px solid @accent; }
QPushButton[role="link"] { background: transparent; border: 1px solid transparent; color: @accent;
    padding: 2px 6px; min-height: 18px; }
QPushButton[role="link"]:hover { background: @chosen; }
QPushButton[role="link"]:focus { border: 2px solid @accent; padding: 1px 5px; }
QPushButton[role="view"] { background: transparent; border: 1px solid transparent; color: @muted;
    padding: 2px 8px; min-height: 20px; }
QPushButton[role="view"]:hover { background: @chosen; color: @text; }
QPushButton[role="view"]:focus { border: 2px solid @accent; padding: 1px 7px; color: @text; }
QFrame[role="chip"] { background: @chosen; border: 1px solid @line; border-radius: 12px; }
QFrame[role="chip"][wrong="true"] { border: 2px solid @trouble; }
QFrame[role="chip"] QPushButton { background: transparent; border: 2px solid transparent;
    border-radius: 11px; padding: 0px 3px 0px 8px; min-height: 18px; font-size: 9pt; }
QFrame[role="chip"] QPushButton:focus { border: 2px solid @accent; }
QFrame[role="chip"] QToolButton { padding: 2px; border-radius: 10px; }
QPushButton[role="link"]:disabled { color: @muted; background: transparent; }
QPushButton[role="choice"]:checked { background: @chosen; border-color: @accent;
    font-weight: 600; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 5px;
    padding: 4px; }
QToolButton:hover { background: @chosen; }
QToolButton:focus { border: 2px solid @accent; padding: 3px; }
QToolButton:disabled { color: @muted; }
QToolButton::menu-indicator { image: none; }

QRadioButton { spacing: 7px; padding: 3px; border: 2px solid transparent; border-radius: 5px; }
QRadioButton:focus { border: 2px solid @accent; }
QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid @edge; border-radius: 8px;
    background: @surface; }
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 5px solid @accent; }
QCheckBox { spacing: 7px; padding: 3px; border: 2px solid transparent; border-radius: 5px; }
QCheckBox:focus { border: 2px solid @accent; }
QCheckBox::indicator, QListView::indicator { width: 15px; height: 15px; border: 1px solid @edge;
    border-radius: 4px; background: @surface; }
QCheckBox::indicator:checked, QListView::indicator:checked { background: @accent;
    border: 1px solid @accent; image: url("@check"); }

QTableView, QListView, QTreeView { background: @surface; border: 1px solid @line;
    border-radius: 6px; outline: none; gridline-color: @line;
    selection-background-color: @chosen; selection-color: @text;
    alternate-background-color: @raised; }
QListView[role="column"] { background: @window; border: 1px solid @line; padding: 2px; }
QTableView:focus, QListView:focus, QTreeView:focus { border: 2px solid @accent; }
QListView[role="sections"] { background: @window; border: none; outline: none; padding: 6px; }
QListView[role="sections"]::item { padding: 0px 6px; border-radius: 6px; color: @text;
    border: 2px solid transparent; }
QListView[role="sections"]::item:hover { background: @line; }
QListView[role="sections"]::item:selected { background: @chosen; color: @text; font-weight: 600; }
QListView[role="sections"]::item:selected:focus { border: 2px solid @accent; }
QListView[role="sections"]:focus { border: none; }
QListView[role="sections"]::item:disabled { color: @muted; }

QListView[role="roomy"]::item { padding: 5px 8px; }
QTreeView::item { padding: 3px 6px; }
QTreeView::item:selected { background: @chosen; color: @text; }
QTableView::item { padding: 0px 7px; border: none; }
QTableView[role="told"]::item { padding: 6px 7px; }
QTableView::item:selected { background: @chosen; color: @text; }
QHeaderView { background: @surface; border: none; }
QHeaderView::section { background: @raised; color: @muted; border: none;
    border-bottom: 1px solid @line; padding: 5px 10px; font-size: 9pt; }
QHeaderView::section:hover { color: @text; }
QTableCornerButton::section { background: @raised; border: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }

QTabWidget::pane { border: none; border-top: 1px solid @line; }
QTabBar { background: transparent; }
QTabBar::tab { padding: 6px 14px; border: 2px solid transparent; border-bottom: none;
    color: @muted; background: transparent; }
QTabBar::tab:selected { color: @text; border-bottom: 3px solid @accent; font-weight: 600; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:selected:focus { border: 2px solid @accent; border-radius: 5px; }

QTextBrowser { background: @surface; border: 1px solid @line; border-radius: 6px; padding: 8px; }
QTextBrowser:focus { border: 2px solid @accent; padding: 7px; }
QWidget[role="window"] { background: @window; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget[role="sheet"] { background: transparent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0px; }
QScrollBar::handle { background: @edge; border-radius: 4px; margin: 2px; min-height: 30px;
    min-width: 30px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0px; height: 0px; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: @line; }
QSplitter::handle:hover { background: @accent; }
QSplitter[role="quiet"]::handle { background: transparent; }

QFrame[role="card"] { background: @surface; border: 1px solid @line; border-radius: 8px; }
QFrame[role="notice"] { margin: 6px 10px 0px 10px; background: @surface;
    border: 1px solid @edge; border-left: 5px solid @good; border-radius: 6px; }
QFrame[role="notice"][weight="hint"] { border-left: 5px solid @accent; }
QFrame[role="notice"][weight="caution"] { border-left: 5px solid @caution; }
QFrame[role="notice"][weight="trouble"] { border-left: 5px solid @trouble; }
QFrame[role="top"] { background: @window; border-bottom: 1px solid @line; }
QFrame[role="bottom"] { background: @window; border-top: 1px solid @line; }
QProgressBar { background: @surface; border: 1px solid @edge; border-radius: 5px;
    max-height: 10px; text-align: center; }
QProgressBar::chunk { background: @accent; border-radius: 4px; }
QFrame[role="popup"] { background: @surface; border: 1px solid @edge; border-radius: 6px; }
QFrame[role="popup"] QListView { border: none; }

QCalendarWidget { background: @surface; border: 1px solid @edge; }
QCalendarWidget QWidget { alternate-background-color: @raised; background: @surface; }
QCalendarWidget QAbstractItemView { background: @surface; color: @text; border: none;
    selection-background-color: @accent; selection-color: @on_accent; outline: none; }
QCalendarWidget QAbstractItemView:focus { border: none; }
QCalendarWidget QAbstractItemView:disabled { color: @muted; }
QCalendarWidget QToolButton { font-weight: 600; padding: 4px 8px; }
"""
