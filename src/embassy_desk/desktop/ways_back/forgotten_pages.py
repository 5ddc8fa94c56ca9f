"""The pages on a forgotten passphrase: which way, the code, the new passphrase."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton

from embassy_desk.application.keys import Ways
from embassy_desk.desktop.kit.passphrase import NewPassphrase
from embassy_desk.desktop.kit.plain import (
    button,
    line_edit,
    named,
    plain_label,
    said,
)
from embassy_desk.desktop.kit.wizards import LinePage, StepPage
from embassy_desk.texts import N_, LabelledEnum, Words

_LONGEST_CODE = 200


class Way(LabelledEnum):
    """Who has what opens the store besides the passphrase."""

    CODE = "code", N_("The recovery code from the safe")
    CUSTODIANS = "custodians", N_("The two custodians at headquarters")


_HINTS = {
    Way.CODE: N_("It was printed on a page of its own and locked away at the mission."),
    Way.CUSTODIANS: N_(
        "You send them a file, they send one back and say a code by telephone. This takes as "
        "long as they need; nothing has to stay open meanwhile."
    ),
}
_MISSING = {
    Way.CODE: N_("No recovery code was made for this store."),
    Way.CUSTODIANS: N_("This store was sealed for no custodians."),
}


class WayPage(StepPage):
    """Which way back is taken."""

    def __init__(self, words: Words, ways: Ways) -> None:
        """Offer the ways that were prepared; the others say why they are grey."""
        super().__init__(words, N_("Forgotten passphrase"))
        self.way = Way.CODE if ways.has_code else Way.CUSTODIANS
        self._has_way = ways.any
        text = N_("The passphrase itself is kept nowhere. What opens this store instead?")
        nothing = N_(
            "No way back was prepared for this store, so nobody can open it. If there is a backup "
            "whose passphrase is known, it can be restored."
        )
        self.say(text if ways.any else nothing)
        self.column.addSpacing(8)
        group = QButtonGroup(self)
        self.choices: dict[Way, QRadioButton] = {}
        for way, is_there in ((Way.CODE, ways.has_code), (Way.CUSTODIANS, bool(ways.custodians))):
            self.choices[way] = self._add(way, is_there=is_there)
            group.addButton(self.choices[way])
        self.column.addStretch(1)

    def _add(self, way: Way, *, is_there: bool) -> QRadioButton:
        hint = _HINTS[way] if is_there else _MISSING[way]
        made = self.add_choice(way.label, hint)
        made.setEnabled(is_there)
        made.setChecked(is_there and way is self.way)
        made.toggled.connect(partial(self._on_way, way))
        return made

    def isComplete(self) -> bool:  # noqa: N802  Qt's name
        """Whether there is a way at all."""
        return self._has_way

    def _on_way(self, way: Way, is_on: bool) -> None:  # noqa: FBT001  Qt's signal
        if is_on:
            self.way = way


class CodePage(LinePage):
    """The code, and before it what passes between the store and its custodians.

    Attributes:
        request_asked: The file for the custodians is to be written.
        answer_asked: The file that came from them is to be chosen.
    """

    request_asked = Signal()
    answer_asked = Signal()

    def __init__(self, words: Words) -> None:
        """Begin empty."""
        super().__init__(words, N_("The code"), line_edit(_LONGEST_CODE))
        first = N_("1. Write the request and send it; it holds nothing secret.")
        self._request_hint = said(self.phrases, first, "muted")
        self.request = button(self.phrases, N_("Write the request …"))
        self.request_name = plain_label("small")
        second = N_("2. When the answer has come, choose its file.")
        self._answer_hint = said(self.phrases, second, "muted")
        self.answer = button(self.phrases, N_("Choose the answer …"))
        self.answer_name = plain_label("small")
        self._of_custodians = (
            self._request_hint, self.request, self.request_name,
            self._answer_hint, self.answer, self.answer_name,
        )  # fmt: skip
        self._hint = plain_label("muted")
        self.line.setObjectName("recovery-code")
        self.problem.setObjectName("code-problem")
        self._build()

    def _build(self) -> None:
        named(self.phrases, self.line, N_("Recovery code"))
        for each in (*self._of_custodians, self._hint, self.line, self.problem):
            self.column.addWidget(each)
        self.column.addStretch(1)
        self.request.clicked.connect(self.request_asked)
        self.answer.clicked.connect(self.answer_asked)

    def prepare(self, way: Way) -> None:
        """Ask for what this way needs."""
        is_helped = way is Way.CUSTODIANS
        for each in self._of_custodians:
            each.setVisible(is_helped)
        said_by = N_("3. Type the code that the first custodian said by telephone.")
        printed = N_(
            "Type the code as it stands on the page. Capital or small letters and dashes make no "
            "difference."
        )
        self.phrases.show(self._hint.setText, said_by if is_helped else printed)


class NewPage(StepPage):
    """The passphrase from now on."""

    def __init__(self, words: Words) -> None:
        """Begin empty."""
        super().__init__(words, N_("New passphrase"))
        self.say(
            N_(
                "It opens the store from now on. The code that was used is spent: at the end a "
                "new one is shown for the safe."
            )
        )
        self.fields = NewPassphrase(words)
        self.phrases.include(self.fields)
        self.column.addSpacing(6)
        self.column.addWidget(self.fields)
        self.column.addStretch(1)
        self.fields.judge_while_typing()

    def validatePage(self) -> bool:  # noqa: N802  Qt's name
        """Stay until the passphrase may protect a store."""
        return self.fields.is_good()
