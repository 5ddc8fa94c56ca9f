"""Shows the reminders, puts them off and sees to them. No Qt."""

from collections.abc import Callable
from datetime import date
from typing import Protocol
from uuid import UUID

from embassy_desk.application.office import Office
from embassy_desk.application.reminders import Reminder, put_off, reminders, see_to
from embassy_desk.domain.days import days_after


class RemindersView(Protocol):
    """What the reminder centre needs from its screen."""

    def show_reminders(self, shown: tuple[Reminder, ...], *, is_mine: bool) -> None:
        """Show reminders, and whose they are."""


class RemindersPresenter:
    """Keeps whose reminders are shown; answers that were overtaken are dropped."""

    def __init__(self, office: Office, view: RemindersView, *, today: Callable[[], date]) -> None:
        """Begin with those of the person at the desk."""
        self._office = office
        self._view = view
        self._today = today
        self._asked = 0
        self.is_mine = True

    @property
    def whose(self) -> UUID | None:
        """The person whose reminders are shown; nothing for the whole mission's."""
        return self._office.store.author.staff_id if self.is_mine else None

    async def choose_whose(self, is_mine: bool) -> None:  # noqa: FBT001  what a signal carries
        """Show my reminders, or the whole mission's."""
        self.is_mine = is_mine
        await self.refresh()

    async def refresh(self) -> None:
        """Show the reminders anew."""
        self._asked += 1
        asked = self._asked
        found = await self._office.ask(reminders, self._today(), self.whose)
        if asked == self._asked:
            self._view.show_reminders(found, is_mine=self.is_mine)

    async def put_off(self, reminder: Reminder, days: int) -> None:
        """Show a reminder again some days from today."""
        await self._office.do(put_off, reminder, until=days_after(self._today(), days))
        await self.refresh()

    async def see_to(self, reminder: Reminder) -> None:
        """Show a reminder no more, until its bell rings the next time."""
        await self._office.do(see_to, reminder)
        await self.refresh()
