"""What reading a foreign file gives: records, what was refused of it, and what was left out."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from embassy_desk.interchange.answers import SentProblem
from embassy_desk.interchange.candidates import Candidate
from embassy_desk.interchange.errors import UnreadableFileError


@dataclass(frozen=True)
class Reading:
    """The neutral form of every foreign file.

    Attributes:
        candidates: The records, each with the line on which it begins.
        refused: What of the file is no record of ours, each with its line and the reason.
        remarks: What was left out or mended of the records that are taken, with their lines.
        sources: The refused rows as the file has them, by line, for the file of errors.
    """

    candidates: tuple[Candidate, ...]
    refused: tuple[SentProblem, ...] = ()
    remarks: tuple[SentProblem, ...] = ()
    sources: dict[int, str] = field(default_factory=dict, compare=False, repr=False)

    def whole(self) -> tuple[Candidate, ...]:
        """Return the records of a file of which everything must be read.

        Raises:
            UnreadableFileError: Something was refused.
        """
        if self.refused:
            raise UnreadableFileError(self.refused)
        return self.candidates


def joined(readings: Iterable[Reading]) -> Reading:
    """Return what was read piece by piece as one."""
    pieces = tuple(readings)
    return Reading(
        tuple(found for each in pieces for found in each.candidates),
        tuple(problem for each in pieces for problem in each.refused),
        tuple(remark for each in pieces for remark in each.remarks),
        {line: source for each in pieces for line, source in each.sources.items()},
    )
