"""What a person can do on the record page: connects its screen, presenter and dialogs."""

from collections.abc import Callable, Coroutine
from datetime import date
from typing import Any

from embassy_desk.application.sheets import StepOffer
from embassy_desk.desktop.kit.asking import Asking
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.records.presenter import RecordPresenter
from embassy_desk.desktop.records.row_acts import RowActs
from embassy_desk.desktop.records.screen import RecordScreen
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.domain.errors import InvalidError, Problem
from embassy_desk.domain.parts import StageStep
from embassy_desk.texts import N_


class RecordActs:
    """Runs what is asked on the record page."""

    def __init__(
        self,
        screen: RecordScreen,
        presenter: RecordPresenter,
        rows: RowActs,
        keeper: Keeper,
        asking: Asking,
        today: Callable[[], date],
    ) -> None:
        """Connect the screen to the presenter."""
        self.screen = screen
        self.presenter = presenter
        self._keeper = keeper
        self._rows = rows
        self._asking = asking
        self._today = today
        self._connect()

    def _connect(self) -> None:
        """Let what the screen asks for be done."""
        screen, presenter = self.screen, self.presenter
        header, pages = screen.header, screen.tabs.pages
        header.save_asked.connect(self.start_saving)
        header.revert_asked.connect(self.drop)
        header.archive_asked.connect(lambda: self._start(self._archive(), "archive"))
        header.trash_asked.connect(lambda: self._start(presenter.trash(), "trash"))
        header.back_asked.connect(lambda: self._start(presenter.bring_back(), "bring back"))
        screen.tabs.asked.connect(lambda name: self._start(presenter.fill(name), "tab"))
        screen.edited.connect(presenter.drafts.note_edit)
        screen.draft_bar.accepted.connect(lambda: self._start(self.carry_on(), "draft"))
        screen.draft_bar.discarded.connect(
            lambda: self._start(presenter.drafts.discard(), "discard")
        )
        pages.steps.step_asked.connect(lambda offer: self._start(self._step(offer), "step"))

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

    def drop(self) -> None:
        """Show what is stored in the place of what was typed."""
        self.screen.revert()
        self.presenter.drafts.drop()

    async def carry_on(self) -> None:
        """Continue the draft that is offered; the row that was being edited opens again."""
        row = await self.presenter.drafts.accept()
        if row:
            self._start(self._rows.resume(row), "edit a row")

    async def _archive(self) -> None:
        """Ask why the record is put away, and do it."""
        kind = kind_named(self.presenter.kind)
        dialog = self._asking.dialog(
            N_("Archive this record"), kind.entity, ("archived_reason", "archived_note")
        )

        async def keep(values: dict[str, Any]) -> tuple[Problem, ...]:
            if values["archived_reason"] is None:
                return (Problem("archived_reason", N_("This is needed.")),)
            await self.presenter.archive(values["archived_reason"], values["archived_note"])
            return ()

        await self._asking.ask(dialog, keep)

    async def _step(self, offer: StepOffer) -> None:
        """Ask for the day of a step, and why it is taken where that is needed; take it."""
        dialog = self._asking.dialog(offer.label, StageStep, ("on", "reason"))
        dialog.fields.show_entity({"on": self._today()}, {})

        async def keep(values: dict[str, Any]) -> tuple[Problem, ...]:
            needs = ("on", "reason") if offer.needs_reason else ("on",)
            missing = [name for name in needs if not values[name]]
            if missing:
                return tuple(Problem(name, N_("This is needed.")) for name in missing)
            await self.presenter.take_step(offer.target, on=values["on"], reason=values["reason"])
            return ()

        await self._asking.ask(dialog, keep)
