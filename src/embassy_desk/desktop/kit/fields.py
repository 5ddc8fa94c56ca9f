"""How fields stand on a form: word above, editor, what is wrong below; in columns."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from embassy_desk.desktop.kit.checks import field_problem
from embassy_desk.desktop.kit.editors.editor import Editor
from embassy_desk.desktop.kit.editors.making import editor_for
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, named, plain_label, said
from embassy_desk.desktop.kit.shapes import Look, shape_of
from embassy_desk.domain.entity import Entity, text_fields
from embassy_desk.domain.errors import InvalidError
from embassy_desk.domain.secrecy import marking_of
from embassy_desk.texts import N_, Text, Words
from embassy_desk.texts.fields import field_word

COLUMN_WIDTH_PX = 235
MOST_COLUMNS = 3
_WIDE = {Look.PROSE, Look.CODES}


class FieldBox(QWidget):
    """One field: its word, its editor and, when something is wrong, the sentence that says so."""

    def __init__(self, entity: type[Entity], field: str, outfit: Outfit) -> None:
        """Make the editor that the field's shape asks for."""
        super().__init__()
        self._entity = entity
        self._phrases = Phrases(outfit.words)
        shape = shape_of(entity, field)
        self.field = field
        self.is_wide = shape.look in _WIDE
        self.editor: Editor = editor_for(shape, outfit)
        self.setObjectName(field)
        word = field_word(shape.entity, field)
        self._problem, self._remark = plain_label("problem"), plain_label("due")
        self._problem.hide()
        self._remark.hide()
        self._warning: QLabel | None = None
        self._build(N_("{field} (needed)", field=word) if shape.is_needed else word)
        for widget in self.editor.named:
            named(self._phrases, widget, word)
        self._phrases.include(self.editor)
        self.editor.left.connect(self.check)
        if field in text_fields(entity):
            self.editor.edited.connect(self.warn)

    def _build(self, word: Text) -> None:
        label = said(self._phrases, word, "field")
        label.setBuddy(self.editor.front)
        layout = self._column = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for widget in (label, self.editor, self._problem, self._remark):
            layout.addWidget(widget)
        layout.addStretch(1)

    @property
    def problem(self) -> str:
        """The sentence that says what is wrong; empty when nothing is."""
        return "" if self._problem.isHidden() else self._problem.text()

    def check(self) -> None:
        """Say what is wrong with the value by itself, or that nothing is."""
        try:
            value = self.editor.values()[self.field]
        except InvalidError as error:
            self.complain(error.problems[0].text)
            return
        self.complain(field_problem(self._entity, self.field, value))

    @property
    def warning(self) -> str:
        """What is warned of while the text is typed; empty for nothing."""
        label = self._warning
        return "" if label is None or label.isHidden() else label.text()

    def warn(self) -> None:
        """Warn below the text, while it is typed, of a mark of state secrecy that it carries."""
        found = marking_of(str(self.editor.typed() or ""))
        if found is None and self._warning is None:
            return
        if self._warning is None:
            self._warning = plain_label("caution")
            self._warning.setObjectName(f"warning-{self.field}")
            self._column.insertWidget(self._column.indexOf(self._problem), self._warning)
        before = self.warning
        self._phrases.show(self._warning.setText, "" if found is None else found.text)
        self._warning.setVisible(found is not None)
        self._describe()
        if self.warning not in {"", before}:
            QAccessible.updateAccessibility(
                QAccessibleEvent(self._warning, QAccessible.Event.Alert)
            )

    def _describe(self) -> None:
        """Let assistive programs say what stands below the value."""
        told = (self.problem, self.warning, self.remark)
        self.editor.front.setAccessibleDescription(" ".join(each for each in told if each))

    @property
    def remark(self) -> str:
        """What is remarked beside the value; empty for nothing."""
        return "" if self._remark.isHidden() else self._remark.text()

    def show_remark(self, text: str) -> None:
        """Remark something below the value that is no mistake, such as another value."""
        self._remark.setText(text)
        self._remark.setVisible(bool(text))
        self._describe()

    def complain(self, text: Text | None) -> None:
        """Say what is wrong, or nothing."""
        if text is not None:
            self._phrases.show(self._problem.setText, text)
        self._problem.setVisible(text is not None)
        self._describe()
        self.editor.mark(is_wrong=text is not None)

    def retranslate(self, words: Words) -> None:
        """Show word, editor and problem in another language."""
        self._phrases.retranslate(words)


class FieldGrid(QWidget):
    """Fields side by side in as many columns as the width holds; wide ones take a whole line."""

    def __init__(self, boxes: Iterable[FieldBox]) -> None:
        """Take the boxes in their order, which is also that of the Tab key."""
        super().__init__()
        self._boxes = tuple(boxes)
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(9)
        self._arrange(2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the boxes anew when another number of columns fits."""
        super().resizeEvent(event)
        self._arrange(max(1, min(MOST_COLUMNS, event.size().width() // COLUMN_WIDTH_PX)))

    def take(self, box: FieldBox) -> None:
        """Take one more box behind the others; `settle` gives it its place."""
        box.setParent(self)
        self._boxes += (box,)

    def settle(self) -> None:
        """Give every box its place."""
        columns, self._columns = self._columns, 0
        self._arrange(columns)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        for box in self._boxes:
            self._grid.removeWidget(box)
        line = column = 0
        for box in self._boxes:
            if box.is_wide or column == columns:
                line, column = line + (column > 0), 0
            self._grid.addWidget(box, line, column, 1, columns if box.is_wide else 1)
            line, column = (line + 1, 0) if box.is_wide else (line, column + 1)
        for each in range(MOST_COLUMNS):
            self._grid.setColumnStretch(each, 1 if each < columns else 0)
        self._columns = columns


class FoldingSection(QWidget):
    """A titled part of a form that can be closed and opened.

    Attributes:
        folded: It was closed or opened by the person.
    """

    folded = Signal()

    def __init__(self, title: Text, content: QWidget, outfit: Outfit, *, is_folded: bool) -> None:
        """Put the content under a title that opens and closes it."""
        super().__init__()
        self._phrases = Phrases(outfit.words)
        self._icons = outfit.icons
        self._content = content
        self._button = button(self._phrases, title, role="fold")
        self._button.clicked.connect(self._on_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 6)
        layout.setSpacing(6)
        layout.addWidget(self._button)
        layout.addWidget(content)
        self.fold(is_folded=is_folded)

    @property
    def is_folded(self) -> bool:
        """Whether the content is out of sight."""
        return self._content.isHidden()

    def fold(self, *, is_folded: bool) -> None:
        """Close or open the section."""
        self._content.setVisible(not is_folded)
        self._icons.show(self._button, "unfold" if is_folded else "fold")

    def retranslate(self, words: Words) -> None:
        """Show the title in another language."""
        self._phrases.retranslate(words)

    def _on_clicked(self) -> None:
        self.fold(is_folded=not self.is_folded)
        self.folded.emit()
