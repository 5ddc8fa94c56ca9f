"""What a file that leaves the desk says of itself."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """How a file is handled, of when it is, who wrote it, and what it holds, in words.

    Attributes:
        title: What the records are.
        about: What the sheet of a workbook is called on which the mark stands.
        lines: One thing each, the handling first.
    """

    title: str
    about: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The mark as one line."""
        return " · ".join((self.title, *self.lines))
