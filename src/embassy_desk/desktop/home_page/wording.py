"""What is due, as entries of a list: texts in the present language, signs and tones."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from embassy_desk.application.courses import CourseLine, YearAhead
from embassy_desk.application.due_lines import DueGroup, DueLine, Press
from embassy_desk.desktop.kit.days import day_text
from embassy_desk.desktop.kit.entries import Entry
from embassy_desk.desktop.kit.year import YearLine
from embassy_desk.texts import N_, Text, Words

SIGNS: dict[Press, tuple[str, str, Text | None]] = {
    Press.LATE: ("▲", "trouble", N_("late")),
    Press.NOW: ("●", "caution", N_("now")),
    Press.SOON: ("◆", "muted", N_("soon")),
    Press.CALM: ("", "muted", None),
}
"""Sign, colour and word of how much something presses: never colour alone."""


@dataclass(frozen=True)
class RecordKey:
    """Leads to a record."""

    kind: str
    id: UUID


@dataclass(frozen=True)
class BehindKey:
    """Leads to the list behind a count."""

    name: str
    kind: str


def entry_of(line: DueLine, words: Words) -> Entry:
    """Return one line."""
    sign, tone, spoken = SIGNS[line.press]
    return Entry(
        key=RecordKey(line.kind, line.id),
        text=line.heading,
        below=words(line.why),
        sign=sign,
        tone=tone,
        spoken=words(spoken) if spoken else "",
    )


def entries_of(groups: Iterable[DueGroup], words: Words) -> tuple[Entry, ...]:
    """Return the lines of groups under their titles, each with its count."""
    found: list[Entry] = []
    for group in groups:
        found.append(
            Entry(
                key=BehindKey(group.name, group.kind),
                text=words(group.title),
                aside=words.number(group.total),
                is_title=True,
            )
        )
        found.extend(entry_of(each, words) for each in group.lines)
    return tuple(found)


def year_lines(year: YearAhead, words: Words) -> tuple[YearLine, ...]:
    """Return the lines of the picture of the year ahead."""
    return tuple(_year_line(each, words) for each in year.lines)


def _year_line(line: CourseLine, words: Words) -> YearLine:
    sign, tone, spoken = SIGNS[line.press]
    marks = "; ".join(f"{words(each.kind)}: {day_text(each.on)}" for each in line.marks)
    return YearLine(
        entry=Entry(
            key=RecordKey("agreement", line.id),
            text=line.heading,
            below=words(line.why),
            sign=sign,
            tone=tone,
            spoken=words(spoken) if spoken else "",
        ),
        terms=line.terms,
        marks=line.marks,
        told=marks or words(N_("Nothing in the year ahead.")),
    )
