"""Asks for the day of a step and why it is taken, for steps that need a reason."""

from datetime import date

from PySide6.QtWidgets import QDialog, QWidget

from embassy_desk.application.sheets import StepOffer
from embassy_desk.desktop.kit.dialogs import FieldsDialog, answer_to
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.domain.errors import InvalidError, Problem
from embassy_desk.domain.parts import StageStep
from embassy_desk.texts import N_

_FIELDS = ("on", "reason")


class ReasonDialog(FieldsDialog):
    """Takes a day and a reason; closes once both are there."""

    def __init__(self, parent: QWidget, outfit: Outfit, offer: StepOffer) -> None:
        """Ask about a step, today by default."""
        super().__init__(parent, outfit, title=offer.label, entity=StageStep, fields=_FIELDS)
        self.answer: tuple[date, str] | None = None
        self.fields.show_entity({"on": outfit.today()}, {})
        self.save_asked.connect(self._on_save)

    def _on_save(self) -> None:
        try:
            values = self.fields.values()
        except InvalidError as error:
            self.show_problems(error.problems)
            return
        missing = [Problem(name, N_("This is needed.")) for name in _FIELDS if not values[name]]
        if missing:
            self.show_problems(missing)
            return
        self.answer = (values["on"], values["reason"])
        self.accept()


async def asked_reason(
    parent: QWidget, outfit: Outfit, offer: StepOffer
) -> tuple[date, str] | None:
    """Return the day of a step and its reason; nothing when it was given up."""
    dialog = ReasonDialog(parent, outfit, offer)
    if await answer_to(dialog) != QDialog.DialogCode.Accepted:
        return None
    return dialog.answer
