"""What a person sees of a fault of the program: a number to pass on, and where to look.

Nothing is sent, and nothing that a record says is shown: the number alone leads to the entry of the
log, which holds kinds and places of errors.
"""

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from embassy_desk.desktop.kit.dialogs import answer_to
from embassy_desk.desktop.kit.help_topics import help_topic
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, named, said
from embassy_desk.desktop.log_window import read_log
from embassy_desk.texts import N_, Words

_WIDTH_PX = 700
_LOG, _QUIT = 2, 3


class IncidentDialog(QDialog):
    """Shows the number of an incident."""

    def __init__(self, parent: QWidget, words: Words, number: str) -> None:
        """Show a number."""
        super().__init__(parent)
        self._phrases = Phrases(words)
        self._phrases.show(self.setWindowTitle, N_("Something went wrong inside the program"))
        self.number = QLineEdit(number)
        self.number.setReadOnly(True)
        named(self._phrases, self.number, N_("Incident number"))
        self.copy = button(self._phrases, N_("Copy the number"))
        self.log = button(self._phrases, N_("Show in the log"))
        self.quit = button(self._phrases, N_("Quit the program"))
        self.go_on = button(self._phrases, N_("Go on"), role="primary")
        help_topic(self, "log")
        self._build()
        self._connect()
        self.setMinimumWidth(_WIDTH_PX)

    def _build(self) -> None:
        phrases = self._phrases
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(12)
        layout.addWidget(said(phrases, N_("Something went wrong inside the program"), "heading"))
        for text in (
            N_("What was saved is safe. What you typed and did not save is kept as a draft."),
            N_("Give this number to whoever helps you; it stands in the log. Nothing was sent."),
        ):
            layout.addWidget(said(phrases, text))
        layout.addWidget(self.number)
        text = N_("If the window acts strangely, quit and start the program again.")
        layout.addWidget(said(phrases, text, "small"))
        box = QDialogButtonBox()
        for each in (self.copy, self.log, self.quit):
            box.addButton(each, QDialogButtonBox.ButtonRole.ActionRole)
        box.addButton(self.go_on, QDialogButtonBox.ButtonRole.RejectRole)
        layout.addWidget(box)

    def _connect(self) -> None:
        self.copy.clicked.connect(self._on_copy)
        self.log.clicked.connect(self._on_log)
        self.quit.clicked.connect(self._on_quit)
        self.go_on.clicked.connect(self.reject)
        self.go_on.setDefault(True)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.number.text())

    def _on_log(self) -> None:
        self.done(_LOG)

    def _on_quit(self) -> None:
        self.done(_QUIT)


async def show_incident(window: QWidget, words: Words, folder: Path, number: str) -> bool:
    """Show the number of an incident, and its entry in the log if the person wants to see it.

    Args:
        window: On which the dialogs stand.
        words: The language.
        folder: The profile's folder.
        number: The number.

    Returns:
        Whether the person wants to quit the program.
    """
    answer = await answer_to(IncidentDialog(window, words, number))
    if answer == _LOG:
        await read_log(window, words, folder, number)
    return answer == _QUIT
