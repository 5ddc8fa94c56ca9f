"""The page of imports: a file, how it is read, what would come of it, and what came of it."""

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from embassy_desk.application.import_decisions import Done, Outlook
from embassy_desk.desktop.importing.mapping_pane import MappingPane
from embassy_desk.desktop.importing.outlook_pane import OutlookPane
from embassy_desk.desktop.kit.drops import FileDrop
from embassy_desk.desktop.kit.help_topics import help_topic
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, forbid, named, plain_label, said
from embassy_desk.domain.rights import Right
from embassy_desk.interchange.mapped_sheets import SheetLook
from embassy_desk.texts import N_, Text, Words


class ImportScreen(QWidget):
    """Takes a file and shows each step of taking it in.

    Attributes:
        file_asked: A file is to be chosen.
        file_given: A file was dropped; carries its path.
        over_asked: The file is to be looked over; carries its mapping, or nothing.
        take_asked: What was decided is to be done; carries the rules.
        errors_asked: Refused rows are to be written to a file.
        template_asked: An empty workbook is wanted.
    """

    file_asked = Signal()
    file_given = Signal(object)
    over_asked = Signal(object)
    take_asked = Signal(object)
    errors_asked = Signal()
    template_asked = Signal()

    def __init__(self, outfit: Outfit) -> None:
        """Begin without a file."""
        super().__init__()
        help_topic(self, "import")
        self._outfit = outfit
        self._phrases = Phrases(outfit.words)
        phrases = self._phrases
        self.file = plain_label("muted")
        self.choose = button(phrases, N_("Choose a file …"), role="primary")
        self.template = button(phrases, N_("Empty workbook …"))
        self.over = button(phrases, N_("Look it over"), role="primary")
        self.take = button(phrases, N_("Take in"), role="primary")
        self.errors = button(phrases, N_("Refused rows to a file …"))
        self.back = button(phrases, N_("Back"))
        self.mapping = MappingPane(outfit, phrases)
        self.outlook = OutlookPane(outfit, phrases)
        self.result = plain_label("body")
        self._steps = QStackedWidget()
        self._is_sheet = False
        self._build()
        self._connect()

    def _build(self) -> None:
        start = QWidget()
        named(self._phrases, start, N_("No file is chosen"))
        column = QVBoxLayout(start)
        text = N_(
            "Drop a file here, or choose one: visiting cards (VCF), tables (CSV, XLSX), records "
            "(JSON). Nothing is entered before you have seen what would come of it."
        )
        column.addWidget(said(self._phrases, text))
        column.addWidget(self.result)
        column.addStretch(1)
        for step in (start, self.mapping, self.outlook):
            self._steps.addWidget(step)
        top = QHBoxLayout()
        top.addWidget(said(self._phrases, N_("Import"), "title", wraps=False))
        top.addWidget(self.file)
        top.addStretch(1)
        for act in (self.template, self.choose):
            top.addWidget(act)
        bottom = QHBoxLayout()
        for act in (self.back, self.errors):
            bottom.addWidget(act)
        bottom.addStretch(1)
        for act in (self.over, self.take):
            bottom.addWidget(act)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.addLayout(top)
        layout.addWidget(self._steps, 1)
        layout.addLayout(bottom)
        self._show_step(0)

    def _connect(self) -> None:
        self._drop = FileDrop(self)
        self._drop.dropped.connect(lambda paths: self.file_given.emit(paths[0]))
        self.choose.clicked.connect(self.file_asked)
        self.template.clicked.connect(self.template_asked)
        self.over.clicked.connect(lambda: self.over_asked.emit(self.mapping.mapping))
        self.take.clicked.connect(lambda: self.take_asked.emit(self.outlook.decided))
        self.errors.clicked.connect(self.errors_asked)
        self.back.clicked.connect(self._on_back)

    @property
    def widget(self) -> QWidget:
        """The page itself."""
        return self

    @property
    def panes(self) -> list[tuple[QWidget, Callable[[], object]]]:
        """The panes in the order of F6."""
        return [(self, self.choose.setFocus), (self._steps, self._steps.setFocus)]

    def show_saved(self, names: Iterable[str]) -> None:
        """Offer the mappings that were saved."""
        reason = self._outfit.rights.decide(Right.CREATE).reason
        for act in (self.choose, self.take):
            forbid(self._phrases, act, reason)
        self._drop.is_open = reason is None
        self.mapping.show_saved(names)

    def show_file(self, path: Path) -> None:
        """Say which file is being taken in."""
        self.file.setText(path.name)
        self.result.clear()
        self._is_sheet = False

    def show_look(self, look: SheetLook) -> None:
        """Show how a sheet would be read."""
        self._is_sheet = True
        self.mapping.show_look(look)
        self._show_step(1)

    def show_outlook(self, outlook: Outlook) -> None:
        """Show what would come of the file."""
        self.outlook.show_outlook(outlook)
        self._show_step(2)
        self.errors.setVisible(bool(outlook.refused))

    def show_done(self, done: Done, text: Text) -> None:
        """Say what came of it."""
        self._phrases.show(self.result.setText, text)
        self._show_step(0)
        self.errors.setVisible(bool(done.refused))

    def _show_step(self, step: int) -> None:
        self._steps.setCurrentIndex(step)
        self.over.setVisible(step == 1)
        self.take.setVisible(step == 2)  # noqa: PLR2004  the third step
        self.back.setVisible(step > 0)
        self.errors.setVisible(False)

    def _on_back(self) -> None:
        is_last = self._steps.currentIndex() > 1
        self._show_step(1 if is_last and self._is_sheet else 0)

    def retranslate(self, words: Words) -> None:
        """Show the page's own words in another language."""
        self._phrases.retranslate(words)
