"""Takes a list out of the desk: printed with a preview, or written to a file."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject

from embassy_desk.application.controlled_lists import MISSIONS
from embassy_desk.application.export_log import PAPER
from embassy_desk.application.export_marks import mark_of
from embassy_desk.application.exporting import Report, export_records, write_shown
from embassy_desk.application.office import Office
from embassy_desk.application.taking_out import TakenOut, lines_of, take_out
from embassy_desk.desktop.file_forms import SHOWN, FileForm, asked_form, asked_place, whole_forms
from embassy_desk.desktop.file_scope import FileScope
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.kit.notice import Notice
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.theme import FONT_FAMILY
from embassy_desk.desktop.lists.presenter import ListPresenter
from embassy_desk.desktop.lists.preview import preview_paper
from embassy_desk.desktop.lists.print_list import MOST_ROWS, ListPaper, PaperHead
from embassy_desk.desktop.lists.screen import ListScreen
from embassy_desk.desktop.lists.shown_lines import ShownTable, filters_text, shown_table
from embassy_desk.desktop.shell.frame import Frame
from embassy_desk.domain.errors import RefusedError
from embassy_desk.texts import N_


class ListFiles(QObject):
    """Prints and writes what the list shows, or what is chosen in it when that is several."""

    def __init__(
        self,
        office: Office,
        lists: ListPresenter,
        screen: ListScreen,
        keeper: Keeper,
        outfit: Outfit,
        window: Frame,
        refuse: Callable[[Path], None],
    ) -> None:
        """Take what the list shows; `refuse` raises for files that belong to the store itself."""
        super().__init__(window)
        self._office = office
        self._lists = lists
        self._screen = screen
        self._keeper = keeper
        self._outfit = outfit
        self._window = window
        self._refuse = refuse

    @property
    def acts(self) -> dict[str, Callable[[], object]]:
        """What can be done, by name."""
        return {
            "print_list": lambda: self._keeper.start(self.print_list(), name="print"),
            "export_list": lambda: self._keeper.start(self.export(), name="export"),
        }

    async def _taken(self, form: str, chosen: Sequence[UUID]) -> TakenOut:
        """Write down what is taken out: what is chosen, or else the whole list."""
        filters = filters_text(self._lists.wish, self._outfit, self._screen.names)
        query = self._lists.query
        return await self._office.do(take_out, query, chosen, form=form, filters=filters)

    async def _table(self, taken: TakenOut) -> ShownTable:
        page = await self._office.ask(lines_of, self._lists.query, taken.ids)
        names = self._screen.names
        return shown_table(self._lists.wish, self._lists.plan, page, self._outfit, names)

    async def print_list(self) -> None:
        """Show the list as it will be printed."""
        count = len(self._lists.chosen)
        count = count if count > 1 else self._screen.model.rowCount()
        if count > MOST_ROWS:
            raise RefusedError(
                N_("At most {limit} lines are printed. Filter the list, or write it to a file.",
                   limit=MOST_ROWS)
            )  # fmt: skip
        chosen = self._lists.chosen if len(self._lists.chosen) > 1 else ()
        taken = await self._taken(PAPER, chosen)
        words, identity = self._outfit.words, self._office.store.identity
        head = PaperHead(
            mission=self._outfit.lists.label(MISSIONS, identity.mission, words.language),
            as_of=words.day(self._outfit.today()),
            mark=words(taken.gravest),
        )
        paper = ListPaper(await self._table(taken), head, words, FONT_FAMILY)
        await preview_paper(paper, self._window, words(N_("Print this list")))

    async def export(self) -> None:
        """Ask for form and file, and write what the list shows."""
        kind = self._lists.wish.kind
        chosen, total = self._lists.chosen, self._screen.model.rowCount()
        scope = FileScope(self._outfit, len(chosen), total) if 0 < len(chosen) < total else None
        forms = (*SHOWN, *whole_forms(kind))
        form = await asked_form(self._window, self._outfit, forms, scope)
        if form is None:
            return
        name = f"{kind}-{self._outfit.today().isoformat()}"
        target = await asked_place(self._window, self._outfit, form.suffix, name)
        if target is None:
            return
        self._refuse(target)
        only = chosen if scope is not None and scope.is_chosen else ()
        taken = await self._taken(form.suffix.removeprefix("."), only)
        text = N_("Writing “{file}” …", file=target.name)
        write = self._write_shown if form.is_shown else self._write_whole

        async def work(report: Report) -> None:
            await write(target, form, taken, report)

        await self._window.progress.during(text, work)
        told = N_(
            "{count} record was written to “{file}”.",
            "{count} records were written to “{file}”.",
            count=len(taken.ids),
            file=target.name,
        )
        self._window.notices.tell(Notice(told))

    async def _write_shown(
        self, target: Path, _form: FileForm, taken: TakenOut, report: Report
    ) -> None:
        table = await self._table(taken)
        rows, total = table.rows, len(table.rows)
        mark = await self._office.ask(mark_of, taken.entry, self._outfit.words)
        await asyncio.to_thread(write_shown, target, table.columns, rows, total, report, mark)

    async def _write_whole(
        self, target: Path, form: FileForm, taken: TakenOut, report: Report
    ) -> None:
        await self._office.ask(
            export_records,
            self._lists.wish.kind,
            target,
            ids=taken.ids,
            report=report,
            card_version=form.card_version,
            marked=(taken.entry, self._outfit.words),
        )
