"""The forms of all kinds, each made when it is first needed, with the panels above their fields."""

import asyncio

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from embassy_desk.application.sheets import RecordSteps
from embassy_desk.desktop.agreements.panel import TermPanel
from embassy_desk.desktop.kit.help_topics import REFERENCE, help_topic
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.rows import Row
from embassy_desk.desktop.plans import DAILY_KINDS, PLANS
from embassy_desk.desktop.records.form import RecordForm, finish, go_to
from embassy_desk.desktop.records.presenter import Shown
from embassy_desk.desktop.records.steps_panel import StepsPanel
from embassy_desk.domain.term_engine import TermStanding
from embassy_desk.texts import Text, Words


class FormPages(QStackedWidget):
    """Shows the form of one kind at a time.

    Attributes:
        edited: The person changed a field.
        add_asked: A row is to be added; carries the table name.
        edit_asked: A row is to be edited; carries the table name and the row.
        remove_asked: A row is to be removed; carries the table name and the row.
    """

    edited = Signal()
    add_asked = Signal(str)
    edit_asked = Signal(str, Row)
    remove_asked = Signal(str, Row)

    def __init__(self, outfit: Outfit) -> None:
        """Begin without a form."""
        super().__init__()
        self._outfit = outfit
        self._phrases = Phrases(outfit.words)
        self._forms: dict[str, RecordForm] = {}
        self.steps = StepsPanel(outfit)
        self.term = TermPanel(outfit)
        self.steps.place_asked.connect(self._on_place)
        self._phrases.include(self.steps)
        self._phrases.include(self.term)

    @property
    def form(self) -> RecordForm | None:
        """The form that is shown."""
        shown = self.currentWidget()
        return shown if isinstance(shown, RecordForm) else None

    def show_form(self, shown: Shown) -> RecordForm:
        """Show the form of a record, with what there is to say above its fields."""
        refusal = shown.sheet.allowed.read_only
        return self._show(shown.sheet.kind, shown.steps, shown.standing, refusal)

    def show_new_form(self, kind: str) -> RecordForm:
        """Show the form for a new record of a kind."""
        return self._show(kind, None, None)

    def _show(
        self,
        kind: str,
        steps: RecordSteps | None,
        standing: TermStanding | None,
        refusal: Text | None = None,
    ) -> RecordForm:
        form = self._form(kind)
        for at, panel in enumerate((self.steps, self.term)):
            form.fields.column.insertWidget(at, panel)
        self.steps.setVisible(steps is not None)
        self.term.setVisible(standing is not None)
        if steps is not None:
            self.steps.show_steps(steps, refusal)
        if standing is not None:
            self.term.show_standing(standing)
        self.setCurrentWidget(form)
        return form

    async def prepare(self, kind: str) -> None:
        """Make the form of a kind part by part; keys and mouse are answered in between."""
        for _ in self.begun(kind).parts:
            await asyncio.sleep(0)

    def _form(self, kind: str) -> RecordForm:
        form = self.begun(kind)
        finish(form)
        return form

    def begun(self, kind: str) -> RecordForm:
        """Return the form of a kind, at least begun."""
        if kind not in self._forms:
            form = RecordForm(kind, PLANS[kind].form, self._outfit)
            form.edited.connect(self.edited)
            form.add_asked.connect(self.add_asked)
            form.edit_asked.connect(self.edit_asked)
            form.remove_asked.connect(self.remove_asked)
            help_topic(form, kind if kind in DAILY_KINDS else REFERENCE)
            self._phrases.include(form)
            self._forms[kind] = form
            self.addWidget(form)
        return self._forms[kind]

    def _on_place(self, name: str) -> None:
        """Go to the field, or the table of rows, in which something is missing."""
        if self.form is not None:
            go_to(self.form, name)

    def relist(self) -> None:
        """Take over controlled lists that have changed."""
        for form in self._forms.values():
            for box in form.fields.boxes.values():
                box.editor.relist()

    def retranslate(self, words: Words) -> None:
        """Show everything in another language; what was typed stays."""
        self._phrases.retranslate(words)
