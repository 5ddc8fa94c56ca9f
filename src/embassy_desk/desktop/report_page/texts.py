"""The parts of a report that a person writes, one field under the other."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLayoutItem, QScrollArea, QVBoxLayout, QWidget

from embassy_desk.application.reports import WrittenPart
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import named, plain_label
from embassy_desk.desktop.kit.text_fields import TextArea
from embassy_desk.texts import N_, Words

_LINES = 6
_PADDING_PX = 14


class ReportTexts(QScrollArea):
    """Shows a field for each part that a person writes.

    Attributes:
        edited: A text was changed by the person.
    """

    edited = Signal()

    def __init__(self, words: Words) -> None:
        """Begin without parts."""
        super().__init__()
        self._words = words
        self._parts: tuple[WrittenPart, ...] = ()
        self.fields: dict[str, TextArea] = {}
        self._column = QVBoxLayout()
        self._column.setContentsMargins(20, 16, 20, 16)
        self._column.setSpacing(6)
        sheet = QWidget()
        sheet.setLayout(self._column)
        self.setWidget(sheet)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._phrases = Phrases(words)
        named(self._phrases, self, N_("Texts of the report"))

    def show_parts(self, parts: Sequence[WrittenPart]) -> None:
        """Show a field for each part, empty; fields that are there already stay as they are."""
        if tuple(parts) == self._parts:
            return
        self._parts = tuple(parts)
        self._build({})

    def show_texts(self, texts: Mapping[str, str]) -> None:
        """Show what was written; parts without a text are empty."""
        for name, field in self.fields.items():
            text = texts.get(name, "")
            if field.toPlainText() != text:
                was_blocked = field.blockSignals(True)  # noqa: FBT003  Qt's
                field.setPlainText(text)
                field.blockSignals(was_blocked)

    def texts(self) -> dict[str, str]:
        """Return what stands in the fields; empty ones are left out."""
        found = {name: field.toPlainText() for name, field in self.fields.items()}
        return {name: text for name, text in found.items() if text.strip()}

    def retranslate(self, words: Words) -> None:
        """Show titles and prompts in another language; what was written stays."""
        self._words = words
        self._phrases.retranslate(words)
        self._build(self.texts())

    def _build(self, texts: Mapping[str, str]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            _remove(item)
        self.fields = {}
        for part in self._parts:
            title = plain_label("heading")
            title.setText(self._words(part.title))
            prompt = plain_label("muted")
            prompt.setText(self._words(part.prompt))
            field = TextArea()
            field.setObjectName(f"text-{part.name}")
            field.setTabChangesFocus(True)
            field.setAccessibleName(title.text())
            field.setMinimumHeight(_LINES * field.fontMetrics().lineSpacing() + _PADDING_PX)
            title.setBuddy(field)
            for each in (title, prompt, field):
                self._column.addWidget(each)
            self.fields[part.name] = field
        self._column.addStretch(1)
        self.show_texts(texts)
        for field in self.fields.values():
            field.textChanged.connect(self.edited)


def _remove(item: QLayoutItem) -> None:
    widget = item.widget()
    if widget is not None:
        widget.deleteLater()
