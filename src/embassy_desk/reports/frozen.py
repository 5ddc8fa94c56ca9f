"""A report as it was when it was signed: in one language, as plain values that never change.

What the reader's language makes of a value is written down, so that later words, lists and names
change nothing; days and numbers stay what they are, so that a workbook can still reckon with them.
The same values always give the same bytes, whose SHA-256 stands in the signed record.
"""

import base64
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from embassy_desk.domain.entity import Handling
from embassy_desk.domain.errors import InvalidError, StoreError
from embassy_desk.reports.document import (
    Align,
    Behind,
    Block,
    Bullets,
    Chart,
    ChartForm,
    Column,
    Facts,
    Figure,
    Figures,
    Heading,
    Letterhead,
    Narrative,
    Pair,
    Paragraph,
    Period,
    Report,
    Row,
    Series,
    Table,
    Value,
)
from embassy_desk.reports.shown import Shown
from embassy_desk.sealing.digests import stream_digest
from embassy_desk.sync.canonical import canonical
from embassy_desk.sync.compression import compressed, decompressed
from embassy_desk.texts import N_, Words

VERSION = 1
LARGEST_CONTENT_BYTES = 32 * 1024 * 1024
_PIECE = 48_000


def freeze(report: Report, words: Words, letterhead: Letterhead | None) -> dict[str, Any]:
    """Return a report as plain values of one language.

    Args:
        report: The report.
        words: Its language.
        letterhead: For an official paper; its number and day are no part of the content, for the
            register may give the number later.
    """
    shown = Shown(words)
    head = None if letterhead is None else asdict(replace(letterhead, number=0, issued_on=None))
    return {
        "version": VERSION,
        "language": words.language,
        "letterhead": head and {name: _listed(value) for name, value in head.items()},
        "name": report.name,
        "title": shown.text(report.title),
        "subject": shown.line(report.subject),
        "as_of": report.as_of.isoformat(),
        "on": report.on.isoformat(),
        "period": report.period
        and [report.period.from_on.isoformat(), report.period.until_on.isoformat()],
        "filters": [shown.text(each) for each in report.filters],
        "counts": [[shown.text(label), count] for label, count in report.counts],
        "handling": report.handling.value,
        "completeness": [shown.text(each) for each in report.completeness],
        "blocks": [_block(each, shown) for each in report.blocks],
        "mission": shown.line(report.mission),
        "is_wide": report.is_wide,
    }


def thaw(told: Mapping[str, Any]) -> tuple[Report, Letterhead | None]:
    """Return the report and the letterhead that were frozen.

    Raises:
        StoreError: They cannot be read, or come from a later version of the program.
    """
    try:
        if told["version"] != VERSION:
            raise StoreError(N_("This report was signed with a later version of the program."))
        return _thawed(told), _letterhead(told["letterhead"])
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise StoreError(N_("The signed report is damaged and cannot be read.")) from error


def pack(told: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """Return the SHA-256 of a frozen report, and its content in pieces that a field can hold."""
    content = canonical(told)
    text = base64.b64encode(compressed(content)).decode()
    return _digest(content), tuple(text[at : at + _PIECE] for at in range(0, len(text), _PIECE))


def unpack(digest: str, pieces: Sequence[str]) -> bytes:
    """Return the content of a frozen report as canonical JSON, proved to be what was signed.

    Raises:
        StoreError: It is not whole, or not what was signed.
    """
    damaged = StoreError(N_("The signed report is not what was signed."))
    try:
        content = decompressed(
            base64.b64decode("".join(pieces), validate=True), LARGEST_CONTENT_BYTES
        )
    except (ValueError, InvalidError) as error:
        raise damaged from error
    if _digest(content) != digest:
        raise damaged
    return content


def read_content(content: bytes) -> dict[str, Any]:
    """Return the values of a content that was proved.

    Raises:
        StoreError: It is no JSON object.
    """
    told = json.loads(content)
    if not isinstance(told, dict):
        raise StoreError(N_("The signed report is damaged and cannot be read."))
    return told


def _digest(content: bytes) -> str:
    return stream_digest(io.BytesIO(content))[0].hex()


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _value(value: Value, shown: Shown) -> Any:
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return shown.text(value) if value != "" else ""


def _block(block: Block, shown: Shown) -> dict[str, Any]:
    """Return a block with its type and its values."""
    line = shown.line
    match block:
        case Heading():
            told = {"type": "heading", "text": line(block.text), "level": block.level}
            return told | ({"is_annex": True} if block.is_annex else {})
        case Paragraph():
            return {"type": "paragraph", "text": line(block.text), "is_note": block.is_note}
        case Bullets():
            return {"type": "bullets", "items": [line(each) for each in block.items]}
        case Narrative():
            texts = {"name": block.name, "prompt": line(block.prompt), "text": block.text}
            return {"type": "narrative", **texts}
        case _:
            return _numbers(block, shown)


def _numbers(block: Figures | Table | Chart | Facts, shown: Shown) -> dict[str, Any]:
    match block:
        case Figures():
            return {"type": "figures", "items": [_figure(each, shown) for each in block.items]}
        case Table():
            return _table(block, shown)
        case Chart():
            return _chart(block, shown)
        case Facts():
            pairs = [[shown.line(each.label), _value(each.value, shown)] for each in block.pairs]
            return {"type": "facts", "pairs": pairs}


def _figure(figure: Figure, shown: Shown) -> dict[str, Any]:
    behind = figure.behind
    return {
        "label": shown.line(figure.label),
        "value": figure.value,
        "kind": behind.kind,
        "ids": [each.hex for each in behind.ids],
    }


def _table(table: Table, shown: Shown) -> dict[str, Any]:
    return {
        "type": "table",
        "title": None if table.title is None else shown.line(table.title),
        "columns": [
            [shown.line(each.title), each.width, each.align.value] for each in table.columns
        ],
        "rows": [
            [
                [_value(cell, shown) for cell in row.cells],
                row.kind,
                row.record_id.hex if row.record_id else "",
            ]
            for row in table.rows
        ],
        "empty": shown.line(table.empty),
    }


def _chart(chart: Chart, shown: Shown) -> dict[str, Any]:
    return {
        "type": "chart",
        "title": shown.line(chart.title),
        "categories": [shown.text(each) for each in chart.categories],
        "series": [[shown.text(each.label), list(each.values)] for each in chart.series],
        "form": chart.form.value,
    }


def _thawed(told: Mapping[str, Any]) -> Report:
    period = told["period"]
    return Report(
        name=told["name"],
        title=told["title"],
        subject=told["subject"],
        as_of=datetime.fromisoformat(told["as_of"]),
        on=date.fromisoformat(told["on"]),
        period=period and Period(date.fromisoformat(period[0]), date.fromisoformat(period[1])),
        filters=tuple(told["filters"]),
        counts=tuple((label, count) for label, count in told["counts"]),
        handling=Handling.named(told["handling"]),
        completeness=tuple(told["completeness"]),
        blocks=tuple(_THAWED[each["type"]](each) for each in told["blocks"]),
        mission=told["mission"],
        is_wide=told["is_wide"],
    )


def _letterhead(told: Mapping[str, Any] | None) -> Letterhead | None:
    if told is None:
        return None
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in told.items()
    }
    return Letterhead(**values)


def _cell(told: Any) -> Value:
    return date.fromisoformat(told["day"]) if isinstance(told, dict) else told


def _thawed_figures(told: Mapping[str, Any]) -> Figures:
    return Figures(
        tuple(
            Figure(
                each["label"],
                each["value"],
                Behind(each["kind"], tuple(UUID(some) for some in each["ids"])),
            )
            for each in told["items"]
        )
    )


def _thawed_table(told: Mapping[str, Any]) -> Table:
    return Table(
        told["title"],
        tuple(Column(title, width, Align(align)) for title, width, align in told["columns"]),
        tuple(
            Row(tuple(_cell(each) for each in cells), kind, UUID(record) if record else None)
            for cells, kind, record in told["rows"]
        ),
        told["empty"],
    )


def _thawed_chart(told: Mapping[str, Any]) -> Chart:
    return Chart(
        told["title"],
        tuple(told["categories"]),
        tuple(Series(label, tuple(values)) for label, values in told["series"]),
        ChartForm(told["form"]),
    )


_THAWED: Mapping[str, Any] = {
    "heading": lambda told: Heading(told["text"], told["level"], told.get("is_annex", False)),
    "paragraph": lambda told: Paragraph(told["text"], told["is_note"]),
    "bullets": lambda told: Bullets(tuple(told["items"])),
    "figures": _thawed_figures,
    "table": _thawed_table,
    "chart": _thawed_chart,
    "narrative": lambda told: Narrative(told["name"], told["prompt"], told["text"]),
    "facts": lambda told: Facts(tuple(Pair(label, _cell(value)) for label, value in told["pairs"])),
}
