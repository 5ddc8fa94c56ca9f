"""Five hundred connections that say almost nothing do not keep an honest laptop out."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx2
import pytest

from embassy_desk.sync.exchange import HEALTH_PATH
from makers.services import ServiceProcess, make_service

SLOW = 500
HONEST = 10

pytestmark = pytest.mark.e2e


@pytest.fixture
def service(tmp_path: Path) -> Iterator[ServiceProcess]:
    made = make_service(tmp_path / "hq")
    made.start("--port", "0")
    yield made
    made.stop()


def connected(service: ServiceProcess) -> socket.socket:
    host, _, port = service.address.removeprefix("https://").rpartition(":")
    return socket.create_connection((host, int(port)))


def test_an_honest_laptop_is_answered_beside_five_hundred_slow_ones(
    service: ServiceProcess,
) -> None:
    with ExitStack() as open_ones:
        for number in range(SLOW):
            each = open_ones.enter_context(connected(service))
            if number % 2:
                each.sendall(b"\x16\x03\x01")  # the first bytes of a TLS handshake, and no more
        answers = [
            httpx2.get(service.url(HEALTH_PATH), verify=False).status_code for _ in range(HONEST)
        ]
    assert answers == [204] * HONEST


def test_headers_without_end_are_cut_off(service: ServiceProcess) -> None:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with connected(service) as plain, context.wrap_socket(plain) as line:
        line.settimeout(60)
        line.sendall(f"GET {HEALTH_PATH} HTTP/1.1\r\nHost: localhost\r\n".encode())
        header = b"X-Filling: " + b"x" * 8_000 + b"\r\n"
        refused = b""
        try:
            for _ in range(100):
                line.sendall(header)
            refused = line.recv(4096)
        except OSError:
            refused = b"closed"
    assert not refused.startswith(b"HTTP/1.1 2")
    assert httpx2.get(service.url(HEALTH_PATH), verify=False).status_code == 204
