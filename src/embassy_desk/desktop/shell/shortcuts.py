"""The sheet of keyboard shortcuts, made from the acts of the menus."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from embassy_desk.desktop.kit.acts import Listed
from embassy_desk.desktop.kit.help_topics import help_topic
from embassy_desk.desktop.kit.matching import read_word
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, named, said
from embassy_desk.texts import N_, Text, Words

EVERYWHERE: tuple[tuple[str, Text], ...] = (
    ("Tab", N_("To the next field")),
    ("Shift+Tab", N_("To the field before")),
    ("Alt+↓", N_("Open a field's choices")),
    ("Esc", N_("Close what is open; nothing that was typed is lost")),
    ("Home, End", N_("First and last line of a list")),
    ("Delete", N_("Put the chosen record in the trash, or remove the chosen row")),
    ("F2, Enter", N_("Open the chosen row")),
    ("Shift+F10", N_("What can be done here")),
)
"""Keys that hold in fields, lists and dialogs, beside those of the menus."""

_SIZE_PX = (620, 600)
_KEYS_WIDTH_PX = 190


class ShortcutSheet(QDialog):
    """Shows which key does what.

    Attributes:
        card_asked: The person wants it as PDF; carries group, text and keys of every line.
    """

    card_asked = Signal(object)

    def __init__(self, parent: QWidget, words: Words, acts: Iterable[Listed]) -> None:
        """Show the acts that have keys, under the titles of their menus."""
        super().__init__(parent)
        self._phrases = Phrases(words)
        self._acts = tuple(each for each in acts if each.act.keys)
        self._phrases.show(self.setWindowTitle, N_("Keyboard shortcuts"))
        self.tree = QTreeWidget()
        self._build()
        help_topic(self, "keyboard")
        self._fill()

    def _build(self) -> None:
        named(self._phrases, self.tree, N_("Keyboard shortcuts"))
        self.tree.setColumnCount(2)
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setRootIsDecorated(False)
        self.tree.setItemsExpandable(False)
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().resizeSection(1, _KEYS_WIDTH_PX)
        self.tree.header().setStretchLastSection(False)
        box = QDialogButtonBox()
        self.card = button(self._phrases, N_("Save as PDF …"))
        self.card.clicked.connect(self._on_card)
        box.addButton(self.card, QDialogButtonBox.ButtonRole.ActionRole)
        close = button(self._phrases, N_("Close"), role="primary")
        close.setDefault(True)
        box.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        box.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(12)
        layout.addWidget(said(self._phrases, N_("Keyboard shortcuts"), "title"))
        layout.addWidget(self.tree, 1)
        layout.addWidget(box)
        self.resize(*_SIZE_PX)

    @property
    def lines(self) -> tuple[tuple[str, str, str], ...]:
        """Group, text and keys of every line, in the language of the window."""
        words = self._phrases.words
        menus = (
            (read_word(words, each.path[-1]), read_word(words, each.act.said), each.act.keys)
            for each in self._acts
        )
        everywhere = words(N_("Everywhere"))
        return (
            *((title, text, ", ".join(keys)) for title, text, keys in menus),
            *((everywhere, words(text), keys) for keys, text in EVERYWHERE),
        )

    def _fill(self) -> None:
        self.tree.clear()
        groups: dict[str, QTreeWidgetItem] = {}
        for title, text, keys in self.lines:
            self._add(groups, title, text, keys)
        self.tree.expandAll()
        self.tree.setCurrentIndex(self.tree.model().index(0, 0))

    def _add(self, groups: dict[str, QTreeWidgetItem], title: str, text: str, keys: str) -> None:
        if title not in groups:
            group = groups[title] = QTreeWidgetItem(self.tree, [title, ""])
            font = group.font(0)
            font.setBold(True)
            group.setFont(0, font)
        item = QTreeWidgetItem(groups[title], [text, keys])
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{text}, {keys}")

    def _on_card(self) -> None:
        """Close, so that nothing stands before the question where, and ask for the file."""
        lines = self.lines
        self.accept()
        self.card_asked.emit(lines)

    def retranslate(self, words: Words) -> None:
        """Show the sheet in another language."""
        self._phrases.retranslate(words)
        self._fill()
