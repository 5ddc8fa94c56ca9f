"""Runs random histories of synchronisation for long; part of `make soak`.

    .venv/bin/python bench/histories.py [--histories N] [--first SEED]

Prints every excuse of the oracle by class, and the seeds that failed; exit code 1 if any did. A
failing seed becomes a named test.
"""

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))

from model.histories import BrokenError, run
from model.oracle import LOST

REPORTED_EVERY = 1_000


def main() -> int:
    """Run the histories and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=0)
    wanted = parser.parse_args()
    counts: Counter[str] = Counter()
    failures: list[int] = []
    started = time.monotonic()
    for seed in range(wanted.first, wanted.first + wanted.histories):
        try:
            counts += run(seed)
        except BrokenError as error:
            failures.append(seed)
            print(f"seed {seed}: {error}", flush=True)
        if (seed + 1) % REPORTED_EVERY == 0:
            print(f"{seed + 1}: {len(failures)} failed", file=sys.stderr)
    spent = time.monotonic() - started
    print(f"{wanted.histories} histories in {spent:.0f} s, {len(failures)} failed")
    for name, count in sorted(counts.items()):
        print(f"  {name:<45} {count:>10}")
    return 1 if failures or counts[LOST] else 0


if __name__ == "__main__":
    sys.exit(main())
