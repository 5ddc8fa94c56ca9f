"""Makes reports for the page: shows them as paper, writes them to files. No Qt."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from embassy_desk.application.office import Office
from embassy_desk.application.report_duties import DutyStanding, OwedReport, owed
from embassy_desk.application.report_figures import FigureLine, figure_name
from embassy_desk.application.report_paper import Paper, paper
from embassy_desk.application.report_templates import (
    check_template,
    keep_template,
    read_template,
    template_in_use,
)
from embassy_desk.application.reports import (
    Letterhead,
    Report,
    ReportKind,
    Wish,
    check_form,
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
from embassy_desk.texts import N_, Text, Words


class ReportView(Protocol):
    """What the page needs from its screen."""

    def show_kinds(self, kinds: Mapping[str, ReportKind], owed: Sequence[OwedReport]) -> None:
        """Offer the reports there are, and say which of them headquarters waits for."""

    def show_paper(self, pages: Paper, figures: Sequence[FigureLine]) -> None:
        """Show the pages of a report, and offer its figures."""

    def show_waiting(self, *, is_waiting: bool) -> None:
        """Say that a report is being made, or no longer."""


class ReportPresenter:
    """Makes one report at a time; a newer wish overtakes an older one."""

    def __init__(self, office: Office, view: ReportView, tell: Callable[[Text], None]) -> None:
        """Begin without a report; `tell` says what was done."""
        self._office = office
        self._view = view
        self._tell = tell
        self._asked = 0

    async def refresh(self) -> None:
        """Offer the reports; one that is shown stays as it is, with its own time."""
        found = await self._office.ask(owed)
        waiting = {DutyStanding.DUE, DutyStanding.OVERDUE}
        late = [each for each in found if each.standing in waiting]
        self._view.show_kinds(report_kinds(), late)

    async def preview(self, name: str, wish: Wish, words: Words, width_px: int) -> None:
        """Show a report as paper.

        Raises:
            DeskError: It lacks something, or its subject is gone.
        """
        self._asked += 1
        asked = self._asked
        self._view.show_waiting(is_waiting=True)
        try:
            made = await self._office.ask(report, name, wish)
            head = await self._office.ask(letterhead)
            pages = await asyncio.to_thread(paper, made, words, head, width_px)
            asked_for = await self._office.ask(settled, wish)
            if asked == self._asked:
                self._view.show_paper(pages, _figures(made, asked_for))
        finally:
            if asked == self._asked:
                self._view.show_waiting(is_waiting=False)

    async def save(self, name: str, wish: Wish, words: Words, target: Path) -> None:
        """Write a report to a file.

        Raises:
            DeskError: The form is not known, the rights do not allow it, or the disk refuses.
        """
        check_form(target)
        made = await self._office.ask(report, name, wish)
        head = await self._office.ask(letterhead)
        template = await self._office.ask(template_in_use, self._office.store)
        await self._office.do(log_report, made, target, wish)
        await asyncio.to_thread(write_made, made, target, words, head, template)
        self._tell(N_("The report was written to “{name}”.", name=target.name))

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
        self._tell(N_("Official papers are now written into the template “{name}”.",
                      name=kept.name))  # fmt: skip

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
