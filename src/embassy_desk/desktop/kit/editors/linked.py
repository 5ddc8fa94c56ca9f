"""The editor of a field that names another record: found by typing, never guessed."""

from itertools import groupby
from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from embassy_desk.application.pages import Hit
from embassy_desk.desktop.kit.editors.editor import Editor, Names, Values
from embassy_desk.desktop.kit.links import ANY_KIND
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import line_edit, show_quietly, tool_button
from embassy_desk.desktop.kit.results import Results
from embassy_desk.desktop.kit.shapes import Shape
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.texts import N_, Words

DEBOUNCE_MS = 150
_KIND = "record_kind"


class LinkEditor(Editor):
    """Shows the heading of a record; typing looks for others, and only choosing takes one.

    Attributes:
        renamed: Another record was chosen; carries the heading before and the new one.
        opener: The button that leads to the record.
    """

    renamed = Signal(str, str)

    def __init__(self, shape: Shape, outfit: Outfit) -> None:
        """Make the line, its results and a button that opens the record."""
        super().__init__(shape, outfit)
        self.phrases = Phrases(outfit.words)
        self._kind = shape.link.kind if shape.link else ANY_KIND
        self._chosen: UUID | None = None
        self._chosen_kind = ""
        self._heading = ""
        self._build()
        self._results: Results | None = None
        self._timer = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._timer.timeout.connect(self._on_pause)
        self._line.textChanged.connect(self._on_edited)
        self._line.editingFinished.connect(self.left)
        self.opener.clicked.connect(self._on_open_asked)

    def _build(self) -> None:
        self._line = line_edit()
        self.phrases.show(self._line.setPlaceholderText, N_("Type to search"))
        self.opener = tool_button(self.phrases, N_("Open this record"))
        self.outfit.icons.show(self.opener, "open")
        self.opener.setEnabled(False)
        self.row.addWidget(self._line, 1)
        self.row.addWidget(self.opener)

    @property
    def front(self) -> QWidget:
        """The line."""
        return self._line

    def values(self) -> dict[str, Any]:
        """Return the identity, and the kind where it stands beside it.

        Raises:
            InvalidError: Something was typed but no record was chosen.
        """
        typed = self._line.text().strip()
        chosen = self._chosen if typed else None
        if typed and typed != self._heading:
            raise self.wrong(N_("Choose a record from those found, or empty the field."))
        values: dict[str, Any] = {self.shape.field: chosen}
        if self._kind == ANY_KIND and chosen is not None:
            values[_KIND] = self._chosen_kind
        return values

    def show_values(self, values: Values, names: Names) -> None:
        """Show the record that the entity names."""
        self._timer.stop()
        self._chosen = values.get(self.shape.field)
        self._chosen_kind = str(values.get(_KIND, "")) or self._kind
        unknown = str(self._chosen) if self._chosen else ""
        self._heading = names.get(self._chosen, unknown) if self._chosen else ""
        show_quietly(self._line, self._heading)
        self._line.setCursorPosition(0)
        self.opener.setEnabled(self._chosen is not None)

    def typed(self) -> dict[str, Any]:
        """Return the text of the line and the record that was chosen for it."""
        return {
            "text": self._line.text(),
            "chosen": self._chosen.hex if self._chosen else None,
            "kind": self._chosen_kind,
            "heading": self._heading,
        }

    def show_typed(self, typed: Any) -> None:
        """Show a text that stood on the line, and keep the record that was chosen for it."""
        self._timer.stop()
        self._chosen = UUID(typed["chosen"]) if typed["chosen"] else None
        self._chosen_kind, self._heading = str(typed["kind"]), str(typed["heading"])
        self._line.setText(str(typed["text"]))
        self._line.setCursorPosition(0)
        self.opener.setEnabled(self._chosen is not None and self._heading == typed["text"])

    def set_fixed(self, *, is_fixed: bool) -> None:
        """Let the record still be opened."""
        self._line.setReadOnly(is_fixed)

    def retranslate(self, words: Words) -> None:
        """Show the editor's own words in another language."""
        self.phrases.retranslate(words)

    def _on_edited(self, text: str) -> None:
        self.edited.emit()
        self.opener.setEnabled(False)
        if text.strip():
            self._timer.start()
        else:
            self._timer.stop()
            self._forget()

    def _forget(self) -> None:
        before, self._chosen, self._heading = self._heading, None, ""
        if self._results is not None:
            self._results.hide()
        if before:
            self.renamed.emit(before, "")

    def _on_pause(self) -> None:
        if self.outfit.seeker is None or not self._line.hasFocus():
            return
        kinds = None if self._kind == ANY_KIND else frozenset({self._kind})
        self.outfit.seeker.seek(self._line.text(), kinds, self._on_found)

    def _on_found(self, hits: tuple[Hit, ...]) -> None:
        if not self._line.hasFocus() or not self._line.text().strip():
            return
        if self._results is None:
            self._results = Results(self._line)
            self._results.chosen.connect(self._on_chosen)
        words = self.outfit.words
        by_kind = [
            (words(kind_named(kind).plural) if self._kind == ANY_KIND else "", tuple(each))
            for kind, each in groupby(sorted(hits, key=_kind_of), key=_kind_of)
        ]
        self._results.show_hits(by_kind, words(N_("Nothing was found.")))

    def _on_chosen(self, hit: Hit) -> None:
        before = self._heading
        self._chosen, self._chosen_kind, self._heading = hit.id, hit.kind, hit.heading
        show_quietly(self._line, hit.heading)
        self._line.setCursorPosition(0)
        self.opener.setEnabled(True)
        self.renamed.emit(before, hit.heading)
        self.edited.emit()
        self.left.emit()

    def _on_open_asked(self) -> None:
        if self.outfit.seeker is not None and self._chosen is not None:
            self.outfit.seeker.open_record(self._chosen_kind, self._chosen)


def _kind_of(hit: Hit) -> str:
    return hit.kind
