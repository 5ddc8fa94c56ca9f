"""The lines of a list as words, for paper and for tables in files. No Qt."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from embassy_desk.application.pages import Page
from embassy_desk.application.wishes import Wish
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.plans import LINE_FIELDS, TablePlan
from embassy_desk.desktop.kit.shapes import shape_of
from embassy_desk.desktop.lists.chip_words import chip_text
from embassy_desk.desktop.lists.fields import column_title
from embassy_desk.desktop.lists.shelves import SHELVES
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.texts import N_


@dataclass(frozen=True)
class ShownTable:
    """A list in words.

    Attributes:
        title: What is listed.
        filters: What the records were chosen by, in words; empty for the whole list.
        columns: The words of the columns.
        widths: Their widths in characters.
        rows: The words of the cells.
    """

    title: str
    filters: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


def shown_table(
    wish: Wish, plan: TablePlan, page: Page, outfit: Outfit, names: Mapping[UUID, str]
) -> ShownTable:
    """Return a list in the words of the window.

    Args:
        wish: What the person asked for.
        plan: The columns.
        page: The lines.
        outfit: Language, lists, zone.
        names: What the records that chips name are called.
    """
    words = outfit.words
    return ShownTable(
        title=words(kind_named(wish.kind).plural),
        filters=filters_text(wish, outfit, names),
        columns=tuple(words(column_title(wish.kind, each)) for each in plan.columns),
        widths=tuple(each.width for each in plan.columns),
        rows=tuple(_rows(wish.kind, plan, page, outfit)),
    )


def filters_text(wish: Wish, outfit: Outfit, names: Mapping[UUID, str]) -> str:
    """Return what the records were chosen by, in words; empty for the whole list."""
    words = outfit.words
    reader = replace(outfit.reader(), names=names)
    found = [words(chip_text(wish.kind, each, reader)) for each in wish.chips]
    if wish.words.strip():
        found.insert(0, words(N_("holds “{words}”", words=wish.words.strip())))
    if wish.shelf in SHELVES and wish.shelf != next(iter(SHELVES)):
        found.append(words(SHELVES[wish.shelf]))
    return "; ".join(found)


def _rows(kind: str, plan: TablePlan, page: Page, outfit: Outfit) -> Iterator[tuple[str, ...]]:
    entity = kind_named(kind).entity
    reader = replace(outfit.reader(), names=page.names)
    stored = plan.stored_fields
    shapes = {name: shape_of(entity, name) for name in stored}
    for line in page.lines:
        held = dict(zip(stored, line.values, strict=True))
        yield tuple(
            str(getattr(line, each.field))
            if each.field in LINE_FIELDS
            else reader.value(shapes[each.field], held[each.field])
            for each in plan.columns
        )
