"""Headings of sheets in old Vietnamese letters, read as their columns are."""

from collections.abc import Sequence

from embassy_desk.interchange.legacy import Legacy, converted, share_of_vietnamese


def headings_read(headings: Sequence[str], used: Sequence[Legacy]) -> tuple[str, ...]:
    """Return headings in Unicode, each as its column is read.

    Over a column of plain letters or figures a heading is read as most columns are, where that
    makes it Vietnamese.

    Args:
        headings: What stands above the columns.
        used: What each column is read as.
    """
    old = [each for each in used if each is not Legacy.NONE]
    most = max(old, key=old.count, default=Legacy.NONE)
    return tuple(
        _heading_read(heading, most) if each is Legacy.NONE else converted(heading, each)
        for heading, each in zip(headings, used, strict=True)
    )


def _heading_read(heading: str, legacy: Legacy) -> str:
    made = converted(heading, legacy)
    return made if share_of_vietnamese([made]) > share_of_vietnamese([heading]) else heading
