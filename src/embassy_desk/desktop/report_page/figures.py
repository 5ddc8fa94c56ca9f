"""The figures of the report that is shown; each opens the list of the records it counts."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from embassy_desk.application.report_figures import FigureLine
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import named
from embassy_desk.texts import N_, Words


class ReportFigures(QListWidget):
    """Lists figures.

    Attributes:
        figure_asked: The list behind a figure is wanted; carries finding and kind.
    """

    figure_asked = Signal(str, str)

    def __init__(self, words: Words) -> None:
        """Begin without figures."""
        super().__init__()
        self._words = words
        self._phrases = Phrases(words)
        self._lines: tuple[FigureLine, ...] = ()
        self.setProperty("role", "roomy")
        named(self._phrases, self, N_("Figures"))
        self.itemActivated.connect(self._on_chosen)
        self.itemClicked.connect(self._on_chosen)

    def show_figures(self, lines: Sequence[FigureLine]) -> None:
        """Show figures in their order."""
        self._lines = tuple(lines)
        self.clear()
        for line in self._lines:
            label = line.label if isinstance(line.label, str) else self._words(line.label)
            text = N_("{label}: {value}", label=label, value=self._words.number(line.value))
            item = QListWidgetItem(self._words(text), self)
            item.setData(Qt.ItemDataRole.UserRole, (line.finding, line.kind))

    def retranslate(self, words: Words) -> None:
        """Show the figures in another language."""
        self._words = words
        self._phrases.retranslate(words)
        self.show_figures(self._lines)

    def _on_chosen(self, item: QListWidgetItem) -> None:
        finding, kind = item.data(Qt.ItemDataRole.UserRole)
        self.figure_asked.emit(finding, kind)
