"""The documents tab: the files of a record, added by dialog, drop or paste."""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QLocale, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from embassy_desk.application.allowed import Allowed
from embassy_desk.application.attachments import Document
from embassy_desk.desktop.kit.days import time_text
from embassy_desk.desktop.kit.drops import FileDrop, files_in
from embassy_desk.desktop.kit.help_topics import help_topic
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, named, safe_tooltip, said, tip
from embassy_desk.domain.rights import Right
from embassy_desk.texts import N_, Text, Words

_COLUMNS = (N_("Name"), N_("Version"), N_("Size"), N_("Added"), N_("By whom"))
_NAME_COLUMN = 0


_HINT = N_("Files can also be dropped here or pasted. They are kept encrypted.")
_ONLY_READ = N_("Files of this record can be opened, not added or removed.")


class DocumentsTable(QTableWidget):
    """The files; Enter opens one, Delete removes it, files are pasted.

    Attributes:
        opened: The chosen file should be opened.
        removed: The chosen file should be removed.
        pasted: Files were pasted; carries their paths.
    """

    opened = Signal()
    removed = Signal()
    pasted = Signal(list)

    def __init__(self) -> None:
        """Make a calm table of whole lines."""
        super().__init__(0, len(_COLUMNS))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_NAME_COLUMN, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(self.opened)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, remove and paste by the keyboard."""
        if event.matches(QKeySequence.StandardKey.Paste):
            paths = files_in(QApplication.clipboard().mimeData())
            if paths:
                self.pasted.emit(paths)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class DocumentsPane(QWidget):
    """Lists the files of a record and says what the person wants of them.

    Attributes:
        choose_asked: Files should be chosen from the disk.
        add_asked: Files should be added; carries their paths.
        open_asked: A file should be opened; carries its identity.
        save_asked: A file should be saved elsewhere; carries identity and name.
        remove_asked: A file should be removed; carries its identity.
    """

    choose_asked = Signal()
    add_asked = Signal(list)
    open_asked = Signal(UUID)
    save_asked = Signal(UUID, str)
    remove_asked = Signal(UUID)

    def __init__(self, outfit: Outfit) -> None:
        """Begin empty."""
        super().__init__()
        self._outfit = outfit
        self._phrases = Phrases(outfit.words)
        self._found: tuple[Document, ...] = ()
        self._refusals: dict[QPushButton, Text | None] = {}
        self.table = DocumentsTable()
        named(self._phrases, self.table, N_("Documents"))
        self._add = self._button(N_("Add files …"))
        self._open = self._button(N_("Open file"))
        self._save = self._button(N_("Save as …"))
        self._remove = self._button(N_("Remove"))
        self._hint = said(self._phrases, _HINT, "muted")
        self._build()
        self._connect()
        help_topic(self, "records")
        self.show_documents(())

    def forbid(self, allowed: Allowed) -> None:
        """Grey what may not be done with the files of the record, each with the reason."""
        out = self._outfit.rights.decide(Right.EXPORT).reason
        self._refusals = {
            self._add: allowed.read_only,
            self._remove: allowed.archive.reason,
            self._save: out,
        }
        for each, reason in self._refusals.items():
            tip(self._phrases, each, reason or "")
        self.drop.is_open = allowed.read_only is None
        self._phrases.show(self._hint.setText, _HINT if self.drop.is_open else _ONLY_READ)
        self._allow()

    def _is_free(self, act: QPushButton) -> bool:
        return self._refusals.get(act) is None

    def _button(self, text: Text) -> QPushButton:
        return button(self._phrases, text)

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(6)
        for each in (self._add, self._open, self._save, self._remove):
            row.addWidget(each)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 10, 12, 8)
        layout.setSpacing(8)
        layout.addLayout(row)
        layout.addWidget(self._hint, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.table, 1)

    def _connect(self) -> None:
        self._add.clicked.connect(self.choose_asked)
        self._open.clicked.connect(self._on_open)
        self._save.clicked.connect(self._on_save)
        self._remove.clicked.connect(self._on_remove)
        self.table.opened.connect(self._on_open)
        self.table.removed.connect(self._on_remove)
        self.table.pasted.connect(self.add_asked)
        self.table.itemSelectionChanged.connect(self._allow)
        self.drop = FileDrop(self)
        self.drop.dropped.connect(self.add_asked)

    def show_documents(self, found: Sequence[Document]) -> None:
        """Show the files of a record; the one that was chosen stays chosen."""
        chosen = self.chosen
        self._found = tuple(found)
        self.table.setHorizontalHeaderLabels([self._phrases.words(each) for each in _COLUMNS])
        self.table.setRowCount(len(found))
        for row, each in enumerate(found):
            for column, text in enumerate(self._cells(each)):
                item = QTableWidgetItem(text)
                item.setToolTip(safe_tooltip(text))
                self.table.setItem(row, column, item)
            if chosen is not None and each.attachment.id == chosen.attachment.id:
                self.table.selectRow(row)
        self.table.setVisible(bool(found))
        self._allow()

    def _cells(self, document: Document) -> tuple[str, ...]:
        file = document.attachment
        size = QLocale().formattedDataSize(file.size_bytes, 1)
        added = time_text(file.created_at, self._outfit.zone)
        return (file.name, str(file.version), size, added, document.added_by)

    @property
    def chosen(self) -> Document | None:
        """The file that is chosen."""
        at = self.table.currentRow()
        return self._found[at] if 0 <= at < len(self._found) else None

    def open_file(self, path: Path) -> None:
        """Let the system show a file in the program it is for."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def retranslate(self, words: Words) -> None:
        """Show everything in another language."""
        self._phrases.retranslate(words)
        self.show_documents(self._found)

    def _allow(self) -> None:
        self._add.setEnabled(self._is_free(self._add))
        for each in (self._open, self._save, self._remove):
            each.setEnabled(self.chosen is not None and self._is_free(each))

    def _on_open(self) -> None:
        if self.chosen is not None:
            self.open_asked.emit(self.chosen.attachment.id)

    def _on_save(self) -> None:
        if self.chosen is not None:
            self.save_asked.emit(self.chosen.attachment.id, self.chosen.attachment.name)

    def _on_remove(self) -> None:
        if self.chosen is not None and self._is_free(self._remove):
            self.remove_asked.emit(self.chosen.attachment.id)
