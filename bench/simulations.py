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
MEMORY = Path("/dev/shm")  # noqa: S108  each folder in it is made for us alone
"""Folders lie in memory where there is such a place: no simulation loses power."""


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
    failed: list[int] = []
    started, worked, done = time.monotonic(), time.process_time(), 0
    for seed in range(wanted.first, wanted.first + wanted.seeds):
        if time.monotonic() - started > wanted.minutes * 60:
            break
        try:
            counts += _simulated(seed, cluster)
        except (BrokenError, DeskError) as error:
            failed.append(seed)
            print(f"seed {seed}: {error}", flush=True)
        done += 1
        if done % REPORTED_EVERY == 0:
            print(f"{done}: {len(failed)} failed", file=sys.stderr, flush=True)
    if cluster is not None:
        cluster.stop()
    work_s = time.process_time() - worked
    print(f"{done} simulations in {time.monotonic() - started:.0f} s, {len(failed)} failed")
    print(f"{work_s / max(done, 1):.2f} s of processor for each")
    for name, count in sorted(counts.items()):
        print(f"  {name:<45} {count:>10}")
    return 1 if failed else 0


def _simulated(seed: int, cluster: Cluster | None) -> Counter[str]:
    folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
    try:
        return run(seed, folder, cluster.new_database() if cluster else "")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
