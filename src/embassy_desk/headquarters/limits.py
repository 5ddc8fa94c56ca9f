"""How often somebody may ask: buckets that fill with time."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

MOST_KEYS = 50_000
"""Beyond this many the full buckets are forgotten; they would say yes anyway."""


@dataclass
class RateLimit:
    """Lets each key through a number of times at once, and so many an hour after that.

    Attributes:
        burst: How many at once.
        per_hour: How many come back in an hour.
        timer: Seconds that never run backwards.
    """

    burst: int
    per_hour: float
    timer: Callable[[], float] = time.monotonic
    _levels: dict[str, tuple[float, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait_s(self, key: str, *, costs: int = 1) -> int:
        """Take from a key's bucket; return 0, or in how many seconds to come back."""
        per_second = self.per_hour / 3600
        with self._lock:
            now = self.timer()
            level, since = self._levels.get(key, (float(self.burst), now))
            level = min(self.burst, level + (now - since) * per_second)
            if level < costs:
                return max(1, int((costs - level) / per_second) + 1)
            self._levels[key] = (level - costs, now)
            if len(self._levels) > MOST_KEYS:
                self._forget(now, per_second)
            return 0

    def give_back(self, key: str) -> None:
        """Put back what was taken for something that turned out well."""
        with self._lock:
            if key in self._levels:
                level, since = self._levels[key]
                self._levels[key] = (level + 1, since)

    def _forget(self, now: float, per_second: float) -> None:
        self._levels = {
            key: (level, since)
            for key, (level, since) in self._levels.items()
            if level + (now - since) * per_second < self.burst
        }


def shared_limit(burst: int, per_hour: int, processes: int) -> RateLimit:
    """Return a process's share of a limit, so that all together let no more through.

    Each lets at least one through, or nobody would be served.
    """
    return RateLimit(max(1, burst // processes), max(1, per_hour / processes))
