"""The home page: three questions beside each other, each line opens its record."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from embassy_desk.application.courses import YearAhead
from embassy_desk.application.due_lines import DueGroup
from embassy_desk.desktop.home_page.wording import (
    BehindKey,
    RecordKey,
    entries_of,
    entry_of,
    year_lines,
)
from embassy_desk.desktop.kit.entries import EntriesView
from embassy_desk.desktop.kit.help_topics import help_topic
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.panes import CountedPane
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, plain_label
from embassy_desk.desktop.kit.weekdays import weekday_and_day
from embassy_desk.desktop.kit.year import YearTable
from embassy_desk.texts import N_, Text, Words

_LEFT_PX, _RIGHT_PX = 470, 690
_YEAR_PX, _QUIET_PX = 380, 260


class HomeScreen(QWidget):
    """Shows what needs somebody today, the year ahead, and who has gone quiet.

    Attributes:
        record_asked: A record is to be opened; carries its kind and identity.
        behind_asked: The list behind a count is wanted; carries its name and the kind.
        whose_asked: Only mine, or the whole mission's; carries whether only mine.
    """

    record_asked = Signal(str, object)
    behind_asked = Signal(str, str)
    whose_asked = Signal(bool)

    def __init__(self, outfit: Outfit, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        help_topic(self, "home")
        self._outfit = outfit
        self._phrases = Phrases(outfit.words)
        self._on: date | None = None
        self._groups: tuple[DueGroup, ...] = ()
        self._year: YearAhead | None = None
        self._quiet: DueGroup | None = None
        self._day = plain_label("title", wraps=False)
        self.mine = self._choice(N_("Mine"))
        self.everyone = self._choice(N_("Whole mission"))
        self.needs, self.quiet = EntriesView(outfit), EntriesView(outfit)
        self.year = YearTable(outfit)
        self.needs_pane, self.year_pane, self.quiet_pane = self._made_panes()
        self._build()
        for pane in (self.needs_pane, self.year_pane, self.quiet_pane):
            self._phrases.include(pane)
            pane.count_asked.connect(self._on_count)
        for lines in (self.needs, self.year, self.quiet):
            lines.opened.connect(self._on_opened)

    def _choice(self, text: Text) -> QPushButton:
        made = button(self._phrases, text, role="choice")
        made.setCheckable(True)
        return made

    def _made_panes(self) -> tuple[CountedPane, CountedPane, CountedPane]:
        needs = CountedPane(
            self._outfit,
            N_("What needs me today"),
            self.needs,
            nothing=N_("Nothing is due today. Well done."),
            name=N_("What needs me today"),
        )
        year = CountedPane(
            self._outfit,
            N_("Agreements: the year ahead"),
            self.year,
            nothing=N_("No agreement runs out within a year, and none has moved lately."),
            name=N_("Agreements in the year ahead"),
        )
        quiet = CountedPane(
            self._outfit,
            N_("Whom we have not spoken to"),
            self.quiet,
            nothing=N_("Everybody with a rhythm of contact has heard from us in time."),
            name=N_("Contacts gone quiet"),
        )
        return needs, year, quiet

    def _build(self) -> None:
        self.needs.setObjectName("home-needs")
        self.year.setObjectName("home-year")
        self.quiet.setObjectName("home-quiet")
        panes = QSplitter(Qt.Orientation.Horizontal)
        right = QSplitter(Qt.Orientation.Vertical)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        layout.addLayout(self._top())
        layout.addWidget(panes, 1)
        for each in (panes, right):
            each.setChildrenCollapsible(False)
            each.setHandleWidth(10)
            each.setProperty("role", "quiet")
        panes.addWidget(self.needs_pane)
        panes.addWidget(right)
        panes.setSizes([_LEFT_PX, _RIGHT_PX])
        right.addWidget(self.year_pane)
        right.addWidget(self.quiet_pane)
        right.setSizes([_YEAR_PX, _QUIET_PX])

    def _top(self) -> QHBoxLayout:
        group = QButtonGroup(self)
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self._day)
        top.addStretch(1)
        for each in (self.mine, self.everyone):
            group.addButton(each)
            each.clicked.connect(self._on_whose)
            top.addWidget(each)
        self.mine.setChecked(True)
        return top

    def show_day(self, on: date, *, is_mine: bool) -> None:
        """Show which day it is, and whose things are shown."""
        self._on = on
        self._day.setText(weekday_and_day(on, self._outfit.words))
        (self.mine if is_mine else self.everyone).setChecked(True)

    def show_needs(self, groups: tuple[DueGroup, ...]) -> None:
        """Show what needs somebody today."""
        self._groups = groups
        self.needs.show_entries(entries_of(groups, self._outfit.words))
        self.needs_pane.show_whether(is_empty=not groups)

    def show_year(self, year: YearAhead) -> None:
        """Show the agreements of the year ahead."""
        self._year = year
        words = self._outfit.words
        self.year.show_year(year.first, year.today, year_lines(year, words))
        self.year_pane.show_whether(is_empty=not year.lines)
        out, moving = len(year.running_out), len(year.moving)
        text = N_("Running out: {shown}", shown=words.number(out))
        self.year_pane.show_count("running_out", text, out)
        text = N_("Moving: {shown}", shown=words.number(moving))
        self.year_pane.show_count("moving", text, moving)

    def show_quiet(self, group: DueGroup) -> None:
        """Show the contacts that have gone quiet."""
        self._quiet = group
        words = self._outfit.words
        self.quiet.show_entries([entry_of(each, words) for each in group.lines])
        self.quiet_pane.show_whether(is_empty=not group.lines)
        shown = words.number(group.total)
        text = N_("{shown} contact", "{shown} contacts", count=group.total, shown=shown)
        self.quiet_pane.show_count("quiet", text, group.total)

    @property
    def widget(self) -> QWidget:
        """The page itself."""
        return self

    @property
    def panes(self) -> list[tuple[QWidget, Callable[[], object]]]:
        """The panes that show something, each with what puts the focus into it."""
        all_panes = (
            (self.needs_pane, self.needs.focus_first),
            (self.year_pane, self.year.focus_first),
            (self.quiet_pane, self.quiet.focus_first),
        )
        return [(pane, focus) for pane, focus in all_panes if not pane.is_empty]

    def retranslate(self, words: Words) -> None:
        """Show everything in another language."""
        self._phrases.retranslate(words)
        if self._on is not None:
            self._day.setText(weekday_and_day(self._on, words))
        self.show_needs(self._groups)
        if self._year is not None:
            self.show_year(self._year)
        if self._quiet is not None:
            self.show_quiet(self._quiet)

    def _on_opened(self, key: object) -> None:
        if isinstance(key, RecordKey):
            self.record_asked.emit(key.kind, key.id)
        elif isinstance(key, BehindKey):
            self.behind_asked.emit(key.name, key.kind)

    def _on_whose(self) -> None:
        self.whose_asked.emit(self.mine.isChecked())

    def _on_count(self, name: str) -> None:
        self.behind_asked.emit(name, "contact" if name == "quiet" else "agreement")
