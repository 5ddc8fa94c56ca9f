"""The chips over a list: what it is narrowed down to, each removed by a key or a click."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from embassy_desk.application.wishes import Chip, ChipTest
from embassy_desk.desktop.kit.flow import FlowLayout
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import (
    button,
    named,
    safe_tooltip,
    tip,
    tool_button,
    without_mnemonic,
)
from embassy_desk.desktop.kit.reading import Reader
from embassy_desk.desktop.lists.chip_words import chip_text
from embassy_desk.texts import N_, Text, Words

_MOST_CHARACTERS = 48
_REMOVING = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}
_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}


class ChipBox(QFrame):
    """One chip: what it says opens it, its cross removes it; Delete does so too.

    Attributes:
        open_asked: The condition should be changed.
        remove_asked: It should go.
        step_asked: The chip after or before it should take the focus.
    """

    open_asked = Signal()
    remove_asked = Signal()
    step_asked = Signal(int)

    def __init__(self, chip: Chip, text: Text, outfit: Outfit, *, is_unread: bool) -> None:
        """Say what the chip says."""
        super().__init__()
        self.chip = chip
        self.setProperty("role", "chip")
        self.setProperty("wrong", is_unread)
        phrases = Phrases(outfit.words)
        shown = outfit.words(text)
        self.front = button(phrases, text, role="chip")
        self.front.setText(without_mnemonic(_cut(shown)))
        self.front.setToolTip(safe_tooltip(shown))
        named(phrases, self.front, N_("Filter “{chip}”; Delete removes it", chip=text))
        self._cross = tool_button(phrases, N_("Remove the filter “{chip}”", chip=text))
        self._cross.setText("")
        self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outfit.icons.show(self._cross, "clear")
        tip(phrases, self._cross, N_("Remove this filter (Delete)"))
        self._build()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.front)
        row.addWidget(self._cross)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.front.installEventFilter(self)
        self.front.clicked.connect(self._on_open)
        self._cross.clicked.connect(self._on_remove)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Remove the chip by Delete, go to the next one by the arrows."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if key in _REMOVING:
                self.remove_asked.emit()
                return True
            if key in _STEPS:
                self.step_asked.emit(_STEPS[key])
                return True
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._on_open()
                return True
        return super().eventFilter(watched, event)

    def _on_open(self) -> None:
        self.open_asked.emit()

    def _on_remove(self) -> None:
        self.remove_asked.emit()


class ChipBar(QWidget):
    """All chips of a list, in lines as wide as the list; hidden while there are none.

    Attributes:
        open_asked: A chip should be changed; carries it.
        remove_asked: A chip should go; carries it.
        clear_asked: All of them should go.
        left: The last chip was removed by the keyboard.
    """

    open_asked = Signal(object)
    remove_asked = Signal(object)
    clear_asked = Signal()
    left = Signal()

    def __init__(self, outfit: Outfit) -> None:
        """Begin without chips."""
        super().__init__()
        self._outfit = outfit
        self._shown: tuple[str, tuple[Chip, ...], frozenset[Chip]] = ("", (), frozenset())
        self._names: Mapping[UUID, str] = {}
        self._boxes: list[ChipBox] = []
        self._focus_at: int | None = None
        self._phrases = Phrases(outfit.words)
        self._flow = FlowLayout(self)
        self._clear = button(self._phrases, N_("Remove all"), role="link")
        self._clear.clicked.connect(self._on_clear)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    @property
    def boxes(self) -> tuple[ChipBox, ...]:
        """The chips as they are shown."""
        return tuple(self._boxes)

    def show_chips(
        self,
        kind: str,
        chips: tuple[Chip, ...],
        names: Mapping[UUID, str],
        unread: frozenset[Chip],
    ) -> None:
        """Show these chips; nothing moves when they are shown already."""
        if (kind, chips, unread) == self._shown and dict(names) == dict(self._names):
            return
        self._shown, self._names = (kind, chips, unread), names
        self._fill()

    def focus(self) -> None:
        """Put the focus on the first chip."""
        if self._boxes:
            self._boxes[0].front.setFocus()

    def retranslate(self, words: Words) -> None:
        """Say everything in another language."""
        self._phrases.retranslate(words)
        self._fill()

    def _fill(self) -> None:
        kind, chips, unread = self._shown
        while (item := self._flow.takeAt(0)) is not None:
            if (widget := item.widget()) not in {self._clear, None}:
                widget.hide()
                widget.deleteLater()
        reader = replace(self._outfit.reader(), names=self._names)
        self._boxes = [self._box(kind, each, reader, is_unread=each in unread) for each in chips]
        for box in self._boxes:
            self._flow.addWidget(box)
        self._flow.addWidget(self._clear)
        self._clear.setVisible(len(chips) > 1)
        self.setVisible(bool(chips))
        self._take_focus()

    def _box(self, kind: str, chip: Chip, reader: Reader, *, is_unread: bool) -> ChipBox:
        box = ChipBox(chip, chip_text(kind, chip, reader), self._outfit, is_unread=is_unread)
        box.open_asked.connect(partial(self._on_open, chip))
        box.remove_asked.connect(partial(self._on_remove, box))
        box.step_asked.connect(partial(self._on_step, box))
        return box

    def _take_focus(self) -> None:
        """After a chip was removed by a key, go on with the one in its place."""
        at, self._focus_at = self._focus_at, None
        if at is None:
            return
        if self._boxes:
            self._boxes[min(at, len(self._boxes) - 1)].front.setFocus()
        else:
            self.left.emit()

    def _on_open(self, chip: Chip) -> None:
        if chip.test is not ChipTest.HOLDS:
            self.open_asked.emit(chip)

    def _on_remove(self, box: ChipBox) -> None:
        self._focus_at = self._boxes.index(box) if box.front.hasFocus() else None
        self.remove_asked.emit(box.chip)

    def _on_step(self, box: ChipBox, step: int) -> None:
        at = self._boxes.index(box) + step
        if 0 <= at < len(self._boxes):
            self._boxes[at].front.setFocus()

    def _on_clear(self) -> None:
        self.clear_asked.emit()


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_CHARACTERS else f"{text[: _MOST_CHARACTERS - 1]}…"
