"""The pages of the wizard: language and way, mission and person, passphrase, summary."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
)

from embassy_desk.desktop.beginning.presenter import DOOR_HINTS, BeginningPresenter, Door
from embassy_desk.desktop.kit.passphrase import NewPassphrase
from embassy_desk.desktop.kit.plain import line_edit, named, plain_label, radio_button
from embassy_desk.desktop.kit.wizards import StepPage
from embassy_desk.settings.person import Language
from embassy_desk.texts import N_, Text, Words

_CODE = Qt.ItemDataRole.UserRole


class BeginningPage(StepPage):
    """A page that knows the answers; abstract."""

    def __init__(self, presenter: BeginningPresenter, words: Words, title: Text) -> None:
        """Begin with the title; the subclass adds the rest."""
        super().__init__(words, title)
        self.presenter = presenter


class WelcomePage(BeginningPage):
    """Language, and the way to begin.

    Attributes:
        language_chosen: Another language is wanted.
    """

    language_chosen = Signal(str)

    def __init__(self, presenter: BeginningPresenter, words: Words) -> None:
        """Choose the present language and the first way."""
        super().__init__(presenter, words, N_("Welcome to Embassy Desk"))
        self.say(N_("Nothing is written to this computer until you press Finish."))
        self.say(N_("Language"), "heading")
        self.languages: dict[str, QRadioButton] = {}
        languages = QButtonGroup(self)
        for each in (Language.VIETNAMESE, Language.ENGLISH):
            made = radio_button(self.phrases, each.label)
            made.setChecked(each.value == words.language)
            made.toggled.connect(partial(self._on_language, each.value))
            languages.addButton(made)
            self.languages[each.value] = made
            self.column.addWidget(made)
        self.say(N_("How do you want to begin?"), "heading")
        self.doors: dict[Door, QRadioButton] = {}
        doors = QButtonGroup(self)
        for door in Door:
            self._add_door(door, doors)
        self.column.addStretch(1)

    def _add_door(self, door: Door, group: QButtonGroup) -> None:
        made = self.add_choice(door.label, DOOR_HINTS[door])
        made.setChecked(door is self.presenter.answers.door)
        made.toggled.connect(partial(self._on_door, door))
        group.addButton(made)
        self.doors[door] = made

    def initializePage(self) -> None:  # noqa: N802  Qt's name
        """Let the keys begin at the language that holds."""
        holds = self.languages[self.phrases.words.language]
        QTimer.singleShot(0, holds, holds.setFocus)  # after the wizard chose the first of all

    def _on_language(self, language: str, is_on: bool) -> None:  # noqa: FBT001  Qt's signal
        if is_on:
            self.language_chosen.emit(language)

    def _on_door(self, door: Door, is_on: bool) -> None:  # noqa: FBT001  Qt's signal
        if is_on:
            self.presenter.answers.door = door
            self.setFinalPage(door is Door.RESTORE)  # another wizard goes on from here


class WhoPage(BeginningPage):
    """The mission and the person."""

    def __init__(self, presenter: BeginningPresenter, words: Words) -> None:
        """Offer every mission."""
        super().__init__(presenter, words, N_("Where and who"))
        self.filter = line_edit(100)
        self.filter.setObjectName("mission-filter")
        self.missions = QListWidget()
        self.missions.setObjectName("missions")
        self.missions.setSpacing(2)
        self.missions.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.person = line_edit(200)
        self.person.setObjectName("person")
        self.person.setText(presenter.answers.person)
        self._problem = plain_label("problem")
        self._problem.setObjectName("who-problem")
        self._build()
        self._list()
        self.filter.textChanged.connect(self._list)
        self.missions.currentItemChanged.connect(self._on_mission)
        self.person.textChanged.connect(self._on_person)

    def _build(self) -> None:
        phrases = self.phrases
        named(phrases, self.filter, N_("Find a mission"))
        phrases.show(self.filter.setPlaceholderText, N_("Type a city or a country"))
        named(phrases, self.missions, N_("Missions"))
        named(phrases, self.person, N_("Your name"))
        phrases.show(self.person.setPlaceholderText, N_("As it is written in Vietnamese"))
        self.say(N_("Your mission"), "heading")
        self.column.addWidget(self.filter)
        self.column.addWidget(self.missions, 1)
        self.say(N_("Your name"), "heading")
        self.column.addWidget(self.person)
        self.column.addWidget(self._problem)
        self._problem.hide()

    def _list(self) -> None:
        """List the missions that fit what was typed; the chosen one stays chosen."""
        language = self.phrases.words.language
        chosen = self.presenter.answers.mission
        self.missions.blockSignals(True)  # noqa: FBT003  Qt's signature
        self.missions.clear()
        for mission in self.presenter.missions_for(self.filter.text(), language):
            item = QListWidgetItem(mission.names[language], self.missions)
            item.setData(_CODE, mission.code)
            if mission.code == chosen:
                self.missions.setCurrentItem(item)
        self.missions.blockSignals(False)  # noqa: FBT003  Qt's signature
        if self.missions.count() == 1:
            self.missions.setCurrentRow(0)

    def _on_mission(self, current: QListWidgetItem | None, _before: object) -> None:
        if current is not None:
            self.presenter.answers.mission = current.data(_CODE)
            self._problem.hide()

    def _on_person(self, text: str) -> None:
        self.presenter.answers.person = text
        self._problem.hide()

    def validatePage(self) -> bool:  # noqa: N802  Qt's name
        """Stay until mission and person are known."""
        problem = self.presenter.who_problem()
        if problem is None:
            return True
        self.phrases.show(self._problem.setText, problem.text)
        self._problem.show()
        field = self.filter if problem.field == "mission" else self.person
        field.setFocus()
        return False

    def retranslate(self, words: Words) -> None:
        """Show the page and the missions in another language."""
        super().retranslate(words)
        self._list()


class PassphrasePage(BeginningPage):
    """The passphrase."""

    def __init__(self, presenter: BeginningPresenter, words: Words) -> None:
        """Begin without a passphrase."""
        super().__init__(presenter, words, N_("Passphrase"))
        self.say(
            N_(
                "It opens your store every time you begin to work. It is kept nowhere: if it is "
                "forgotten, only the recovery code opens the store that you are shown at the end."
            )
        )
        self.fields = NewPassphrase(words)
        self.phrases.include(self.fields)
        self.column.addSpacing(6)
        self.column.addWidget(self.fields)
        self.column.addStretch(1)
        self.fields.edited.connect(self._on_edited)
        self._on_edited()

    def _on_edited(self) -> None:
        answers, fields = self.presenter.answers, self.fields
        answers.passphrase, answers.repeated = fields.line.text(), fields.repeated.text()
        answers.is_shown = fields.is_shown
        fields.show_judgement(self.presenter.judgement())

    def validatePage(self) -> bool:  # noqa: N802  Qt's name
        """Stay until the passphrase may protect a store."""
        problem = self.presenter.passphrase_problem()
        if problem is not None:
            self.fields.show_problem(problem)
        return problem is None


class SummaryPage(BeginningPage):
    """What Finish will do."""

    def __init__(self, presenter: BeginningPresenter, words: Words) -> None:
        """Begin empty; made anew whenever it is shown."""
        super().__init__(presenter, words, N_("Ready"))
        self.say(N_("When you press Finish, this is made:"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self._problem = plain_label("problem")
        self._problem.setObjectName("beginning-problem")
        self._problem.hide()
        self.column.addSpacing(6)
        self.column.addLayout(self._grid)
        self.column.addStretch(1)
        self.column.addWidget(self._problem)

    def initializePage(self) -> None:  # noqa: N802  Qt's name
        """Sum up the answers."""
        while (taken := self._grid.takeAt(0)) is not None:
            if (widget := taken.widget()) is not None:
                widget.deleteLater()
        words = self.phrases.words
        for at, (label, value) in enumerate(self.presenter.summary(words.language)):
            for column, (text, role) in enumerate(((label, "muted"), (value, "body"))):
                made = plain_label(role, wraps=column > 0)
                made.setText(words(text))
                self._grid.addWidget(made, at, column, Qt.AlignmentFlag.AlignTop)
        self._problem.hide()

    def show_problem(self, text: Text) -> None:
        """Say why nothing could be made."""
        self.phrases.show(self._problem.setText, text)
        self._problem.show()

    def retranslate(self, words: Words) -> None:
        """Sum up in another language."""
        super().retranslate(words)
        if self.isVisible():
            self.initializePage()
