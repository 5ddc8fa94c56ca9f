"""Dialogs that are opened and waited for; no loop runs within the loop."""

import asyncio
from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from embassy_desk.desktop.kit.editors.linked import LinkEditor
from embassy_desk.desktop.kit.form import FieldSet
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, plain_label, said
from embassy_desk.domain.entity import Entity
from embassy_desk.domain.errors import Problem
from embassy_desk.texts import N_, Text, Words

_WIDTH_PX = 560


async def answer_to(dialog: QDialog) -> int:
    """Open a dialog and return its answer; the focus goes back to where it was."""
    answered: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def answer(result: int) -> None:
        if not answered.done():
            answered.set_result(result)

    dialog.finished.connect(answer)
    QDialog.open(dialog)  # the dialogs of printers and files have another `open` beside it
    try:
        return await answered
    finally:
        dialog.close()
        dialog.deleteLater()
        if (caller := dialog.parentWidget()) is not None:
            caller.activateWindow()


class Question(QDialog):
    """Asks one question with named answers; the last answer is also that of Escape."""

    def __init__(
        self, parent: QWidget, words: Words, text: Text, answers: Iterable[Text], *, first: int = 0
    ) -> None:
        """Ask under a parent; the result is the number of the answer; `first` is that of Enter."""
        super().__init__(parent)
        self._phrases = Phrases(words)
        self._phrases.show(self.setWindowTitle, N_("Embassy Desk"))
        texts = tuple(answers)
        self._escape = len(texts) - 1
        self._build(text, texts, first)

    def _build(self, text: Text, answers: tuple[Text, ...], first: int) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(16)
        label = said(self._phrases, text)
        label.setMinimumWidth(_WIDTH_PX - 160)
        layout.addWidget(label)
        box = QDialogButtonBox()
        layout.addWidget(box)
        for at, each in enumerate(answers):
            made = button(self._phrases, each, role="primary" if at == first else "plain")
            made.setDefault(at == first)
            made.setObjectName(f"answer-{at}")
            box.addButton(made, QDialogButtonBox.ButtonRole.ActionRole)
            made.clicked.connect(partial(self._on_answer, at))

    def _on_answer(self, at: int, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's
        self.done(at)

    def reject(self) -> None:
        """Give the last answer."""
        self.done(self._escape)


class FieldsDialog(QDialog):
    """Takes some fields of an entity; stays open until what was typed is accepted.

    Attributes:
        save_asked: The person wants to keep what was typed.
    """

    save_asked = Signal()

    def __init__(
        self,
        parent: QWidget,
        outfit: Outfit,
        *,
        title: Text,
        entity: type[Entity],
        fields: tuple[str, ...],
    ) -> None:
        """Show the fields under a title."""
        super().__init__(parent)
        self._phrases = Phrases(outfit.words)
        self._phrases.show(self.setWindowTitle, title)
        self.fields = FieldSet(entity, outfit)
        self.fields.add_bare(fields)
        for box in self.fields.boxes.values():
            if isinstance(box.editor, LinkEditor):
                box.editor.opener.hide()  # the dialog must be answered first
        self._problem = plain_label("problem")
        self._problem.hide()
        self._build(title)

    def _build(self, title: Text) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(12)
        layout.addWidget(said(self._phrases, title, "heading"))
        layout.addWidget(self.fields, 1)
        layout.addWidget(self._problem)
        layout.addWidget(self._buttons())
        self.setMinimumWidth(_WIDTH_PX)

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        save = button(self._phrases, N_("Save"), role="primary")
        save.setDefault(True)
        cancel = button(self._phrases, N_("Cancel"))
        box.addButton(save, QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        save.clicked.connect(self.save_asked)
        cancel.clicked.connect(self.reject)
        return box

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Say what is wrong, beside the fields or above the buttons."""
        rest = self.fields.show_problems(problems)
        words = self._phrases.words
        self._problem.setText("\n".join(words(each.text) for each in rest))
        self._problem.setVisible(bool(rest))

    def retranslate(self, words: Words) -> None:
        """Show the dialog in another language; what was typed stays."""
        self._phrases.retranslate(words)
        self.fields.retranslate(words)
