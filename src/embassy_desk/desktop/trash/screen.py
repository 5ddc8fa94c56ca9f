"""The page of the trash: newest first, each with its kind, who put it there and when."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from embassy_desk.application.trash import Trash, TrashLine
from embassy_desk.desktop.kit.days import time_text
from embassy_desk.desktop.kit.entries import EntriesView, Entry
from embassy_desk.desktop.kit.help_topics import help_topic
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.panes import CountedPane
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, forbid, plain_label, said
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.domain.rights import Right
from embassy_desk.texts import N_, Words

_BACK_TIP = N_("Bring back where it was (Ctrl+B)")


class TrashScreen(QWidget):
    """Shows the trash.

    Attributes:
        record_asked: A record is to be opened; carries its kind and identity.
        back_asked: A record is to be brought back; carries its line.
    """

    record_asked = Signal(str, object)
    back_asked = Signal(object)

    def __init__(self, outfit: Outfit) -> None:
        """Begin without lines."""
        super().__init__()
        help_topic(self, "trash")
        self._outfit = outfit
        self._phrases = Phrases(outfit.words)
        self._trash = Trash()
        self.lines = EntriesView(outfit, opens_on_click=False)
        self.lines.setObjectName("trash")
        nothing = N_("The trash is empty.")
        title = N_("Trash")
        self.pane = CountedPane(outfit, title, self.lines, nothing=nothing, name=title)
        self._phrases.include(self.pane)
        self.back = button(self._phrases, N_("Bring back"))
        self._more = plain_label("small")
        self._build()

    def _build(self) -> None:
        hint = N_("Nothing here is erased. Enter opens the record; lists and search leave it out.")
        top = QHBoxLayout()
        top.addWidget(self.back)
        top.addSpacing(10)
        top.addWidget(said(self._phrases, hint, "small"), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        layout.addLayout(top)
        layout.addWidget(self.pane, 1)
        layout.addWidget(self._more)
        self.back.clicked.connect(self._on_back)
        shortcut = QShortcut(QKeySequence("Ctrl+B"), self)
        shortcut.activated.connect(self.back.click)
        self.lines.opened.connect(self._on_opened)
        self.lines.selectionModel().currentChanged.connect(self._allow)
        self._allow()

    def show_trash(self, trash: Trash) -> None:
        """Show what lies in the trash; the place in the list is kept."""
        row = self.lines.currentIndex().row()
        self._trash = trash
        self.lines.show_entries(tuple(self._entry(each) for each in trash.lines))
        self.pane.show_whether(is_empty=not trash.lines)
        self.lines.stay_near(row)
        text = N_(
            "{count} record lies in the trash; the newest {shown} are shown.",
            "{count} records lie in the trash; the newest {shown} are shown.",
            count=trash.count,
            shown=len(trash.lines),
        )
        self._phrases.show(self._more.setText, text)
        self._more.setVisible(trash.count > len(trash.lines))
        self._allow()

    def _entry(self, line: TrashLine) -> Entry:
        words = self._outfit.words
        kind = words(kind_named(line.kind).label)
        below = " · ".join(each for each in (kind, line.who) if each)
        moment = time_text(line.trashed_at, self._outfit.zone)
        return Entry(key=line.id, text=line.heading, below=below, aside=moment)

    @property
    def widget(self) -> QWidget:
        """The page itself."""
        return self

    @property
    def panes(self) -> list[tuple[QWidget, Callable[[], object]]]:
        """The list of what lies in the trash."""
        return [] if self.pane.is_empty else [(self.pane, self.lines.focus_first)]

    @property
    def chosen(self) -> TrashLine | None:
        """The line that is chosen."""
        entry = self.lines.chosen
        key = entry.key if entry is not None else None
        return next((each for each in self._trash.lines if each.id == key), None)

    def retranslate(self, words: Words) -> None:
        """Show everything in another language."""
        self._phrases.retranslate(words)
        self.show_trash(self._trash)

    def _allow(self) -> None:
        reason = self._outfit.rights.decide(Right.ARCHIVE).reason
        forbid(self._phrases, self.back, reason, _BACK_TIP)
        self.back.setEnabled(reason is None and self.chosen is not None)

    def _on_back(self) -> None:
        line = self.chosen
        if line is not None:
            self.back_asked.emit(line)

    def _on_opened(self, _key: object) -> None:
        line = self.chosen
        if line is not None:
            self.record_asked.emit(line.kind, line.id)
