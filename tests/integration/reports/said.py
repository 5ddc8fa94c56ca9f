"""The numbers that a report says: figures, counts, sentences, charts and tables."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from embassy_desk.reports.document import Bullets, Chart, Report
from embassy_desk.texts import Text

Lines = Counter[tuple[Any, ...]]
"""Of a table: the record of each row with the days and numbers in it."""


@dataclass
class Numbers:
    """The numbers of one report."""

    figures: dict[str, Counter[str]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    completeness: list[tuple[int, ...]] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    charts: list[dict[str, list[int]]] = field(default_factory=list)
    tables: list[tuple[str, Lines]] = field(default_factory=list)


def said_by(report: Report) -> Numbers:
    """Return every number that a report says."""
    return Numbers(
        figures={
            str(each.label): Counter(one.hex for one in each.behind.ids) for each in report.figures
        },
        counts={str(label): count for label, count in report.counts},
        completeness=[_numbers_in(each) for each in report.completeness],
        sentences=[
            each.count
            for block in report.blocks
            if isinstance(block, Bullets)
            for each in block.items
            if isinstance(each, Text) and each.count is not None
        ],
        charts=[
            {str(each.label): list(each.values) for each in block.series}
            for block in report.blocks
            if isinstance(block, Chart)
        ],
        tables=[(str(each.title), _lines_of(each)) for each in report.tables],
    )


def _numbers_in(sentence: Text | str) -> tuple[int, ...]:
    assert isinstance(sentence, Text)
    return tuple(each for each in sentence.values.values() if isinstance(each, int))


def _lines_of(table: Any) -> Lines:
    titles = [str(each.title) for each in table.columns]
    if titles[0] == "Line":  # numbers the rows, counts nothing
        assert [row.cells[0] for row in table.rows] == list(range(1, len(table.rows) + 1))
    return Counter(
        (
            row.record_id.hex if row.record_id else "",
            *(
                cell if isinstance(cell, int | date) else "Late"
                for cell, title in zip(row.cells, titles, strict=True)
                if title != "Line" and (isinstance(cell, int | date) or _is_late(cell))
            ),
        )
        for row in table.rows
    )


def _is_late(cell: object) -> bool:
    return isinstance(cell, Text) and cell.message == "Late"
