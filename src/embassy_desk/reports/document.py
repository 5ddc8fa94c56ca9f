"""The document model: what a report says, before anybody decides how it looks.

Values stay what they are – days, numbers, choices, texts to be translated – and a writer turns them
into the reader's language. So the same report comes out as DOCX, PDF, XLSX and CSV, in Vietnamese
and English, from one definition, and a figure can be traced to the records it counts.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from embassy_desk.domain.entity import Handling
from embassy_desk.texts import N_, LabelledEnum, Text


@dataclass(frozen=True)
class Both:
    """A name that records keep in both languages; the reader's own comes first."""

    vi: str
    en: str


Value = str | int | date | Text | LabelledEnum | Both | None
"""What a cell or a figure may hold; nothing is shown as a dash."""


class Align(StrEnum):
    """On which side the values of a column stand."""

    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 for the parts of a report, 2 within them.

    Attributes:
        text: What it says.
        level: 1 or 2.
        is_annex: Whether an annex begins here, which goes on to the next one or to the end. In an
            official paper annexes stand behind the signature.
    """

    text: Text | Both | str
    level: int = 1
    is_annex: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of running text; may hold several lines."""

    text: Text | str
    is_note: bool = False


@dataclass(frozen=True)
class Bullets:
    """A list of short sentences."""

    items: tuple[Text | str, ...]


@dataclass(frozen=True)
class Behind:
    """The records that a figure counts.

    Attributes:
        kind: Name of their kind; of the record they belong to, where parts are counted.
        ids: Their identities.
    """

    kind: str
    ids: tuple[UUID, ...]


@dataclass(frozen=True)
class Figure:
    """One number with its meaning and what stands behind it."""

    label: Text | str
    value: int
    behind: Behind


@dataclass(frozen=True)
class Figures:
    """Numbers that stand together at the head of a report or part."""

    items: tuple[Figure, ...]


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes:
        title: What stands above it.
        width: Its share of the page, compared with the other columns.
        align: On which side its values stand.
    """

    title: Text | str
    width: int = 10
    align: Align = Align.LEFT


@dataclass(frozen=True)
class Row:
    """One row of a table, and the record it is about."""

    cells: tuple[Value, ...]
    kind: str = ""
    record_id: UUID | None = None


@dataclass(frozen=True)
class Table:
    """A table; its heads are repeated on every page that it reaches.

    Attributes:
        title: What it lists; also the name of its sheet. Nothing where a heading says it already.
        columns: From left to right.
        rows: From top to bottom.
        empty: The sentence that stands in its place when there are no rows.
    """

    title: Text | str | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: Text | str = field(default_factory=lambda: N_("None."))


class ChartForm(StrEnum):
    """How a chart is drawn."""

    BARS = "bars"
    STACKED = "stacked"


@dataclass(frozen=True)
class Series:
    """One row of numbers of a chart, a number for each category."""

    label: Text | LabelledEnum | str
    values: tuple[int, ...]


@dataclass(frozen=True)
class Chart:
    """A picture of numbers that a table gives as well; nothing is only in the picture."""

    title: Text | str
    categories: tuple[Text | LabelledEnum | Both | str, ...]
    series: tuple[Series, ...]
    form: ChartForm = ChartForm.BARS


@dataclass(frozen=True)
class Narrative:
    """A part that a person writes; the program offers its place and what to say there.

    Attributes:
        name: By which the written text is kept, such as `general`.
        prompt: What belongs here; stands in place of a text that is missing.
        text: What the person wrote; empty until then.
    """

    name: str
    prompt: Text | str
    text: str = ""


@dataclass(frozen=True)
class Pair:
    """One line of a sheet of facts: what it is, and its value."""

    label: Text | str
    value: Value


@dataclass(frozen=True)
class Facts:
    """A sheet of facts about one record, two columns wide; empty values are left out."""

    pairs: tuple[Pair, ...]


Block = Heading | Paragraph | Bullets | Figures | Table | Chart | Narrative | Facts


@dataclass(frozen=True)
class Period:
    """The days a report is about; both belong to it."""

    from_on: date
    until_on: date

    def covers(self, day: date | None) -> bool:
        """Say whether a day lies in the period."""
        return day is not None and self.from_on <= day <= self.until_on


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """Who issues an official report, where, to whom, and who signs it.

    A mission's own choice (policy), never fixed by the program; the boxes are those of decree
    30/2020/NĐ-CP, appendix I.

    Attributes:
        superior: The body above, in the document's language.
        body: The issuing body.
        place: Where it is issued.
        symbol: What stands behind the number, such as `BC-ĐSQ`.
        number: Number from the register; 0 leaves room for it.
        addressees: To whom; the line is left out when there are none.
        authority: Prefix and post of the signatory.
        signatory: Name of the signatory.
        recipients: Lines under “Nơi nhận”.
        issued_on: The day that stands on it; that of the report by default.
    """

    superior: str
    body: str
    place: str
    symbol: str = ""
    number: int = 0
    addressees: tuple[str, ...] = ()
    authority: str = ""
    signatory: str = ""
    recipients: tuple[str, ...] = ()
    issued_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Report:
    """A whole report.

    Attributes:
        name: Name in the catalogue, such as `agreement_register`.
        title: What it is, in words.
        subject: What or whom it is about; empty when it is about the whole mission.
        as_of: The moment its data is of.
        on: The day it reckons from.
        period: The days it is about; nothing when it shows one day.
        filters: By what its records were chosen, in words.
        counts: How many records it rests on, by plural word.
        handling: The strictest handling among them; stands on every page.
        completeness: How complete the data is, a sentence each.
        blocks: What it says.
        mission: Name of the mission.
        is_wide: Whether its tables need a page turned on its side.
    """

    name: str
    title: Text | str
    subject: str | Both | Text = ""
    as_of: datetime
    on: date
    period: Period | None = None
    filters: tuple[Text | str, ...] = ()
    counts: tuple[tuple[Text | str, int], ...] = ()
    handling: Handling = Handling.INTERNAL
    completeness: tuple[Text | str, ...] = ()
    blocks: tuple[Block, ...] = ()
    mission: str | Both | Text = ""
    is_wide: bool = False

    @property
    def tables(self) -> tuple[Table, ...]:
        """Its tables, in their order."""
        return tuple(each for each in self.blocks if isinstance(each, Table))

    @property
    def row_count(self) -> int:
        """How many rows its tables have together."""
        return sum(len(each.rows) for each in self.tables)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Its figures, in their order."""
        return tuple(
            each for block in self.blocks if isinstance(block, Figures) for each in block.items
        )


_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV")


def roman(number: int) -> str:
    """Return a number from 1 as parts and annexes of papers are numbered; Arabic beyond 14."""
    return _ROMAN[number - 1] if number <= len(_ROMAN) else str(number)


def annex_name(number: int) -> Text:
    """Return what an annex is called where the body refers to it, such as `Annex II`."""
    return N_("Annex {number}", number=roman(number))


def facts_of(report: Report) -> tuple[Pair, ...]:
    """Return what every report says about itself: when, of which days, of what, how complete."""
    pairs: list[Pair] = [Pair(N_("As of"), N_("{moment} UTC", moment=report.as_of))]
    if report.period is not None:
        pairs.append(
            Pair(
                N_("Period"),
                N_("{first} to {last}", first=report.period.from_on, last=report.period.until_on),
            )
        )
    pairs.extend(Pair(N_("Chosen by"), each) for each in report.filters)
    pairs.extend(Pair(label, count) for label, count in report.counts)
    pairs.append(Pair(N_("Handling"), report.handling))
    pairs.extend(Pair(N_("Completeness"), each) for each in report.completeness)
    return tuple(pairs)
