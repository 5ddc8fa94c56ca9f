"""One report of many missions: the figures of each side by side with their sum, the rows of all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from embassy_desk.domain.entity import Handling, strictest_of
from embassy_desk.reports.document import (
    Align,
    Block,
    Chart,
    Column,
    Heading,
    Report,
    Row,
    Series,
    Table,
    Value,
)
from embassy_desk.texts import N_, Text

_MISSION = Column(N_("Mission"), 8)


@dataclass(frozen=True)
class OfMission:
    """The report of one mission, made from the records that headquarters has of it."""

    mission: str
    report: Report


def rolled_up(parts: Sequence[OfMission]) -> Report:
    """Return one report of several missions.

    Every figure stands in a row of its mission, and the last row is their sum; every table has the
    rows of all missions, each with its mission before it. What a person writes is left out: it
    stands in the signed report of the mission.

    Args:
        parts: The same report of each mission, for the same wish; at least one.
    """
    first = parts[0].report
    return Report(
        name=first.name,
        title=first.title,
        subject=N_("{count} mission", "{count} missions", count=len(parts)),
        as_of=first.as_of,
        on=first.on,
        period=first.period,
        filters=(
            *first.filters,
            N_("Missions: {codes}", codes=", ".join(each.mission for each in parts)),
        ),
        counts=tuple(
            (label, sum(each.report.counts[at][1] for each in parts))
            for at, (label, _) in enumerate(first.counts)
        ),
        handling=_strictest(parts),
        completeness=tuple(
            N_("{mission}: {sentence}", mission=each.mission, sentence=sentence)
            for each in parts
            for sentence in each.report.completeness
        ),
        blocks=tuple(_blocks(parts)),
        mission=N_("Headquarters"),
        is_wide=True,
    )


def _strictest(parts: Sequence[OfMission]) -> Handling:
    return strictest_of(each.report.handling for each in parts)


def _blocks(parts: Sequence[OfMission]) -> Iterator[Block]:
    if parts[0].report.figures:
        labels = [each.label for each in parts[0].report.figures]
        sums = figures_by_mission(parts)
        yield Heading(N_("Figures by mission"), 2)
        yield Chart(
            N_("Figures by mission"),
            tuple(each.mission for each in parts),
            tuple(
                Series(label, tuple(values[at] for values in sums))
                for at, label in enumerate(labels)
            ),
        )
        yield _figures_table(parts, labels, sums)
    for at, table in enumerate(parts[0].report.tables):
        yield _merged(parts, at, table)


def figures_by_mission(parts: Sequence[OfMission]) -> list[list[int]]:
    """Return the figures of each mission, in the order of the report."""
    return [[figure.value for figure in each.report.figures] for each in parts]


def _figures_table(
    parts: Sequence[OfMission], labels: Sequence[Text | str], values: list[list[int]]
) -> Table:
    rows: list[tuple[Value, ...]] = [
        (each.mission, *mine) for each, mine in zip(parts, values, strict=True)
    ]
    total: tuple[Value, ...] = (
        N_("Together"),
        *(sum(column) for column in zip(*values, strict=True)),
    )
    columns = (_MISSION, *(Column(label, 12, Align.RIGHT) for label in labels))
    return Table(N_("Figures by mission"), columns, tuple(Row(cells) for cells in (*rows, total)))


def _merged(parts: Sequence[OfMission], at: int, table: Table) -> Table:
    return Table(
        table.title,
        (_MISSION, *table.columns),
        tuple(
            Row((each.mission, *row.cells), row.kind, row.record_id)
            for each in parts
            for row in each.report.tables[at].rows
        ),
        table.empty,
    )
