"""The right side of the page of duplicates: why two may be one, the choice, and what to do."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from embassy_desk.application.duplicates import PairLine
from embassy_desk.application.merging import MergePlan
from embassy_desk.desktop.duplicates.side_by_side import SideBySide, chosen_changes
from embassy_desk.desktop.kit.flow import FlowLayout
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, forbid, named, plain_label, said
from embassy_desk.domain.errors import Problem
from embassy_desk.domain.rights import Right
from embassy_desk.texts import N_, Text, Words

_NOTHING, _TWO = 0, 1


class PairPane(QStackedWidget):
    """Shows a pair side by side, or that none is chosen.

    Attributes:
        turn_asked: The other record is to be kept; carries the plan.
        apart_asked: The two are not one; carries the pair.
        merge_asked: The two are to be merged; carries the plan and the chosen values.
        record_asked: A record is to be opened; carries its kind and identity.
    """

    turn_asked = Signal(object)
    apart_asked = Signal(object)
    merge_asked = Signal(object, object)
    record_asked = Signal(str, object)

    def __init__(self, outfit: Outfit) -> None:
        """Begin without a pair."""
        super().__init__()
        self._outfit = outfit
        self._phrases = Phrases(outfit.words)
        self.plan: MergePlan | None = None
        self._line: PairLine | None = None
        self.two = SideBySide(outfit)
        self.acts = {
            "merge": button(self._phrases, N_("Merge"), role="primary"),
            "apart": button(self._phrases, N_("Not the same")),
            "open_one": button(self._phrases, N_("Open the first")),
            "open_other": button(self._phrases, N_("Open the second")),
        }
        self.reasons, self.moving = plain_label("body"), plain_label("small")
        self.problem = plain_label("problem")
        self._build()
        self.two.turned.connect(self._on_turned)
        self.acts["merge"].clicked.connect(self._on_merge)
        self.acts["apart"].clicked.connect(self._on_apart)
        self.acts["open_one"].clicked.connect(partial(self._on_open, 0))
        self.acts["open_other"].clicked.connect(partial(self._on_open, 1))

    def _build(self) -> None:
        nothing, two = QWidget(), QWidget()
        box = QVBoxLayout(nothing)
        box.setContentsMargins(20, 60, 20, 20)
        hint = N_("Choose a pair to see the two side by side. Nothing is merged by itself.")
        box.addWidget(said(self._phrases, hint, "muted"))
        box.addStretch(1)
        column, row = QVBoxLayout(two), FlowLayout()
        column.setContentsMargins(14, 12, 16, 12)
        column.setSpacing(10)
        for each in self.acts.values():
            row.addWidget(each)
        named(self._phrases, self.two, N_("The two records side by side"))
        column.addWidget(self.reasons)
        column.addWidget(self.two, 1)
        column.addWidget(self.moving)
        column.addWidget(self.problem)
        column.addLayout(row)
        self.addWidget(nothing)
        self.addWidget(two)

    @property
    def is_empty(self) -> bool:
        """Whether no pair is shown."""
        return self.currentIndex() == _NOTHING

    def show_pair(self, plan: MergePlan | None, line: PairLine | None) -> None:
        """Show two records side by side with what makes them alike, or none.

        Args:
            plan: What merging them would do.
            line: The pair as the search found it; nothing when it did not.
        """
        self.plan, self._line = plan, line
        self.problem.hide()
        self.setCurrentIndex(_NOTHING if plan is None else _TWO)
        if plan is None:
            return
        self.two.show_plan(plan)
        words = self._phrases.words
        told = (line.likeness.certainty.label, *line.likeness.reasons) if line else ()
        self.reasons.setText(" · ".join(words(each) for each in told))
        self.acts["apart"].setEnabled(line is not None)
        reason = self._outfit.rights.decide(Right.MERGE, plan.kept).reason
        forbid(self._phrases, self.acts["merge"], reason)
        self._phrases.show(self.moving.setText, _moving(sum(plan.moving.values())))

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Say why the chosen values do not fit together."""
        words = self._phrases.words
        self.problem.setText("\n".join(words(each.text) for each in problems))
        self.problem.show()

    def retranslate(self, words: Words) -> None:
        """Show everything in another language."""
        self._phrases.retranslate(words)
        self.show_pair(self.plan, self._line)

    def _on_turned(self) -> None:
        self.turn_asked.emit(self.plan)

    def _on_merge(self) -> None:
        if self.plan is not None:
            self.merge_asked.emit(self.plan, chosen_changes(self.plan, self.two.values))

    def _on_apart(self) -> None:
        self.apart_asked.emit(self._line)

    def _on_open(self, which: int) -> None:
        if self.plan is not None:
            record = (self.plan.kept, self.plan.lost)[which]
            self.record_asked.emit(self.plan.kind, record.id)


def _moving(count: int) -> Text:
    if not count:
        return N_("Nothing leads to the record that goes to the archive.")
    return N_(
        "{count} row moves to the record that is kept. The other one goes to the archive;"
        " its reference goes on leading here. Ctrl+Z takes it back.",
        "{count} rows move to the record that is kept. The other one goes to the archive;"
        " its reference goes on leading here. Ctrl+Z takes it back.",
        count=count,
    )
