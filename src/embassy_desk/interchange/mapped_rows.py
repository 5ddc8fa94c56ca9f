"""Rows of a sheet made into fields and parts, as a mapping says what each column becomes."""

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from embassy_desk.domain.name_split import likely_order_of
from embassy_desk.domain.vietnamese import fold
from embassy_desk.interchange.cells import Cell, entries, plain, value
from embassy_desk.interchange.errors import FileProblem
from embassy_desk.interchange.heading_words import labels_of_notes
from embassy_desk.interchange.known_sheets import NOTED, PASSED_OVER
from embassy_desk.interchange.legacy import converted, legacy_named
from embassy_desk.interchange.old_headings import headings_read
from embassy_desk.interchange.registers import Column, Shape, register
from embassy_desk.interchange.rows import part_of
from embassy_desk.interchange.sheets import Row
from embassy_desk.interchange.vcard_signs import escaped
from embassy_desk.texts import N_

Parts = dict[str, list[dict[str, str]]]

_TARGET = re.compile(r"(\w+)#([A-Za-z]*)(\d*)\.(\w+)")
_WRITTEN = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})")
_NUMBER = re.compile(r"[1-9]\d{6,10}")
_BETWEEN = " ::: "
_NAMED = frozenset({"card_property"})
_NOT_FIRST = frozenset({"fax", "assistant"})
_NO_DAY = re.compile(r"[0/.\s-]+")
"""What Outlook writes where there is no day: `0/0/00`, `0.0.00`."""
_PIVOT = 69  # of years in two figures: 69 is 1969, 68 is 2068, as in POSIX

_LABELS = {
    "work": "work", "business": "work", "co quan": "work", "home": "home", "nha rieng": "home",
    "mobile": "mobile", "cell": "mobile", "di dong": "mobile", "fax": "fax", "work fax": "fax",
    "home fax": "fax", "main": "switchboard", "other": "other", "khac": "other", "pager": "other",
    "assistant": "assistant",
}  # fmt: skip
"""Our code by the label of another address book, folded."""


class Choices(Protocol):
    """What a mapping says beside its columns."""

    @property
    def legacy(self) -> Mapping[str, str]:
        """A `Legacy` by heading."""

    @property
    def date_order(self) -> str:
        """Order of the figures of a day."""


class RowMaker:
    """Makes fields and parts of rows.

    Attributes:
        remarks: What may be wrong and was taken, with its line.
        at: Heading of the cell that was looked at last.
    """

    def __init__(
        self, kind: str, headings: Sequence[str], columns: Mapping[str, str], choices: Choices
    ) -> None:
        """Prepare for rows under these headings."""
        self.remarks: list[FileProblem] = []
        self.at = ""
        self._known = register(kind)
        self._order = choices.date_order
        used = [legacy_named(choices.legacy.get(heading, "")) for heading in headings]
        said = headings_read(headings, used)
        self._steps = [
            (place, said[place], columns[heading], used[place])
            for place, heading in enumerate(headings)
            if heading and columns[heading] != PASSED_OVER
        ]
        self._named_by = labels_of_notes(headings)

    def contents(self, row: Row) -> tuple[dict[str, str], Parts]:
        """Return the fields and parts of a row.

        Raises:
            UnreadableCellError: A cell does not say what its column asks for.
        """
        values: dict[str, str] = {}
        parts: Parts = {}
        slots: dict[tuple[str, str], dict[str, str]] = {}
        for place, heading, target, legacy in self._steps:
            cell = row.cells[place] if place < len(row.cells) else ""
            if isinstance(cell, str):
                cell = converted(cell, legacy) if not cell.isascii() else cell
                if not cell.strip():
                    continue
            self.at = heading
            said = self._own_heading(row, place, heading)
            self._take(row.line, said, target, cell, values, parts, slots)
        for (part, _), filled in slots.items():
            finished = _finished(part, filled)
            if finished:
                parts[part] = _beside(part, parts.get(part, []), finished)
        if "full_name" not in values and "display_order" not in values:
            order = likely_order_of(values.get("family_name", ""), values.get("given_name", ""))
            values |= {"display_order": order} if order else {}
        # Whoever has a telephone is not called on the fax that stands before it.
        parts.get("contact_phone", []).sort(key=lambda row: row.get("kind") in _NOT_FIRST)
        return values, parts

    def _own_heading(self, row: Row, place: int, heading: str) -> str:
        """Return what the row itself calls a cell, where it does: the label of a custom field."""
        named_by = self._named_by.get(place, place)
        if named_by == place or named_by >= len(row.cells):
            return heading
        return plain(row.cells[named_by]) or heading

    def _take(
        self,
        line: int,
        heading: str,
        target: str,
        cell: Cell,
        values: dict[str, str],
        parts: Parts,
        slots: dict[tuple[str, str], dict[str, str]],
    ) -> None:
        if target == NOTED:
            text = f"{heading}: {plain(cell)}"
            values["notes"] = "\n".join(filter(None, (values.get("notes", ""), text)))
        elif match := _TARGET.fullmatch(target):
            part, word, number, field = match.groups()
            row = slots.setdefault((part, word + number), _beginning(part, word))
            text = self._phone(line, heading, cell) if field == "typed" else plain(cell)
            row[field] = f"{row[field]}\n{text}" if field in row and field != "kind" else text
        else:
            self._take_column(self._known[target], cell, values, parts)

    def _take_column(
        self, column: Column, cell: Cell, values: dict[str, str], parts: Parts
    ) -> None:
        if column.shape is Shape.LIST:
            texts = entries(cell) if not _is_google(cell) else plain(cell).split(_BETWEEN)
            rows = [part_of(column, text.removeprefix("* ")) for text in texts]
            parts.setdefault(column.part, []).extend(rows)
            return
        if column.shape in {Shape.DAY, Shape.PARTIAL_DAY} and isinstance(cell, str):
            cell = in_order(cell.strip(), self._order)
        text = value(cell, column, {})
        if text and column.part:
            parts.setdefault(column.part, [{}])[0][column.part_field] = text
        elif text and column.name == "notes" and values.get("notes"):
            values["notes"] = f"{values['notes']}\n{text}"
        elif text:
            values[column.name] = text

    def _phone(self, line: int, heading: str, cell: Cell) -> str:
        """Return a number; one that a spreadsheet took for a figure may have lost its zero."""
        text = plain(cell)
        if not isinstance(cell, str) and _NUMBER.fullmatch(text):
            reason = N_("The number may have lost its first zero in the spreadsheet.")
            self.remarks.append(FileProblem(line, heading, reason))
        return text


def _is_google(cell: Cell) -> bool:
    return isinstance(cell, str) and _BETWEEN in cell


def _beginning(part: str, word: str) -> dict[str, str]:
    if part in _NAMED:
        return {"name": word}
    return {"kind": word} if word else {}


def _finished(part: str, row: dict[str, str]) -> list[dict[str, str]]:
    """Return the rows of a slot: several where one cell holds several, none where it says none."""
    formatted = row.pop("formatted", "")
    if part == "contact_address" and formatted:
        row.setdefault("street", formatted)
    if not row.keys() - {"kind", "label", "name"}:
        return []
    if row.get("name") == "BDAY" and _NO_DAY.fullmatch(row["value"]):
        return []
    row |= _labelled(part, row.pop("label", ""))
    if part in _NAMED and row["name"] != "URL":
        row["value"] = escaped(row["value"])
    for field in ("typed", "address"):
        if _BETWEEN in row.get(field, ""):
            first, *others = row[field].split(_BETWEEN)
            rest = {name: text for name, text in row.items() if name != "is_primary"}
            return [row | {field: first}, *(rest | {field: each} for each in others)]
    return [row]


def _beside(
    part: str, rows: list[dict[str, str]], further: list[dict[str, str]]
) -> list[dict[str, str]]:
    """Return rows of a part with further ones.

    A post of which the headings are partly ours and partly those of a program is one.
    """
    if part == "position" and len(rows) == 1 and rows[0].keys().isdisjoint(further[0]):
        return [rows[0] | further[0], *further[1:]]
    return [*rows, *further]


def _labelled(part: str, label: str) -> dict[str, str]:
    """Return the kind or label that another address book wrote; a star marks the main one."""
    word = label.removeprefix("*").strip()
    found = {"is_primary": "true"} if label.startswith("*") else {}
    code = _LABELS.get(fold(word), "")
    if code == "home" and part != "contact_phone":
        code = "personal"
    if word:
        found |= {"kind": code} if code else {"label": word}
    return found


def in_order(text: str, order: str) -> str:
    """Return a day written in figures as dd/mm/yyyy, from the order in which they stand.

    Args:
        text: The cell; anything else is returned as it is.
        order: `dmy`, `mdy` or `ymd`.
    """
    match = _WRITTEN.fullmatch(text)
    if match is None:
        return text
    first, _, second, year = match.groups()
    if len(year) == 2:  # noqa: PLR2004
        year = str((1900 if int(year) >= _PIVOT else 2000) + int(year))
    day, month = (second, first) if order == "mdy" else (first, second)
    return f"{day}/{month}/{year}"
