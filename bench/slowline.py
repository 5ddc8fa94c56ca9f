"""A slow line between two network namespaces of this machine; needs Linux and root.

Each end has a TUN device; a thread carries the packets between them with a delay, a rate, a queue
that drops what is too much, and random loss. TCP of the kernel runs over it, so that retransmission
and congestion control are real. The shape of the line may change while it is used.
"""

import collections
import ctypes
import fcntl
import os
import random
import select
import struct
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

CLONE_NEWNET = 0x40000000
TUNSETIFF = 0x400454CA
IFF_TUN, IFF_NO_PI = 0x0001, 0x1000
NEAR, FAR = "embassy-near", "embassy-far"
NEAR_ADDRESS, FAR_ADDRESS = "10.99.0.1", "10.99.0.2"
_QUEUE_S = 2.0
_IPV4, _TCP = 4, 6
_LIBC = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Shape:
    """What a line is like.

    Attributes:
        round_trip_ms: Time there and back of an empty packet.
        kbit: Bits each way, thousands a second; nothing for no limit.
        loss_percent: How many of a hundred packets are lost, each way.
    """

    round_trip_ms: float = 0.0
    kbit: float | None = None
    loss_percent: float = 0.0


QUICK = Shape()
SLOW = Shape(600.0, 256.0)
SLOW_AND_LOSSY = Shape(600.0, 256.0, 1.0)


def is_possible() -> bool:
    """Return whether this machine lets us make such a line."""
    has_tools = any(Path(each, "ip").exists() for each in os.get_exec_path())
    return has_tools and os.geteuid() == 0 and Path("/dev/net/tun").exists()


class _Way:
    """One direction."""

    def __init__(self, source: int, sink: int, seed: int) -> None:
        self.source, self.sink = source, sink
        self.dice = random.Random(seed)
        self.free_at = 0.0
        self.flight: collections.deque[tuple[float, bytes]] = collections.deque()
        self.bytes = 0  # of what TCP carries: TLS, and what was sent again

    def take(self, shape: Shape) -> None:
        while True:
            try:
                packet = os.read(self.source, 65536)
            except BlockingIOError:
                return
            now = time.monotonic()
            self.bytes += _payload(packet)
            if self.dice.random() * 100 < shape.loss_percent:
                continue
            ready = now
            if shape.kbit:
                if self.free_at - now > _QUEUE_S:
                    continue
                self.free_at = max(now, self.free_at) + len(packet) * 8 / (shape.kbit * 1000)
                ready = self.free_at
            self.flight.append((ready + shape.round_trip_ms / 2000, packet))

    def give(self, now: float) -> None:
        while self.flight and self.flight[0][0] <= now:
            os.write(self.sink, self.flight.popleft()[1])


def _payload(packet: bytes) -> int:
    """Return how many bytes of a packet are not headers of IP and TCP."""
    if packet[0] >> 4 != _IPV4 or packet[9] != _TCP:
        return 0
    start = (packet[0] & 15) * 4
    return len(packet) - start - (packet[start + 12] >> 4) * 4


class SlowLine:
    """The two namespaces and the thread between them, while the block lasts."""

    def __init__(self) -> None:
        """Prepare; nothing is made yet."""
        self.shape = QUICK
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None
        self._ends: list[int] = []

    def __enter__(self) -> Self:
        """Make namespaces and devices, and carry packets."""
        _remove()
        for name, address in ((NEAR, NEAR_ADDRESS), (FAR, FAR_ADDRESS)):
            _run("ip", "netns", "add", name)
            self._ends.append(_tun(name))
            inside = within(name)
            _run(*inside, "ip", "link", "set", "lo", "up")
            _run(*inside, "ip", "addr", "add", f"{address}/24", "dev", "line0")
            _run(*inside, "ip", "link", "set", "line0", "mtu", "1500", "up")
        self.up = _Way(self._ends[0], self._ends[1], 2)
        self.down = _Way(self._ends[1], self._ends[0], 3)
        self._thread = threading.Thread(target=self._carry, name="line")
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Remove everything."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
        for each in self._ends:
            os.close(each)
        _remove()

    def _carry(self) -> None:
        poll = select.epoll()
        for each in self._ends:
            poll.register(each, select.EPOLLIN)
        while not self._ended.is_set():
            due = [way.flight[0][0] for way in (self.up, self.down) if way.flight]
            wait = min([0.2, *(max(0.0, each - time.monotonic()) for each in due)])
            for end, _ in poll.poll(wait):
                (self.up if end == self._ends[0] else self.down).take(self.shape)
            now = time.monotonic()
            self.up.give(now)
            self.down.give(now)
        poll.close()


def within(name: str) -> tuple[str, ...]:
    """Return the words that begin a command in a namespace."""
    return ("ip", "netns", "exec", name)


def _run(*words: str) -> None:
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)


def _remove() -> None:
    for name in (NEAR, FAR):
        words = ("ip", "netns", "del", name)
        subprocess.run(words, stderr=subprocess.DEVNULL, check=False)


def _tun(namespace: str) -> int:
    """Return an open TUN device within a namespace."""
    home = os.open("/proc/self/ns/net", os.O_RDONLY)
    inside = os.open(f"/run/netns/{namespace}", os.O_RDONLY)
    try:
        if _LIBC.setns(inside, CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), "setns")
        device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH22x", b"line0", IFF_TUN | IFF_NO_PI))
    finally:
        _LIBC.setns(home, CLONE_NEWNET)
        os.close(inside)
        os.close(home)
    return device
