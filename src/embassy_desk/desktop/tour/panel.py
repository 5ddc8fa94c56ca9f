"""The panel of the tour: the steps with a tick at those that were done, and what to do now."""

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from embassy_desk.desktop.kit.chosen_lines import ChosenLine
from embassy_desk.desktop.kit.help_topics import help_topic
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, named, plain_label, said
from embassy_desk.desktop.tour.steps import STEPS, Step
from embassy_desk.texts import N_, Text, Words

_WIDTH_PX = 290
_LINE_PX = 30
_BETWEEN_LINES_PX = 5
_DEMO = N_("Everything here is made up; try what you like.")
_REAL = N_("This is your own desk: what you enter here is kept.")


class TourPanel(QDockWidget):
    """Stands at the right of the window.

    Attributes:
        way_asked: The person wants to be taken where a step is done; carries its section.
        anew_asked: The person wants to begin from the first step.
        end_asked: The person has had enough.
        list: The steps.
    """

    way_asked = Signal(str)
    anew_asked = Signal()
    end_asked = Signal()

    def __init__(self, parent: QWidget, words: Words, *, is_demo: bool) -> None:
        """Begin with no step done."""
        super().__init__(parent)
        self._phrases = Phrases(words)
        self._done: Collection[str] = ()
        self.setObjectName("tour")
        help_topic(self, "first_day")
        self.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        self.setTitleBarWidget(QWidget(self))
        self.list = QListWidget()
        self.list.setSpacing(_BETWEEN_LINES_PX)
        self.list.setMinimumHeight(_LINE_PX * len(STEPS))
        self._how_far = plain_label("small")
        self.task = plain_label()
        self._way = button(self._phrases, N_("Take me there"), role="primary")
        self._anew = button(self._phrases, N_("Begin anew"))
        self._end = button(self._phrases, N_("End the tour"))
        self._build(_DEMO if is_demo else _REAL)
        self._connect()
        self.show_done(())

    def _connect(self) -> None:
        for each in STEPS:
            self.list.addItem(each.code)
        self._watcher = ChosenLine(self.list)
        self.list.currentRowChanged.connect(self._on_row)
        self.list.itemActivated.connect(self._on_way)
        self._way.clicked.connect(self._on_way)
        self._anew.clicked.connect(self.anew_asked)
        self._end.clicked.connect(self.end_asked)

    def _build(self, note: Text) -> None:
        named(self._phrases, self.list, N_("Steps of the tour"))
        inside = QWidget()
        inside.setProperty("role", "window")
        column = QVBoxLayout(inside)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addWidget(said(self._phrases, N_("A tour of fifteen minutes"), "heading"))
        column.addWidget(said(self._phrases, note, "small"))
        column.addWidget(self.list)
        column.addWidget(self._how_far)
        column.addWidget(self.task)
        column.addWidget(self._way)
        column.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(self._anew)
        row.addWidget(self._end)
        row.addStretch(1)
        column.addLayout(row)
        inside.setFixedWidth(_WIDTH_PX)
        self.setWidget(inside)

    @property
    def chosen(self) -> Step:
        """The step that is chosen."""
        return STEPS[max(self.list.currentRow(), 0)]

    def show_done(self, done: Collection[str]) -> None:
        """Tick off what was done, and go to the first step that was not."""
        self._done = done
        self._say()
        left = [at for at, each in enumerate(STEPS) if each.code not in done]
        self.list.setCurrentRow(left[0] if left else len(STEPS) - 1)
        self._on_row()

    def retranslate(self, words: Words) -> None:
        """Show everything in another language."""
        self._phrases.retranslate(words)
        self._say()
        self._on_row()

    def _say(self) -> None:
        words = self._phrases.words
        for at, step in enumerate(STEPS):
            item, title = self.list.item(at), words(step.title)
            is_done = step.code in self._done
            item.setText(f"✓  {title}" if is_done else f"{at + 1}  {title}")
            aloud = N_("Done: {step}", step=title) if is_done else N_("To do: {step}", step=title)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words(aloud))
        count = sum(each.code in self._done for each in STEPS)
        text = N_("{done} of {all} done", done=count, all=len(STEPS))
        if count == len(STEPS):
            text = N_("You have seen it all. F1 helps wherever you are.")
        self._phrases.show(self._how_far.setText, text)

    def _on_row(self, _row: int = 0) -> None:
        self._phrases.show(self.task.setText, self.chosen.task)

    def _on_way(self, *_carried: object) -> None:
        self.way_asked.emit(self.chosen.section)
