"""What a person can do with the rows of a record: add, edit and remove them."""

import asyncio
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from embassy_desk.application.records import part_named
from embassy_desk.desktop.kit.asking import Asking
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.kit.rows import Row
from embassy_desk.desktop.plans import PLANS
from embassy_desk.desktop.records.draft_place import DraftPlace
from embassy_desk.desktop.records.presenter import RecordPresenter
from embassy_desk.desktop.records.row_work import RowWork
from embassy_desk.desktop.records.screen import RecordScreen
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.domain.entity import Part
from embassy_desk.domain.errors import InvalidError, Problem


class RowActs:
    """Runs what is asked of the tables of rows; a row is edited in a dialog."""

    def __init__(
        self,
        screen: RecordScreen,
        place: DraftPlace,
        presenter: RecordPresenter,
        keeper: Keeper,
        asking: Asking,
    ) -> None:
        """Connect the tables to the presenter."""
        self._screen = screen
        self._place = place
        self._presenter = presenter
        self._keeper = keeper
        self._asking = asking
        pages = screen.tabs.pages
        pages.add_asked.connect(lambda name: keeper.start(self.edit(name, None), name="add a row"))
        pages.edit_asked.connect(
            lambda name, row: keeper.start(self.edit(name, row), name="edit a row")
        )
        pages.remove_asked.connect(self._on_remove_asked)

    async def resume(self, work: Mapping[str, Any]) -> None:
        """Go on with a row that a draft holds."""
        await self.edit(work["part"], self._row_of(work), work["typed"])

    def _row_of(self, work: Mapping[str, Any]) -> Row | None:
        """Return the row of a draft; nothing for a new one, or one that has gone."""
        box = self._box(work["part"])
        rows = box.rows if box is not None else ()
        return next((each for each in rows if each.id and each.id.hex == work["row_id"]), None)

    async def edit(
        self, name: str, row: Row | None, typed: Mapping[str, Any] | None = None
    ) -> None:
        """Take a new row, or changes of one, in a dialog; `typed` stands in it already."""
        kind, record_id = self._presenter.kind, self._presenter.record_id
        plan = next(each for each in PLANS[kind].form.rows if each.part == name)
        part = part_named(kind_named(kind), name)
        dialog = self._asking.dialog(plan.title, part, plan.fields)
        shown = _fresh(part) if row is None else row.values
        box = self._box(name)
        dialog.fields.show_entity(shown, box.model.names if box is not None else {})

        async def keep(values: dict[str, Any]) -> tuple[Problem, ...]:
            if record_id is None:
                return self._gather(name, part, row, values)
            changed = values if row is None else _changed(row, values)
            part_id = row.id if row else None
            return await self._presenter.put_row(record_id, name, changed, part_id)

        dialog.fields.edited.connect(self._presenter.drafts.note_edit)
        work = RowWork(name, row.id if row else None, dialog.fields)
        self._place.row_work = work.unsaved
        dialog.fields.show_typed(typed or {})
        try:
            await self._asking.ask(dialog, keep)
        except asyncio.CancelledError:  # the desk is being closed: the draft keeps the row
            held = work.unsaved()
            self._place.row_work = lambda: held
            raise
        self._place.row_work = None
        self._presenter.drafts.note_edit()

    def _box(self, name: str) -> Any:
        return self._screen.form.rows.get(name) if self._screen.form is not None else None

    def _gather(
        self, name: str, part: type[Part], row: Row | None, values: dict[str, Any]
    ) -> tuple[Problem, ...]:
        """Keep a row of a record that is not saved yet on the form."""
        try:
            part.made(**{**_placeholders(part), **values})
        except InvalidError as error:
            return error.problems
        box = self._box(name)
        rows = list(box.rows)
        gathered = Row(None, {**(row.values if row else {}), **values})
        if row is None:
            rows.append(gathered)
        else:
            rows[rows.index(row)] = gathered
        box.show_rows(rows, box.model.names)
        self._screen.edited.emit()
        return ()

    def _on_remove_asked(self, name: str, row: Row) -> None:
        if row.id is not None:
            self._keeper.start(self._presenter.take_row(name, row.id), name="remove a row")
            return
        box = self._box(name)
        box.show_rows([each for each in box.rows if each is not row], box.model.names)


def _fresh(part: type[Part]) -> dict[str, Any]:
    return {
        name: None if field.is_required() else field.default
        for name, field in part.model_fields.items()
    }


def _placeholders(part: type[Part]) -> dict[str, Any]:
    """Return identities for checking a row whose record was not saved yet."""
    values: dict[str, Any] = {"id": uuid4(), part.parent_field: uuid4()}
    if "record_kind" in part.model_fields:
        values["record_kind"] = "record"
    return values


def _changed(row: Row, values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value != row.values.get(name)}
