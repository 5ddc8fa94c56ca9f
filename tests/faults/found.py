"""What a harness found, and the one table of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """What a harness found.

    Attributes:
        what: What was tried.
        count: How often.
        failures: What went wrong, each in words.
        seconds: How long it took.
        is_control: Whether it must fail.
    """

    what: str
    count: int
    failures: Sequence[str]
    seconds: float
    is_control: bool = False

    @property
    def is_as_it_should_be(self) -> bool:
        """A control fails, everything else does not."""
        return bool(self.failures) == self.is_control


def table(results: Iterable[Result]) -> str:
    """Return results as a table in Markdown: what, how often, what failed, how long."""
    lines = ["| Harness | Count | Failures | Seconds | |", "|---|---:|---:|---:|---|"]
    for each in results:
        verdict = "as it must be" if each.is_as_it_should_be else "**wrong**"
        what = f"control: {each.what}" if each.is_control else each.what
        figures = f"{each.count:,} | {len(each.failures):,} | {each.seconds:.0f}"
        lines.append(f"| {what} | {figures} | {verdict} |")
    return "\n".join(lines)
