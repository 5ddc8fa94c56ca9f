"""The page of reports: the list and what it needs at the left, the paper at the right."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from embassy_desk.application.report_duties import DutyStanding, OwedReport
from embassy_desk.application.report_figures import FigureLine
from embassy_desk.application.report_paper import MOST_PAGES, Paper
from embassy_desk.application.reports import ReportKind, Wish
from embassy_desk.desktop.kit.help_topics import help_topic
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import (
    action,
    button,
    forbid,
    menu,
    named,
    plain_label,
    said,
    tip,
)
from embassy_desk.desktop.kit.theme import line_height
from embassy_desk.desktop.kit.upright import UprightArea
from embassy_desk.desktop.report_page.fields import ReportFields
from embassy_desk.desktop.report_page.tabs import ReportTabs
from embassy_desk.domain.errors import InvalidError
from embassy_desk.domain.rights import Right
from embassy_desk.texts import N_, Text, Words

PAGE_PX = 720
_TEMPLATE = N_(
    "The mission's own template for Word files of official papers; PDF keeps our layout."
)
_LEFT_PX, _RIGHT_PX = 360, 800
_SHORTEST_LIST_PX, _LONGEST_LIST_PX = 110, 380
_TIGHTER_PX = 3
_MOST_OWED = 3
_WAITING = frozenset({DutyStanding.DUE, DutyStanding.OVERDUE})


class ReportScreen(QWidget):
    """Offers the reports and shows one as paper.

    Attributes:
        preview_asked: A report is to be shown; carries its name and the wish.
        save_asked: A report is to be written to a file; carries its name and the wish.
        print_asked: A report is to be printed; carries its name and the wish.
        sign_asked: A report is to be signed off; carries its name and the wish.
        texts_asked: The texts of a report are wanted; carries its name and the wish.
    """

    preview_asked = Signal(str, object)
    save_asked = Signal(str, object)
    print_asked = Signal(str, object)
    sign_asked = Signal(str, object)
    texts_asked = Signal(str, object)

    def __init__(self, outfit: Outfit) -> None:
        """Begin without reports; the period is the year so far."""
        super().__init__()
        help_topic(self, "report")
        self._outfit = outfit
        self._phrases = Phrases(outfit.words)
        self._kinds: Mapping[str, ReportKind] = {}
        self.list = QListWidget()
        self.fields = ReportFields(outfit, self._phrases)
        self.summary = plain_label("muted")
        self.owed = plain_label("problem")
        self.owed.hide()
        self.problem = plain_label("problem")
        self.note = plain_label("small")
        self.preview = button(self._phrases, N_("Show"), role="primary")
        self.save = button(self._phrases, N_("Save as file …"))
        self.print = button(self._phrases, N_("Print …"))
        self.sign = button(self._phrases, N_("Sign off …"))
        self.template = button(self._phrases, N_("Word template"))
        self.use_template = action(self._phrases, N_("Use a template …"), self)
        self.begin_template = action(self._phrases, N_("Save one to begin with …"), self)
        self.tabs = ReportTabs(outfit.words)
        self._phrases.include(self.tabs)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.list.setObjectName("report-list")
        self.list.setProperty("role", "roomy")
        self.list.setMinimumHeight(_SHORTEST_LIST_PX)
        self.list.setMaximumHeight(_LONGEST_LIST_PX)
        named(self._phrases, self.list, N_("Reports"))
        choices = menu(self._phrases, N_("Word template"), self)
        choices.addActions([self.use_template, self.begin_template])
        self.template.setMenu(choices)
        tip(self._phrases, self.template, _TEMPLATE)
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.addWidget(UprightArea(self._made_left()))
        panes.addWidget(self.tabs)
        panes.setSizes([_LEFT_PX, _RIGHT_PX])
        panes.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(panes)

    def _made_left(self) -> QWidget:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(16, 12, 12, 12)
        column.setSpacing(10)
        column.addWidget(said(self._phrases, N_("Reports"), "title", wraps=False))
        column.addWidget(self.owed)
        column.addWidget(self.list, 1)
        column.addWidget(self.summary)
        column.addLayout(self.fields.form)
        column.addWidget(self.problem)
        acts = ((self.preview, self.save, self.print), (self.sign, self.template))
        for some in acts:
            row = QHBoxLayout()
            for act in some:
                row.addWidget(act)
            row.addStretch(1)
            column.addLayout(row)
        column.addWidget(self.note)
        column.addStretch(0)  # takes what the list does not want
        return left

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(self._on_report)
        self.list.itemActivated.connect(partial(self._ask, self.preview_asked.emit))
        self.preview.clicked.connect(partial(self._ask, self.preview_asked.emit))
        self.save.clicked.connect(partial(self._ask, self.save_asked.emit))
        self.print.clicked.connect(partial(self._ask, self.print_asked.emit))
        self.sign.clicked.connect(partial(self._ask, self.sign_asked.emit))
        for each in self.fields.editors.values():
            each.edited.connect(self._on_edited)

    @property
    def widget(self) -> QWidget:
        """The page itself."""
        return self

    @property
    def panes(self) -> list[tuple[QWidget, Callable[[], object]]]:
        """The panes in the order of F6."""
        return [(self.list, self.list.setFocus), (self.tabs, self.tabs.currentWidget().setFocus)]

    @property
    def chosen(self) -> str:
        """Name of the report that is chosen; empty before there are any."""
        at = self.list.currentRow()
        return "" if at < 0 else str(self.list.item(at).data(Qt.ItemDataRole.UserRole))

    def show_kinds(self, kinds: Mapping[str, ReportKind], owed: Sequence[OwedReport]) -> None:
        """Offer the reports there are; the first time with the year so far."""
        for act, right in (
            (self.save, Right.EXPORT),
            (self.print, Right.EXPORT),
            (self.sign, Right.SIGN_REPORTS),
            (self.template, Right.SIGN_REPORTS),
        ):
            forbid(self._phrases, act, self._outfit.rights.decide(right).reason)
        waited_for = _waited_for(owed, self._outfit.words.language)
        self.owed.setText("\n".join(self._outfit.words(each) for each in waited_for))
        self.owed.setVisible(bool(waited_for))
        self.tabs.show_owed(owed)
        if self._kinds:
            return
        self._kinds = kinds
        self.fields.begin(self._outfit.today())
        for name in kinds:
            item = QListWidgetItem(self.list)
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setSizeHint(QSize(0, line_height(self.list) - _TIGHTER_PX))
        self._say()
        self.list.setCurrentRow(0)

    def show_waiting(self, *, is_waiting: bool) -> None:
        """Say that a report is being made, or no longer."""
        self.preview.setEnabled(not is_waiting)
        if is_waiting:
            self._phrases.show(self.note.setText, N_("The report is being made …"))

    def show_paper(self, pages: Paper, figures: Sequence[FigureLine]) -> None:
        """Show the pages, from the first one on, and offer the figures."""
        self.tabs.show_paper(pages)
        self.tabs.show_figures(figures)
        text = N_("{count} page", "{count} pages", count=pages.count)
        if pages.count > MOST_PAGES:
            text = N_(
                "{count} pages; the first {shown} are shown.",
                "{count} pages; the first {shown} are shown.",
                count=pages.count,
                shown=MOST_PAGES,
            )
        self._phrases.show(self.note.setText, text)

    def retranslate(self, words: Words) -> None:
        """Show the page in another language; paper that is shown stays as it is."""
        self._phrases.retranslate(words)
        self.fields.retranslate(words)
        self._say()

    def _say(self) -> None:
        words = self._outfit.words
        for at, kind in enumerate(self._kinds.values()):
            self.list.item(at).setText(words(kind.title))
        self._on_report()

    def _on_report(self, *_items: object) -> None:
        """Show what the chosen report answers, and only the fields it needs."""
        kind = self._kinds.get(self.chosen)
        if kind is None:
            return
        self.summary.setText(self._outfit.words(kind.summary))
        self.problem.clear()
        self.fields.show_for(kind.needs)
        self.tabs.show_parts(kind.parts)
        self._on_edited()

    def _on_edited(self) -> None:
        """Ask for the texts of the report that the fields mean now, if they can be read."""
        kind = self._kinds.get(self.chosen)
        if kind is None or not kind.parts:
            return
        with suppress(InvalidError):
            self.texts_asked.emit(self.chosen, self.fields.wish(kind.needs))

    def _ask(self, asked: Callable[[str, Wish], object], *_carried: object) -> None:
        """Read the fields and ask for the report, or say what cannot be read."""
        if not self.chosen:
            return
        try:
            wish = self.fields.wish(self._kinds[self.chosen].needs)
        except InvalidError as error:
            self.problem.setText(self._outfit.words(error.problems[0].text))
            return
        self.problem.clear()
        asked(self.chosen, wish)


def _waited_for(owed: Sequence[OwedReport], language: str) -> list[Text]:
    """Return which reports headquarters waits for, the one due first at the top.

    Where the records of several missions are, nobody is waited for here: the tab lists them all.
    """
    if len({each.mission for each in owed}) > 1:
        return []
    late = [each for each in owed if each.standing in _WAITING]
    return [
        N_("“{title}” for {first} to {last} was due on {day}.", **_told(each, language))
        if each.standing is DutyStanding.OVERDUE
        else N_("“{title}” for {first} to {last} is due on {day}.", **_told(each, language))
        for each in late[:_MOST_OWED]
    ]


def _told(owed: OwedReport, language: str) -> dict[str, Any]:
    return {
        "title": owed.duty.title_in(language),
        "first": owed.first,
        "last": owed.last,
        "day": owed.due_on,
    }
