"""Candidates as rows of a register: what `read_table` reads back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from embassy_desk.domain.names import DisplayOrder, full_name
from embassy_desk.interchange.candidates import Candidate, Values
from embassy_desk.interchange.cells import joined
from embassy_desk.interchange.registers import Column, Shape, register
from embassy_desk.interchange.table_writer import Value


def table_rows(candidates: Iterable[Candidate], columns: Sequence[str]) -> Iterator[list[Value]]:
    """Yield one row for each candidate, a cell for each column.

    Columns are those of the register of the kind; any other name is looked up among the values. A
    table holds of every person one position and of parts what its columns say, no more: vCard and
    JSON hold all.

    Raises:
        RefusedError: There is no register of that kind.
    """
    for candidate in candidates:
        known = register(candidate.kind)
        yield [_cell(candidate, name, known.get(name)) for name in columns]


def _cell(candidate: Candidate, name: str, column: Column | None) -> Value:
    if name == "full_name":
        return _whole_name(candidate.values)
    if column is not None and column.shape is Shape.LIST:
        texts = (
            _entry(row, column)
            for row in candidate.parts.get(column.part, ())
            if all(_says(row, column.part, field, text) for field, text in column.fixed)
        )
        return joined(text for text in texts if text)
    if column is not None and column.part:
        rows = candidate.parts.get(column.part, ())
        first = next((row for row in rows if row.get("is_primary") == "true"), None)
        return (first or (rows[0] if rows else {})).get(column.part_field, "")
    text = candidate.values.get(name, "")
    return _typed(text, column.shape) if text and column is not None else text


def _typed(text: str, shape: Shape) -> Value:
    """Return a normal text as the type a workbook shows it in."""
    if shape is Shape.DAY:
        return date.fromisoformat(text)
    if shape is Shape.WHOLE:
        return int(text)
    if shape is Shape.YES_NO:
        return text == "true"
    return text


def _entry(row: Values, column: Column) -> str:
    text = row.get(column.part_field, "")
    if column.part == "agreement_party" and row.get("country"):
        return f"{text} [{row['country']}]".strip()
    return text


_UNSAID: Mapping[tuple[str, str], str] = {("agreement_party", "side"): "theirs"}
"""What a part means that leaves a field out."""


def _says(row: Values, part: str, field: str, text: str) -> bool:
    return row.get(field, _UNSAID.get((part, field), "")) == text


def _whole_name(values: Values) -> str:
    order = (
        DisplayOrder.GIVEN_FIRST
        if values.get("display_order") == "given_first"
        else (DisplayOrder.FAMILY_FIRST)
    )
    family, middle, given = (
        values.get(name, "") for name in ("family_name", "middle_name", "given_name")
    )
    return values.get("written_name") or full_name(family, middle, given, order)
