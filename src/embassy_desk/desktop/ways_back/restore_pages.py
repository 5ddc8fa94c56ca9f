"""The pages of the wizard that brings a backup back: which one, its passphrase, what happens."""

from collections.abc import Iterable
from datetime import tzinfo
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem

from embassy_desk.application.backups import Backup
from embassy_desk.application.restoring import SetAside
from embassy_desk.desktop.kit.days import time_text
from embassy_desk.desktop.kit.passphrase import secret_line
from embassy_desk.desktop.kit.plain import button, check_box, named, plain_label
from embassy_desk.desktop.kit.wizards import LinePage, StepPage
from embassy_desk.texts import N_, Words

_FILE = Qt.ItemDataRole.UserRole


class BackupPage(StepPage):
    """Which backup.

    Attributes:
        file_asked: A backup that lies elsewhere is to be chosen.
    """

    file_asked = Signal()

    def __init__(
        self, words: Words, backups: Iterable[Backup], kept: Iterable[SetAside], zone: tzinfo
    ) -> None:
        """Offer the backups beside the store, newest first, then stores that were set aside."""
        super().__init__(words, N_("Restore a backup"))
        self._backups, self._kept, self._zone = tuple(backups), tuple(kept), zone
        self._others: list[Path] = []
        self.say(N_("Nothing changes before you press Finish, and what is here now is kept."))
        self.list = QListWidget()
        self.list.setObjectName("backups")
        self.list.setSpacing(2)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        named(self.phrases, self.list, N_("Backups, newest first"))
        self.nothing = plain_label("muted")
        text = N_("No backup lies beside a store here. Choose the file of one.")
        self.phrases.show(self.nothing.setText, text)
        is_other = bool(self._backups or self._kept)
        choose = N_("Another file …") if is_other else N_("Choose a file …")
        self.other = button(self.phrases, choose)
        self._build()

    def _build(self) -> None:
        for each in (self.nothing, self.list):
            self.column.addWidget(each)
        self.column.addWidget(self.other, 0, Qt.AlignmentFlag.AlignLeft)
        self._list()
        self.list.setCurrentRow(0)
        self.list.itemSelectionChanged.connect(self.completeChanged)
        self.other.clicked.connect(self.file_asked)

    def _list(self) -> None:
        """List every backup in the language of the page; the chosen one stays chosen."""
        row = self.list.currentRow()
        self.list.clear()
        for path in self._others:
            self._add(path, str(path))
        for each in self._backups:
            moment = time_text(each.made_at, self._zone)
            text = N_(
                "{moment} · {why} · {count} record",
                "{moment} · {why} · {count} records",
                moment=moment,
                why=each.why,
                count=each.records,
            )
            self._add(each.path, self.phrases.words(text))
        for kept in self._kept:
            moment = time_text(kept.at, self._zone)
            text = N_("{moment} · Set aside when a backup was restored", moment=moment)
            self._add(kept.path, self.phrases.words(text))
        self.list.setCurrentRow(row)
        self.nothing.setVisible(self.list.count() == 0)
        self.list.setVisible(self.list.count() > 0)

    def _add(self, path: Path, text: str) -> None:
        QListWidgetItem(text, self.list).setData(_FILE, str(path))

    def take(self, path: Path) -> None:
        """Offer a file that lies elsewhere, and choose it."""
        self._others.insert(0, path)
        self._list()
        self.list.setCurrentRow(0)
        self.focus_first()
        self.completeChanged.emit()

    def focus_first(self) -> None:
        """Let the keys go to the backups, or to what chooses a file where there are none."""
        (self.list if self.list.count() else self.other).setFocus()

    @property
    def chosen(self) -> Path | None:
        """The file of the backup that is chosen."""
        items = self.list.selectedItems()
        return Path(items[0].data(_FILE)) if items else None

    @property
    def chosen_text(self) -> str:
        """The backup that is chosen, in words."""
        return "".join(each.text() for each in self.list.selectedItems())

    def isComplete(self) -> bool:  # noqa: N802  Qt's name
        """Whether one is chosen."""
        return self.chosen is not None

    def retranslate(self, words: Words) -> None:
        """Show the page and the backups in another language."""
        super().retranslate(words)
        self._list()


class OpenPage(LinePage):
    """What opens the backup."""

    def __init__(self, words: Words) -> None:
        """Begin empty."""
        super().__init__(words, N_("Passphrase of the backup"), secret_line())
        self.say(
            N_(
                "For a backup of this store that is the present passphrase; for a file from "
                "elsewhere the one it had when it was made."
            )
        )
        self.line.setObjectName("backup-passphrase")
        named(self.phrases, self.line, N_("Passphrase of the backup"))
        self._show = check_box(self.phrases, N_("Show what I type"))
        self.problem.setObjectName("restore-problem")
        for each in (self.line, self._show, self.problem):
            self.column.addWidget(each)
        self.column.addStretch(1)
        self._show.toggled.connect(self._on_shown)

    def _on_shown(self, is_shown: bool) -> None:  # noqa: FBT001  Qt's signal
        mode = QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password
        self.line.setEchoMode(mode)


class ReadyPage(StepPage):
    """What Finish will do."""

    def __init__(self, words: Words, *, has_store: bool) -> None:
        """Say what happens to what is here now."""
        super().__init__(words, N_("Ready"))
        self.say(N_("When you press Finish, this backup is opened, checked and put in place:"))
        self.backup = plain_label("heading")
        self.column.addWidget(self.backup)
        self.column.addSpacing(8)
        kept = N_(
            "The present store is not deleted: it is set aside in the folder “kept” of your "
            "profile for 30 days."
        )
        here = N_("There is no store on this computer yet; the backup becomes it.")
        self.say(kept if has_store else here)
        self.say(
            N_(
                "A backup that is damaged, or that the passphrase does not open, changes nothing. "
                "What headquarters has received since comes back with the next exchange."
            )
        )
        self.column.addStretch(1)
