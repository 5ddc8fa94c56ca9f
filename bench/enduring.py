"""Lets a hundred laptops work with one headquarters for long (R11); part of `make soak`.

    .venv/bin/python bench/enduring.py [--minutes M] [--laptops N]

Watches memory, descriptors, the log of the database and how long requests take, the first quarter
against the last. Exit code 1 when something wears out, or an operation is lost.
"""

import argparse
import random
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
from machine import files_of, memory_of

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))

from makers.senders import OPERATIONS_AT_ONCE, Sender
from makers.services import ServiceProcess, make_enrolled

WORKERS = 4
MOST_GROWTH = 1.10
MOST_NEW_FILES = 5
MOST_LOG_MIB = 64
MOST_DRIFT = 1.20
_WATCHED_EVERY_S = 1.0


@dataclass
class Seen:
    """What was seen in one quarter of the time."""

    memory_mib: list[float] = field(default_factory=list)
    files: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


@dataclass
class Watch:
    """Sorts what is seen into quarters."""

    started: float
    lasts_s: float
    quarters: list[Seen] = field(default_factory=lambda: [Seen() for _ in range(4)])
    most_log_mib: float = 0.0

    @property
    def is_over(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() - self.started >= self.lasts_s

    @property
    def now(self) -> Seen:
        """The present quarter."""
        return self.quarters[min(3, int(4 * (time.monotonic() - self.started) / self.lasts_s))]


def main() -> int:
    """Run, print what was seen, and return 0 when nothing wears out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=120.0)
    parser.add_argument("--laptops", type=int, default=100)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        service, hub_id, laptops = make_enrolled(Path(folder) / "hq", wanted.laptops)
        service.start("--port", "0")
        before = _names(service)
        senders = [Sender(service, each, hub_id) for each in laptops]
        watch = Watch(time.monotonic(), wanted.minutes * 60)
        shares = [senders[number::WORKERS] for number in range(WORKERS)]
        threads = [threading.Thread(target=_work, args=(each, watch)) for each in shares]
        for each in threads:
            each.start()
        _watch(service, watch)
        for each in threads:
            each.join()
        service.stop()
        left = sorted(_names(service) - before)
        found = service.run("verify", "--json")
    sent = sum(each.acked for each in senders)
    return _tell(watch, left, sent - found["operations"], found["problems"], sent)


def _work(senders: list[Sender], watch: Watch) -> None:
    """Let one laptop after the other, in any order, write a little and exchange."""
    dice = random.Random(len(senders))
    with httpx2.Client(verify=False) as client:
        while not watch.is_over:
            sender = dice.choice(senders)
            sender.write(OPERATIONS_AT_ONCE)
            began = time.monotonic()
            sender.exchange(client)
            watch.now.seconds.append(time.monotonic() - began)


def _watch(service: ServiceProcess, watch: Watch) -> None:
    assert service.process is not None
    process = service.process.pid
    while not watch.is_over:
        watch.now.memory_mib.append(memory_of(process))
        watch.now.files.append(files_of(process))
        logs = sum(each.stat().st_size for each in service.home.glob("*-wal"))
        watch.most_log_mib = max(watch.most_log_mib, logs / 2**20)
        time.sleep(_WATCHED_EVERY_S)


def _names(service: ServiceProcess) -> set[str]:
    """Return the files of the home but those that grow in number as they should."""
    return {
        each.name
        for each in service.home.rglob("*")
        if each.is_file() and "journal" not in each.parts and not each.name.startswith("hub.db")
    }


def _tell(watch: Watch, left: list[str], lost: int, problems: list[str], sent: int) -> int:
    early, late = watch.quarters[1], watch.quarters[3]
    memory = [statistics.median(each.memory_mib) for each in (early, late)]
    files = [statistics.median(each.files) for each in (early, late)]
    p95 = [statistics.quantiles(each.seconds, n=20)[-1] for each in (early, late)]
    requests = sum(len(each.seconds) for each in watch.quarters)
    print(f"{requests} requests, {sent} operations, {lost} lost, problems {len(problems)}")
    print(f"memory {memory[0]:.0f} to {memory[1]:.0f} MiB, descriptors {files[0]} to {files[1]}")
    print(f"p95 {p95[0] * 1000:.0f} to {p95[1] * 1000:.0f} ms, log {watch.most_log_mib:.1f} MiB")
    print(f"files that were left: {left}")
    worn = {
        "memory": memory[1] > memory[0] * MOST_GROWTH,
        "descriptors": abs(files[1] - files[0]) > MOST_NEW_FILES,
        "log": watch.most_log_mib > MOST_LOG_MIB,
        "pace": p95[1] > p95[0] * MOST_DRIFT,
        "operations": bool(lost or problems),
        "files": bool(left),
    }
    print(", ".join(name for name, is_worn in worn.items() if is_worn) or "nothing wore out")
    return int(any(worn.values()))


if __name__ == "__main__":
    sys.exit(main())
