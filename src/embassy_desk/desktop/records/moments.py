"""Two moments of a record beside each other: what differs, both values, and who changed it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHeaderView, QVBoxLayout, QWidget

from embassy_desk.application.moments import Difference, differences
from embassy_desk.application.sheets import RecordHistory
from embassy_desk.desktop.kit.days import time_text
from embassy_desk.desktop.kit.help_topics import help_topic
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, named, said
from embassy_desk.desktop.kit.reading import Reader
from embassy_desk.desktop.kit.told_table import ToldTable
from embassy_desk.desktop.plans import PLANS
from embassy_desk.desktop.records.past import PastLine, is_told, logged_text, reader_of
from embassy_desk.domain.catalogue import entity_name, kind_named
from embassy_desk.texts import N_, Text
from embassy_desk.texts.fields import field_word

_SIZE_PX = (900, 480)
_WHAT_CHARACTERS, _WHO_CHARACTERS = 24, 22


@dataclass(frozen=True)
class MomentRow:
    """One line of the comparison, in words: a field of the record, or one of its rows."""

    what: str
    earlier: str
    later: str
    last: str


def moment_rows(
    history: RecordHistory, earlier: PastLine, later: PastLine, reader: Reader
) -> tuple[MomentRow, ...]:
    """Return what differs between the record as it was after two lines of its history.

    Fields of the record stand in lines of their own; a row of it, such as a telephone number, is
    one line, with nothing at the moment at which it was not there.
    """
    told = reader_of(history, reader)
    found = [
        each
        for each in differences(history.entries, earlier.place, later.place)
        if is_told(each.entity, each.field, each.earlier, each.later)
    ]
    own = entity_name(kind_named(history.kind).entity)
    of_record = [each for each in found if each.entity == own]
    of_rows = sorted((each for each in found if each.entity != own), key=_row_of)
    return (
        *(_row(history, [each], told) for each in of_record),
        *(_row(history, list(each), told) for _, each in groupby(of_rows, _row_of)),
    )


def _row_of(each: Difference) -> tuple[str, UUID]:
    return each.entity, each.row_id


def _row(history: RecordHistory, found: Sequence[Difference], reader: Reader) -> MomentRow:
    """Return one line of what differs in one field, or in one row of a record."""
    last = max(found, key=lambda each: each.at)
    who = history.names.get(last.by, "") if last.by else ""
    when = time_text(last.at, reader.zone)
    return MomentRow(
        what=reader.words(_title(history.kind, found)),
        earlier=_side(history.kind, found, reader, is_later=False),
        later=_side(history.kind, found, reader, is_later=True),
        last=f"{who}\n{when}" if who else when,
    )


def _title(kind: str, found: Sequence[Difference]) -> Text:
    """Return what a line is about: the field, or the table in which the row stands."""
    name = found[0].entity
    titles = {rows.part: rows.title for rows in PLANS[kind].form.rows}
    if name == entity_name(kind_named(kind).entity) or name not in titles:
        return field_word(name, found[0].field)
    return titles[name]


def _side(kind: str, found: Iterable[Difference], reader: Reader, *, is_later: bool) -> str:
    values = [
        (each, logged_text(kind, each.entity, each.field, value, reader))
        for each in found
        for value in [each.later if is_later else each.earlier]
    ]
    if len(values) == 1:
        return values[0][1]
    return "\n".join(
        reader.words(
            N_("{field} “{value}”", field=field_word(each.entity, each.field), value=value)
        )
        for each, value in values
        if value
    )


class MomentsDialog(QDialog):
    """Shows what differs between two moments."""

    def __init__(
        self,
        parent: QWidget,
        outfit: Outfit,
        history: RecordHistory,
        lines: tuple[PastLine, PastLine],
    ) -> None:
        """Compare two lines of a history, the earlier one first."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._phrases = Phrases(outfit.words)
        self._phrases.show(self.setWindowTitle, N_("Two moments compared"))
        self.table = ToldTable(4)
        named(self._phrases, self.table, N_("What differs"))
        rows = moment_rows(history, *lines, outfit.reader())
        self._build(is_empty=not rows)
        self._show(rows, [time_text(each.at, outfit.zone) for each in lines])
        help_topic(self, "records")

    def _build(self, *, is_empty: bool) -> None:
        phrases = self._phrases
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(10)
        layout.addWidget(said(phrases, N_("Two moments compared"), "heading"))
        text: Text = N_("Only what differs is shown, with who changed it last between the two.")
        if is_empty:
            text = N_("Nothing differs: what was changed in between was changed back.")
        layout.addWidget(said(phrases, text, "muted"))
        layout.addWidget(self.table, 1)
        self.table.setVisible(not is_empty)
        box = QDialogButtonBox()
        close = button(phrases, N_("Close"), role="primary")
        close.setDefault(True)
        box.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        close.clicked.connect(self.reject)
        layout.addWidget(box)
        self.resize(*_SIZE_PX)

    def _show(self, rows: Sequence[MomentRow], moments: Sequence[str]) -> None:
        words = self._phrases.words
        titles = (
            words(N_("What")),
            *(words(N_("On {moment}", moment=each)) for each in moments),
            words(N_("Last changed")),
        )
        self.table.setHorizontalHeaderLabels(list(titles))
        for column, wide in ((0, _WHAT_CHARACTERS), (3, _WHO_CHARACTERS)):
            self.table.make_wide(column, wide)
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.table.show_rows([(each.what, each.earlier, each.later, each.last) for each in rows])
