"""The pages beside the home page, put together; loaded when the first of them is shown."""

from collections.abc import Callable
from datetime import date
from functools import partial

from embassy_desk.desktop.boards.presenter import BoardPresenter
from embassy_desk.desktop.boards.reasons import asked_reason
from embassy_desk.desktop.boards.screen import BoardScreen
from embassy_desk.desktop.calendar.presenter import CalendarPresenter
from embassy_desk.desktop.calendar.screen import CalendarScreen
from embassy_desk.desktop.duplicates.page import duplicates_page
from embassy_desk.desktop.duplicates.presenter import DuplicatesPresenter
from embassy_desk.desktop.duplicates.screen import DuplicatesScreen
from embassy_desk.desktop.importing.making import import_page
from embassy_desk.desktop.importing.presenter import ImportPresenter
from embassy_desk.desktop.importing.screen import ImportScreen
from embassy_desk.desktop.kit.days import day_text
from embassy_desk.desktop.pages import DeskPages, Make, PagePresenter
from embassy_desk.desktop.reminders.presenter import RemindersPresenter
from embassy_desk.desktop.reminders.rules import change_rules
from embassy_desk.desktop.reminders.screen import RemindersScreen
from embassy_desk.desktop.report_page.page import ReportPage
from embassy_desk.desktop.report_page.presenter import ReportPresenter
from embassy_desk.desktop.report_page.screen import ReportScreen
from embassy_desk.desktop.shell.desk_page import Page
from embassy_desk.desktop.trash.page import trash_page
from embassy_desk.desktop.trash.presenter import TrashPresenter
from embassy_desk.desktop.trash.screen import TrashScreen

_DAYS_OF_KINDS = {"task": "due_on", "engagement": "held_on"}


def makers(pages: DeskPages) -> dict[str, Make]:
    """Return what makes each page, by its name."""
    made: dict[str, Callable[[DeskPages], tuple[Page, PagePresenter]]] = {
        "reports": _reports,
        "board": _board,
        "duplicates": _duplicates,
        "reminder": _reminder,
        "calendar": _calendar,
        "trash": _trash,
        "import": _import,
    }
    return {name: partial(make, pages) for name, make in made.items()}


def _reports(pages: DeskPages) -> tuple[ReportScreen, ReportPresenter]:
    report = ReportPage(pages.office, pages.keeper, pages.outfit, pages.during, pages.tell)
    report.screen.tabs.figures.figure_asked.connect(pages.figure_asked)
    report.screen.tabs.duties.record_asked.connect(pages.record_asked)
    report.screen.preview_asked.connect(pages.paper_asked)
    pages.report = report
    return report.screen, report.presenter


def _board(pages: DeskPages) -> tuple[BoardScreen, BoardPresenter]:
    screen = BoardScreen(pages.outfit)
    presenter = BoardPresenter(
        pages.office,
        screen,
        today=pages.outfit.today,
        tell=pages.tell,
        ask_reason=partial(asked_reason, screen, pages.outfit),
    )
    screen.record_asked.connect(pages.record_asked)
    screen.move_asked.connect(pages.starter(presenter.move, "move a card"))
    screen.top.kind_asked.connect(pages.starter(presenter.choose_kind, "board"))
    screen.top.cards_asked.connect(pages.starter(presenter.choose_cards, "cards"))
    return screen, presenter


def _calendar(pages: DeskPages) -> tuple[CalendarScreen, CalendarPresenter]:
    screen = CalendarScreen(pages.outfit)
    presenter = CalendarPresenter(pages.office, screen, today=pages.outfit.today)
    screen.record_asked.connect(pages.record_asked)
    screen.new_asked.connect(partial(_on_new, pages))
    screen.day_asked.connect(partial(_on_day, pages, presenter))
    top = screen.top
    top.turned.connect(pages.starter(presenter.turn, "turn"))
    top.today_asked.connect(pages.starter(presenter.go_to_today, "today"))
    top.form_asked.connect(pages.starter(presenter.choose_form, "form"))
    top.whose_asked.connect(pages.starter(presenter.choose_whose, "whose"))
    return screen, presenter


def _on_day(pages: DeskPages, presenter: CalendarPresenter, day: date) -> None:
    if presenter.choose_day(day):
        pages.keeper.start(presenter.refresh(), name="day")


def _on_new(pages: DeskPages, kind: str, day: date) -> None:
    pages.new_asked.emit(kind, {_DAYS_OF_KINDS[kind]: day_text(day)})


def _reminder(pages: DeskPages) -> tuple[RemindersScreen, RemindersPresenter]:
    screen = RemindersScreen(pages.outfit)
    presenter = RemindersPresenter(pages.office, screen, today=pages.outfit.today)
    screen.record_asked.connect(pages.record_asked)
    screen.behind_asked.connect(pages.behind_asked)
    screen.put_off_asked.connect(pages.starter(presenter.put_off, "put off"))
    screen.seen_asked.connect(pages.starter(presenter.see_to, "see to"))
    screen.whose_asked.connect(pages.starter(presenter.choose_whose, "whose"))
    rules = partial(change_rules, pages.office, pages.outfit, screen, presenter)
    screen.rules_asked.connect(pages.starter(rules, "rules"))
    return screen, presenter


def _duplicates(pages: DeskPages) -> tuple[DuplicatesScreen, DuplicatesPresenter]:
    asked = pages.record_asked.emit
    return duplicates_page(pages.office, pages.outfit, pages.tell, pages.starter, asked)


def _trash(pages: DeskPages) -> tuple[TrashScreen, TrashPresenter]:
    asked = pages.record_asked.emit
    return trash_page(pages.office, pages.outfit, pages.tell, pages.starter, asked)


def _import(pages: DeskPages) -> tuple[ImportScreen, ImportPresenter]:
    screen, presenter = import_page(
        pages.office, pages.keeper, pages.outfit, pages.during, pages.tell, pages.back_up
    )
    pages.choose_file = presenter.choose
    return screen, presenter
