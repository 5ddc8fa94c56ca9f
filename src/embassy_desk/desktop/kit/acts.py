"""Acts: what the menus offer, with words, keys and the reason while it cannot be done.

The menu bar is the one register of what the desk can do: the command palette and the sheet of
shortcuts are made from it, so an act that stands in a menu needs no further line anywhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.texts import N_, Text

_NOT_NOW = N_("This cannot be done at the moment.")


class Act(QAction):
    """An action that knows its words in every language.

    Attributes:
        said: What the menu says.
        needs: Why it cannot be done while it is greyed.
    """

    def __init__(self, phrases: Phrases, said: Text, parent: QWidget, needs: Text | None) -> None:
        """Show the words in the language of a screen."""
        super().__init__(parent)
        self.said = said
        self.needs = needs or _NOT_NOW
        phrases.show(self.setText, said)

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
