"""About: which versions run here, as a text to copy into a letter to the help desk."""

import platform

from PySide6.QtCore import QSysInfo, qVersion
from PySide6.QtCore import __version__ as pyside_version  # type: ignore[attr-defined]  # the stubs leave it out
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from embassy_desk import __version__
from embassy_desk.desktop.kit.help_topics import help_topic
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, named, said
from embassy_desk.texts import N_, Words

_SIZE_PX = (520, 360)


def versions(language: str) -> str:
    """Return what runs here, one line each; no names, no places, nothing of the store.

    Args:
        language: That of the window.
    """
    screens = [
        f"{each.size().width()}×{each.size().height()} × {each.devicePixelRatio():g}"
        for each in QGuiApplication.screens()
    ]
    lines = {
        "Embassy Desk": __version__,
        "System": f"{QSysInfo.prettyProductName()}, {QSysInfo.currentCpuArchitecture()}",
        "Kernel": f"{QSysInfo.kernelType()} {QSysInfo.kernelVersion()}",
        "Screen": f"{QGuiApplication.platformName()}, {', '.join(screens)}",
        "Language": language,
        "Python": platform.python_version(),
        "Qt": f"{qVersion()}, PySide6 {pyside_version}",
    }
    return "\n".join(f"{name}: {value}" for name, value in lines.items())


class AboutDialog(QDialog):
    """Shows versions and licence."""

    def __init__(self, parent: QWidget, words: Words) -> None:
        """Show what runs here."""
        super().__init__(parent)
        self._phrases = Phrases(words)
        self._phrases.show(self.setWindowTitle, N_("About Embassy Desk"))
        help_topic(self, "index")
        self.details = QPlainTextEdit(versions(words.language))
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.copy = button(self._phrases, N_("Copy"))
        self.copy.clicked.connect(self._on_copy)
        self._build()

    def _build(self) -> None:
        named(self._phrases, self.details, N_("Versions"))
        box = QDialogButtonBox()
        close = button(self._phrases, N_("Close"), role="primary")
        close.setDefault(True)
        box.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        box.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        box.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(12)
        layout.addWidget(said(self._phrases, "Embassy Desk", "title"))
        licence = N_(
            "Free under the Apache License 2.0. Qt is used under the LGPL; the licences of all "
            "parts came with the program."
        )
        layout.addWidget(said(self._phrases, licence, "small"))
        layout.addWidget(self.details, 1)
        layout.addWidget(box)
        self.resize(*_SIZE_PX)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())

    def retranslate(self, words: Words) -> None:
        """Show the dialog in another language."""
        self._phrases.retranslate(words)
        self.details.setPlainText(versions(words.language))
