"""Two records side by side: which is kept, and for each field in which they differ what stands."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QLabel,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from embassy_desk.application.merging import MergePlan
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import plain_label, radio_button, safe_tooltip, without_mnemonic
from embassy_desk.desktop.kit.reading import Reader
from embassy_desk.desktop.kit.shapes import shape_of
from embassy_desk.domain.catalogue import entity_name
from embassy_desk.domain.merge import FieldChoice
from embassy_desk.texts import N_, Text
from embassy_desk.texts.fields import field_word

_LABEL_PX = 130
_SHORTEST_PX = 60
_BESIDE_PX = 110
"""What the signs of two buttons, the spaces and a scroll bar take beside their words."""
_FIELD, _KEPT, _LOST, _BOTH = range(4)


class SideBySide(QScrollArea):
    """Shows the choice for each field.

    Attributes:
        turned: The other record is to be kept.
    """

    turned = Signal()

    def __init__(self, outfit: Outfit) -> None:
        """Begin empty."""
        super().__init__()
        self._outfit = outfit
        self._groups: dict[str, tuple[QButtonGroup, dict[int, Any]]] = {}
        self._heads: QButtonGroup | None = None
        self._lines: dict[QRadioButton, tuple[str, ...]] = {}
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QScrollArea.Shape.NoFrame)

    def show_plan(self, plan: MergePlan) -> None:
        """Show two records; proposed values are chosen."""
        self._groups.clear()
        self._lines.clear()
        page = QWidget()
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(7)
        grid.setColumnMinimumWidth(_FIELD, _LABEL_PX)
        grid.setColumnStretch(_KEPT, 1)
        grid.setColumnStretch(_LOST, 1)
        self._show_heads(grid, plan)
        told = self._outfit.reader()
        reader = Reader(told.words, told.lists, told.zone, plan.names)
        for number, choice in enumerate(plan.choices, start=1):
            self._show_choice(grid, 2 * number, plan, choice, reader)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 10, 0)
        layout.addLayout(grid)
        layout.addStretch(1)
        self.setWidget(page)

    @property
    def values(self) -> dict[str, Any]:
        """The values that were chosen, by field."""
        return {field: values[group.checkedId()] for field, (group, values) in self._groups.items()}

    def focus_first(self) -> None:
        """Put the focus on which record is kept."""
        chosen = self._heads.checkedButton() if self._heads is not None else None
        if chosen is not None:
            chosen.setFocus()

    def _show_heads(self, grid: QGridLayout, plan: MergePlan) -> None:
        self._heads = QButtonGroup(self)
        grid.addWidget(self._label(N_("Record to keep"), "muted"), 0, _FIELD)
        for column, record in ((_KEPT, plan.kept), (_LOST, plan.lost)):
            made = self._radio(record.heading, N_("Keep this record"), below=record.ref)
            made.setChecked(column == _KEPT)
            self._heads.addButton(made, column)
            grid.addWidget(made, 0, column)
        self._heads.idClicked.connect(self._on_head)

    def _on_head(self, column: int) -> None:
        if column == _LOST:
            self.turned.emit()

    def _show_choice(
        self, grid: QGridLayout, row: int, plan: MergePlan, choice: FieldChoice, reader: Reader
    ) -> None:
        entity = type(plan.kept)
        word = field_word(entity_name(entity), choice.field)
        group = QButtonGroup(self)
        values = {_KEPT: choice.kept, _LOST: choice.lost}
        if choice.proposed not in values.values():
            values[_BOTH] = choice.proposed
        self._groups[choice.field] = (group, values)
        grid.addWidget(self._label(word, "muted"), row, _FIELD)
        for column, value in values.items():
            shown = reader.value(shape_of(entity, choice.field), value)
            if column == _BOTH:
                shown = reader.words(N_("Both, one below the other"))
            made = self._radio(shown or reader.words(N_("(empty)")), word)
            group.addButton(made, column)
            made.setChecked(value == choice.proposed)
            if column == _BOTH:
                grid.addWidget(made, row + 1, _KEPT, 1, 2)
            else:
                grid.addWidget(made, row, column)

    def _radio(self, text: str, word: Text, below: str = "") -> QRadioButton:
        line = " ".join(text.split())
        made = radio_button(Phrases(self._outfit.words), word)
        made.setMinimumWidth(_SHORTEST_PX)  # so that no long words keep the two from their halves
        self._lines[made] = tuple(filter(None, (line, below)))
        self._fit(made)
        made.setToolTip(safe_tooltip(text))
        made.setAccessibleName(f"{self._outfit.words(word)}: {line} {below}".strip())
        return made

    def _fit(self, made: QRadioButton) -> None:
        """Cut the words of a button to half of the room; its tip keeps them whole."""
        room = max((self.viewport().width() - _LABEL_PX - _BESIDE_PX) // 2, _SHORTEST_PX)
        metrics, elide = self.fontMetrics(), Qt.TextElideMode.ElideRight
        cut = [metrics.elidedText(each, elide, room) for each in self._lines[made]]
        made.setText(without_mnemonic("\n".join(cut)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let both records keep their half in a narrower or wider window."""
        super().resizeEvent(event)
        for made in self._lines:
            self._fit(made)

    def _label(self, text: Text, role: str) -> QLabel:
        made = plain_label(role)
        made.setText(self._outfit.words(text))
        return made


def chosen_changes(plan: MergePlan, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that the kept record does not have yet."""
    before = {each.field: each.kept for each in plan.choices}
    return {field: value for field, value in values.items() if value != before[field]}
