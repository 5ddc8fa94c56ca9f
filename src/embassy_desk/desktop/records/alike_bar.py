"""The quiet lines that name who in the store might be the same as a record that is typed."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from embassy_desk.application.duplicates import Namesake
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, named, plain_label, said
from embassy_desk.texts import N_, Words


class AlikeBar(QFrame):
    """Names who might be the same, each with reasons and a way to the record.

    Attributes:
        record_asked: A record is to be opened; carries its kind and identity.
    """

    record_asked = Signal(str, object)

    def __init__(self, outfit: Outfit) -> None:
        """Begin hidden."""
        super().__init__()
        self.setObjectName("alike")
        self._phrases = Phrases(outfit.words)
        self._kind = ""
        self._found: tuple[Namesake, ...] = ()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(2)
        self.hide()

    def show_alike(self, kind: str, found: Sequence[Namesake]) -> None:
        """Name these records of a kind; with none of them the bar is hidden."""
        if (kind, tuple(found)) == (self._kind, self._found):
            return
        self._kind, self._found = kind, tuple(found)
        self._clear()
        self.setVisible(bool(found))
        for each in found:
            self._add(each)

    @property
    def text(self) -> str:
        """What the bar says; empty while it is hidden."""
        return (
            "" if self.isHidden() else " ".join(label.text() for label in self.findChildren(QLabel))
        )

    def retranslate(self, words: Words) -> None:
        """Show everything in another language."""
        self._phrases.retranslate(words)

    def _add(self, found: Namesake) -> None:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        text = N_("Might be the same as “{heading}”.", heading=found.heading)
        row.addWidget(said(self._phrases, text, "small", wraps=False))
        reasons = plain_label("small")
        words = self._phrases.words
        told = " ".join(words(each) for each in found.likeness.reasons)
        reasons.setText(f"{found.subtitle} – {told}" if found.subtitle else told)
        row.addWidget(reasons, 1)
        way = button(self._phrases, N_("Open it"), role="link")
        named(self._phrases, way, N_("Open “{heading}”", heading=found.heading))
        way.clicked.connect(partial(self._on_opened, found))
        row.addWidget(way)
        self._lines.addWidget(line)

    def _on_opened(self, found: Namesake, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's
        self.record_asked.emit(self._kind, found.record_id)

    def _clear(self) -> None:
        while (line := self._lines.takeAt(0)) is not None:
            widget = line.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
