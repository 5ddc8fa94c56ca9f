"""Tables as files give them: rows of cells, before anybody knows what they mean."""

from dataclasses import dataclass

from embassy_desk.interchange.cells import Cell

HEADER_WITHIN_ROWS = 10
"""Registers begin with titles; the header is looked for among so many first rows."""


@dataclass(frozen=True)
class Row:
    """One row that is not blank; `line` is where it begins, counted from 1."""

    line: int
    cells: list[Cell]

    @property
    def texts(self) -> list[str]:
        """The cells as texts, for headings."""
        return [str(cell) for cell in self.cells]
