"""What waits to go to headquarters: a line for each record, and above them what holds it back."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from embassy_desk.application.outbox import Outbox, OutboxLine
from embassy_desk.desktop.exchange.wording import on_both_clocks
from embassy_desk.desktop.kit.entries import EntriesView, Entry
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.panes import CountedPane
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import plain_label
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.domain.errors import MissingError
from embassy_desk.texts import N_, Text, Words

_KIB = 1024
_LEAST_HEIGHT_PX = 190


class OutboxPane(QWidget):
    """Shows what waits.

    Attributes:
        record_asked: A record is to be opened; carries its kind and identity.
    """

    record_asked = Signal(str, object)

    def __init__(self, outfit: Outfit) -> None:
        """Begin without lines."""
        super().__init__()
        self._outfit = outfit
        self._phrases = Phrases(outfit.words)
        self._outbox = Outbox()
        self._sum = plain_label("small")
        self._sum.setObjectName("outbox-sum")
        self.lines = EntriesView(outfit)
        self.lines.setObjectName("outbox")
        title = N_("Waiting to be sent")
        nothing = N_("Headquarters has everything that was saved here.")
        self.pane = CountedPane(outfit, title, self.lines, nothing=nothing, name=title)
        self._phrases.include(self.pane)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.pane, 1)
        layout.addWidget(self._sum)
        self.setMinimumHeight(_LEAST_HEIGHT_PX)
        self.lines.opened.connect(self._on_opened)

    def show_outbox(self, outbox: Outbox) -> None:
        """Show what waits; the place in the list is kept."""
        self._outbox = outbox
        row = self.lines.currentIndex().row()
        self.lines.show_entries(
            tuple(self._entry(at, each) for at, each in enumerate(outbox.lines))
        )
        self.lines.stay_near(row)
        self.pane.show_whether(is_empty=not outbox.lines)
        self._sum.setVisible(outbox.why is not None)
        if outbox.why is not None:
            self._phrases.show(self._sum.setText, _sum_of(outbox, outbox.why))

    @property
    def panes(self) -> list[tuple[QWidget, Callable[[], object]]]:
        """The list, while something waits."""
        return [] if self.pane.is_empty else [(self, self.lines.focus_first)]

    def retranslate(self, words: Words) -> None:
        """Show everything in another language."""
        self._phrases.retranslate(words)
        self.show_outbox(self._outbox)

    def _entry(self, at: int, line: OutboxLine) -> Entry:
        words = self._outfit.words
        told = [words(each) for each in _facts(line)]
        if line.since is not None:
            since = on_both_clocks(words, line.since, self._outfit.zone)
            told.append(words(N_("since {time}", time=since)))
        kind = words(_kind_of(line.kind))
        return Entry(
            key=at if line.heading else None,
            text=line.heading or kind,
            below=" · ".join([kind, *told] if line.heading else told),
            aside=words(_size(line.size_bytes + line.files_bytes)),
        )

    def _on_opened(self, key: object) -> None:
        if isinstance(key, int):
            line = self._outbox.lines[key]
            self.record_asked.emit(line.kind, line.id)


def _facts(line: OutboxLine) -> list[Text]:
    found = []
    if line.changes:
        found.append(N_("{count} change", "{count} changes", count=line.changes))
    if line.files:
        found.append(N_("{count} file", "{count} files", count=line.files))
    return found


def _sum_of(outbox: Outbox, why: Text) -> Text:
    return N_(
        "{count} record, about {size}. {why}",
        "{count} records, about {size}. {why}",
        count=outbox.records,
        size=_size(outbox.size_bytes),
        why=why,
    )


def _kind_of(name: str) -> Text:
    try:
        return kind_named(name).label
    except MissingError:  # a decision is no kind of record
        return N_("Decision")


def _size(count: int) -> Text:
    """Return a length before compression, in the unit in which people know files."""
    if count < _KIB * _KIB:
        return N_("{count} kB", count=max(1, round(count / _KIB)))
    return N_("{count} MB", count=round(count / _KIB / _KIB))
