"""Shows a page of help with its pictures, which are never wider than the room there is."""

from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QPixmap, QResizeEvent, QTextDocument, QTextOption
from PySide6.QtWidgets import QTextBrowser

from embassy_desk.desktop.help.pages import picture


class HelpBrowser(QTextBrowser):
    """Loads the pictures of help, and nothing else."""

    def __init__(self) -> None:
        """Begin without a page."""
        super().__init__()
        self._language = ""
        self._shown: dict[str, QPixmap] = {}
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)

    def show_page(self, text: str, language: str) -> None:
        """Show a page of a language from its beginning."""
        self._language, self._shown = language, {}
        self.setMarkdown(text)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: N802  Qt's name
        """Return a picture of help, as wide as it is or as there is room; nothing else."""
        wanted = name.toString() if isinstance(name, QUrl) else name
        path = picture(wanted, self._language)
        if path is None or kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        if wanted not in self._shown:
            self._shown[wanted] = QPixmap(str(path))
        return self._fitted(self._shown[wanted])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pictures into the new width."""
        super().resizeEvent(event)
        document = self.document()
        for name, whole in self._shown.items():
            kind = QTextDocument.ResourceType.ImageResource.value
            document.addResource(kind, QUrl(name), self._fitted(whole))
        document.markContentsDirty(0, document.characterCount())

    def _fitted(self, whole: QPixmap) -> QPixmap:
        ratio = self.devicePixelRatioF()
        room = self.viewport().width() - 2 * self.document().documentMargin()
        width = max(min(whole.width(), int(room)), 1)
        fitted = whole.scaledToWidth(
            round(width * ratio), Qt.TransformationMode.SmoothTransformation
        )
        fitted.setDevicePixelRatio(ratio)
        return fitted
