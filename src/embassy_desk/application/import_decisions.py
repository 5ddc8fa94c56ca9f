"""What is to be done with the rows of a file, what would come of it, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from embassy_desk.application.import_matching import Match, Verdict
from embassy_desk.interchange.errors import FileProblem
from embassy_desk.store.finders.freshness import Seen
from embassy_desk.store.work import Changes
from embassy_desk.texts import N_, LabelledEnum


class Decision(LabelledEnum):
    """What is done with a row of a file."""

    ENTER = "enter", N_("Enter as new")
    UPDATE = "update", N_("Take over what the file says")
    LEAVE = "leave", N_("Leave out")


@dataclass(frozen=True)
class Rules:
    """What is done with the rows of a file.

    Attributes:
        new: With those that are new.
        update: With those that say something else than the store.
        doubtful: With those of which nobody can tell.
        rows: With single rows, by their line.
    """

    new: Decision = Decision.ENTER
    update: Decision = Decision.UPDATE
    doubtful: Decision = Decision.ENTER
    rows: Mapping[int, Decision] = field(default_factory=dict)

    def of(self, match: Match) -> Decision:
        """Return what is done with a row; what is known already is left."""
        rule = {
            Verdict.NEW: self.new,
            Verdict.UPDATE: self.update,
            Verdict.DOUBTFUL: self.doubtful,
            Verdict.SAME: Decision.LEAVE,
        }[match.verdict]
        return self.rows.get(match.candidate.line, rule)


@dataclass(frozen=True)
class Outlook:
    """What an import would do.

    Attributes:
        matches: The rows that can be taken, each with what it is.
        refused: What cannot be taken, each with its line and the reason.
        remarks: What was left out or mended.
        sources: Refused rows as the file has them, by line.
        as_of: Newest entry of the store when it was asked.
        seen: How far its log had come then.
    """

    matches: tuple[Match, ...]
    refused: tuple[FileProblem, ...]
    remarks: tuple[FileProblem, ...]
    sources: Mapping[int, str]
    as_of: int
    seen: Seen

    @property
    def counts(self) -> dict[Verdict, int]:
        """How many rows there are of each sort."""
        counts = dict.fromkeys(Verdict, 0)
        for each in self.matches:
            counts[each.verdict] += 1
        return counts

    def by_kind(self, verdict: Verdict) -> dict[str, int]:
        """Return how many rows of one sort there are, by kind."""
        counts: dict[str, int] = {}
        for each in self.matches:
            if each.verdict is verdict:
                kind = each.candidate.kind
                counts[kind] = counts.get(kind, 0) + 1
        return counts

    @property
    def refused_count(self) -> int:
        """How many rows are refused; several things may be wrong with one."""
        return len({each.line for each in self.refused})


@dataclass(frozen=True)
class Done:
    """What an import did.

    Attributes:
        entered: How many records were entered, by kind, with organisations that had to be made.
        updated: How many records took over something.
        left: How many rows were left as they are.
        refused: What could not be taken.
        sources: Refused rows as the file has them, by line.
        changes: What was changed, for whoever shows it.
    """

    entered: Mapping[str, int]
    updated: int
    left: int
    refused: tuple[FileProblem, ...] = ()
    sources: Mapping[int, str] = field(default_factory=dict)
    changes: Changes = field(default_factory=lambda: Changes({}), compare=False, repr=False)
