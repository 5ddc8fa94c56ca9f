"""The calendar: the days at the left, what stands on the chosen one at the right; or an agenda."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from embassy_desk.application.calendar import CalendarEntry
from embassy_desk.desktop.calendar.days import DaysView
from embassy_desk.desktop.calendar.presenter import CalendarForm, Span
from embassy_desk.desktop.calendar.top import CalendarTop
from embassy_desk.desktop.calendar.wording import agenda_of, entry_of
from embassy_desk.desktop.home_page.wording import RecordKey
from embassy_desk.desktop.kit.days import day_text
from embassy_desk.desktop.kit.entries import EntriesView
from embassy_desk.desktop.kit.help_topics import help_topic
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import named, plain_label, said
from embassy_desk.desktop.kit.weekdays import month_and_year, weekday_and_day
from embassy_desk.texts import N_, Text, Words

_DAYS, _AGENDA = 0, 1
_WIDTHS_PX = (820, 310)


class CalendarScreen(QWidget):
    """Shows the calendar.

    Attributes:
        record_asked: A record is to be opened; carries its kind and identity.
        day_asked: Another day was chosen; carries it.
        new_asked: A new record on a day is wanted; carries its kind and the day.
    """

    record_asked = Signal(str, object)
    day_asked = Signal(object)
    new_asked = Signal(str, object)

    def __init__(self, outfit: Outfit) -> None:
        """Begin without days."""
        super().__init__()
        help_topic(self, "calendar")
        self._outfit = outfit
        self._phrases = Phrases(outfit.words)
        self._shown: tuple[CalendarForm, Span, date, date] | None = None
        self._all: tuple[CalendarEntry, ...] = ()
        self.top = CalendarTop(outfit)
        self._phrases.include(self.top)
        self.days, self.day, self.agenda = (
            DaysView(outfit),
            EntriesView(outfit),
            EntriesView(outfit),
        )
        self._day_heading = plain_label("heading")
        self._empty_day = said(self._phrases, N_("Nothing stands on this day."), "muted")
        self._empty_agenda = said(self._phrases, N_("Nothing stands on the coming days."), "muted")
        self._stack = QStackedWidget()
        self._build()
        self._connect()

    def _build(self) -> None:
        named(self._phrases, self.days, N_("Days"))
        named(self._phrases, self.day, N_("What stands on the chosen day"))
        named(self._phrases, self.agenda, N_("Coming days"))
        self.days.setObjectName("calendar-days")
        self.day.setObjectName("calendar-day")
        beside = QWidget()
        box = QVBoxLayout(beside)
        box.setContentsMargins(6, 0, 0, 0)
        box.addWidget(self._day_heading)
        box.addWidget(self._empty_day)
        box.addWidget(self.day, 1)
        coming = QWidget()
        box = QVBoxLayout(coming)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._empty_agenda)
        box.addWidget(self.agenda, 1)
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.setProperty("role", "quiet")
        panes.setChildrenCollapsible(False)
        panes.addWidget(self.days)
        panes.addWidget(beside)
        panes.setSizes(list(_WIDTHS_PX))
        panes.setStretchFactor(0, 1)
        self._stack.addWidget(panes)
        self._stack.addWidget(coming)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        layout.addWidget(self.top)
        layout.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.days.day_chosen.connect(self._on_day)
        self.days.day_opened.connect(self.day.focus_first)
        self.days.entry_opened.connect(self._on_entry)
        self.days.turned.connect(self.top.turned)
        self.top.new_asked.connect(self._on_new)
        for each in (self.day, self.agenda):
            each.opened.connect(self._on_opened)
        adding = QShortcut(QKeySequence(Qt.Key.Key_Insert), self)
        adding.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        adding.activated.connect(self.top.new.showMenu)

    def show_whose(self, *, is_mine: bool) -> None:
        """Show whose things are shown."""
        (self.top.mine if is_mine else self.top.everyone).setChecked(True)

    def show_span(self, form: CalendarForm, span: Span, day: date, today: date) -> None:
        """Show days, with one of them chosen."""
        self._shown = (form, span, day, today)
        heading = _heading(form, span, day)
        self.top.show_choices(heading, form)
        self._stack.setCurrentIndex(_AGENDA if form is CalendarForm.AGENDA else _DAYS)
        if form is not CalendarForm.AGENDA:
            month = day.month if form is CalendarForm.MONTH else 0
            self.days.days.show_days(span.first, span.last, today, month)
            self.days.choose(day)

    def show_entries(self, entries: tuple[CalendarEntry, ...]) -> None:
        """Show what stands on the days."""
        self._all = entries
        self.days.days.show_entries(entries)
        self.agenda.show_entries(agenda_of(entries, self._outfit.words))
        self._empty_agenda.setVisible(not entries)
        self._show_day()

    def _show_day(self) -> None:
        if self._shown is None:
            return
        words, day = self._outfit.words, self._shown[2]
        self._day_heading.setText(weekday_and_day(day, words))
        entries = [entry_of(each, words) for each in self._all if each.on == day]
        self.day.show_entries(entries)
        self._empty_day.setVisible(not entries)

    @property
    def widget(self) -> QWidget:
        """The page itself."""
        return self

    @property
    def panes(self) -> list[tuple[QWidget, Callable[[], object]]]:
        """Days and chosen day, or the agenda."""
        if self._stack.currentIndex() == _AGENDA:
            return [(self.agenda, self.agenda.focus_first)]
        return [(self.days, self.days.setFocus), (self.day, self.day.focus_first)]

    def retranslate(self, words: Words) -> None:
        """Show everything in another language."""
        self._phrases.retranslate(words)
        self.show_entries(self._all)

    def _on_day(self, day: date) -> None:
        if self._shown is not None and day != self._shown[2]:
            form, span, _, today = self._shown
            self._shown = (form, span, day, today)
            self._show_day()
            self.day_asked.emit(day)

    def _on_entry(self, entry: CalendarEntry) -> None:
        self.record_asked.emit(entry.kind, entry.id)

    def _on_opened(self, key: object) -> None:
        if isinstance(key, RecordKey):
            self.record_asked.emit(key.kind, key.id)

    def _on_new(self, kind: str) -> None:
        if self._shown is not None:
            self.new_asked.emit(kind, self._shown[2])


def _heading(form: CalendarForm, span: Span, day: date) -> Text:
    """Return which days are shown, in words."""
    if form is CalendarForm.MONTH:
        return month_and_year(day)
    first, last = day_text(span.first), day_text(span.last)
    if form is CalendarForm.WEEK:
        week = span.first.isocalendar().week
        return N_("Week {week}: {first} – {last}", week=week, first=first, last=last)
    return N_("{first} – {last}", first=first, last=last)
