"""Acts: what the menus offer, with words, keys and the reason while it cannot be done.

The menu bar is the one register of what the desk can do: the command palette and the sheet of
shortcuts are made from it, so an act that stands in a menu needs no further line anywhere.
"""

import html
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.texts import N_, Text

WHY_NOT = "why not"
"""Name of the shortcuts that tell why an act is greyed; never on while the act is."""

_NOT_NOW = N_("This cannot be done at the moment.")


class Act(QAction):
    """An action that knows its words in every language, and why it cannot be done.

    Attributes:
        said: What the menu says.
        refused: Its keys were pressed while it is greyed; carries the reason.
    """

    refused = Signal(object)

    def __init__(self, phrases: Phrases, said: Text, parent: QWidget, needs: Text | None) -> None:
        """Show the words in the language of a screen."""
        super().__init__(parent)
        self.said = said
        self._phrases = phrases
        self._needs = needs or _NOT_NOW
        self._refusal: Text | None = None
        self._is_possible = True
        self._twins: list[QShortcut] = []
        phrases.show(self.setText, said)

    @property
    def needs(self) -> Text:
        """Why it cannot be done while it is greyed: what forbids it, or what it lacks."""
        return self._refusal or self._needs

    def allow(self, *, is_possible: bool) -> None:
        """Let it be done as far as nothing forbids it, or grey it because something is lacking."""
        self._is_possible = is_possible
        self._settle()

    def forbid(self, reason: Text | None) -> None:
        """Grey it for a reason that no state of the window changes; without one it is free."""
        self._refusal = reason
        self._settle()

    def _settle(self) -> None:
        """Be greyed or not, with the reason as tooltip and as what assistive programs say."""
        self.setEnabled(self._is_possible and self._refusal is None)
        for twin in self._twins:
            twin.setEnabled(not self.isEnabled())
        why = "" if self.isEnabled() else self.needs
        for place in (self._show_tip, self.setWhatsThis, self.setStatusTip):
            self._phrases.show(place, why)

    def _show_tip(self, text: str) -> None:
        self.setToolTip(f"<qt>{html.escape(text)}</qt>" if text else "")

    def hear_keys(self, window: QWidget) -> None:
        """Tell why when its keys are pressed while it is greyed, instead of doing nothing."""
        for keys in self.shortcuts():
            twin = QShortcut(keys, window)
            twin.setObjectName(WHY_NOT)
            twin.setEnabled(not self.isEnabled())
            twin.activated.connect(self._on_refused)
            self._twins.append(twin)

    def _on_refused(self) -> None:
        self.refused.emit(self.needs)

    @property
    def keys(self) -> tuple[str, ...]:
        """Its shortcuts as people read them, such as `Ctrl+S`."""
        form = QKeySequence.SequenceFormat.PortableText
        return tuple(each.toString(form) for each in self.shortcuts())


class ActMenu(QMenu):
    """A menu that knows its title in every language.

    Attributes:
        said: The title.
    """

    def __init__(self, phrases: Phrases, said: Text, parent: QWidget) -> None:
        """Show the title in the language of a screen."""
        super().__init__(parent)
        self.said = said
        phrases.show(self.setTitle, said)
        self.setToolTipsVisible(True)


@dataclass(frozen=True)
class Listed:
    """An act and the titles of the menus that lead to it, outermost first."""

    act: Act
    path: tuple[Text, ...]

    @property
    def key(self) -> str:
        """What it is called in English with its menus; the same in every language."""
        return "/".join(str(each) for each in (*self.path, self.act.said))


def acts_of(bar: QMenuBar) -> Iterator[Listed]:
    """Yield every act of a menu bar in the order in which people see them."""
    for entry in bar.actions():
        made = entry.menu()
        if isinstance(made, ActMenu) and entry.isVisible():
            yield from _acts_in(made, ())


def _acts_in(menu: ActMenu, path: tuple[Text, ...]) -> Iterator[Listed]:
    here = (*path, menu.said)
    for entry in menu.actions():
        inner = entry.menu()
        if isinstance(inner, ActMenu):
            yield from _acts_in(inner, here)
        elif isinstance(entry, Act) and entry.isVisible():
            yield Listed(entry, here)
