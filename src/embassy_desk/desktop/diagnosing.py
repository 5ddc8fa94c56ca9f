"""The diagnostics file: shown to the person first, and saved only if they want it."""

import asyncio
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from embassy_desk.application.diagnostics import NAME, diagnostics
from embassy_desk.desktop.kit.dialogs import answer_to
from embassy_desk.desktop.kit.file_dialogs import place_to_save
from embassy_desk.desktop.kit.help_topics import help_topic
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, named, said
from embassy_desk.settings.files import write_whole
from embassy_desk.texts import N_, Words

_SIZE_PX = (760, 560)
_SAVE = 2


class DiagnosticsDialog(QDialog):
    """Shows every line that would be in the file."""

    def __init__(self, parent: QWidget, words: Words, text: str) -> None:
        """Show the text."""
        super().__init__(parent)
        self._phrases = Phrases(words)
        self._phrases.show(self.setWindowTitle, N_("Diagnostics file"))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setObjectName("diagnostics")
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setPlainText(text)
        named(self._phrases, self.text, N_("Diagnostics file"))
        help_topic(self, "diagnostics")
        self._build()
        self.resize(*_SIZE_PX)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(12)
        layout.addWidget(said(self._phrases, N_("Diagnostics file"), "heading"))
        about = N_(
            "This helps whoever looks into a fault. Nothing of your records is in it: read it, "
            "then save or copy it. Nothing is sent."
        )
        layout.addWidget(said(self._phrases, about))
        layout.addWidget(self.text, 1)
        box = QDialogButtonBox()
        self.copy = button(self._phrases, N_("Copy"))
        self.save = button(self._phrases, N_("Save …"), role="primary")
        close = button(self._phrases, N_("Close"))
        for each, role in (
            (self.copy, QDialogButtonBox.ButtonRole.ActionRole),
            (self.save, QDialogButtonBox.ButtonRole.ActionRole),
            (close, QDialogButtonBox.ButtonRole.RejectRole),
        ):
            box.addButton(each, role)
        self.save.setDefault(True)
        self.copy.clicked.connect(self._on_copy)
        self.save.clicked.connect(self._on_save)
        close.clicked.connect(self.reject)
        layout.addWidget(box)

    def _on_save(self) -> None:
        self.done(_SAVE)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())


async def diagnose(window: QWidget, words: Words, folder: Path, at: datetime) -> None:
    """Gather the facts, show them, and write the file where the person wants it.

    Args:
        window: On which the dialogs stand.
        words: The language.
        folder: The profile's folder.
        at: The present time, with zone.

    Raises:
        StoreError: The file cannot be written.
    """
    more = {"qt": qVersion(), "screen": QGuiApplication.platformName()}
    text = await asyncio.to_thread(diagnostics, folder, at, more)
    if await answer_to(DiagnosticsDialog(window, words, text)) != _SAVE:
        return
    target = await place_to_save(window, words, N_("Save the diagnostics file"), NAME)
    if target is not None:
        await asyncio.to_thread(write_whole, target, text.encode())
