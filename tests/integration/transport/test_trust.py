"""S15: whom the road believes. A real TLS server stands where headquarters should be."""

import http.server
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from embassy_desk.sealing.certificates import KeyAndCertificate, made_root, made_server
from embassy_desk.transport.errors import RoadError
from embassy_desk.transport.road import Road, RoadTimes

NOW = datetime.fromtimestamp(time.time(), UTC)
HERE = ["127.0.0.1"]


class Answering(http.server.BaseHTTPRequestHandler):
    """Answers whoever asks, or sends him elsewhere."""

    asked: list[str]
    elsewhere = ""

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(302 if self.elsewhere else 200)
        if self.elsewhere:
            self.send_header("Location", self.elsewhere)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def server(
    folder: Path,
    made: KeyAndCertificate | None,
    *,
    elsewhere: str = "",
    newest: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3,
) -> Iterator[tuple[str, list[str]]]:
    """Answer on this machine; gives the address and the list of what was asked."""
    asked: list[str] = []
    handler = type("Handler", (Answering,), {"asked": asked, "elsewhere": elsewhere})
    with http.server.HTTPServer(("127.0.0.1", 0), handler) as listening:
        if made is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.minimum_version = ssl.TLSVersion.TLSv1_2
            context.maximum_version = newest
            (folder / "server.pem").write_bytes(made.certificate)
            (folder / "server.key").write_bytes(made.key)
            context.load_cert_chain(folder / "server.pem", folder / "server.key")
            listening.socket = context.wrap_socket(listening.socket, server_side=True)
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        scheme = "http" if made is None else "https"
        yield f"{scheme}://127.0.0.1:{listening.server_port}", asked
        listening.shutdown()
        thread.join()


def fetched(url: str, root: KeyAndCertificate) -> bytes:
    times = RoadTimes(lambda: NOW, lambda _: None, lambda: 0.5)
    with Road(url, root.certificate.decode(), times) as road:
        return road.fetch("/x")


def refused(url: str, root: KeyAndCertificate) -> str:
    with pytest.raises(RoadError) as error:
        fetched(url, root)
    return error.value.reason


@pytest.fixture(scope="module")
def root() -> KeyAndCertificate:
    return made_root("headquarters", NOW)


def test_control_headquarters_itself_is_believed(tmp_path: Path, root: KeyAndCertificate) -> None:
    with server(tmp_path, made_server(root, HERE, NOW)) as (url, asked):
        assert fetched(url, root) == b"{}"
    assert asked == ["/x"]


def test_a_server_of_another_root_is_not_believed_whoever_else_trusts_it(
    tmp_path: Path, root: KeyAndCertificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As of an inspecting proxy whose root the system and the environment trust."""
    other = made_root("a proxy that reads along", NOW)
    (tmp_path / "system.pem").write_bytes(other.certificate)
    for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.setenv(name, str(tmp_path / "system.pem"))
    with server(tmp_path, made_server(other, HERE, NOW)) as (url, asked):
        assert refused(url, root) == "untrusted"
    assert asked == []


@pytest.mark.parametrize(
    ("hosts", "age"),
    [(["hq.example.org"], timedelta(0)), (HERE, timedelta(days=4_000))],
    ids=["of another name", "run out"],
)
def test_a_certificate_that_does_not_hold_is_not_believed(
    tmp_path: Path, root: KeyAndCertificate, hosts: list[str], age: timedelta
) -> None:
    with server(tmp_path, made_server(root, hosts, NOW - age)) as (url, asked):
        assert refused(url, root) == "untrusted"
    assert asked == []


def test_older_tls_is_not_spoken(tmp_path: Path, root: KeyAndCertificate) -> None:
    made = made_server(root, HERE, NOW)
    with server(tmp_path, made, newest=ssl.TLSVersion.TLSv1_2) as (url, asked):
        assert refused(url, root) in {"unreachable", "broken"}
    assert asked == []


def test_nobody_is_followed_elsewhere_and_plain_http_is_never_tried(
    tmp_path: Path, root: KeyAndCertificate
) -> None:
    with (
        server(tmp_path, None) as (plain, asked_plainly),
        server(tmp_path, made_server(root, HERE, NOW), elsewhere=f"{plain}/stolen") as (url, asked),
    ):
        assert fetched(url, root) == b"{}"  # the answer that sends elsewhere, as it is
    assert asked == ["/x"]
    assert asked_plainly == []


def test_a_proxy_of_the_environment_is_not_asked(
    tmp_path: Path, root: KeyAndCertificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        server(tmp_path, None) as (proxy, asked_by_proxy),
        server(tmp_path, made_server(root, HERE, NOW)) as (url, asked),
    ):
        for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, proxy)
        assert fetched(url, root) == b"{}"
    assert (asked, asked_by_proxy) == (["/x"], [])
