"""Which days the calendar shows, and what stands on them. No Qt."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from embassy_desk.application.calendar import CalendarEntry, calendar_entries
from embassy_desk.application.office import Office
from embassy_desk.domain.days import days_after, months_after
from embassy_desk.texts import N_, LabelledEnum

AGENDA_DAYS = 60
_WEEK_DAYS = 7


class CalendarForm(LabelledEnum):
    """How the days are laid out."""

    MONTH = "month", N_("Month")
    WEEK = "week", N_("Week")
    AGENDA = "agenda", N_("Coming days")


@dataclass(frozen=True)
class Span:
    """The days that are shown, both included; whole weeks from Monday but for the agenda."""

    first: date
    last: date


def span_of(form: CalendarForm, day: date) -> Span:
    """Return the days that a form shows around a day."""
    if form is CalendarForm.AGENDA:
        return Span(day, days_after(day, AGENDA_DAYS - 1))
    first = day.replace(day=1) if form is CalendarForm.MONTH else day
    end = days_after(months_after(first, 1), -1) if form is CalendarForm.MONTH else day
    monday = days_after(first, -first.weekday())
    return Span(monday, days_after(end, _WEEK_DAYS - 1 - end.weekday()))


def turned(form: CalendarForm, day: date, step: int) -> date:
    """Return the day some months, weeks or agendas later, or earlier if negative."""
    if form is CalendarForm.MONTH:
        return months_after(day, step)
    return days_after(day, step * (_WEEK_DAYS if form is CalendarForm.WEEK else AGENDA_DAYS))


class CalendarView(Protocol):
    """What the calendar needs from its screen."""

    def show_whose(self, *, is_mine: bool) -> None:
        """Show whose things are shown."""

    def show_span(self, form: CalendarForm, span: Span, day: date, today: date) -> None:
        """Show days, with one of them chosen."""

    def show_entries(self, entries: tuple[CalendarEntry, ...]) -> None:
        """Show what stands on the days."""


class CalendarPresenter:
    """Keeps form, chosen day, and whose things are shown; late answers are dropped."""

    def __init__(self, office: Office, view: CalendarView, *, today: Callable[[], date]) -> None:
        """Begin with the present month and everybody's things."""
        self._office = office
        self._view = view
        self._today = today
        self._asked = 0
        self.form = CalendarForm.MONTH
        self.day = today()
        self.is_mine = False

    async def choose_form(self, form: CalendarForm) -> None:
        """Lay the days out otherwise, around the chosen day."""
        self.form = form
        await self.refresh()

    async def choose_whose(self, is_mine: bool) -> None:  # noqa: FBT001  what a signal carries
        """Show my things, or the whole mission's."""
        self.is_mine = is_mine
        await self.refresh()

    def choose_day(self, day: date) -> bool:
        """Note which day is chosen, and say whether other days have to be shown for it."""
        before = span_of(self.form, self.day)
        self.day = day
        return span_of(self.form, day) != before

    async def turn(self, step: int) -> None:
        """Show the month, week or agenda some steps later, or earlier if negative."""
        self.day = turned(self.form, self.day, step)
        await self.refresh()

    async def go_to_today(self) -> None:
        """Choose the present day."""
        self.day = self._today()
        await self.refresh()

    async def refresh(self) -> None:
        """Show the days anew."""
        self._asked += 1
        asked, span, today = self._asked, span_of(self.form, self.day), self._today()
        self._view.show_whose(is_mine=self.is_mine)
        self._view.show_span(self.form, span, self.day, today)
        whose: UUID | None = self._office.store.author.staff_id if self.is_mine else None
        found = await self._office.ask(calendar_entries, span.first, span.last, today, whose)
        if asked == self._asked:
            self._view.show_entries(found)
