"""The window of help; it stands beside the desk and waits for nobody."""

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from embassy_desk.desktop.help.browser import HelpBrowser
from embassy_desk.desktop.help.pages import CONTENTS, has_page, linked_topic, page
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, named
from embassy_desk.texts import N_, Words

_SIZE_PX = (760, 680)


class HelpWindow(QWidget):
    """Shows one page at a time; links lead from page to page and nowhere else."""

    def __init__(self, parent: QWidget, words: Words) -> None:
        """Begin with the contents."""
        super().__init__(parent, Qt.WindowType.Window)
        self._phrases = Phrases(words)
        self._topic = CONTENTS
        self._before: list[str] = []
        self.browser = HelpBrowser()
        self.browser.setObjectName("help")
        self.browser.setOpenLinks(False)
        self.browser.anchorClicked.connect(self._on_link)
        self.contents = button(self._phrases, N_("Contents"))
        self.back = button(self._phrases, N_("Back"))
        self._build()
        self.contents.clicked.connect(self._on_contents)
        self.back.clicked.connect(self._on_back)
        for keys, slot in (("Escape", self.close), ("Alt+Left", self._on_back)):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        self._show()

    def _build(self) -> None:
        self._phrases.show(self.setWindowTitle, N_("Help"))
        named(self._phrases, self.browser, N_("Help"))
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addWidget(self.contents)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.addLayout(row)
        layout.addWidget(self.browser, 1)
        self.setProperty("role", "window")
        self.resize(*_SIZE_PX)

    @property
    def topic(self) -> str:
        """What the page is about."""
        return self._topic

    def show_topic(self, topic: str) -> None:
        """Show the page on a topic; the contents when there is none."""
        language = self._phrases.words.language
        wanted = topic if has_page(topic, language) else CONTENTS
        if wanted != self._topic:
            self._before.append(self._topic)
            self._topic = wanted
        self._show()

    def _show(self) -> None:
        language = self._phrases.words.language
        self.browser.show_page(page(self._topic, language), language)
        self.back.setEnabled(bool(self._before))

    def retranslate(self, words: Words) -> None:
        """Show the same page in another language."""
        self._phrases.retranslate(words)
        self._show()

    def _on_link(self, link: QUrl) -> None:
        topic = linked_topic(link.toString())
        if topic:
            self.show_topic(topic)

    def _on_contents(self) -> None:
        self.show_topic(CONTENTS)

    def _on_back(self) -> None:
        if self._before:
            self._topic = self._before.pop()
            self._show()
