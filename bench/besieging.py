"""Besieges headquarters (S8, S10); part of `make soak`.

    .venv/bin/python bench/besieging.py [--guesses N] [--races N] [--sockets N]

Guesses codes, lets two devices race for one, and holds hundreds of slow connections while an honest
laptop works. Exit code 1 when anything is not as it must be.
"""

import argparse
import random
import socket
import ssl
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import httpx2

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))

from machine import memory_of

from embassy_desk.headquarters.app import build_app
from embassy_desk.headquarters.database import EVERY_SCOPE
from embassy_desk.headquarters.devices import devices
from embassy_desk.headquarters.hub import Hub
from embassy_desk.headquarters.serving import IDLE_S
from embassy_desk.sync.exchange import EXCHANGE_PATH
from makers.clusters import Cluster
from makers.hubs import Keys, make_code, make_hub
from makers.races import winners_of_race
from makers.senders import Sender
from makers.served import Served
from makers.services import ServiceProcess, make_enrolled

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
FREE_GUESSES = 10
LEEWAY_S = 3.0
"""To be told of a closed connection on a machine that does other things too."""

MOST_MEMORY_MIB = 100
HONEST_REQUESTS = 30
_CLAIMED_BYTES = 30_000


def main() -> int:
    """Run what was asked for and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--guesses", type=int, default=100_000)
    parser.add_argument("--races", type=int, default=200)
    parser.add_argument("--sockets", type=int, default=500)
    wanted = parser.parse_args()
    problems: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for engine, hub in _hubs(Path(folder)):
            problems += _raced(engine, hub, wanted.races)
            problems += _guessed(engine, hub, wanted.guesses)
        service, hub_id, (keys,) = make_enrolled(Path(folder) / "slow", 1)
        service.start("--port", "0")
        honest = Sender(service, keys, hub_id)
        try:
            for kind, beginning in SLOW.items():
                problems += _slowed(honest, kind, beginning, wanted.sockets)
        finally:
            service.stop()
    print("\n".join(problems) or "as it must be")
    return int(bool(problems))


def _hubs(folder: Path) -> Iterator[tuple[str, Hub]]:
    with closing(make_hub(folder / "hq")) as hub:
        yield "SQLite", hub
    cluster = Cluster.started()
    try:
        with closing(make_hub(folder / "hq2", database=cluster.new_database())) as hub:
            yield "PostgreSQL", hub
    finally:
        cluster.stop()


def _raced(engine: str, hub: Hub, count: int) -> list[str]:
    """Let two devices use one code at the same moment, so often; one must win (S8)."""
    started = time.monotonic()
    found = Counter(winners_of_race(hub) for _ in range(count))
    print(f"{engine}: {count} races, winners {dict(found)}, {time.monotonic() - started:.0f} s")
    return [] if set(found) <= {1} else [f"{engine}: races were won by {dict(found)}"]


def _guessed(engine: str, hub: Hub, count: int) -> list[str]:
    """Guess codes while one is open (S8): the first ten are told no, the others to wait."""
    if not count:
        return []
    before, code, dice = _known(hub), make_code(hub), random.Random(8)
    served, started, found = Served(build_app(hub)), time.monotonic(), Counter[int]()
    request = Keys().request(code)
    for number in range(count):
        secret = "".join(dice.choices(LETTERS, k=len(code)))
        # Only the first ones are read at all; their signature must not be why they fail.
        asked = (
            Keys().request(secret)
            if number < 2 * FREE_GUESSES
            else request.model_copy(update={"secret": secret})
        )
        content = asked.model_dump_json().encode()
        found[
            served.request(
                "POST", "http://testserver/enrol", content=content, headers={}
            ).status_code
        ] += 1
    served.close()
    got_in = _known(hub) - before
    print(
        f"{engine}: {count:,} guesses, answers {dict(found)}, {time.monotonic() - started:.0f} s,"
        f" {got_in} got in"
    )
    is_well = not got_in and found == {404: FREE_GUESSES, 429: count - FREE_GUESSES}
    return [] if is_well else [f"{engine}: guesses were answered {dict(found)}, {got_in} got in"]


def _known(hub: Hub) -> int:
    with hub.database.reading([EVERY_SCOPE]) as connection:
        return len(devices(hub, connection))


def _plain(service: ServiceProcess) -> socket.socket:
    host, _, port = service.address.removeprefix("https://").rpartition(":")
    return socket.create_connection((host, int(port)))


def _in_handshake(service: ServiceProcess) -> socket.socket:
    made = _plain(service)
    made.sendall(b"\x16\x03\x01")
    return made


def _said(service: ServiceProcess, words: str) -> socket.socket:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    made = context.wrap_socket(_plain(service))
    made.sendall(words.encode())
    return made


def _in_headers(service: ServiceProcess) -> socket.socket:
    return _said(service, f"POST {EXCHANGE_PATH} HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")


def _in_body(service: ServiceProcess) -> socket.socket:
    return _said(
        service,
        f"POST {EXCHANGE_PATH} HTTP/1.1\r\nHost: localhost\r\n"
        f"Content-Length: {_CLAIMED_BYTES}\r\n\r\nand no more",
    )


SLOW: dict[str, Callable[[ServiceProcess], socket.socket]] = {
    "say nothing": _plain,
    "stop in the handshake": _in_handshake,
    "stop in the headers": _in_headers,
    "stop in the body": _in_body,
}


def _slowed(
    honest: Sender, kind: str, beginning: Callable[[ServiceProcess], socket.socket], count: int
) -> list[str]:
    """Hold slow connections while an honest laptop works (S10)."""
    service = honest.service
    assert service.process is not None
    process = service.process.pid
    idle_s, before_mib = _p95_s(honest), memory_of(process)
    open_ones = [beginning(service) for _ in range(count)]
    began = time.monotonic()
    beside_s, beside_mib = _p95_s(honest), memory_of(process)
    lasted_s = max(_closed_after(open_ones, began))
    grown = beside_mib - before_mib
    print(
        f"{count} that {kind}: closed after {lasted_s:.1f} s at most, honest p95"
        f" {idle_s * 1000:.0f} ms alone and {beside_s * 1000:.0f} ms beside them,"
        f" memory {grown:+.0f} MiB"
    )
    is_well = lasted_s <= IDLE_S + LEEWAY_S and grown <= MOST_MEMORY_MIB
    return [] if is_well else [f"{kind}: {lasted_s:.1f} s, {grown:+.0f} MiB"]


def _p95_s(honest: Sender) -> float:
    seconds = []
    with httpx2.Client(verify=False) as client:
        for _ in range(HONEST_REQUESTS):
            honest.write(5)
            started = time.monotonic()
            honest.exchange(client)
            seconds.append(time.monotonic() - started)
    return statistics.quantiles(seconds, n=20)[-1]


def _closed_after(open_ones: list[socket.socket], began: float) -> Iterator[float]:
    """Wait until every connection is closed by the other side; yield when each was."""
    for each in open_ones:
        each.settimeout(10 * IDLE_S)
        with each:
            try:
                while each.recv(4096):
                    pass
            except OSError:
                pass  # closed without a goodbye
        yield time.monotonic() - began


if __name__ == "__main__":
    sys.exit(main())
