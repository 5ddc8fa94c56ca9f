"""What a person can do on the record page: connects its screen, presenter and dialogs."""

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtWidgets import QWidget

from embassy_desk.application.records import part_named
from embassy_desk.application.sheets import StepOffer
from embassy_desk.desktop.kit.dialogs import FieldsDialog, Question, answer_to
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.rows import Row
from embassy_desk.desktop.plans import PLANS
from embassy_desk.desktop.records.presenter import RecordPresenter
from embassy_desk.desktop.records.screen import RecordScreen
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.domain.entity import Part
from embassy_desk.domain.errors import InvalidError, Problem, RefusedError
from embassy_desk.domain.parts import StageStep
from embassy_desk.texts import N_

Attempt = Callable[[dict[str, Any]], Awaitable[tuple[Problem, ...]]]
"""Tries to keep what a dialog holds and returns what is wrong with it."""

_SAVE, _DROP = 0, 1


class RecordActs:
    """Runs what is asked on the record page."""

    def __init__(
        self,
        screen: RecordScreen,
        presenter: RecordPresenter,
        keeper: Keeper,
        outfit: Outfit,
        window: QWidget,
    ) -> None:
        """Connect the screen to the presenter; dialogs stand on the window."""
        self.screen = screen
        self.presenter = presenter
        self._keeper = keeper
        self._outfit = outfit
        self._window = window
        header, pages = screen.header, screen.pages
        header.save_asked.connect(self.start_saving)
        header.archive_asked.connect(lambda: self._start(self._archive(), "archive"))
        header.trash_asked.connect(lambda: self._start(presenter.trash(), "trash"))
        header.back_asked.connect(lambda: self._start(presenter.bring_back(), "bring back"))
        screen.history_asked.connect(lambda: self._start(presenter.history(), "history"))
        pages.steps.step_asked.connect(lambda offer: self._start(self._step(offer), "step"))
        pages.add_asked.connect(lambda name: self._start(self._row(name, None), "add a row"))
        pages.edit_asked.connect(lambda name, row: self._start(self._row(name, row), "edit a row"))
        pages.remove_asked.connect(self._on_remove_asked)

    def _start(self, work: Coroutine[Any, Any, object], name: str) -> None:
        self._keeper.start(work, name=name)

    def start_saving(self) -> None:
        """Save what the form holds, if anything."""
        if self.screen.is_edited:
            self._start(self.save(), "save")

    async def save(self) -> bool:
        """Save what the form holds, and say whether it was saved."""
        form = self.screen.form
        if form is None:
            return True
        try:
            values = form.changed_values()
        except InvalidError as error:
            self.screen.show_problems(error.problems)
            return False
        return await self.presenter.save(values, form.gathered_rows())

    async def may_leave(self) -> bool:
        """Say whether the open record may be left; ask when something is not saved."""
        if not self.screen.is_edited:
            return True
        question = Question(
            self._window,
            self._outfit.words,
            N_("What you typed has not been saved. Save it before leaving this record?"),
            (N_("Save"), N_("Drop changes"), N_("Keep editing")),
        )
        chosen = await answer_to(question)
        if chosen == _SAVE:
            return await self.save()
        if chosen == _DROP:
            self.screen.revert()
        return chosen == _DROP

    def begin(self, kind: str) -> None:
        """Show an empty form for a new record."""
        self.presenter.begin(kind)
        self.screen.show_new(kind)

    async def open(self, kind: str, record_id: UUID) -> bool:
        """Open a record unless the person stays with the present one; say which."""
        if not await self.may_leave():
            return False
        await self.presenter.open(kind, record_id)
        return True

    async def _fields(self, dialog: FieldsDialog, attempt: Attempt) -> None:
        """Open a dialog and let it go when what it holds was kept."""
        dialog.save_asked.connect(lambda: self._start(self._attempt(dialog, attempt), "keep"))
        await answer_to(dialog)

    async def _attempt(self, dialog: FieldsDialog, attempt: Attempt) -> None:
        try:
            problems = await attempt(dialog.fields.values())
        except InvalidError as error:
            problems = error.problems
        except RefusedError as error:
            problems = tuple(Problem("", each) for each in (error.text, *error.missing))
        if problems:
            dialog.show_problems(problems)
        else:
            dialog.accept()

    async def _row(self, name: str, row: Row | None) -> None:
        """Take a new row, or changes of one, in a dialog."""
        kind, record_id = self.presenter.kind, self.presenter.record_id
        plan = next(each for each in PLANS[kind].form.rows if each.part == name)
        part = part_named(kind_named(kind), name)
        dialog = FieldsDialog(
            self._window, self._outfit, title=plan.title, entity=part, fields=plan.fields
        )
        shown = _fresh(part) if row is None else row.values
        box = self._box(name)
        dialog.fields.show_entity(shown, box.model.names if box is not None else {})

        async def keep(values: dict[str, Any]) -> tuple[Problem, ...]:
            if record_id is None:
                return self._gather(name, part, row, values)
            changed = values if row is None else _changed(row, values)
            part_id = row.id if row else None
            return await self.presenter.put_row(record_id, name, changed, part_id)

        await self._fields(dialog, keep)

    def _box(self, name: str) -> Any:
        return self.screen.form.rows.get(name) if self.screen.form is not None else None

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
        self.screen.edited.emit()
        return ()

    def _on_remove_asked(self, name: str, row: Row) -> None:
        if row.id is not None:
            self._start(self.presenter.take_row(name, row.id), "remove a row")
            return
        box = self._box(name)
        box.show_rows([each for each in box.rows if each is not row], box.model.names)

    async def _archive(self) -> None:
        """Ask why the record is put away, and do it."""
        kind = kind_named(self.presenter.kind)
        dialog = FieldsDialog(
            self._window,
            self._outfit,
            title=N_("Archive this record"),
            entity=kind.entity,
            fields=("archived_reason", "archived_note"),
        )

        async def keep(values: dict[str, Any]) -> tuple[Problem, ...]:
            if values["archived_reason"] is None:
                return (Problem("archived_reason", N_("This is needed.")),)
            await self.presenter.archive(values["archived_reason"], values["archived_note"])
            return ()

        await self._fields(dialog, keep)

    async def _step(self, offer: StepOffer) -> None:
        """Ask for the day of a step, and why it is taken where that is needed; take it."""
        dialog = FieldsDialog(
            self._window,
            self._outfit,
            title=offer.label,
            entity=StageStep,
            fields=("on", "reason"),
        )
        dialog.fields.show_entity({"on": self._outfit.today()}, {})

        async def keep(values: dict[str, Any]) -> tuple[Problem, ...]:
            needs = ("on", "reason") if offer.needs_reason else ("on",)
            missing = [name for name in needs if not values[name]]
            if missing:
                return tuple(Problem(name, N_("This is needed.")) for name in missing)
            await self.presenter.take_step(offer.target, on=values["on"], reason=values["reason"])
            return ()

        await self._fields(dialog, keep)


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
