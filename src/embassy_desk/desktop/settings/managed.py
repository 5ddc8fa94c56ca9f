"""The page “Managed by headquarters”: which settings others decided, who, and what went wrong."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from embassy_desk.desktop.kit.help_topics import help_topic
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, named, said
from embassy_desk.desktop.settings.presenter import DecidedLine
from embassy_desk.texts import N_, Text, Words

LOCKED, PROPOSED = N_("Locked"), N_("You may choose otherwise")
_HEADINGS = (N_("Setting"), N_("Value"), N_("Who decided"), N_("Whether it is locked"))
_SIZE_PX = (760, 360)


class ManagedDialog(QDialog):
    """Shows what others decided; nothing can be changed here."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        lines: Sequence[DecidedLine],
        problems: Sequence[Text],
    ) -> None:
        """Show these lines, and what of the policies was not understood."""
        super().__init__(parent)
        self._phrases = Phrases(words)
        self._lines = tuple(lines)
        self._problems = tuple(problems)
        self._phrases.show(self.setWindowTitle, N_("Managed by headquarters"))
        help_topic(self, "settings")
        self.tree = QTreeWidget()
        self._build()
        self._fill()

    def _build(self) -> None:
        named(self._phrases, self.tree, N_("Managed by headquarters"))
        self.tree.setColumnCount(len(_HEADINGS))
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tree.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(12)
        layout.addWidget(said(self._phrases, N_("Managed by headquarters"), "title"))
        layout.addWidget(said(self._phrases, self._opening, "small"))
        layout.addWidget(self.tree, 1)
        for each in self._problems:
            layout.addWidget(said(self._phrases, each, "caution"))
        layout.addWidget(self._buttons())
        self.resize(*_SIZE_PX)

    @property
    def _opening(self) -> Text:
        if not self._lines:
            return N_("Nobody has decided any setting for you.")
        return N_(
            "Headquarters and the administrator of this computer may decide settings. What is "
            "locked is grey in the settings."
        )

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        close = button(self._phrases, N_("Close"), role="primary")
        close.setDefault(True)
        box.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        box.rejected.connect(self.reject)
        return box

    def _fill(self) -> None:
        words = self._phrases.words
        self.tree.clear()
        self.tree.setHeaderLabels([words(each) for each in _HEADINGS])
        for line in self._lines:
            value = line.value if isinstance(line.value, str) else words(line.value)
            locked = words(LOCKED if line.is_locked else PROPOSED)
            cells = [words(line.label), value, words(line.who), locked]
            item = QTreeWidgetItem(self.tree, cells)
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, ", ".join(cells))
        if self._lines:
            self.tree.setCurrentIndex(self.tree.model().index(0, 0))

    def retranslate(self, words: Words) -> None:
        """Show the page in another language."""
        self._phrases.retranslate(words)
        self._fill()
