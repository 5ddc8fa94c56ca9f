"""The reminder centre: what has rung, by sort; each can be opened, put off and seen to by keys."""

from collections.abc import Callable
from functools import partial
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from embassy_desk.application.reminders import Reminder
from embassy_desk.desktop.kit.days import day_text
from embassy_desk.desktop.kit.entries import EntriesView, Entry
from embassy_desk.desktop.kit.flow import FlowLayout
from embassy_desk.desktop.kit.help_topics import help_topic
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.panes import CountedPane
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, said, tip
from embassy_desk.texts import N_, Text, Words

TOMORROW_DAYS, WEEK_DAYS = 1, 7


class RemindersScreen(QWidget):
    """Shows the reminders.

    Attributes:
        record_asked: A record is to be opened; carries its kind and identity.
        behind_asked: The list behind a digest is wanted; carries its name, kind, whether mine.
        put_off_asked: A reminder is to come again; carries it and in how many days.
        seen_asked: A reminder is seen to; carries it.
        whose_asked: Only mine, or the whole mission's; carries whether only mine.
        rules_asked: The rules are to be changed.
    """

    record_asked = Signal(str, object)
    behind_asked = Signal(str, str, bool)
    put_off_asked = Signal(object, int)
    seen_asked = Signal(object)
    whose_asked = Signal(bool)
    rules_asked = Signal()

    def __init__(self, outfit: Outfit) -> None:
        """Begin without reminders."""
        super().__init__()
        help_topic(self, "reminder")
        self._outfit = outfit
        self._phrases = Phrases(outfit.words)
        self._shown: tuple[Reminder, ...] = ()
        self.lines = EntriesView(outfit, opens_on_click=False)
        self.lines.setObjectName("reminders")
        self.pane = CountedPane(
            outfit,
            N_("Reminders"),
            self.lines,
            nothing=N_("There is nothing to be reminded of."),
            name=N_("Reminders"),
        )
        self._phrases.include(self.pane)
        self.mine, self.everyone = self._choice(N_("Mine")), self._choice(N_("Whole mission"))
        self.acts = {
            "tomorrow": self._act(N_("Tomorrow"), N_("Remind again tomorrow (Ctrl+T)")),
            "week": self._act(N_("In a week"), N_("Remind again in a week (Ctrl+W)")),
            "seen": self._act(N_("Seen to"), N_("Seen to; shown no more (Delete)")),
        }
        self._build()
        self._connect()

    def _choice(self, text: Text) -> QPushButton:
        made = button(self._phrases, text, role="choice")
        made.setCheckable(True)
        made.clicked.connect(self._on_whose)
        return made

    def _act(self, text: Text, explained: Text) -> QPushButton:
        made = button(self._phrases, text)
        tip(self._phrases, made, explained)
        return made

    def _build(self) -> None:
        group, top = QButtonGroup(self), FlowLayout(at_right=3)
        for each in self.acts.values():
            top.addWidget(each)
        hint = N_("Enter opens the record, Delete marks it as seen to.")
        top.addWidget(said(self._phrases, hint, "small", wraps=False))
        for choice in (self.mine, self.everyone):
            group.addButton(choice)
            top.addWidget(choice)
        self.rules = self._act(N_("Rules …"), N_("When you are reminded, and how often"))
        top.addWidget(self.rules)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        layout.addLayout(top)
        layout.addWidget(self.pane, 1)

    def _connect(self) -> None:
        self.lines.opened.connect(self._on_opened)
        self.rules.clicked.connect(self.rules_asked)
        for name, keys in (
            ("tomorrow", "Ctrl+T"),
            ("week", "Ctrl+W"),
            ("seen", QKeySequence(Qt.Key.Key_Delete)),
        ):
            act = partial(self._on_act, name)
            self.acts[name].clicked.connect(act)
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.lines.selectionModel().currentChanged.connect(self._allow)
        self._allow()

    def show_reminders(self, shown: tuple[Reminder, ...], *, is_mine: bool) -> None:
        """Show reminders, and whose they are; the place in the list is kept."""
        row = self.lines.currentIndex().row()
        self._shown = shown
        (self.mine if is_mine else self.everyone).setChecked(True)
        self.lines.show_entries(_entries(shown, self._outfit.words))
        self.pane.show_whether(is_empty=not shown)
        self.lines.stay_near(row)
        self._allow()

    @property
    def widget(self) -> QWidget:
        """The page itself."""
        return self

    @property
    def panes(self) -> list[tuple[QWidget, Callable[[], object]]]:
        """The list of reminders."""
        return [] if self.pane.is_empty else [(self.pane, self.lines.focus_first)]

    def retranslate(self, words: Words) -> None:
        """Show everything in another language."""
        self._phrases.retranslate(words)
        self.show_reminders(self._shown, is_mine=self.mine.isChecked())

    @property
    def chosen(self) -> Reminder | None:
        """The reminder that is chosen."""
        entry = self.lines.chosen
        key = entry.key if entry is not None else None
        return next((each for each in self._shown if each.key == key), None)

    def _allow(self) -> None:
        for each in self.acts.values():
            each.setEnabled(self.chosen is not None)

    def _on_act(self, name: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's
        reminder = self.chosen
        if reminder is None:
            return
        if name == "seen":
            self.seen_asked.emit(reminder)
        else:
            days = TOMORROW_DAYS if name == "tomorrow" else WEEK_DAYS
            self.put_off_asked.emit(reminder, days)

    def _on_opened(self, _key: object) -> None:
        reminder = self.chosen
        if reminder is None:
            return
        if reminder.id is None:
            self.behind_asked.emit("quiet", reminder.kind, self.mine.isChecked())
        else:
            self.record_asked.emit(reminder.kind, reminder.id)

    def _on_whose(self) -> None:
        self.whose_asked.emit(self.mine.isChecked())


def _entries(shown: tuple[Reminder, ...], words: Words) -> tuple[Entry, ...]:
    """Return the reminders under the titles of their sorts, each with its count."""
    found: list[Entry] = []
    for topic, of_topic in groupby(shown, key=lambda each: each.topic):
        lines = [
            Entry(
                key=each.key,
                text=each.heading or words(each.why),
                below=words(each.why) if each.heading else "",
                aside=day_text(each.rang_on),
                sign="●",
                tone="accent",
            )
            for each in of_topic
        ]
        count = words.number(len(lines))
        found.append(Entry(key=None, text=words(topic), aside=count, is_title=True))
        found.extend(lines)
    return tuple(found)
