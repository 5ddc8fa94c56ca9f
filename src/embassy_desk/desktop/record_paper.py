"""A record on paper: everything its form holds, in the words of the window, with a preview."""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import replace

from embassy_desk.application.controlled_lists import MISSIONS
from embassy_desk.application.office import Office
from embassy_desk.application.sheets import RecordSheet
from embassy_desk.application.taking_out import take_out_record
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.plans import FormPlan, RowsPlan
from embassy_desk.desktop.kit.reading import Reader
from embassy_desk.desktop.kit.shapes import shape_of
from embassy_desk.desktop.kit.theme import FONT_FAMILY
from embassy_desk.desktop.lists.preview import preview_paper
from embassy_desk.desktop.lists.print_list import ListPaper, PaperHead
from embassy_desk.desktop.lists.shown_lines import ShownTable
from embassy_desk.desktop.plans import PLANS
from embassy_desk.desktop.records.presenter import RecordPresenter
from embassy_desk.desktop.shell.frame import Frame
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.domain.entity import Entity
from embassy_desk.domain.errors import MissingError
from embassy_desk.texts import N_
from embassy_desk.texts.fields import field_word

_STATE = "state"
_WIDTHS = (24, 76)
_CHARACTERS_OF_A_ROW = 280
"""A row of the paper holds four lines; longer texts go on in the next one."""


class RecordPaper:
    """Prints the record that is open."""

    def __init__(
        self, office: Office, records: RecordPresenter, outfit: Outfit, window: Frame
    ) -> None:
        """Print what `records` has open; the preview stands on the window."""
        self._office = office
        self._records = records
        self._outfit = outfit
        self._window = window

    async def print(self) -> None:
        """Show the record that is open as it will be printed, and write down that it leaves.

        Raises:
            MissingError: No record is open, or it is gone.
            RefusedError: The rights do not allow it.
        """
        kind, record_id = self._records.kind, self._records.record_id
        if record_id is None:
            raise MissingError(N_("Open a record first."))
        sheet = await self._office.do(take_out_record, kind, record_id)
        words, identity = self._outfit.words, self._office.store.identity
        head = PaperHead(
            mission=self._outfit.lists.label(MISSIONS, identity.mission, words.language),
            as_of=words.day(self._outfit.today()),
            mark=words(sheet.record.handling),
            about=f"{words(kind_named(kind).label)} · {sheet.record.ref}",
        )
        paper = ListPaper(record_table(sheet, self._outfit), head, words, FONT_FAMILY)
        await preview_paper(paper, self._window, words(N_("Print this record")))


def record_table(sheet: RecordSheet, outfit: Outfit) -> ShownTable:
    """Return a record as a table of words: what each field is called, and what it holds.

    Empty fields are left out; rows that belong to the record stand under the name of their table.
    """
    words = outfit.words
    reader = replace(outfit.reader(), names=sheet.names)
    rows = [
        row
        for name, text in _lines(sheet, PLANS[sheet.kind].form, reader)
        for row in _rows(name, text)
    ]
    return ShownTable(
        title=sheet.record.heading,
        filters="",
        columns=(words(N_("Field")), words(N_("Value"))),
        widths=_WIDTHS,
        rows=tuple(rows),
    )


def _lines(sheet: RecordSheet, plan: FormPlan, reader: Reader) -> Iterator[tuple[str, str]]:
    """Yield the words of each field and row that holds something."""
    record = sheet.record
    if _STATE in type(record).model_fields:
        yield _line(record, _STATE, reader)
    for block in plan.blocks:
        if isinstance(block, RowsPlan):
            title = reader.words(block.title)
            for part in sheet.file.parts.get(block.part, ()):
                told = (_line(part, name, reader) for name in block.fields)
                yield title, "; ".join(f"{name}: {text}" for name, text in told if text)
        else:
            yield from (_line(record, name, reader) for name in block.fields)


def _line(entity: Entity, field: str, reader: Reader) -> tuple[str, str]:
    shape = shape_of(type(entity), field)
    word = reader.words(field_word(shape.entity, field))
    return word, reader.value(shape, getattr(entity, field))


def _rows(name: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield the rows of a text, each short enough to be shown whole; none for an empty one."""
    for paragraph in re.split(r"\n+", text.strip()) if text.strip() else ():
        for piece in textwrap.wrap(paragraph, _CHARACTERS_OF_A_ROW) or [""]:
            yield name, piece
            name = ""
