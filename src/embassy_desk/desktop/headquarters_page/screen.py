"""The page of headquarters: how it stands, letting this desk in, pouches, what was not accepted."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from embassy_desk.application.headquarters_sheet import ACTIVE, HeadquartersSheet
from embassy_desk.desktop.headquarters_page.cards import FactsCard
from embassy_desk.desktop.headquarters_page.facts import (
    entries_of,
    facts_of_device,
    facts_of_pouches,
)
from embassy_desk.desktop.headquarters_page.outbox import OutboxPane
from embassy_desk.desktop.kit.entries import EntriesView
from embassy_desk.desktop.kit.help_topics import help_topic
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.panes import CountedPane
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, line_edit, named, plain_label, said
from embassy_desk.domain.errors import Problem
from embassy_desk.texts import N_, Text, Words

_DEVICE: dict[str, Text] = {
    "status": N_("This device"),
    "address": N_("Headquarters"),
    "words": N_("Words of this device"),
    "device": N_("Number of this device"),
    "succeeded": N_("Last exchange"),
    "tried": N_("Last attempt"),
    "waiting": N_("Waiting to be sent"),
    "durable": N_("Safe in a backup there"),
    "decisions": N_("Waiting for a decision"),
}
_POUCHES: dict[str, Text] = {
    "sent": N_("Last pouch written"),
    "received": N_("Last pouch read"),
    "receipt": N_("Receipt"),
}
_LONGEST_CODE = 600
_LONGEST_LIMIT = 8
_PROXY = N_("Proxy of this network, if there is one")
_FILE_LIMIT = N_("Files may take at most … kbit/s (empty: all of the line)")


class HeadquartersScreen(QWidget):
    """Shows how this desk and headquarters stand.

    Attributes:
        asked: An act is wanted; carries its name.
        record_asked: A record is to be opened; carries its kind and identity.
    """

    asked = Signal(str)
    record_asked = Signal(str, object)

    def __init__(self, outfit: Outfit) -> None:
        """Begin without facts."""
        super().__init__()
        help_topic(self, "headquarters")
        self._outfit = outfit
        self._phrases = Phrases(outfit.words)
        self._sheet: HeadquartersSheet | None = None
        self.title = plain_label("title")
        self.trouble = plain_label("caution")
        self.trouble.setObjectName("headquarters-trouble")
        self.device = FactsCard(outfit.words, N_("How it stands"), _DEVICE)
        self.entry = FactsCard(outfit.words, N_("Enrol this desk"), {})
        self.pouches = FactsCard(outfit.words, N_("By courier"), _POUCHES)
        self.network = FactsCard(outfit.words, N_("Network"), {})
        self.code = self._line(N_("Enrolment code"), _LONGEST_CODE)
        self.proxy, self.limit = self._line(_PROXY, 260), self._line(_FILE_LIMIT, _LONGEST_LIMIT)
        self.problem, self.network_problem = plain_label("problem"), plain_label("problem")
        self.acts = {name: self._act(name, text) for name, text in _ACTS.items()}
        self.lines = EntriesView(outfit)
        self.refused, self.outbox = self._refused(), OutboxPane(outfit)
        for part in (self.device, self.entry, self.pouches, self.network, self.refused):
            self._phrases.include(part)
        self._build()
        self.complain(None)
        self.lines.opened.connect(self._on_opened)

    def _refused(self) -> CountedPane:
        return CountedPane(
            self._outfit,
            N_("Not accepted by headquarters"),
            self.lines,
            nothing=N_("Headquarters has turned nothing back."),
            name=N_("Not accepted by headquarters"),
        )

    def _line(self, name: Text, longest: int) -> QLineEdit:
        made = line_edit(longest)
        named(self._phrases, made, name)
        return made

    def _act(self, name: str, text: Text) -> QPushButton:
        made = button(self._phrases, text, role="primary" if name in _FIRST else "plain")
        made.setObjectName(name)
        made.clicked.connect(lambda _checked=False: self.asked.emit(name))
        return made

    def _build(self) -> None:
        self._fill_cards()
        cards = QHBoxLayout()
        cards.setSpacing(14)
        left = _column(self.device, self.entry)
        left.addWidget(self.outbox, 1)
        self.outbox.record_asked.connect(self.record_asked)
        cards.addLayout(left, 3)
        right = _column(self.pouches, self.network)
        right.addWidget(self.refused, 1)
        cards.addLayout(right, 2)
        inner = QWidget()
        inner.setProperty("role", "sheet")
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addWidget(self.title)
        column.addWidget(self.trouble)
        column.addLayout(cards, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def _fill_cards(self) -> None:
        acts = self.acts
        self.device.add_acts([acts["exchange"], acts["allow"], acts["decisions"]])
        hint = N_("An officer at headquarters gives you a code. It is used once, within 72 hours.")
        self.entry.column.addWidget(said(self._phrases, hint, "muted"))
        self.entry.column.addWidget(said(self._phrases, N_("Enrolment code"), "field"))
        self.entry.column.addWidget(self.code)
        self.entry.column.addWidget(self.problem)
        self.entry.add_acts([acts["enrol"], acts["write_request"], acts["read_answer"]])
        self.pouches.add_acts([acts["write_pouch"], acts["read_pouch"]])
        self.network.column.addWidget(said(self._phrases, _PROXY, "field"))
        self.network.column.addWidget(self.proxy)
        self.network.column.addWidget(said(self._phrases, _FILE_LIMIT, "field"))
        self.network.column.addWidget(self.limit)
        self.network.column.addWidget(self.network_problem)
        self.network.add_acts([acts["proxy"], acts["limit"]])

    def show_sheet(self, sheet: HeadquartersSheet) -> None:
        """Show everything; what is typed stays."""
        self._sheet = sheet
        words, zone = self._outfit.words, self._outfit.zone
        sentence = words(sheet.state.sentence)
        self.title.setText(sentence[:1].upper() + sentence[1:])
        trouble = sheet.state.trouble
        self.trouble.setText(words(trouble) if trouble is not None else "")
        self.trouble.setVisible(trouble is not None)
        self.device.show_facts(facts_of_device(sheet, words, zone))
        self.pouches.show_facts(facts_of_pouches(sheet, words))
        is_active = sheet.status == ACTIVE
        self.entry.setVisible(not is_active)
        for name in ("write_pouch", "read_pouch"):
            self.acts[name].setEnabled(is_active)
        self.acts["exchange"].setEnabled(bool(sheet.url))
        self.acts["allow"].setVisible(sheet.state.problem == "brake")
        self.acts["decisions"].setVisible(sheet.state.decisions > 0)
        self.acts["read_answer"].setEnabled(sheet.is_asked)
        if not self.proxy.hasFocus():
            self.proxy.setText(sheet.proxy)
        if not self.limit.hasFocus():
            self.limit.setText(sheet.files_kbit)
        self.outbox.show_outbox(sheet.outbox)
        self.lines.show_entries(entries_of(sheet, words))
        self.refused.show_whether(is_empty=not sheet.refused)

    def complain(self, problem: Problem | None) -> None:
        """Say what is wrong with what was typed, or nothing."""
        place, line = (self.problem, self.code)
        if problem is not None and problem.field in {"proxy", "limit"}:
            place = self.network_problem
            line = self.proxy if problem.field == "proxy" else self.limit
        for each in (self.problem, self.network_problem):
            each.setVisible(problem is not None and each is place)
        if problem is not None:
            self._phrases.show(place.setText, problem.text)
            line.setAccessibleDescription(place.text())
            line.setFocus()

    @property
    def widget(self) -> QWidget:
        """The page itself."""
        return self

    @property
    def panes(self) -> list[tuple[QWidget, Callable[[], object]]]:
        """Its cards, in the order in which they are read."""
        found: list[tuple[QWidget, Callable[[], object]]] = [
            (self.device, self.acts["exchange"].setFocus)
        ]
        if self.entry.isVisible():
            found.append((self.entry, self.code.setFocus))
        found += self.outbox.panes
        found.append((self.pouches, self.acts["write_pouch"].setFocus))
        if not self.refused.is_empty:
            found.append((self.refused, self.lines.focus_first))
        return found

    def retranslate(self, words: Words) -> None:
        """Show everything in another language."""
        self._phrases.retranslate(words)
        self.outbox.retranslate(words)
        if self._sheet is not None:
            self.show_sheet(self._sheet)

    def _on_opened(self, key: object) -> None:
        if self._sheet is not None and isinstance(key, int):
            found = self._sheet.refused[key]
            self.record_asked.emit(found.kind, found.record_id)


def _column(*cards: QWidget) -> QVBoxLayout:
    made = QVBoxLayout()
    made.setSpacing(14)
    for each in cards:
        made.addWidget(each)
    return made


_FIRST = frozenset({"exchange", "enrol"})
_ACTS: dict[str, Text] = {
    "exchange": N_("Exchange now (F5)"),
    "allow": N_("Allow the removals …"),
    "decisions": N_("Decide …"),
    "enrol": N_("Enrol over the line"),
    "write_request": N_("Write a request file …"),
    "read_answer": N_("Read the answer file …"),
    "write_pouch": N_("Write a pouch …"),
    "read_pouch": N_("Read a pouch …"),
    "proxy": N_("Keep the proxy"),
    "limit": N_("Keep the limit"),
}
