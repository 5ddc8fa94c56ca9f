"""What a report looks like and what it rests on: its pages, and the texts that a person writes."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from embassy_desk.application.report_duties import OwedReport
from embassy_desk.application.report_figures import FigureLine
from embassy_desk.application.report_paper import Paper
from embassy_desk.application.reports import WrittenPart
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import named, plain_label, said
from embassy_desk.desktop.report_page.duties import ReportDuties
from embassy_desk.desktop.report_page.figures import ReportFigures
from embassy_desk.desktop.report_page.texts import ReportTexts
from embassy_desk.texts import N_, Words

_TITLES = (N_("Pages"), N_("Texts"), N_("Figures"), N_("Due and received"))
_PAGES, _TEXTS, _FIGURES, _DUTIES = range(4)


class ReportTabs(QTabWidget):
    """Holds the pages and the texts of the report that is chosen.

    Attributes:
        area: The pages, one below the other.
        texts: What a person writes.
        figures: What the report counts.
        duties: What is owed and was handed in.
    """

    def __init__(self, words: Words) -> None:
        """Begin without pages and texts."""
        super().__init__()
        self._words = words
        self._phrases = Phrases(words)
        self._column = QVBoxLayout()
        self._shown: list[QLabel] = []
        self._left: list[tuple[int, bytes]] = []
        self._count = 0
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._show_next)
        self.area = self._made_area()
        self.texts = ReportTexts(words)
        self.figures = ReportFigures(words)
        self.duties = ReportDuties(words)
        for each in (self.texts, self.figures, self.duties):
            self._phrases.include(each)
        for part in (self.area, self.texts, self.figures, self.duties):
            self.addTab(part, "")
        self.setDocumentMode(True)
        self.show_parts(())
        self.show_figures(())
        self.show_owed(())
        self._say()

    def _made_area(self) -> QScrollArea:
        area = QScrollArea()
        sheet = QWidget()
        sheet.setLayout(self._column)
        self._column.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._column.setSpacing(14)
        hint = N_("Choose a report at the left; “Show” puts its pages here.")
        self._hint = said(self._phrases, hint, "muted")
        self._column.addWidget(self._hint)
        area.setWidget(sheet)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        named(self._phrases, area, N_("Pages of the report"))
        return area

    def show_parts(self, parts: Sequence[WrittenPart]) -> None:
        """Offer the texts of a report, if it has any."""
        self.texts.show_parts(parts)
        self.setTabVisible(_TEXTS, bool(parts))

    def show_figures(self, lines: Sequence[FigureLine]) -> None:
        """Offer the figures of the report that is shown, if it has any."""
        self.figures.show_figures(lines)
        self.setTabVisible(_FIGURES, bool(lines))

    def show_owed(self, owed: Sequence[OwedReport]) -> None:
        """Show what headquarters is owed and has, where it asks for any report."""
        self.duties.show_owed(owed)
        self.setTabVisible(_DUTIES, bool(owed))

    def show_paper(self, pages: Paper) -> None:
        """Show the first page at once, and the others one by one, so that the window stays free."""
        for old in self._shown:
            self._column.removeWidget(old)
            old.deleteLater()
        self._shown = []
        self._hint.hide()
        self._left = list(enumerate(pages.pages, 1))
        self._count = pages.count
        self._show_next()
        self.area.verticalScrollBar().setValue(0)
        self.setCurrentIndex(_PAGES)

    def _show_next(self) -> None:
        """Show one more page; making its picture takes about ten milliseconds."""
        if self._left:
            no, page = self._left.pop(0)
            name = self._words(N_("Page {no} of {count}", no=no, count=self._count))
            self._shown.append(_picture(page, name))
            self._column.addWidget(self._shown[-1])
        if self._left:
            self._soon.start()

    def retranslate(self, words: Words) -> None:
        """Show titles in another language; paper that is shown stays as it is."""
        self._words = words
        self._phrases.retranslate(words)
        self._say()

    def _say(self) -> None:
        for at, title in enumerate(_TITLES):
            self.setTabText(at, self._words(title))


def _picture(page: bytes, name: str) -> QLabel:
    """Return a page as a picture that screen readers can name."""
    label = plain_label("paper", wraps=False)
    label.setPixmap(QPixmap.fromImage(QImage.fromData(page)))
    label.setAccessibleName(name)
    return label
