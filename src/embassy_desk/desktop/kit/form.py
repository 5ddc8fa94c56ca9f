"""A form made from a plan: shows one entity, takes what is typed, says what is wrong where."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from embassy_desk.desktop.kit.editors.editor import Names, Values
from embassy_desk.desktop.kit.editors.linked import LinkEditor
from embassy_desk.desktop.kit.editors.typed import LineEditor, TimeEditor
from embassy_desk.desktop.kit.fields import FieldBox, FieldGrid, FoldingSection
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plans import Section
from embassy_desk.domain.entity import Entity
from embassy_desk.domain.errors import InvalidError, Problem
from embassy_desk.texts import Text, Words

_ZONE = "zone"
_OWNER = "owner"  # whoever enters a record is responsible at first


class FieldSet(QWidget):
    """Some sections of fields of one entity.

    Attributes:
        edited: The person changed something.
        boxes: The fields by name.
        fixed: Names of the fields that are never edited here.
        shown: What the fields of the entity held when it was shown.
        names: What the records that the entity names are called.
        touched: Names of the fields that the person changed since the entity was shown.
        column: What stands on the form, from top to bottom.
    """

    edited = Signal()

    def __init__(
        self,
        entity: type[Entity],
        outfit: Outfit,
        *,
        fixed: frozenset[str] = frozenset(),
    ) -> None:
        """Begin without sections; `adding` makes them."""
        super().__init__()
        self._entity = entity
        self._outfit = outfit
        self.fixed = fixed
        self._phrases = Phrases(outfit.words)
        self.boxes: dict[str, FieldBox] = {}
        self._sections: dict[FoldingSection, tuple[str, ...]] = {}
        self.shown: Values = {}
        self.names: Names = {}
        self.touched: set[str] = set()
        self._unsaid: dict[str, Any] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(7)

    def adding(self, section: Section) -> Iterator[None]:
        """Put a section below what is there, field by field; yields after each.

        What stands on the form gets its place first and its content then: Qt goes through a whole
        tree of widgets whenever it is put into another.
        """
        grid = FieldGrid(())
        folding = FoldingSection(section.title, grid, self._outfit, is_folded=section.is_folded)
        self._phrases.include(folding)
        if section.is_folded:
            self._sections[folding] = section.fields
        self.column.addWidget(folding)
        for name in section.fields:
            grid.take(self._made(name))
            yield
        grid.settle()

    def add_bare(self, fields: Iterable[str]) -> None:
        """Put fields without a title below what is there."""
        self.column.addWidget(FieldGrid([self._made(name) for name in fields]))

    def _made(self, name: str) -> FieldBox:
        box = FieldBox(self._entity, name, self._outfit)
        box.editor.set_fixed(is_fixed=name in self.fixed)
        box.editor.edited.connect(partial(self.touch, name))
        if isinstance(box.editor, LinkEditor):
            box.editor.renamed.connect(partial(_rename_beside, self, box.editor))
        self.boxes[name] = box
        self._phrases.include(box)
        return box

    @property
    def is_edited(self) -> bool:
        """Whether some field holds something else than when the entity was shown."""
        return any(
            self.boxes[each].editor.typed() != self._unsaid.get(each) for each in self.touched
        )

    def show_entity(self, values: Values, names: Names, keep: frozenset[str] = frozenset()) -> None:
        """Show an entity; what was typed is dropped but in the fields named in `keep`."""
        self.shown, self.names = values, names
        self.touched.intersection_update(keep)
        for name, box in self.boxes.items():
            if name not in keep:
                box.editor.show_values(values, names)
                box.complain(None)
                box.warn()
                self._unsaid[name] = box.editor.typed()
        for section, fields in self._sections.items():
            told = any(_says_something(self._entity, name, values) for name in fields)
            section.fold(is_folded=not told)

    def typed(self) -> dict[str, Any]:
        """Return what stands in the fields that were touched, to the letter."""
        return {name: self.boxes[name].editor.typed() for name in sorted(self.touched)}

    def show_typed(self, typed: Mapping[str, Any]) -> None:
        """Show what was typed once, as if it were typed now."""
        for name in (each for each in self.boxes if each in typed):
            self.boxes[name].editor.show_typed(typed[name])
            self.touch(name)
            _unfold(self._sections, name)

    def put_in(self, name: str, value: Any, names: Names) -> None:
        """Let a value stand in a field as if it were typed, and go there."""
        self.boxes[name].editor.show_values({**self.shown, name: value}, names)
        self.touch(name)
        self.go_to(name)

    def values(self) -> dict[str, Any]:
        """Return what the form holds.

        Raises:
            InvalidError: Something that was typed cannot be read; names every such field.
        """
        return _collected(self.boxes.values())

    def changed_values(self) -> dict[str, Any]:
        """Return what differs from what was shown.

        Raises:
            InvalidError: Something that was typed cannot be read; names every such field.
        """
        found = _collected(self.boxes[name] for name in self.touched)
        return {name: value for name, value in found.items() if value != self.shown.get(name)}

    def show_problems(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Say what is wrong beside the fields, and go to the first one.

        Returns:
            The problems that concern no field of this form.
        """
        problems = tuple(problems)
        by_field = {each.field: each.text for each in problems}
        for name, box in self.boxes.items():
            box.complain(by_field.get(name))
        first = next((name for name in self.boxes if name in by_field), None)
        if first is not None:
            self.go_to(first)
        return tuple(each for each in problems if each.field not in self.boxes)

    def go_to(self, name: str) -> None:
        """Open the section of a field and put the focus on it."""
        _unfold(self._sections, name)
        self.boxes[name].editor.front.setFocus()

    def retranslate(self, words: Words) -> None:
        """Show everything in another language; what was typed stays."""
        self._phrases.retranslate(words)

    def touch(self, name: str) -> None:
        """Note that a field was changed."""
        self.touched.add(name)
        if name == _ZONE:
            self.touched.update(_moved_clocks(self.boxes))
        self.edited.emit()


def forbid_fields(fields: FieldSet, reason: Text | None) -> None:
    """Let every field be read and none edited, for a reason; without one all but the fixed."""
    for name, box in fields.boxes.items():
        box.editor.set_fixed(is_fixed=reason is not None or name in fields.fixed)


def _rename_beside(fields: FieldSet, editor: LinkEditor, before: str, after: str) -> None:
    """Keep the name of a chosen record beside it, unless another name was typed there."""
    beside = editor.shape.link.name_in if editor.shape.link else ""
    box = fields.boxes.get(beside)
    if box is None or not isinstance(box.editor, LineEditor):
        return
    if box.editor.line.text().strip() in {"", before}:
        box.editor.show_text(after)
        fields.touch(beside)


def _unfold(sections: Mapping[FoldingSection, tuple[str, ...]], name: str) -> None:
    """Open the section in which a field stands."""
    for section, fields in sections.items():
        if name in fields:
            section.fold(is_folded=False)


def _says_something(entity: type[Entity], name: str, values: Values) -> bool:
    """Say whether a field holds something that the program does not put there by itself."""
    if entity.model_fields[name].is_required():
        return bool(values.get(name))
    default = entity.model_fields[name].default
    return name != _OWNER and values.get(name, default) != default


def _collected(boxes: Iterable[FieldBox]) -> dict[str, Any]:
    """Return what some fields hold.

    Raises:
        InvalidError: Something that was typed cannot be read; names every such field.
    """
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for box in boxes:
        try:
            values.update(box.editor.values())
        except InvalidError as error:
            problems.extend(error.problems)
    if problems:
        raise InvalidError(problems)
    return values


def _moved_clocks(boxes: Mapping[str, FieldBox]) -> Iterator[str]:
    """Let times be read on the clock of the zone that was typed; yield their fields."""
    zone = boxes[_ZONE].editor
    for name, box in boxes.items():
        if isinstance(box.editor, TimeEditor) and isinstance(zone, LineEditor):
            box.editor.use_zone(zone.line.text().strip())
            yield name
