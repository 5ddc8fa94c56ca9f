"""Asks which records of a list a file is to hold: those that are chosen, or all of them."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import radio_button
from embassy_desk.texts import N_


class FileScope(QWidget):
    """Two choices, each with its number of records.

    Attributes:
        is_chosen: Whether only what is chosen is meant; several that are chosen are at first,
            a single one, on which the eye may merely rest, is not.
    """

    def __init__(self, outfit: Outfit, chosen: int, total: int) -> None:
        """Offer both.

        Args:
            outfit: The language.
            chosen: How many records are chosen; at least one.
            total: How many the list shows.
        """
        super().__init__()
        self.is_chosen = chosen > 1
        phrases = Phrases(outfit.words)
        some = N_("The selected record", "The {count} selected records", count=chosen)
        self.some = radio_button(phrases, some)
        whole = N_("The whole list: {count} record", "The whole list: {count} records", count=total)
        self.whole = radio_button(phrases, whole)
        (self.some if self.is_chosen else self.whole).setChecked(True)
        self.some.toggled.connect(self._note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.some)
        column.addWidget(self.whole)

    def _note(self, is_chosen: bool) -> None:  # noqa: FBT001  Qt's signal
        self.is_chosen = is_chosen
