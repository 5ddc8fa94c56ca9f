"""The rules of reminders: when each sort rings, with what that means in a sentence."""

import re
from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from embassy_desk.application.office import Office
from embassy_desk.application.reminder_rules import Rules, keep_rules, reminder_rules
from embassy_desk.desktop.kit.dialogs import answer_to
from embassy_desk.desktop.kit.help_topics import help_topic
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, line_edit, named, plain_label, said
from embassy_desk.desktop.reminders.presenter import RemindersPresenter
from embassy_desk.domain.errors import InvalidError, Problem
from embassy_desk.domain.reminders import RULES, ReminderRule, ReminderTopic
from embassy_desk.texts import N_, Text

_BETWEEN = re.compile(r"[\s,;]+")
_LONGEST = 40
_AGAIN_PX = 90
_NUMBERS = N_("Only whole numbers of days, with commas between.")


class RulesDialog(QDialog):
    """Takes the rules; what cannot be read is told below its line, and nothing is saved."""

    def __init__(self, parent: QWidget, outfit: Outfit, rules: Rules) -> None:
        """Show these rules."""
        super().__init__(parent)
        self._phrases = Phrases(outfit.words)
        self._phrases.show(self.setWindowTitle, N_("When you are reminded"))
        self.before: dict[ReminderTopic, QLineEdit] = {}
        self.again: dict[ReminderTopic, QLineEdit] = {}
        self.told: dict[ReminderTopic, QLabel] = {}
        self.save = button(self._phrases, N_("Save"), role="primary")
        self.usual = button(self._phrases, N_("As delivered"))
        self._build(rules)
        help_topic(self, "reminder")
        self.show_rules(rules)

    def _build(self, rules: Rules) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(10)
        layout.addWidget(said(self._phrases, N_("When you are reminded"), "heading"))
        hint = N_("These rules hold for you, on this computer. Up to five numbers of days.")
        layout.addWidget(said(self._phrases, hint, "muted"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(1, 1)
        titles = (N_("Days before"), N_("Again every … days"))
        for column, title in enumerate(titles, start=1):
            grid.addWidget(said(self._phrases, title, "field", wraps=False), 0, column)
        for at, topic in enumerate(rules):
            self._add_line(grid, topic, 1 + 2 * at)
        layout.addLayout(grid)
        layout.addStretch(1)
        layout.addWidget(self._buttons())

    def _add_line(self, grid: QGridLayout, topic: ReminderTopic, row: int) -> None:
        before, again, told = line_edit(_LONGEST), line_edit(3), plain_label("small")
        named(self._phrases, before, N_("{topic}: days before", topic=topic))
        named(self._phrases, again, N_("{topic}: again every so many days", topic=topic))
        again.setMaximumWidth(_AGAIN_PX)
        before.setMinimumWidth(before.fontMetrics().averageCharWidth() * _LONGEST)
        grid.addWidget(said(self._phrases, topic.label, wraps=False), row, 0)
        grid.addWidget(before, row, 1)
        grid.addWidget(again, row, 2)
        grid.addWidget(told, row + 1, 1, 1, 2)
        for line in (before, again):
            line.textChanged.connect(self._say)
        self.before[topic], self.again[topic], self.told[topic] = before, again, told

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        cancel = button(self._phrases, N_("Cancel"))
        self.save.setDefault(True)
        box.addButton(self.usual, QDialogButtonBox.ButtonRole.ResetRole)
        box.addButton(self.save, QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        self.usual.clicked.connect(self._on_usual)
        self.save.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        return box

    def show_rules(self, rules: Mapping[ReminderTopic, ReminderRule]) -> None:
        """Show rules in the lines."""
        for topic, rule in rules.items():
            days = sorted(rule.days_before, reverse=True)
            self.before[topic].setText(", ".join(map(str, days)))
            again = rule.again_days
            self.again[topic].setText("" if again is None else str(again))
        self._say()

    @property
    def rules(self) -> tuple[ReminderRule, ...]:
        """The rules as they stand in the lines.

        Raises:
            InvalidError: A line cannot be read, or nobody could follow it.
        """
        return tuple(self._rule(topic) for topic in self.before)

    def _rule(self, topic: ReminderTopic) -> ReminderRule:
        before = [each for each in _BETWEEN.split(self.before[topic].text()) if each]
        again = self.again[topic].text().strip()
        if not all(each.isascii() and each.isdigit() for each in (*before, again or "0")):
            raise InvalidError([Problem(str(topic), _NUMBERS)])
        rule = replace(
            RULES[topic],
            days_before=tuple(sorted(map(int, before), reverse=True)),
            again_days=int(again) if again else None,
        )
        rule.require()
        return rule

    def _say(self) -> None:
        """Say below each line what it means, or why it cannot be."""
        is_well = True
        for topic, label in self.told.items():
            text: Text
            try:
                text = self._rule(topic).sentence
            except InvalidError as error:
                text, is_well = error.problems[0].text, False
            label.setText(self._phrases.words(text))
        self.save.setEnabled(is_well)

    def _on_usual(self) -> None:
        self.show_rules(RULES)


async def change_rules(
    office: Office, outfit: Outfit, window: QWidget, presenter: RemindersPresenter
) -> None:
    """Let the person change the rules, and show the reminders that follow from them."""
    dialog = RulesDialog(window.window(), outfit, await office.ask(reminder_rules))
    if await answer_to(dialog) == QDialog.DialogCode.Accepted:
        await office.do(keep_rules, dialog.rules)
        await presenter.refresh()
