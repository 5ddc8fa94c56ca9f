"""What writers of running documents do alike to a report before they lay it out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile
from operator import itemgetter

from embassy_desk.reports.document import (
    Block,
    Facts,
    Heading,
    Paragraph,
    Report,
    Table,
    annex_name,
    facts_of,
    roman,
)
from embassy_desk.reports.shown import Shown
from embassy_desk.texts import N_

_END = "./."
"""What the text of an official paper ends with."""


@dataclass(frozen=True)
class Annex:
    """An annex of an official paper.

    Attributes:
        name: Such as `Phụ lục II`.
        title: What it holds.
        blocks: Its content.
    """

    name: str
    title: str
    blocks: tuple[Block, ...]


def parted(report: Report, shown: Shown) -> tuple[tuple[Block, ...], tuple[Annex, ...]]:
    """Return body and annexes of an official paper.

    The last annex says of when, of what and how complete the figures are; the last sentence of the
    body leads to it.
    """
    starts = [no for no, each in enumerate(report.blocks) if _begins_annex(each)]
    ends = [*starts, len(report.blocks)][1:]
    parts: list[tuple[str, Sequence[Block]]] = [
        (shown.line(heading.text), report.blocks[start + 1 : end])
        for start, end in zip(starts, ends, strict=True)
        if isinstance(heading := report.blocks[start], Heading)
    ]
    parts.append((shown.words(N_("Day, scope and completeness of the figures")),
                  (Facts(facts_of(report)),)))  # fmt: skip
    sentence = N_("Day, scope and completeness of the figures are stated in {annex}",
                  annex=annex_name(len(parts)))  # fmt: skip
    body = report.blocks[: starts[0]] if starts else report.blocks
    annexes = tuple(
        Annex(shown.words(annex_name(no)), title, tuple(blocks))
        for no, (title, blocks) in enumerate(parts, 1)
    )
    return (*body, Paragraph(shown.words(sentence) + _END)), annexes


def about_line(report: Report, shown: Shown) -> str:
    """Return what a report says about itself as one running text, so that it takes little room."""
    facts = [(shown.line(each.label), shown.text(each.value)) for each in facts_of(report)]
    return " · ".join(
        f"{label}: {'; '.join(value.removesuffix('.') for _, value in alike)}"
        for label, alike in groupby(facts, key=itemgetter(0))
    )


def _begins_annex(block: Block) -> bool:
    return isinstance(block, Heading) and block.is_annex


def arranged(
    blocks: Iterable[Block], shown: Shown, *, is_official: bool, above: str = ""
) -> Iterator[Block]:
    """Yield the blocks as they are laid out.

    Headings of an official paper get their numbers – roman for parts, in capitals, Arabic within
    them. Annexes of others are numbered in their headings. A table right under a heading loses its
    title, for the heading says what it lists, unless another table follows under it.

    Args:
        blocks: What a report says.
        shown: The reader's language.
        is_official: Whether it is an official paper; others keep their headings as they are.
        above: The heading that stands above the first block.
    """
    part = section = annex = 0
    blocks = tuple(blocks)
    for no, block in enumerate(blocks):
        if isinstance(block, Heading):
            above = shown.line(block.text)
            if block.is_annex:
                annex += 1
                yield Heading(f"{shown.words(annex_name(annex))}. {above}", 1)
            elif is_official and block.level == 1:
                part, section = part + 1, 0
                yield Heading(f"{roman(part)}. {above.upper()}", 1)
            elif is_official:
                section += 1
                yield Heading(f"{section}. {above}", 2)
            else:
                yield block
            continue
        if isinstance(block, Table) and above and not _is_one_of_several(blocks[no + 1 :]):
            yield replace(block, title=None)
        else:
            yield block
        above = ""


def _is_one_of_several(following: Sequence[Block]) -> bool:
    """Return whether another table with a title follows before the next heading."""
    section = takewhile(lambda each: not isinstance(each, Heading), following)
    return any(isinstance(each, Table) and each.title is not None for each in section)
