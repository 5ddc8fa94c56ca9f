"""The form of a record: its sections and tables of rows in the order of the plan."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from embassy_desk.application.drafts import Draft, read_row
from embassy_desk.application.records import part_named
from embassy_desk.application.sheets import RecordSheet
from embassy_desk.desktop.kit.form import FieldSet, forbid_fields
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plans import FormPlan, RowsPlan
from embassy_desk.desktop.kit.rows import Row, RowsBox
from embassy_desk.desktop.plans import may_change
from embassy_desk.desktop.records.drafts import Unsaved
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.domain.entity import Record
from embassy_desk.domain.errors import Problem
from embassy_desk.texts import Text, Words

_STATE = "state"


def fresh_values(entity: type[Record]) -> dict[str, Any]:
    """Return what the fields of a new record hold before anybody types."""
    return {
        name: None if field.is_required() else field.default
        for name, field in entity.model_fields.items()
    }


class RecordForm(QScrollArea):
    """Shows the fields and rows of one kind; made once and used for every record of it.

    It is made in steps, so that the window can answer keys between them, and used when it is whole.

    Attributes:
        refusal: Why the record may only be read; nothing when it may be changed.
        parts: Fields and tables that are still to be made; taking the next one makes it.
        edited: The person changed a field.
        add_asked: A row is to be added; carries the table name.
        edit_asked: A row is to be edited; carries the table name and the row.
        remove_asked: A row is to be removed; carries the table name and the row.
    """

    edited = Signal()
    add_asked = Signal(str)
    edit_asked = Signal(str, Row)
    remove_asked = Signal(str, Row)

    def __init__(self, kind: str, plan: FormPlan, outfit: Outfit) -> None:
        """Begin the form of a plan; going through `parts`, or `finish`, makes it."""
        super().__init__()
        self.kind = kind
        self._entity = kind_named(kind).entity
        self._phrases = Phrases(outfit.words)
        self.is_new = False
        self.refusal: Text | None = None
        fixed = plan.fixed if may_change(kind) else frozenset(plan.fields)
        self.fields = FieldSet(self._entity, outfit, fixed=fixed)
        self._entered_as: FieldSet | None = None
        self.rows: dict[str, RowsBox] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(self.focusPolicy().NoFocus)
        self._lay_out()
        self.parts = self._building(plan, outfit)

    def _building(self, plan: FormPlan, outfit: Outfit) -> Iterator[str]:
        """Make the form part by part; yields the name of each."""
        if _STATE in self._entity.model_fields:
            self._entered_as = FieldSet(self._entity, outfit)
            self._column.insertWidget(0, self._entered_as)
            self._entered_as.add_bare((_STATE,))
            self._entered_as.edited.connect(self.edited)
            self._phrases.include(self._entered_as)
            yield _STATE
        for block in plan.blocks:
            if isinstance(block, RowsPlan):
                self.fields.column.addWidget(self._rows_box(block, outfit))
                yield block.part
            else:
                for _ in self.fields.adding(block):
                    yield "field"

    def _lay_out(self) -> None:
        sheet = QWidget()
        sheet.setProperty("role", "sheet")
        self._column = QVBoxLayout(sheet)
        self._column.setContentsMargins(2, 8, 12, 16)
        self._column.setSpacing(2)
        self.setWidget(sheet)
        self._column.addWidget(self.fields)
        self._column.addStretch(1)
        self.fields.edited.connect(self.edited)
        self._phrases.include(self.fields)

    def _rows_box(self, plan: RowsPlan, outfit: Outfit) -> RowsBox:
        box = RowsBox(plan, part_named(kind_named(self.kind), plan.part), outfit)
        box.is_fixed = not may_change(self.kind)
        box.add_asked.connect(self.add_asked)
        box.edit_asked.connect(self.edit_asked)
        box.remove_asked.connect(self.remove_asked)
        self.rows[plan.part] = box
        self._phrases.include(box)
        return box

    @property
    def is_edited(self) -> bool:
        """Whether something was typed, or rows gathered, that is not saved."""
        gathered = self.is_new and any(box.rows for box in self.rows.values())
        state = self._entered_as is not None and self._entered_as.is_edited
        return self.fields.is_edited or gathered or state

    def show_sheet(self, sheet: RecordSheet, keep: frozenset[str] = frozenset()) -> None:
        """Show a record; what was typed before is dropped but in the fields named in `keep`.

        Another record than before begins at its top.
        """
        if self.is_new or self.fields.shown.get("id") != sheet.record.id:
            self.verticalScrollBar().setValue(0)
        self.is_new = False
        _forbid(self, sheet.allowed.read_only)
        if self._entered_as is not None:
            self._entered_as.hide()
            self._entered_as.show_entity(self._entered_as.shown, {})
        self.fields.show_entity(dict(sheet.record), sheet.names, keep)
        self.show_rows(sheet)

    def show_rows(self, sheet: RecordSheet) -> None:
        """Show the rows of a record and leave the fields as they are."""
        for name, box in self.rows.items():
            box.show_rows(
                [Row(each.id, dict(each)) for each in sheet.file.parts.get(name, ())], sheet.names
            )

    def show_new(self) -> None:
        """Show an empty form for a new record."""
        self.verticalScrollBar().setValue(0)
        self.is_new = True
        _forbid(self, None)
        values = fresh_values(self._entity)
        if self._entered_as is not None:
            self._entered_as.show()
            self._entered_as.show_entity(values, {})
        self.fields.show_entity(values, {})
        for box in self.rows.values():
            box.show_rows((), {})

    def changed_values(self) -> dict[str, Any]:
        """Return the fields that differ from what was shown.

        Raises:
            InvalidError: Something that was typed cannot be read.
        """
        values = self.fields.changed_values()
        if self.is_new and self._entered_as is not None:
            values.update(self._entered_as.changed_values())
        return values

    def gathered_rows(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Return the rows of a new record by table name."""
        return {
            name: tuple(row.values for row in box.rows)
            for name, box in self.rows.items()
            if box.rows
        }

    def unsaved(self, row: Mapping[str, Any]) -> Unsaved:
        """Return what was typed, to the letter, beside a row that is being edited."""
        typed, rows = self.fields.typed() if self.fields.is_edited else {}, {}
        if self.is_new:
            rows = dict(self.gathered_rows())
            if self._entered_as is not None and self._entered_as.is_edited:
                typed.update(self._entered_as.typed())
        shown = {} if self.is_new else {each: self.fields.shown.get(each) for each in typed}
        return Unsaved(typed=typed, based_on=shown, rows=rows, row=row)

    def show_typed(self, draft: Draft) -> None:
        """Show what was typed once, as if it were typed now."""
        self.fields.show_typed(draft.typed)
        if not self.is_new:
            return
        if self._entered_as is not None:
            self._entered_as.show_typed(draft.typed)
        for name, box in self.rows.items():
            part = part_named(kind_named(self.kind), name)
            box.show_rows(
                [Row(None, read_row(part, each)) for each in draft.rows.get(name, ())], {}
            )
        self.edited.emit()

    def focus_first(self) -> None:
        """Put the focus on the first field."""
        self.fields.go_to(next(iter(self.fields.boxes)))

    def show_problems(self, problems: Sequence[Problem]) -> tuple[Problem, ...]:
        """Say what is wrong beside the fields, with the first of them in sight.

        Returns:
            What concerns none of the fields.
        """
        rest = self.fields.show_problems(problems)
        wrong = {each.field for each in problems}
        first = next((box for name, box in self.fields.boxes.items() if name in wrong), None)
        if first is not None:  # a section that was folded gets its place with the next event
            QTimer.singleShot(0, first, lambda: self.ensureWidgetVisible(first))
        return rest

    def retranslate(self, words: Words) -> None:
        """Show everything in another language; what was typed stays."""
        self._phrases.retranslate(words)


def finish(form: RecordForm) -> None:
    """Make what is left of a form at once."""
    for _ in form.parts:
        pass


def go_to(form: RecordForm, name: str) -> None:
    """Put the focus on a field or a table of rows, wherever it stands on the form."""
    if name in form.rows:
        front = form.rows[name].front
        front.setFocus()
    elif name in form.fields.boxes:
        form.fields.go_to(name)
        front = form.fields.boxes[name].editor.front
    else:
        return
    form.ensureWidgetVisible(front)


def _forbid(form: RecordForm, reason: Text | None) -> None:
    """Let everything be read and nothing edited, for a reason; without one all is free."""
    if reason is None and form.refusal is None:
        return
    form.refusal = reason
    forbid_fields(form.fields, reason)
    for box in form.rows.values():
        box.forbid(reason)
