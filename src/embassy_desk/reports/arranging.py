"""What writers of running documents do alike to the blocks of a report before they lay them out."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from embassy_desk.reports.document import Block, Heading, Table
from embassy_desk.reports.shown import Shown

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV")


def arranged(blocks: Iterable[Block], shown: Shown, *, is_official: bool) -> Iterator[Block]:
    """Yield the blocks as they are laid out.

    Headings of an official paper get their numbers – roman for parts, in capitals, Arabic within
    them. A table right under a heading that says the same loses its title.

    Args:
        blocks: What a report says.
        shown: The reader's language.
        is_official: Whether it is an official paper; others keep their headings as they are.
    """
    part = section = 0
    above = ""
    for block in blocks:
        if isinstance(block, Heading):
            above = shown.line(block.text)
            if is_official and block.level == 1:
                part, section = part + 1, 0
                number = _ROMAN[part - 1] if part <= len(_ROMAN) else str(part)
                yield Heading(f"{number}. {above.upper()}", 1)
            elif is_official:
                section += 1
                yield Heading(f"{section}. {above}", 2)
            else:
                yield block
            continue
        if isinstance(block, Table) and shown.text(block.title) == above:
            yield replace(block, title=None)
        else:
            yield block
        above = ""
