"""Says which written values may be gone, without asking the protocol's own rules.

It knows only what people wrote, and what stood on the writer's screen when they did. A value may
vanish under a write, or a deletion, whose author had it on screen; or it is found in a conflict; or
the only disk that ever held it was overwritten. Every excuse is counted by class, and a class that
nobody has named fails the run.
"""

from collections import Counter
from dataclasses import dataclass, field

from model.kept import RowName

IN_FORCE = "in force"
IN_CONFLICT = "in a conflict"
REPLACED = "replaced by somebody who had it on screen"
DISK_LOST = "on no disk but one that was overwritten"
LOST = "lost"

KNOWN_EXCUSES = frozenset({IN_FORCE, IN_CONFLICT, REPLACED, DISK_LOST})


@dataclass(frozen=True)
class Written:
    """One value that somebody wrote.

    Attributes:
        token: The value; every one is unique.
        replaced: The values that stood on the writer's screen and that this put out of force.
    """

    token: str
    row: RowName
    replaced: frozenset[str]
    key: str


@dataclass
class Oracle:
    """What people wrote, in the order in which they did."""

    written: dict[str, Written] = field(default_factory=dict)
    deletions: list[Written] = field(default_factory=list)
    left: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)

    def wrote(self, token: str, row: RowName, on_screen: frozenset[str], key: str) -> None:
        self.written[token] = Written(token, row, on_screen, key)

    def deleted(self, row: RowName, on_screen: frozenset[str], key: str) -> None:
        self.deletions.append(Written("", row, on_screen, key))

    def judge(self, *, everything: str, in_force: set[str]) -> Counter[str]:
        """Return how many values are where.

        Args:
            everything: All text that headquarters has, conflicts too.
            in_force: The values that are in force.
        """
        accepted = [*self.written.values(), *self.deletions]
        knowingly = {
            token for each in accepted if each.key in self.taken for token in each.replaced
        }
        verdicts: Counter[str] = Counter()
        for token, each in self.written.items():
            verdicts[self._verdict(each, token, everything, in_force, knowingly)] += 1
        return verdicts

    def _verdict(
        self,
        written: Written,
        token: str,
        everything: str,
        in_force: set[str],
        knowingly: set[str],
    ) -> str:
        if token in in_force:
            return IN_FORCE
        if f'"{token}"' in everything:
            return IN_CONFLICT
        if token in knowingly:
            return REPLACED
        if written.key not in self.left:
            return DISK_LOST
        return LOST
