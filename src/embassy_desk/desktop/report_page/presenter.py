"""Makes reports for the page: shows them as paper, writes them to files. No Qt."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from embassy_desk.application.office import Office
from embassy_desk.application.progress import WHOLE, GoingOn, share
from embassy_desk.application.report_duties import OwedReport, owed
from embassy_desk.application.report_figures import FigureLine, figure_name
from embassy_desk.application.report_paper import Paper, Sheet, paper, pdf_of, sheets
from embassy_desk.application.report_templates import (
    check_template,
    keep_template,
    read_template,
    template_in_use,
    write_starter,
)
from embassy_desk.application.reports import (
    PAPER,
    Letterhead,
    Report,
    ReportKind,
    Wish,
    form_of,
    letterhead,
    log_report,
    report,
    report_kinds,
    settled,
    write_made,
)
from embassy_desk.application.signing import (
    Signature,
    keep_papers,
    number_and_symbol,
    papers,
    sign_off,
    signed_paper,
)
from embassy_desk.settings.files import write_whole
from embassy_desk.texts import N_, Text, Words

During = Callable[[Text, Callable[[GoingOn], Awaitable[Any]]], Awaitable[Any]]
"""Runs long work, shows how far it is, and lets it be stopped."""

_MADE = WHOLE // 10
"""So much of the work of a file or a print is reading the records, in thousandths."""


class Press(Protocol):
    """What is needed from a printer.

    Attributes:
        dots_per_inch: How fine it prints.
        file: The PDF that it makes in place of paper; nothing for paper.
    """

    dots_per_inch: int
    file: Path | None

    def print(self, pages: Iterator[Sheet]) -> None:
        """Print pages as they come; called on a thread of its own."""


class ReportView(Protocol):
    """What the page needs from its screen."""

    def show_kinds(self, kinds: Mapping[str, ReportKind], owed: Sequence[OwedReport]) -> None:
        """Offer the reports there are, and say which headquarters waits for and which it has."""

    def show_paper(self, pages: Paper, figures: Sequence[FigureLine]) -> None:
        """Show the pages of a report, and offer its figures."""

    def show_waiting(self, *, is_waiting: bool) -> None:
        """Say that a report is being made, or no longer."""


class ReportPresenter:
    """Makes one report at a time; a newer wish overtakes an older one."""

    def __init__(
        self, office: Office, view: ReportView, during: During, tell: Callable[[Text], None]
    ) -> None:
        """Begin without a report.

        Args:
            office: Reads and writes.
            view: The page.
            during: Shows long work, as `frame.progress.during` does.
            tell: Says what was done.
        """
        self._office = office
        self._view = view
        self._during = during
        self._tell = tell
        self._asked = 0

    async def refresh(self) -> None:
        """Offer the reports; one that is shown stays as it is, with its own time."""
        self._view.show_kinds(report_kinds(), await self._office.ask(owed))

    async def preview(self, name: str, wish: Wish, words: Words, width_px: int) -> None:
        """Show a report as paper.

        Raises:
            DeskError: It lacks something, its subject is gone, or the person stopped it.
        """
        self._asked += 1
        asked = self._asked
        self._view.show_waiting(is_waiting=True)
        try:
            made, pages = await self._during(
                N_("The report is being made …"),
                lambda going_on: self._shown(name, wish, words, width_px, going_on),
            )
            asked_for = await self._office.ask(settled, wish)
            if asked == self._asked:
                self._view.show_paper(pages, _figures(made, asked_for))
        finally:
            if asked == self._asked:
                self._view.show_waiting(is_waiting=False)

    async def _shown(
        self, name: str, wish: Wish, words: Words, width_px: int, going_on: GoingOn
    ) -> tuple[Report, Paper]:
        made = await self._made(name, wish, going_on)
        head = await self._office.ask(letterhead)
        drawn = share(going_on, _MADE, WHOLE)
        return made, await asyncio.to_thread(paper, made, words, head, width_px, drawn)

    async def _made(self, name: str, wish: Wish, going_on: GoingOn) -> Report:
        """Return a report, unless the person stopped it meanwhile."""
        going_on(0, WHOLE)
        made = await self._office.ask(report, name, wish)
        going_on(_MADE, WHOLE)
        return made

    async def save(self, name: str, wish: Wish, words: Words, target: Path) -> None:
        """Write a report to a file; whoever stops it finds none.

        Raises:
            DeskError: The form is not known, the rights do not allow it, the disk refuses, or the
                person stopped it.
        """
        form = form_of(target)

        async def work(going_on: GoingOn) -> None:
            made = await self._made(name, wish, going_on)
            head = await self._office.ask(letterhead)
            template = await self._office.ask(template_in_use, self._office.store)
            await self._office.do(log_report, made, form, wish)
            written = share(going_on, _MADE, WHOLE)
            await asyncio.to_thread(write_made, made, target, words, head, template, written)

        await self._during(N_("“{name}” is being written …", name=target.name), work)
        self._tell(N_("The report was written to “{name}”.", name=target.name))

    async def print(self, name: str, wish: Wish, words: Words, press: Press) -> None:
        """Print a report, or write it to the PDF that a printer makes in place of paper.

        Raises:
            DeskError: It lacks something, the rights do not allow it, the disk refuses, or the
                person stopped it.
        """

        async def work(going_on: GoingOn) -> None:
            made = await self._made(name, wish, going_on)
            head = await self._office.ask(letterhead)
            await self._office.do(log_report, made, PAPER, wish)
            laid, printed = share(going_on, _MADE, WHOLE // 2), share(going_on, WHOLE // 2, WHOLE)
            pdf = await asyncio.to_thread(pdf_of, made, words, head, laid)
            if press.file is not None:
                await asyncio.to_thread(write_whole, press.file, pdf)
            else:
                pages = sheets(pdf, press.dots_per_inch, printed)
                await asyncio.to_thread(press.print, pages)

        await self._during(N_("The report is being printed …"), work)
        self._tell(N_("The report was printed."))

    async def sign(self, name: str, wish: Wish, words: Words, signature: Signature) -> None:
        """Sign a report off and keep its files with it.

        Raises:
            DeskError: Something is still to be written, the rights do not allow it, or the disk
                refuses.
        """
        template = await self._office.ask(template_in_use, self._office.store)
        made = await self._office.ask(report, name, wish)
        record = await self._office.do(sign_off, name, wish, made, words, signature)
        signed = await self._office.ask(signed_paper, record.id)
        files = await asyncio.to_thread(papers, signed, words, template)
        await self._office.do(keep_papers, self._office.store, record.id, files)
        if signed.number:
            number = number_and_symbol(signed.number, record.symbol)
            self._tell(N_("“{title}” was signed off. {number}", title=record.title, number=number))
        else:
            self._tell(
                N_(
                    "“{title}” was signed off. Its number comes from the desk that keeps the"
                    " register.",
                    title=record.title,
                )
            )

    async def use_template(self, path: Path) -> None:
        """Take the mission's own template in, once it was looked at.

        Raises:
            DeskError: Something is missing in it or unsafe, the mission has no letterhead, the
                rights do not allow it, or the disk refuses.
        """
        content = await asyncio.to_thread(read_template, path)
        findings = await asyncio.to_thread(check_template, content)
        store = self._office.store
        kept = await self._office.do(keep_template, store, path.name, content, findings)
        self._tell(
            N_(
                "Word files of official papers are now written into the template “{name}”; PDF"
                " keeps our layout.",
                name=kept.name,
            )
        )

    async def save_starter(self, target: Path, words: Words) -> None:
        """Write a template that the mission can begin with.

        Raises:
            RefusedError: The file has another ending.
            StoreError: It cannot be written.
        """
        head = await self.head()
        await asyncio.to_thread(write_starter, target, words, head)
        self._tell(N_("The template was written to “{name}”.", name=target.name))

    async def head(self) -> Letterhead:
        """Return the mission's letterhead, with whoever signs by default."""
        return await self._office.ask(letterhead)


def _figures(made: Report, asked_for: Wish) -> tuple[FigureLine, ...]:
    return tuple(
        FigureLine(
            each.label, each.value, each.behind.kind, figure_name(made.name, asked_for, place)
        )
        for place, each in enumerate(made.figures)
    )
