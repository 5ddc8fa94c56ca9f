"""The page of duplicates: pairs with their reasons at the left, the two of one at the right."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from embassy_desk.application.duplicates import PairLine, PairList
from embassy_desk.application.merging import MergePlan
from embassy_desk.desktop.duplicates.pair_pane import PairPane
from embassy_desk.desktop.kit.entries import EntriesView, Entry
from embassy_desk.desktop.kit.flow import FlowLayout
from embassy_desk.desktop.kit.help_topics import help_topic
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.panes import CountedPane
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, named
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.domain.errors import Problem
from embassy_desk.domain.likeness import Certainty
from embassy_desk.texts import N_, Text, Words

KINDS = ("contact", "organisation")
_LEFT_PX, _RIGHT_PX = 430, 640
_SIGNS = {
    Certainty.SAME: ("▲", "trouble"),
    Certainty.LIKELY: ("●", "caution"),
    Certainty.POSSIBLE: ("◆", "muted"),
}


class DuplicatesScreen(QWidget):
    """Shows pairs and what can be done with them.

    Attributes:
        kind_asked: Pairs of another kind are wanted; carries its name.
        look_asked: All records are to be compared anew.
        stop_asked: The search is to end.
        chosen: A pair is to be shown side by side; carries it, or nothing.
    """

    kind_asked = Signal(str)
    look_asked = Signal()
    stop_asked = Signal()
    chosen = Signal(object)

    def __init__(self, outfit: Outfit) -> None:
        """Begin without pairs."""
        super().__init__()
        help_topic(self, "duplicates")
        self._outfit = outfit
        self._phrases = Phrases(outfit.words)
        self._found: PairList | None = None
        self.kinds = {kind: self._choice(kind) for kind in KINDS}
        self.lines = EntriesView(outfit, opens_on_click=True)
        self.lines.setObjectName("pairs")
        self.pair = PairPane(outfit)
        self._phrases.include(self.pair)
        self.look = button(self._phrases, N_("Compare again"))
        self._build()
        self._connect()

    def _choice(self, kind: str) -> QPushButton:
        made = button(self._phrases, kind_named(kind).plural, role="choice")
        made.setCheckable(True)
        made.clicked.connect(partial(self._on_kind, kind))
        return made

    def _build(self) -> None:
        self.pane = CountedPane(
            self._outfit,
            N_("Possible duplicates"),
            self.lines,
            nothing=N_("No two records look like one."),
            name=N_("Pairs that may be one"),
        )
        self._phrases.include(self.pane)
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.addWidget(self._made_left())
        panes.addWidget(self.pair)
        panes.setSizes([_LEFT_PX, _RIGHT_PX])
        panes.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(panes)

    def _made_left(self) -> QWidget:
        left, group, top = QWidget(), QButtonGroup(self), FlowLayout(at_right=1)
        for each in self.kinds.values():
            group.addButton(each)
            top.addWidget(each)
        top.addWidget(self.look)
        self.kinds[KINDS[0]].setChecked(True)
        column = QVBoxLayout(left)
        column.setContentsMargins(16, 12, 12, 12)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self.pane, 1)
        return left

    def _connect(self) -> None:
        self.lines.opened.connect(self.chosen)
        self.look.clicked.connect(self._on_look)

    @property
    def widget(self) -> QWidget:
        """The page itself."""
        return self

    @property
    def panes(self) -> list[tuple[QWidget, Callable[[], object]]]:
        """The panes in the order of F6."""
        found: list[tuple[QWidget, Callable[[], object]]] = []
        if not self.pane.is_empty:
            found.append((self.pane, self.lines.focus_first))
        if not self.pair.is_empty:
            found.append((self.pair, self.pair.two.focus_first))
        return found or [(self.look, self.look.setFocus)]

    def show_searching(self, *, is_searching: bool) -> None:
        """Say that all records are being compared, or no longer."""
        text = N_("Stop comparing") if is_searching else N_("Compare again")
        self._phrases.show(self.look.setText, text)
        named(self._phrases, self.look, text)
        self.look.setProperty("searches", is_searching)

    def show_pairs(self, found: PairList | None, kind: str) -> None:
        """Show the pairs of a kind; nothing before they were looked for."""
        self._found = found
        self.kinds[kind].setChecked(True)
        shown = found.lines if found is not None else ()
        self.lines.show_entries(list(_entries(shown, self._outfit.words)))
        self.pane.show_whether(is_empty=found is not None and not shown)

    def show_plan(self, plan: MergePlan | None) -> None:
        """Show two records side by side, or none."""
        self.pair.show_pair(plan, None if plan is None else self._line_of(plan))

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Say why the chosen values do not fit together."""
        self.pair.show_problems(problems)

    def retranslate(self, words: Words) -> None:
        """Show everything in another language."""
        self._phrases.retranslate(words)
        kind = next(name for name, each in self.kinds.items() if each.isChecked())
        self.show_pairs(self._found, kind)

    def _line_of(self, plan: MergePlan) -> PairLine | None:
        two = {plan.kept.id, plan.lost.id}
        lines = self._found.lines if self._found is not None else ()
        return next((each for each in lines if {each.one, each.other} == two), None)

    def _on_kind(self, kind: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's
        self.kind_asked.emit(kind)

    def _on_look(self) -> None:
        is_searching = bool(self.look.property("searches"))
        (self.stop_asked if is_searching else self.look_asked).emit()


def _entries(lines: tuple[PairLine, ...], words: Words) -> Iterator[Entry]:
    """Yield a title for each certainty, and the pairs below it."""
    for certainty, pairs in groupby(lines, key=lambda each: each.likeness.certainty):
        shown = list(pairs)
        yield Entry(key=None, text=words(certainty), aside=str(len(shown)), is_title=True)
        sign, tone = _SIGNS[certainty]
        for each in shown:
            yield Entry(
                key=each,
                text=_two_names(each, words),
                below=" ".join(words(reason) for reason in each.likeness.reasons),
                sign=sign,
                tone=tone,
                spoken=words(certainty),
            )


def _two_names(line: PairLine, words: Words) -> str:
    one, other = line.one_face, line.other_face
    text: Text = N_("{one} and {other}", one=one.heading, other=other.heading)
    return words(text)
