"""Eight laptops send to one headquarters that is killed again and again (R9); part of `make soak`.

    .venv/bin/python bench/killing.py [--minutes M] [--clients N] [--postgresql]

Every operation that was acknowledged must be there once, in its laptop's order, and the rows that
all of them write must have the digests that follow; exit code 1 if not.
"""

import argparse
import random
import sys
import tempfile
import threading
import time
from pathlib import Path

import httpx2

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))

from makers.clusters import Cluster
from makers.senders import Sender, status_of
from makers.services import ServiceProcess, make_service

LONGEST_BEFORE_KILL_S = 8.0


def main() -> int:
    """Run it and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--postgresql", action="store_true")
    wanted = parser.parse_args()
    cluster = Cluster.started() if wanted.postgresql else None
    with tempfile.TemporaryDirectory() as folder:
        words = ("--database", cluster.new_database()) if cluster else ()
        service = make_service(Path(folder) / "hq", *words)
        is_whole = _besieged(service, wanted.clients, wanted.minutes * 60)
    if cluster is not None:
        cluster.stop()
    return 0 if is_whole else 1


def _besieged(service: ServiceProcess, clients: int, seconds: float) -> bool:
    """Send and kill for so long; return whether all is whole, with figures printed."""
    service.start("--plain", "--port", "0")
    keys = [service.enrolled() for _ in range(clients)]
    hub_id = status_of(service, keys[0])["hub_id"]
    senders = [Sender(service, each, hub_id) for each in keys]
    chance, kills, started = random.Random(9), 0, time.monotonic()
    while time.monotonic() - started < seconds:
        threads = [threading.Thread(target=each.exchange_until_broken) for each in senders]
        for each in threads:
            each.start()
        time.sleep(chance.uniform(0.2, LONGEST_BEFORE_KILL_S))
        service.kill()
        kills += 1
        for each in threads:
            each.join()
        service.start("--plain", "--port", "0")
    with httpx2.Client(timeout=120) as client:
        for sender in senders:
            sender.exchange(client)
    service.stop()
    found = service.run("verify", "--json")
    last = {each["id"]: each["last"] for each in service.run("devices", "--json")}
    sent, answers = sum(len(each.forms) for each in senders), sum(each.answers for each in senders)
    lost = [each for each in senders if not last[each.keys.node] == each.acked == len(each.forms)]
    print(f"{clients} laptops, {kills} kills in {time.monotonic() - started:.0f} s")
    print(f"  operations written {sent}, found {found['operations']}, requests {answers}")
    print(f"  laptops with a difference {len(lost)}, problems {len(found['problems'])}")
    return not lost and not found["problems"] and found["operations"] == sent


if __name__ == "__main__":
    sys.exit(main())
