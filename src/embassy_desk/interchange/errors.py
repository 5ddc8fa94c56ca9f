"""What is wrong with a file, said by line and column."""

from collections.abc import Iterable
from dataclasses import dataclass

from embassy_desk.domain.errors import RefusedError
from embassy_desk.texts import N_, Text


@dataclass(frozen=True)
class FileProblem:
    """One thing that is wrong with a file.

    Attributes:
        line: Line of the file, or row of the sheet, counted from 1; 0 when it is the whole file.
        field: Column, property or field it is about; empty when it is none of them.
        text: What is wrong, in words.
    """

    line: int
    field: str
    text: Text

    @property
    def sentence(self) -> Text:
        """The problem with its place in the file."""
        if not self.line:
            return self.text
        if not self.field:
            return N_("Line {line}: {reason}", line=self.line, reason=self.text)
        return N_(
            "Line {line}, “{field}”: {reason}", line=self.line, field=self.field, reason=self.text
        )


class UnreadableFileError(RefusedError):
    """A file cannot be taken in as it is; nothing of it was.

    Attributes:
        problems: Everything that was found wrong, in the order of the file.
    """

    code = "unreadable_file"

    def __init__(self, problems: Iterable[FileProblem]) -> None:
        """Keep the problems; there must be at least one."""
        self.problems = tuple(problems)
        first = self.problems[0].sentence
        if len(self.problems) == 1:
            super().__init__(first)
            return
        super().__init__(
            N_(
                "{count} thing is wrong with this file. The first: {problem}",
                "{count} things are wrong with this file. The first: {problem}",
                count=len(self.problems),
                problem=first,
            )
        )


def whole_file(text: Text) -> UnreadableFileError:
    """Return an error about a file as a whole."""
    return UnreadableFileError([FileProblem(0, "", text)])
