"""Makes reports for the page: shows them as paper, writes them to files. No Qt."""

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from embassy_desk.application.office import Office
from embassy_desk.application.report_paper import Paper, paper
from embassy_desk.application.reports import (
    ReportKind,
    Wish,
    check_form,
    letterhead,
    log_report,
    report,
    report_kinds,
    write_made,
)
from embassy_desk.texts import N_, Text, Words


class ReportView(Protocol):
    """What the page needs from its screen."""

    def show_kinds(self, kinds: Mapping[str, ReportKind]) -> None:
        """Offer the reports there are."""

    def show_paper(self, pages: Paper) -> None:
        """Show the pages of a report."""

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
        self._view.show_kinds(report_kinds())

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
            if asked == self._asked:
                self._view.show_paper(pages)
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
        await self._office.do(log_report, made, target, wish)
        await asyncio.to_thread(write_made, made, target, words, head)
        self._tell(N_("The report was written to “{name}”.", name=target.name))
