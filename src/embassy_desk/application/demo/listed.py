"""Reads the word lists of the demo, which stand in the sources as plain text."""


def listed(text: str) -> tuple[str, ...]:
    """Return the words of a text, cut at spaces and ends of lines."""
    return tuple(text.split())


def rows_of(text: str) -> list[list[str]]:
    """Return the cells of a text, one row a line, cut at `|` and trimmed."""
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
