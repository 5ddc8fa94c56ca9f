"""The page of reports: the list and what it needs at the left, the paper at the right."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from embassy_desk.application.report_paper import MOST_PAGES, Paper
from embassy_desk.application.reports import ReportKind, Wish
from embassy_desk.desktop.kit.help_topics import help_topic
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, named, plain_label, said
from embassy_desk.desktop.kit.theme import line_height
from embassy_desk.desktop.report_page.fields import ReportFields
from embassy_desk.domain.errors import InvalidError
from embassy_desk.texts import N_, Words

PAGE_PX = 720
_LEFT_PX, _RIGHT_PX = 360, 800
_LONGEST_LIST_PX = 380
_TIGHTER_PX = 3


class ReportScreen(QWidget):
    """Offers the reports and shows one as paper.

    Attributes:
        preview_asked: A report is to be shown; carries its name and the wish.
        save_asked: A report is to be written to a file; carries its name and the wish.
    """

    preview_asked = Signal(str, object)
    save_asked = Signal(str, object)

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
        self.problem = plain_label("problem")
        self.note = plain_label("small")
        self.preview = button(self._phrases, N_("Show"), role="primary")
        self.save = button(self._phrases, N_("Save as file …"))
        self._pages = QVBoxLayout()
        self._area = QScrollArea()
        self._shown: list[QLabel] = []
        self._build()
        self._connect()

    def _build(self) -> None:
        self.list.setObjectName("report-list")
        self.list.setFixedHeight(_LONGEST_LIST_PX)
        named(self._phrases, self.list, N_("Reports"))
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.addWidget(self._made_left())
        panes.addWidget(self._made_area())
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
        for part in (self.list, self.summary):
            column.addWidget(part)
        column.addLayout(self.fields.form)
        column.addWidget(self.problem)
        row = QHBoxLayout()
        row.addWidget(self.preview)
        row.addWidget(self.save)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.note)
        column.addStretch(1)
        return left

    def _made_area(self) -> QScrollArea:
        sheet = QWidget()
        sheet.setLayout(self._pages)
        self._pages.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._pages.setSpacing(14)
        self._area.setWidget(sheet)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        named(self._phrases, self._area, N_("Pages of the report"))
        return self._area

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(self._on_report)
        self.list.itemActivated.connect(partial(self._ask, self.preview_asked.emit))
        self.preview.clicked.connect(partial(self._ask, self.preview_asked.emit))
        self.save.clicked.connect(partial(self._ask, self.save_asked.emit))

    @property
    def widget(self) -> QWidget:
        """The page itself."""
        return self

    @property
    def panes(self) -> list[tuple[QWidget, Callable[[], object]]]:
        """The panes in the order of F6."""
        return [(self.list, self.list.setFocus), (self._area, self._area.setFocus)]

    @property
    def chosen(self) -> str:
        """Name of the report that is chosen; empty before there are any."""
        at = self.list.currentRow()
        return "" if at < 0 else str(self.list.item(at).data(Qt.ItemDataRole.UserRole))

    def show_kinds(self, kinds: Mapping[str, ReportKind]) -> None:
        """Offer the reports there are; the first time with the year so far."""
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

    def show_paper(self, pages: Paper) -> None:
        """Show the pages, from the first one on."""
        for old in self._shown:
            self._pages.removeWidget(old)
            old.deleteLater()
        words = self._outfit.words
        self._shown = [
            _picture(page, words(N_("Page {no} of {count}", no=no, count=pages.count)))
            for no, page in enumerate(pages.pages, 1)
        ]
        for each in self._shown:
            self._pages.addWidget(each)
        self._area.verticalScrollBar().setValue(0)
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


def _picture(page: bytes, name: str) -> QLabel:
    """Return a page as a picture that screen readers can name."""
    label = plain_label("paper", wraps=False)
    label.setPixmap(QPixmap.fromImage(QImage.fromData(page)))
    label.setAccessibleName(name)
    return label
