"""The bar that tells what happened; it never covers a field and never takes the focus."""

from PySide6 import QtGui
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from embassy_desk.desktop.kit.notice import Notice, Way, Weight
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, plain_label, tool_button
from embassy_desk.texts import N_, Text, Words

SHOWN_MS = 8_000
"""How long good news stays; what needs a look stays until it is closed."""

_TITLES: dict[Weight, Text] = {
    Weight.DONE: N_("Done"),
    Weight.HINT: N_("Good to know"),
    Weight.CAUTION: N_("Please note"),
    Weight.TROUBLE: N_("Trouble"),
}


class NoticeBar(QFrame):
    """Shows the newest notice.

    Attributes:
        undo_asked: What the notice tells should be taken back.
        incident_asked: The person wants to know more of an incident; carries its number.
        way_asked: The person goes where the notice leads; carries the name of the act.
    """

    undo_asked = Signal()
    incident_asked = Signal(str)
    way_asked = Signal(str)

    def __init__(self, words: Words) -> None:
        """Begin hidden."""
        super().__init__()
        self.setProperty("role", "notice")
        self._phrases = Phrases(words)
        self._title = plain_label("heading", wraps=False)
        self._text = plain_label("body")
        self._text.setObjectName("notice-text")
        self._details = plain_label("small")
        self.undo = button(self._phrases, N_("Take back"))
        self.way = button(self._phrases, N_("Show"))
        self._act = self._incident = ""
        self.more = button(self._phrases, N_("More …"))
        self.close_button = tool_button(self._phrases, N_("Close"))
        self._build()
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self.close_button.clicked.connect(self.hide)
        self.undo.clicked.connect(self._on_undo)
        self.way.clicked.connect(self._on_way)
        self.more.clicked.connect(self._on_more)
        self.hide()

    def _build(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(self._text)
        texts.addWidget(self._details)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(12)
        row.addWidget(self._title)
        row.addLayout(texts, 1)
        row.addWidget(self.undo)
        row.addWidget(self.way)
        row.addWidget(self.more)
        row.addWidget(self.close_button)

    @property
    def text(self) -> str:
        """The sentence that is shown; empty when there is none."""
        return "" if self.isHidden() else self._text.text()

    def tell(self, notice: Notice) -> None:
        """Show a notice in the place of the one before."""
        words = self._phrases.words
        self._phrases.show(self._title.setText, _TITLES[notice.weight])
        self._phrases.show(self._text.setText, notice.text)
        self._details.setText("\n".join(words(each) for each in notice.details))
        self._details.setVisible(bool(notice.details))
        self.undo.setVisible(notice.can_undo)
        self._show_way(notice.way)
        self._incident = notice.incident
        self.more.setVisible(bool(notice.incident))
        self.setProperty("weight", str(notice.weight))
        self.style().unpolish(self)
        self.style().polish(self)
        self.setAccessibleName(self._text.text())
        self.show()
        self._timer.stop()
        if notice.weight in {Weight.DONE, Weight.HINT}:
            self._timer.start()
        alert = QtGui.QAccessibleEvent(self, QtGui.QAccessible.Event.Alert)
        QtGui.QAccessible.updateAccessibility(alert)

    def refuse(self, reason: Text) -> None:
        """Say why an act is greyed whose keys were pressed."""
        self.tell(Notice(reason, Weight.CAUTION))

    def forget(self) -> None:
        """Hide the notice, and drop its words: they may name a record."""
        self.hide()
        for place in (self._text.setText, self.setAccessibleName):
            self._phrases.show(place, "")
        self._details.clear()
        self._show_way(None)

    def _show_way(self, way: Way | None) -> None:
        self.way.setVisible(way is not None)
        self._act = way.act if way is not None else ""
        for place in (self.way.setText, self.way.setAccessibleName):
            self._phrases.show(place, way.text if way is not None else "")

    def retranslate(self, words: Words) -> None:
        """Show the notice in another language."""
        self._phrases.retranslate(words)

    def _on_way(self) -> None:
        self.hide()
        self.way_asked.emit(self._act)

    def _on_more(self) -> None:
        self.hide()
        self.incident_asked.emit(self._incident)

    def _on_undo(self) -> None:
        self.hide()
        self.undo_asked.emit()
