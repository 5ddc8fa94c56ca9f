"""The log, read in the window: filtered, copied; nothing of a record stands in it."""

import asyncio
from pathlib import Path

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from embassy_desk.application.log_reading import LogEntry, chosen_entries, log_entries
from embassy_desk.desktop.kit.dialogs import answer_to
from embassy_desk.desktop.kit.help_topics import help_topic
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, check_box, named, plain_label, said
from embassy_desk.texts import N_, Words

_SIZE_PX = (860, 600)


class LogDialog(QDialog):
    """Shows the entries that hold what is typed."""

    def __init__(
        self, parent: QWidget, words: Words, entries: tuple[LogEntry, ...], wanted: str = ""
    ) -> None:
        """Show entries, the newest first; `wanted` is what they are filtered by."""
        super().__init__(parent)
        self._phrases = Phrases(words)
        self._entries = entries
        self._phrases.show(self.setWindowTitle, N_("The log"))
        self.filter = QLineEdit(wanted)
        self.filter.setClearButtonEnabled(True)
        self.grave = check_box(self._phrases, N_("Only warnings and worse"))
        self.text = QPlainTextEdit()
        self.count = plain_label("small", wraps=False)
        self.copy = button(self._phrases, N_("Copy"))
        self._build()
        help_topic(self, "log")
        self.filter.textChanged.connect(self._show)
        self.grave.toggled.connect(self._show)
        self.copy.clicked.connect(self._on_copy)
        self._show()

    def _build(self) -> None:
        phrases = self._phrases
        named(phrases, self.filter, N_("Words in the log"))
        phrases.show(self.filter.setPlaceholderText, N_("Words in the log"))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        named(phrases, self.text, N_("The log"))
        close = button(phrases, N_("Close"), role="primary")
        box = QDialogButtonBox()
        box.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        box.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        box.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.filter, 1)
        row.addWidget(self.grave)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(12)
        about = N_("What the program did and what failed. Nothing of your records is in it.")
        layout.addWidget(said(phrases, about))
        layout.addLayout(row)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.count)
        layout.addWidget(box)
        self.resize(*_SIZE_PX)

    def _show(self, *_changed: object) -> None:
        found = chosen_entries(self._entries, self.filter.text(), only_grave=self.grave.isChecked())
        self.text.setPlainText("\n".join(each.text for each in found))
        text = N_("{count} entry", "{count} entries", count=len(found))
        self._phrases.show(self.count.setText, text)

    def _on_copy(self) -> None:
        """Copy what is marked, or everything that is shown."""
        marked = self.text.textCursor().selection().toPlainText()
        QGuiApplication.clipboard().setText(marked or self.text.toPlainText())


async def read_log(window: QWidget, words: Words, folder: Path, wanted: str = "") -> None:
    """Show the log of a profile until the person closes it.

    Args:
        window: On which the dialog stands.
        words: The language.
        folder: The profile's folder.
        wanted: What the entries are filtered by, such as an incident number.
    """
    entries = await asyncio.to_thread(log_entries, folder)
    await answer_to(LogDialog(window, words, entries, wanted))
