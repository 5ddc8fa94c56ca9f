"""The dialog of settings: every choice holds at once, and the words say who decided it."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QVBoxLayout, QWidget

from embassy_desk.desktop.kit.help_topics import help_topic
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, named, said
from embassy_desk.desktop.kit.quiet import QuietComboBox
from embassy_desk.desktop.settings.presenter import SettingLine
from embassy_desk.settings.person import SetBy
from embassy_desk.texts import N_, Text, Words

_WIDTH_PX = 560
_BOX_WIDTH_PX = 230


class SettingsDialog(QDialog):
    """Shows every setting.

    Attributes:
        chosen: Another value is wanted; carries the name of the setting and the value.
        reset_asked: What was delivered is wanted again.
        managed_asked: The page on what others decided is wanted.
    """

    chosen = Signal(str, object)
    reset_asked = Signal()
    managed_asked = Signal()

    def __init__(self, parent: QWidget, words: Words) -> None:
        """Begin without settings; `show_lines` makes them."""
        super().__init__(parent)
        self._phrases = Phrases(words)
        self._phrases.show(self.setWindowTitle, N_("Settings"))
        help_topic(self, "settings")
        self.boxes: dict[str, QuietComboBox] = {}
        self._choices: dict[str, tuple[tuple[Any, Text], ...]] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(12)
        self._grid.setColumnStretch(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 16)
        layout.setSpacing(16)
        layout.addWidget(said(self._phrases, N_("Settings"), "title"))
        layout.addLayout(self._grid)
        layout.addStretch(1)
        layout.addWidget(self._buttons())
        self.setMinimumWidth(_WIDTH_PX)

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        self.reset = button(self._phrases, N_("As delivered"))
        self.done_button = button(self._phrases, N_("Close"), role="primary")
        self.done_button.setDefault(True)
        self.managed = button(self._phrases, N_("Managed by headquarters …"))
        box.addButton(self.managed, QDialogButtonBox.ButtonRole.ActionRole)
        self.managed.clicked.connect(self.managed_asked)
        box.addButton(self.reset, QDialogButtonBox.ButtonRole.ResetRole)
        box.addButton(self.done_button, QDialogButtonBox.ButtonRole.RejectRole)
        self.reset.clicked.connect(self.reset_asked)
        box.rejected.connect(self.reject)
        return box

    def show_lines(self, lines: tuple[SettingLine, ...]) -> None:
        """Show every setting; the focus stays where it is."""
        for at, line in enumerate(lines):
            if line.name not in self.boxes:
                self._add(at, line)
            self._fill(line)

    def _add(self, at: int, line: SettingLine) -> None:
        box = self.boxes[line.name] = QuietComboBox()
        box.setObjectName(line.name)
        box.setMinimumWidth(_BOX_WIDTH_PX)
        label = said(self._phrases, line.label)
        label.setBuddy(box)
        named(self._phrases, box, line.label)
        self._phrases.show(box.setAccessibleDescription, line.hint)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(label)
        words.addWidget(said(self._phrases, line.hint, "small"))
        self._grid.addLayout(words, at, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(1)
        column.addWidget(box)
        if line.set_by not in (SetBy.PERSON, SetBy.PROGRAM):
            column.addWidget(said(self._phrases, line.set_by.label, "small"))
        self._grid.addLayout(column, at, 1, Qt.AlignmentFlag.AlignTop)
        box.activated.connect(partial(self._on_activated, line.name))

    def _fill(self, line: SettingLine) -> None:
        self._choices[line.name] = line.choices
        box, words = self.boxes[line.name], self._phrases.words
        box.clear()
        for value, text in line.choices:
            box.addItem(words(text))
            if value == line.value:
                box.setCurrentIndex(box.count() - 1)
        box.setEnabled(not line.is_locked)

    def go_to(self, name: str) -> None:
        """Put the focus on a setting; on the first one for an empty name."""
        box = self.boxes.get(name) or next(iter(self.boxes.values()))
        box.setFocus()

    def retranslate(self, words: Words) -> None:
        """Show the dialog in another language."""
        self._phrases.retranslate(words)
        for name, choices in self._choices.items():
            for at, (_, text) in enumerate(choices):
                self.boxes[name].setItemText(at, words(text))

    def _on_activated(self, name: str, at: int) -> None:
        self.chosen.emit(name, self._choices[name][at][0])
