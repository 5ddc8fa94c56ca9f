"""How a sheet is read: its columns, what each becomes, and what old letters turn into."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from embassy_desk.desktop.importing.target_words import target_words
from embassy_desk.desktop.kit.lines import LineKeeper
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, line_edit, named, plain_label, said
from embassy_desk.desktop.kit.quiet import QuietComboBox
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.interchange.known_sheets import targets_of
from embassy_desk.interchange.legacy import Legacy, converted, legacy_named
from embassy_desk.interchange.mapped_sheets import ENCODINGS, SheetLook, SheetMapping
from embassy_desk.interchange.old_headings import headings_read
from embassy_desk.interchange.registers import KINDS_READ
from embassy_desk.texts import N_, Text

SHOWN_ROWS = 40
_MOST_HEADER_LINE = 20
_COLUMN_PX = 232
_FIELDS_ACROSS = 3
_UNDECIDED = "?"
_BECOMES, _READ_AS, _FIRST = 0, 1, 2

_ENCODING_WORDS: dict[str, Text] = {
    "utf-8": N_("UTF-8"),
    "utf-16": N_("UTF-16"),
    "cp1258": N_("Vietnamese (1258)"),
    "cp1252": N_("Western, or old fonts (1252)"),
    "cp932": N_("Japanese (Shift-JIS)"),
    "gb18030": N_("Chinese (GB 18030)"),
    "cp949": N_("Korean (949)"),
    "cp1250": N_("Central European (1250)"),
    "cp1251": N_("Cyrillic (1251)"),
}
_DELIMITER_WORDS: dict[str, Text] = {
    ",": N_("Comma"),
    ";": N_("Semicolon"),
    "\t": N_("Tab"),
}
_ORDER_WORDS: dict[str, Text] = {
    "dmy": N_("Day, month, year"),
    "mdy": N_("Month, day, year"),
    "ymd": N_("Year, month, day"),
}


class MappingPane(QWidget):
    """Shows a sheet and lets a person say how it is read; the preview follows at once.

    Attributes:
        look_asked: The file has to be looked at anew; carries the mapping so far.
        save_asked: The mapping is to be saved; carries the name and the mapping.
        saved_chosen: A saved mapping is wanted; carries its name.
    """

    look_asked = Signal(object)
    save_asked = Signal(str, object)
    saved_chosen = Signal(str)

    def __init__(self, outfit: Outfit, phrases: Phrases) -> None:
        """Begin without a sheet."""
        super().__init__()
        self._outfit, self._phrases = outfit, phrases
        self._look: SheetLook | None = None
        self._is_showing = False
        self.kind, self.encoding, self.delimiter = (QuietComboBox() for _ in range(3))
        self.order, self.saved = QuietComboBox(), QuietComboBox()
        self.header = QuietComboBox()
        self.name = line_edit(60)
        self.save = button(phrases, N_("Save this mapping"))
        self.table = QTableWidget()
        self.samples = QTableWidget(0, 3)
        self.hint = plain_label("muted")
        self._build()
        self._connect()

    def _build(self) -> None:
        grid = QGridLayout()
        fields = (
            (N_("Rows are"), self.kind),
            (N_("Encoding"), self.encoding),
            (N_("Separator"), self.delimiter),
            (N_("Order of a date"), self.order),
            (N_("Line of the headings"), self.header),
            (N_("Saved mapping"), self.saved),
        )
        for place, (text, widget) in enumerate(fields):
            cell = QFormLayout()
            cell.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
            cell.addRow(said(self._phrases, text, "field", wraps=False), widget)
            named(self._phrases, widget, text)
            grid.addLayout(cell, *divmod(place, _FIELDS_ACROSS))
        named(self._phrases, self.table, N_("Preview of the sheet"))
        named(self._phrases, self.samples, N_("Old letters before and after"))
        named(self._phrases, self.name, N_("Name of the mapping"))
        self._phrases.show(self.name.setPlaceholderText, N_("Name of the mapping"))
        for table in (self.table, self.samples):
            table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
            table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
            LineKeeper(table)
        self.samples.horizontalHeader().setStretchLastSection(True)
        keep = QHBoxLayout()
        keep.addWidget(self.name, 1)
        keep.addWidget(self.save)
        keep.addStretch(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(grid)
        column.addWidget(self.hint)
        column.addWidget(self.table, 3)
        column.addWidget(self.samples, 2)
        column.addLayout(keep)

    def _connect(self) -> None:
        for combo in (self.kind, self.encoding, self.delimiter, self.header):
            combo.activated.connect(self._on_look)
        self.order.activated.connect(self._say)
        self.saved.activated.connect(self._on_saved)
        self.save.clicked.connect(self._on_save)

    def show_saved(self, names: Iterable[str]) -> None:
        """Offer the mappings that were saved."""
        self.saved.clear()
        self.saved.addItem("", "")
        for name in names:
            self.saved.addItem(name, name)

    def show_look(self, look: SheetLook) -> None:
        """Show a sheet as it would be read."""
        self._look, self._is_showing = look, True
        words, mapping = self._outfit.words, look.mapping
        kinds = {each: kind_named(each).plural for each in KINDS_READ}
        self._offer(self.kind, kinds, mapping.kind)
        self._offer(self.encoding, {e: _ENCODING_WORDS[e] for e in ENCODINGS}, mapping.encoding)
        self._offer(self.delimiter, _DELIMITER_WORDS, mapping.delimiter)
        self._offer(self.order, _ORDER_WORDS, mapping.date_order)
        self.header.clear()
        for line in range(1, max(_MOST_HEADER_LINE, mapping.header_line) + 1):
            self.header.addItem(str(line), line)
        self.header.setCurrentIndex(mapping.header_line - 1)
        for combo in (self.encoding, self.delimiter):
            combo.setEnabled(not look.is_workbook)
        self._fill(look)
        self._is_showing = False
        self._say()
        legacies = {each.legacy for each in look.proposals}
        self.samples.setVisible(bool(legacies))
        headers = (N_("Column"), N_("As it stands"), N_("As it would be read"))
        self.samples.setHorizontalHeaderLabels([words(each) for each in headers])

    def _offer(self, combo: QuietComboBox, choices: dict[str, Text], chosen: str) -> None:
        combo.clear()
        for value, text in choices.items():
            combo.addItem(self._outfit.words(text), value)
        combo.setCurrentIndex(max(0, combo.findData(chosen)))

    def _fill(self, look: SheetLook) -> None:
        """Put the choices of each column above its cells."""
        words = self._outfit.words
        rows = look.rows[:SHOWN_ROWS]
        self.table.clear()
        self.table.setRowCount(_FIRST + len(rows))
        self.table.setColumnCount(len(look.headings))
        labels = [words(N_("Becomes")), words(N_("Read as"))]
        self.table.setVerticalHeaderLabels([*labels, *(str(n + 1) for n in range(len(rows)))])
        offered = [(t, target_words(look.mapping.kind, t, self._outfit)) for t in
                   ("", *targets_of(look.mapping.kind))]  # fmt: skip
        for place, heading in enumerate(look.headings):
            target = QuietComboBox()
            target.addItem(words(N_("– say what it becomes –")), _UNDECIDED)
            for value, text in offered:
                target.addItem(text, value)
            chosen = look.mapping.columns.get(heading, _UNDECIDED)
            target.setCurrentIndex(max(0, target.findData(chosen)))
            legacy = QuietComboBox()
            for each in Legacy:
                legacy.addItem(words(each.label), each.value)
            used = look.mapping.legacy.get(heading, Legacy.NONE.value)
            legacy.setCurrentIndex(max(0, legacy.findData(used)))
            shown = heading or str(place + 1)
            target.setAccessibleName(words(N_("“{column}” becomes", column=shown)))
            legacy.setAccessibleName(words(N_("“{column}” is read as", column=shown)))
            target.activated.connect(self._say)
            legacy.activated.connect(self._say)
            self.table.setCellWidget(_BECOMES, place, target)
            self.table.setCellWidget(_READ_AS, place, legacy)
            self.table.setColumnWidth(place, _COLUMN_PX)

    @property
    def mapping(self) -> SheetMapping:
        """How the person wants the sheet to be read."""
        look = self._shown_look
        columns, legacy = {}, {}
        for place, heading in enumerate(look.headings):
            target = _choice(self.table, _BECOMES, place).currentData()
            if heading and target != _UNDECIDED:
                columns[heading] = target
            used = _choice(self.table, _READ_AS, place).currentData()
            if heading and used != Legacy.NONE.value:
                legacy[heading] = used
        return SheetMapping(
            kind=self.kind.currentData(),
            encoding="" if look.is_workbook else self.encoding.currentData(),
            delimiter="" if look.is_workbook else self.delimiter.currentData(),
            header_line=self.header.currentData(),
            date_order=self.order.currentData(),
            columns=columns,
            legacy=legacy,
        )

    @property
    def _shown_look(self) -> SheetLook:
        if self._look is None:
            raise RuntimeError("no sheet is shown")
        return self._look

    @property
    def undecided(self) -> Sequence[str]:
        """Headings of which nobody has said what they become."""
        known = self.mapping.columns
        return [each for each in self._shown_look.headings if each and each not in known]

    def _say(self, *_carried: object) -> None:
        """Show headings and cells as they would be read, and what is still to be decided."""
        if self._look is None or self._is_showing:
            return
        look, legacy = self._look, self.mapping.legacy
        used = [legacy_named(legacy.get(heading, "")) for heading in look.headings]
        self.table.setHorizontalHeaderLabels(headings_read(look.headings, used))
        for row, cells in enumerate(look.rows[:SHOWN_ROWS]):
            for place, cell in enumerate(cells[: len(used)]):
                item = QTableWidgetItem(converted(cell, used[place]).strip())
                self.table.setItem(_FIRST + row, place, item)
        self._show_samples(used)
        left = self.undecided
        text = N_(
            "Rows: {count}. Columns that nobody has decided on: {left}.",
            count=look.row_count,
            left=len(left),
        )
        if not left:
            text = N_("Rows: {count}.", count=look.row_count)
        self._phrases.show(self.hint.setText, text)

    def _show_samples(self, used: Sequence[Legacy]) -> None:
        look = self._shown_look
        rows = [
            (converted(look.headings[each.column], used[each.column]), before,
             converted(before, used[each.column]))
            for each in look.proposals
            for before, _ in each.samples
        ]  # fmt: skip
        self.samples.setRowCount(len(rows))
        for place, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                self.samples.setItem(place, column, QTableWidgetItem(cell))
        self.samples.resizeColumnsToContents()

    def _on_look(self, *_carried: object) -> None:
        if self._look is None or self._is_showing:
            return
        mapping = self.mapping
        if mapping.kind != self._look.mapping.kind or (
            mapping.header_line != self._look.mapping.header_line
            or mapping.encoding != self._look.mapping.encoding
            or mapping.delimiter != self._look.mapping.delimiter
        ):
            self.look_asked.emit(replace(mapping, columns={}, legacy={}))

    def _on_saved(self, *_carried: object) -> None:
        if name := self.saved.currentData():
            self.saved_chosen.emit(name)

    def _on_save(self) -> None:
        if self._look is not None and (name := self.name.text().strip()):
            self.save_asked.emit(name, self.mapping)


def _choice(table: QTableWidget, row: int, place: int) -> QuietComboBox:
    """Return the choice that stands above a column.

    Raises:
        TypeError: There is none.
    """
    combo = table.cellWidget(row, place)
    if not isinstance(combo, QuietComboBox):
        raise TypeError("there is no choice above this column")
    return combo
