"""What missions owe headquarters and what they handed in; a line opens the signed report."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from embassy_desk.application.report_duties import DutyStanding, OwedReport
from embassy_desk.desktop.kit.days import day_text
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import named
from embassy_desk.texts import N_, Words

_COLUMNS = (
    N_("Mission"),
    N_("Report"),
    N_("Days"),
    N_("Due by"),
    N_("Where it stands"),
    N_("Signed on"),
)
_REPORT = 1
_KIND = "signed_report"
_ORDER = (
    DutyStanding.OVERDUE,
    DutyStanding.DUE,
    DutyStanding.RUNNING,
    DutyStanding.HANDED_IN,
)


class ReportDuties(QTableWidget):
    """Lists reports that are owed or handed in, what is late first, of every mission that is here.

    Attributes:
        record_asked: A signed report is to be opened; carries its kind and identity.
    """

    record_asked = Signal(str, object)

    def __init__(self, words: Words) -> None:
        """Begin without lines."""
        super().__init__(0, len(_COLUMNS))
        self._words = words
        self._phrases = Phrases(words)
        self._lines: list[OwedReport] = []
        named(self._phrases, self, N_("Due and received"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setProperty("role", "told")
        self.verticalHeader().hide()
        heads = self.horizontalHeader()
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        heads.setSectionResizeMode(_REPORT, QHeaderView.ResizeMode.Stretch)
        self.itemActivated.connect(self._on_chosen)
        self._say()

    def show_owed(self, owed: Sequence[OwedReport]) -> None:
        """Show what is owed, late ones first, and what was handed in, the newest first."""
        self._lines = sorted(owed, key=_place)
        self.setRowCount(len(self._lines))
        for row, each in enumerate(self._lines):
            for column, text in enumerate(self._cells(each)):
                self.setItem(row, column, QTableWidgetItem(text))

    def retranslate(self, words: Words) -> None:
        """Show the lines in another language."""
        self._words = words
        self._phrases.retranslate(words)
        self._say()
        self.show_owed(self._lines)

    def _cells(self, owed: OwedReport) -> tuple[str, ...]:
        days = N_("{first} to {last}", first=day_text(owed.first), last=day_text(owed.last))
        return (
            owed.mission,
            owed.duty.title_in(self._words.language),
            self._words(days),
            day_text(owed.due_on),
            self._words(owed.standing),
            day_text(owed.signed_on),
        )

    def _say(self) -> None:
        self.setHorizontalHeaderLabels([self._words(each) for each in _COLUMNS])

    def _on_chosen(self, item: QTableWidgetItem) -> None:
        signed = self._lines[item.row()].signed_id
        if signed is not None:
            self.record_asked.emit(_KIND, signed)


def _place(owed: OwedReport) -> tuple[int, int, str]:
    day = owed.due_on.toordinal()
    is_done = owed.standing is DutyStanding.HANDED_IN
    return _ORDER.index(owed.standing), -day if is_done else day, owed.mission
