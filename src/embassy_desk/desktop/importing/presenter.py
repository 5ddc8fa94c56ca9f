"""Takes a file in for the page: looks, reads apart, looks over, writes as one step. No Qt."""

from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from embassy_desk.application.import_decisions import Done, Outlook, Rules
from embassy_desk.application.import_job import (
    look_into,
    read_and_look_over,
    take_over,
    write_refused,
)
from embassy_desk.application.import_mappings import mapping_named, save_mapping, saved_mappings
from embassy_desk.application.office import Office
from embassy_desk.application.progress import GoingOn
from embassy_desk.desktop.kit.notice import Notice
from embassy_desk.domain.errors import RefusedError
from embassy_desk.interchange.foreign import FILE_SUFFIXES, SHEET_SUFFIXES
from embassy_desk.interchange.mapped_sheets import SheetLook, SheetMapping
from embassy_desk.texts import N_, Text, Words

During = Callable[[Text, Callable[[GoingOn], Awaitable[Any]]], Awaitable[Any]]
"""Shows long work and lets it be stopped, as `frame.progress.during` does."""


class ImportView(Protocol):
    """What the page needs from its screen."""

    def show_saved(self, names: Iterable[str]) -> None:
        """Offer the mappings that were saved."""

    def show_file(self, path: Path) -> None:
        """Say which file is being taken in."""

    def show_look(self, look: SheetLook) -> None:
        """Show how a sheet would be read."""

    def show_outlook(self, outlook: Outlook) -> None:
        """Show what would come of the file."""

    def show_done(self, done: Done, text: Text) -> None:
        """Say what came of it."""


class ImportPresenter:
    """Takes one file in at a time."""

    def __init__(
        self,
        office: Office,
        view: ImportView,
        during: During,
        tell: Callable[[Notice], None],
        back_up: Callable[[int], object],
    ) -> None:
        """Begin without a file; `back_up` is told before how many records come."""
        self._office = office
        self._view = view
        self._during = during
        self._tell, self._back_up = tell, back_up
        self._file: Path | None = None
        self._mapping: SheetMapping | None = None
        self._outlook: Outlook | None = None
        self._done: Done | None = None

    async def refresh(self) -> None:
        """Offer the mappings there are; what is being done stays as it is."""
        self._view.show_saved(await self._office.ask(saved_mappings))

    async def choose(self, path: Path) -> None:
        """Begin with a file: a sheet is shown, anything else is looked over at once.

        Raises:
            DeskError: It cannot be read.
        """
        if path.suffix.lower() not in FILE_SUFFIXES:
            raise RefusedError(N_("Files such as “{name}” are not taken in.", name=path.name))
        self._file, self._mapping, self._outlook, self._done = path, None, None, None
        self._view.show_file(path)
        if path.suffix.lower() in SHEET_SUFFIXES:
            await self.look(None)
        else:
            await self.look_over(None)

    async def look(self, mapping: SheetMapping | None) -> None:
        """Show a sheet as a mapping reads it.

        Raises:
            DeskError: It cannot be read that way.
        """
        look = partial(look_into, path=self._chosen, mapping=mapping)
        self._view.show_look(await self._office.aside(look))

    async def use_saved(self, name: str) -> None:
        """Show the sheet as a saved mapping reads it.

        Raises:
            DeskError: The mapping is gone, or the sheet is another.
        """
        await self.look(await self._office.ask(mapping_named, name))

    async def save_mapping(self, name: str, mapping: SheetMapping) -> None:
        """Keep a mapping under a name.

        Raises:
            RefusedError: There are too many.
        """
        await self._office.do(save_mapping, name, mapping)
        self._tell(Notice(N_("The mapping “{name}” was saved.", name=name)))
        await self.refresh()

    async def look_over(self, mapping: SheetMapping | None) -> None:
        """Show what would come of the file.

        Raises:
            DeskError: It cannot be read.
        """
        path = self._chosen

        async def work(going_on: GoingOn) -> Outlook:
            look = partial(read_and_look_over, path=path, mapping=mapping, going_on=going_on)
            return await self._office.aside(look)

        text = N_("Reading “{file}” …", file=path.name)
        self._outlook = await self._during(text, work)
        self._view.show_outlook(self._outlook)

    async def take(self, rules: Rules) -> None:
        """Enter what was decided, as one step.

        Raises:
            DeskError: The store has changed since, or the disk refuses; nothing is kept.
        """
        outlook, path = self._outlook, self._chosen
        if outlook is None:
            raise RefusedError(N_("Look the file over first."))

        async def work(going_on: GoingOn) -> Done:
            take = partial(
                take_over,
                outlook=outlook,
                rules=rules,
                original=path,
                going_on=going_on,
                turn=self._office.turn,
            )
            return await self._office.aside(take)

        async def back_up(_going_on: GoingOn) -> None:
            await self._office.aside(lambda _store: self._back_up(len(outlook.matches)))

        await self._during(N_("Making a backup first …"), back_up)
        text = N_("Taking in “{file}” …", file=path.name)
        self._done = done = await self._during(text, work)
        self._office.announce(done.changes)
        entered = sum(done.entered.values())
        told = N_(
            "“{file}”: {entered} entered, {updated} changed, {left} left as they are, "
            "{refused} refused.",
            file=path.name,
            entered=entered,
            updated=done.updated,
            left=done.left,
            refused=len({each.line for each in done.refused}),
        )
        self._view.show_done(done, told)
        self._tell(Notice(told, can_undo=bool(entered or done.updated)))

    async def write_errors(self, target: Path, words: Words) -> None:
        """Write the rows that were refused to a file.

        Raises:
            StoreError: The disk refuses.
        """
        last = self._done or self._outlook
        if last is not None:
            write_refused(target, last.refused, last.sources, words)
            self._tell(Notice(N_("The refused rows were written to “{name}”.", name=target.name)))

    @property
    def _chosen(self) -> Path:
        if self._file is None:
            raise RefusedError(N_("Choose a file first."))
        return self._file
