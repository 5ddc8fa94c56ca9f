"""The page of decisions: the questions at the left, both values of the chosen one at the right."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from embassy_desk.application.questions import Question
from embassy_desk.desktop.decisions.sides import SidesPane
from embassy_desk.desktop.decisions.wording import QuestionWords, words_of
from embassy_desk.desktop.kit.entries import EntriesView, Entry
from embassy_desk.desktop.kit.flow import FlowLayout
from embassy_desk.desktop.kit.help_topics import help_topic
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.panes import CountedPane
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, tip
from embassy_desk.texts import N_, Text, Words

_WIDTHS_PX = (430, 560)
_KEEP, _TAKE, _OPEN = "keep", "take", "open"


class DecisionsScreen(QWidget):
    """Shows what waits for a decision.

    Attributes:
        decided: Questions are decided; carries their identities and whether the other value wins.
        record_asked: A record is to be opened; carries its kind and identity.
    """

    decided = Signal(object, bool)
    record_asked = Signal(str, object)

    def __init__(self, outfit: Outfit) -> None:
        """Begin without questions."""
        super().__init__()
        help_topic(self, "conflict")
        self._outfit = outfit
        self._phrases = Phrases(outfit.words)
        self._questions: dict[str, Question] = {}
        self.lines = EntriesView(outfit, opens_on_click=False)
        self.lines.setObjectName("questions")
        self.lines.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.pane = self._counted()
        self.sides = SidesPane(outfit)
        self._phrases.include(self.pane)
        self._phrases.include(self.sides)
        self.acts = {
            _KEEP: self._act(N_("Keep what is in force"), N_("Keep what is in force (Alt+1)")),
            _TAKE: self._act(N_("Take the other value"), N_("Take the other value (Alt+2)")),
            _OPEN: self._act(
                N_("Open the record"), N_("Open the record to write something else (Enter)")
            ),
        }
        self._build()
        self._connect()

    def _counted(self) -> CountedPane:
        return CountedPane(
            self._outfit,
            N_("Waiting for a decision"),
            self.lines,
            nothing=N_(
                "Nothing needs a decision. When the same thing was changed here and elsewhere, "
                "both values are shown on this page and you choose one."
            ),
            name=N_("Questions"),
        )

    def _act(self, text: Text, explained: Text) -> QPushButton:
        made = button(self._phrases, text)
        tip(self._phrases, made, explained)
        return made

    def _build(self) -> None:
        right = self._right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(14, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.sides)
        row = FlowLayout(spacing_px=8)
        for each in self.acts.values():
            row.addWidget(each)
        column.addLayout(row)
        column.addStretch(1)
        both = QSplitter(Qt.Orientation.Horizontal)
        both.setProperty("role", "quiet")
        both.setChildrenCollapsible(False)
        both.addWidget(self.pane)
        both.addWidget(right)
        both.setSizes(list(_WIDTHS_PX))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.addWidget(both)

    def _connect(self) -> None:
        self.lines.opened.connect(self._on_open)
        self.lines.selectionModel().selectionChanged.connect(self._show_chosen)
        self.acts[_OPEN].clicked.connect(self._on_open)
        for name, keys, takes in ((_KEEP, "Alt+1", False), (_TAKE, "Alt+2", True)):
            decide = partial(self._on_decide, takes_other=takes)
            self.acts[name].clicked.connect(decide)
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(decide)

    def show_questions(self, found: tuple[Question, ...]) -> None:
        """Show what waits for a decision; the place in the list is kept."""
        row = max(0, self.lines.currentIndex().row())
        self._questions = {each.found.conflict.id: each for each in found}
        entries = [self._entry(each) for each in found]
        self.lines.show_entries(entries)
        self.pane.show_whether(is_empty=not entries)
        self._right.setVisible(bool(entries))
        self.lines.stay_near(row)
        self._show_chosen()

    def _entry(self, question: Question) -> Entry:
        said = words_of(question, self._outfit)
        return Entry(
            key=question.found.conflict.id,
            text=said.title,
            below=f"{said.about} · {said.other.by}",
            aside="§" if question.found.conflict.is_legal else "",
            sign="▲",
            tone="caution",
            spoken=self._outfit.words(N_("needs a decision")),
        )

    @property
    def chosen(self) -> tuple[Question, ...]:
        """The questions that are chosen."""
        lines = self.lines
        rows = sorted(index.row() for index in lines.selectionModel().selectedIndexes())
        return tuple(self._questions[str(lines.lines.entries[each].key)] for each in rows)

    def _show_chosen(self) -> None:
        chosen = self.chosen
        said = [words_of(each, self._outfit) for each in chosen]
        self.sides.show_words(said[0] if len(said) == 1 else None, count=len(said))
        self._say_acts(said)
        may = bool(chosen) and all(each.may_decide for each in chosen)
        for name in (_KEEP, _TAKE):
            self.acts[name].setEnabled(may)
        self.acts[_OPEN].setEnabled(len(chosen) == 1 and chosen[0].found.record_id is not None)

    def _say_acts(self, said: list[QuestionWords]) -> None:
        """Say on the buttons what they do to the one that is chosen."""
        keep = said[0].keep if len(said) == 1 else N_("Keep what is in force")
        take = said[0].take if len(said) == 1 else N_("Take the other value")
        for name, text in ((_KEEP, keep), (_TAKE, take)):
            self._phrases.show(self.acts[name].setText, text)
            self._phrases.show(self.acts[name].setAccessibleName, text)

    @property
    def widget(self) -> QWidget:
        """The page itself."""
        return self

    @property
    def panes(self) -> list[tuple[QWidget, Callable[[], object]]]:
        """The questions."""
        return [] if self.pane.is_empty else [(self.pane, self.lines.focus_first)]

    def retranslate(self, words: Words) -> None:
        """Show everything in another language."""
        self._phrases.retranslate(words)
        self.show_questions(tuple(self._questions.values()))

    def _on_decide(self, _checked: bool = False, *, takes_other: bool) -> None:  # noqa: FBT001, FBT002  Qt's
        chosen = self.chosen
        if chosen and all(each.may_decide for each in chosen):
            ids = tuple(each.found.conflict.id for each in chosen)
            self.decided.emit(ids, takes_other)

    def _on_open(self, _key: object = None) -> None:
        chosen = self.chosen
        if len(chosen) == 1 and chosen[0].found.record_id is not None:
            self.record_asked.emit(chosen[0].found.kind, chosen[0].found.record_id)
