"""Widgets that show words, made so that no text of a record is ever read as markup.

Labels are plain text; tooltips, which Qt would guess about, are escaped; an ampersand of a record
never becomes a shortcut.
"""

import html
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from embassy_desk.desktop.kit.acts import Act, ActMenu
from embassy_desk.desktop.kit.by_name import set_by_name
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.text_fields import TextLine
from embassy_desk.texts import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon


def safe_tooltip(text: str) -> str:
    """Return a tooltip that shows exactly this text, wrapped where it is long."""
    if not text:
        return ""
    return f"<qt>{html.escape(text).replace(chr(10), '<br>')}</qt>"


def without_mnemonic(text: str) -> str:
    """Return a text for a button or menu in which an ampersand stays one."""
    return text.replace("&", "&&")


def plain_label(role: str = "body", *, wraps: bool = True, parent: QWidget | None = None) -> QLabel:
    """Return an empty label for values of records.

    Args:
        role: What the theme knows it by: `title`, `heading`, `field`, `body`, `muted`, `problem`.
        wraps: Whether long texts take several lines.
        parent: The widget it belongs to.
    """
    label = QLabel(parent)
    set_by_name(label, "textFormat", "PlainText")
    label.setWordWrap(wraps)
    label.setProperty("role", role)
    if wraps:
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return label


def selectable(label: QLabel) -> QLabel:
    """Let people copy what a label says."""
    set_by_name(label, "textInteractionFlags", "TextSelectableByMouse")
    return label


def said(phrases: Phrases, text: Text | str, role: str = "body", *, wraps: bool = True) -> QLabel:
    """Return a label that says a text in the language of its screen."""
    label = plain_label(role, wraps=wraps)
    phrases.show(label.setText, text)
    return label


def tip(phrases: Phrases, widget: QWidget | QAction, text: Text | str) -> None:
    """Give a widget or an action a tooltip, which screen readers say as plain words."""
    phrases.show(lambda words: widget.setToolTip(safe_tooltip(words)), text)
    if isinstance(widget, QWidget):
        phrases.show(widget.setAccessibleDescription, text)


def forbid(phrases: Phrases, widget: QWidget, reason: Text | None, usual: Text | str = "") -> None:
    """Grey a widget for a reason that it tells, or free it with its usual tooltip."""
    widget.setEnabled(reason is None)
    tip(phrases, widget, usual if reason is None else reason)


def named(phrases: Phrases, widget: QWidget, text: Text | str) -> None:
    """Give a widget the name that screen readers say."""
    phrases.show(widget.setAccessibleName, text)


def button(phrases: Phrases, text: Text, *, role: str = "plain") -> QPushButton:
    """Return a push button; its role tells the theme how much it stands out."""
    made = QPushButton()
    made.setProperty("role", role)
    made.setAutoDefault(False)
    phrases.show(made.setText, text)
    named(phrases, made, text)
    return made


def tool_button(phrases: Phrases, text: Text, icon: "QIcon | None" = None) -> QToolButton:
    """Return a small button; with an icon alone it is named and explained all the same."""
    made = QToolButton()
    set_by_name(made, "focusPolicy", "StrongFocus")
    if icon is None:
        phrases.show(made.setText, text)
    else:
        made.setIcon(icon)
        tip(phrases, made, text)
    named(phrases, made, text)
    return made


def check_box(phrases: Phrases, text: Text | None = None) -> QCheckBox:
    """Return a check box, with words beside it or without."""
    made = QCheckBox()
    if text is not None:
        phrases.show(made.setText, text)
        named(phrases, made, text)
    return made


def radio_button(phrases: Phrases, text: Text) -> QRadioButton:
    """Return one of several buttons of which one holds; their group is made by the caller."""
    made = QRadioButton()
    phrases.show(made.setText, text)
    named(phrases, made, text)
    return made


def line_edit(longest: int = 32767) -> QLineEdit:
    """Return a line to type in."""
    made = TextLine()
    made.setMaxLength(longest)
    return made


def show_quietly(line: QLineEdit, text: str) -> None:
    """Show a text that the person did not enter: nobody is told that the line was edited.

    Lines are heard by `textChanged`, not `textEdited`: what assistive programs and dictation put
    in through the accessibility tree is an edit too, and Qt tells only the former of it.
    """
    was_blocked = line.blockSignals(True)  # noqa: FBT003  Qt's signature
    line.setText(text)
    line.blockSignals(was_blocked)


def action(
    phrases: Phrases,
    text: Text,
    parent: QWidget,
    *,
    keys: str = "",
    checkable: bool = False,
    needs: Text | None = None,
) -> Act:
    """Return an action of a menu.

    Args:
        phrases: The texts of the screen.
        text: What the menu says.
        parent: The window in which its keys hold.
        keys: Shortcut such as `Ctrl+S`; several are separated by `; `.
        checkable: Whether it is switched on and off.
        needs: Why it cannot be done while it is greyed.
    """
    made = Act(phrases, text, parent, needs)
    made.setCheckable(checkable)
    if keys:
        made.setShortcuts([QKeySequence(each) for each in keys.split("; ")])
        set_by_name(made, "shortcutContext", "WindowShortcut")
        made.hear_keys(parent)
    return made


def menu(phrases: Phrases, text: Text, parent: QWidget) -> ActMenu:
    """Return a menu with a title."""
    return ActMenu(phrases, text, parent)
