"""The top of the calendar: which days, how they are laid out, whose things, and a new entry."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QMenu,
    QPushButton,
    QWidget,
)

from embassy_desk.desktop.calendar.presenter import CalendarForm
from embassy_desk.desktop.kit.flow import FlowLayout, side_by_side
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import action, button, menu, plain_label, tip, tool_button
from embassy_desk.texts import N_, Text, Words

ENTERED_KINDS: dict[str, Text] = {
    "task": N_("Task due on this day"),
    "engagement": N_("Engagement on this day"),
}
"""Kinds of records that are entered on a day, with what the menu says."""


class CalendarTop(QWidget):
    """Takes what is wanted of the calendar.

    Attributes:
        turned: The days some steps later are wanted, or earlier if negative.
        today_asked: The present day is wanted.
        form_asked: The days should be laid out otherwise; carries the form.
        whose_asked: Only mine, or the whole mission's; carries whether only mine.
        new_asked: A new record on the chosen day is wanted; carries its kind.
    """

    turned = Signal(int)
    today_asked = Signal()
    form_asked = Signal(object)
    whose_asked = Signal(bool)
    new_asked = Signal(str)

    def __init__(self, outfit: Outfit) -> None:
        """Make the buttons."""
        super().__init__()
        self._outfit = outfit
        self._phrases = Phrases(outfit.words)
        self._heading = plain_label("title", wraps=False)
        turning = self._made_turning()
        self.forms = {form: self._choice(form.label) for form in CalendarForm}
        for form, made in self.forms.items():
            made.clicked.connect(partial(self._on_form, form))
        self.mine, self.everyone = self._choice(N_("Mine")), self._choice(N_("Whole mission"))
        for made in (self.mine, self.everyone):
            made.clicked.connect(self._on_whose)
        self._make_new()
        self._group(*self.forms.values())
        self._group(self.mine, self.everyone)
        flow = FlowLayout(self, spacing_px=16, at_right=2)
        flow.addWidget(side_by_side(*turning, self._heading))
        flow.addWidget(side_by_side(*self.forms.values()))
        flow.addWidget(side_by_side(self.mine, self.everyone, self.new))

    def _made_turning(self) -> list[QAbstractButton]:
        icons, found = self._outfit.icons, []
        for step, text, icon in (
            (-1, N_("Earlier (Page up)"), "earlier"),
            (0, N_("Today"), ""),
            (1, N_("Later (Page down)"), "later"),
        ):
            made: QAbstractButton = button(self._phrases, text)
            if icon:
                made = tool_button(self._phrases, text, icons.icon(icon))
                icons.show(made, icon)
            made.clicked.connect(partial(self._on_turn, step))
            found.append(made)
        return found

    def _choice(self, text: Text) -> QPushButton:
        made = button(self._phrases, text, role="choice")
        made.setCheckable(True)
        return made

    def _group(self, *choices: QPushButton) -> None:
        group = QButtonGroup(self)
        for each in choices:
            group.addButton(each)

    def _make_new(self) -> None:
        self.new = button(self._phrases, N_("New"), role="primary")
        self.entering: QMenu = menu(self._phrases, N_("New"), self)
        for kind, text in ENTERED_KINDS.items():
            each = action(self._phrases, text, self)
            each.triggered.connect(partial(self._on_new, kind))
            self.entering.addAction(each)
        self.new.setMenu(self.entering)
        tip(self._phrases, self.new, N_("Enter something on the chosen day (Insert)"))

    def show_choices(self, heading: Text, form: CalendarForm) -> None:
        """Show which days are shown, and how they are laid out."""
        self._phrases.show(self._heading.setText, heading)
        self.forms[form].setChecked(True)

    def retranslate(self, words: Words) -> None:
        """Show everything in another language."""
        self._phrases.retranslate(words)

    def _on_turn(self, step: int, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's
        if step:
            self.turned.emit(step)
        else:
            self.today_asked.emit()

    def _on_form(self, form: CalendarForm, _checked: bool = False) -> None:  # noqa: FBT001, FBT002
        self.form_asked.emit(form)

    def _on_whose(self) -> None:
        self.whose_asked.emit(self.mine.isChecked())

    def _on_new(self, kind: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's
        self.new_asked.emit(kind)
