"""Runs simulations of the real code for long, on one engine or both; part of `make soak`.

    .venv/bin/python bench/simulations.py [--seeds N] [--first SEED] [--minutes M] [--postgresql]

Prints every excuse by class and the seeds that failed; exit code 1 if any did.
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))

from embassy_desk.domain.errors import DeskError
from makers.clusters import Cluster
from model.simulation import BrokenError, run

REPORTED_EVERY = 100


def main() -> int:
    """Run the simulations and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=1e9, help="stop after so long")
    parser.add_argument("--postgresql", action="store_true")
    wanted = parser.parse_args()
    cluster = Cluster.started() if wanted.postgresql else None
    counts: Counter[str] = Counter()
    failures: list[tuple[int, str]] = []
    started, done = time.monotonic(), 0
    for seed in range(wanted.first, wanted.first + wanted.seeds):
        if time.monotonic() - started > wanted.minutes * 60:
            break
        folder = Path(tempfile.mkdtemp())
        try:
            counts += run(seed, folder, cluster.new_database() if cluster else "")
        except (BrokenError, DeskError) as error:
            failures.append((seed, str(error)))
        shutil.rmtree(folder)
        done += 1
        if done % REPORTED_EVERY == 0:
            print(f"{done}: {len(failures)} failed", file=sys.stderr, flush=True)
    if cluster is not None:
        cluster.stop()
    spent = time.monotonic() - started
    print(f"{done} simulations in {spent:.0f} s, {len(failures)} failed")
    for name, count in sorted(counts.items()):
        print(f"  {name:<45} {count:>10}")
    for seed, why in failures[:20]:
        print(f"  seed {seed}: {why}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
