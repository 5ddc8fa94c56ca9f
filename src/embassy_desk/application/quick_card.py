"""The quick card: which keys do what, on paper, made from what the menus declare."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from embassy_desk.domain.entity import Handling
from embassy_desk.reports.document import Column, Report, Row, Table
from embassy_desk.settings.places import resources
from embassy_desk.texts import N_, Words


@dataclass(frozen=True)
class CardGroup:
    """Keys that stand together, such as those of one menu.

    Attributes:
        title: What they are for.
        lines: What is done, and by which keys.
    """

    title: str
    lines: tuple[tuple[str, str], ...]


def quick_card(groups: Sequence[CardGroup], at: datetime) -> Report:
    """Return the card as a report, a table for each group.

    Args:
        groups: The keys.
        at: The present time, with zone.
    """
    columns = (Column(N_("To do"), 30), Column(N_("Keys"), 16))
    return Report(
        name="quick_card",
        title=N_("Embassy Desk: quick card"),
        as_of=at,
        on=at.date(),
        handling=Handling.PUBLIC,
        blocks=tuple(
            Table(group.title, columns, tuple(Row(line) for line in group.lines))
            for group in groups
        ),
    )


def write_quick_card(target: Path, groups: Sequence[CardGroup], words: Words, at: datetime) -> None:
    """Write the card as PDF, whole or not at all.

    Raises:
        StoreError: It cannot be written; then the former one is untouched.
    """
    from embassy_desk.reports.writers.pdf_writer import write_pdf  # noqa: PLC0415  loaded when it is used

    write_pdf(target, quick_card(groups, at), words, resources() / "fonts")
