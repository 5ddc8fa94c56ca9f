"""The other ways in, below the passphrase: when it is forgotten, or a backup is to be restored."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button
from embassy_desk.texts import N_, Words

_WAYS = {"forgotten": N_("Forgotten passphrase …"), "restore": N_("Restore a backup …")}


class OtherWays(QWidget):
    """Offers the ways.

    Attributes:
        asked: A way was chosen; carries `forgotten` or `restore`.
    """

    asked = Signal(str)

    def __init__(self, words: Words) -> None:
        """Offer every way."""
        super().__init__()
        self._phrases = Phrases(words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        for name, text in _WAYS.items():
            way = button(self._phrases, text, role="link")
            way.clicked.connect(partial(self._on_way, name))
            row.addWidget(way)
        row.addStretch(1)

    def retranslate(self, words: Words) -> None:
        """Show the ways in another language."""
        self._phrases.retranslate(words)

    def _on_way(self, name: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's
        self.asked.emit(name)
