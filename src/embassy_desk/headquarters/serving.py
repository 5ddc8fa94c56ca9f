"""Lets headquarters answer on the network: Hypercorn with TLS and limits of time.

Headers that do not come whole within the idle time close the connection; bodies that stall are
given up by `bodies`. A limit on every read, as Hypercorn also offers, would cut answers to laptops
on slow lines, which send nothing while they read.
"""

import asyncio
import ipaddress
import signal
import socket
from asyncio.sslproto import SSLProtocol
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from hypercorn.asyncio import serve
from hypercorn.config import Config
from hypercorn.typing import ASGIFramework

from embassy_desk.domain.errors import RefusedError
from embassy_desk.headquarters.app import build_app
from embassy_desk.headquarters.hub import DEFAULT_PORT, SERVED_AT, Hub
from embassy_desk.headquarters.keys import KEYS, renew_server
from embassy_desk.headquarters.together import run_together
from embassy_desk.settings.files import write_whole
from embassy_desk.texts import N_

IDLE_S = 15
"""Also between two exchanges; a reverse proxy keeps lines for longer and guards them itself."""

LONGEST_SILENCE_S = 600
HANDSHAKE_S = 15
GRACE_S = 10
BUFFER_BYTES = 64 * 1024
"""Of a connection; asyncio takes four times as much, also for one that says nothing."""

BACKLOG = 1024

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@dataclass(frozen=True)
class Listening:
    """Where to listen.

    Attributes:
        host: Address or name of this machine; `0.0.0.0` for every one it has.
        port: 0 for a free one.
        is_plain: Without TLS, for a reverse proxy on the same machine; loopback only.
        processes: How many share the work; more than one need PostgreSQL.
    """

    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    is_plain: bool = False
    processes: int = 1


def serve_hub(hub: Hub, listening: Listening, announce: Callable[[str], None]) -> None:
    """Answer until the process is told to end; running requests are finished first.

    Args:
        hub: The open headquarters.
        listening: Where.
        announce: Told the address once connections are taken.

    Raises:
        RefusedError: Unencrypted beyond this machine, several processes without PostgreSQL, or
            the port is taken.
        StoreError: One of several processes ended by itself.
    """
    if listening.processes > 1 and not hub.database.is_postgresql:
        raise RefusedError(N_("Several processes need headquarters to be on PostgreSQL."))
    if listening.is_plain and not _is_loopback(listening.host):
        raise RefusedError(
            N_("Without encryption headquarters answers on the loopback address only.")
        )
    renew_server(hub.home, list(hub.deployment.hosts), hub.clock())
    try:
        listeners = _listeners(hub, listening)
    except OSError as error:
        raise RefusedError(
            N_(
                "Nothing can listen at {host}:{port}.",
                host=listening.host,
                port=str(listening.port),
            )
        ) from error
    address = _address(hub, listening, listeners[0].getsockname()[1])
    write_whole(hub.home / SERVED_AT, address.encode())
    if len(listeners) == 1:
        announce(address)
        asyncio.run(_serve(hub, _config(hub, listening, listeners[0])))
    else:
        works = [partial(_share, hub, listening, listeners, each) for each in listeners]
        run_together(works, partial(announce, address))


def _listeners(hub: Hub, listening: Listening) -> list[socket.socket]:
    """Return a listening socket for each process, all at one port: the system shares out callers.

    They listen already: whoever hears of the address is not refused.
    """
    found: list[socket.socket] = []
    port = listening.port
    for _ in range(listening.processes):
        config = _config(hub, listening)
        host = f"[{listening.host}]" if ":" in listening.host else listening.host
        config.bind = [f"{host}:{port}"]
        config.workers = listening.processes  # lets them have the port together
        sockets = config.create_sockets()
        found += sockets.insecure_sockets if listening.is_plain else sockets.secure_sockets
        port = found[0].getsockname()[1]
    for each in found:
        each.listen(BACKLOG)
    return found


def _share(
    hub: Hub,
    listening: Listening,
    listeners: Sequence[socket.socket],
    own: socket.socket,
    first: int,
) -> None:
    """Serve as one of several processes, until the first one ends."""
    hub.database.leave_connections()
    for each in listeners:
        if each is not own:
            each.close()
    asyncio.run(_serve(hub, _config(hub, listening, own), len(listeners), first))


async def _serve(hub: Hub, config: Config, processes: int = 1, first: int | None = None) -> None:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(_on_loop_error)
    SSLProtocol.max_size = BUFFER_BYTES
    for each in _SIGNALS:
        loop.add_signal_handler(each, ended.set)
    if first is not None:
        loop.add_reader(first, ended.set)
    app = cast("ASGIFramework", build_app(hub, processes))
    await serve(app, config, shutdown_trigger=ended.wait)


def _on_loop_error(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Let a line that just goes away fill no log: each would leave a trace of ten lines."""
    if not isinstance(context.get("exception"), OSError):
        loop.default_exception_handler(context)


def _config(hub: Hub, listening: Listening, listener: socket.socket | None = None) -> Config:
    config = Config()
    if listener is not None:
        config.bind = [f"fd://{listener.detach()}"]
    if not listening.is_plain:
        config.certfile = str(hub.home / KEYS / "server.pem")
        config.keyfile = str(hub.home / KEYS / "server.key")
    config.keep_alive_timeout = IDLE_S
    config.read_timeout = LONGEST_SILENCE_S
    config.ssl_handshake_timeout = HANDSHAKE_S
    config.graceful_timeout = GRACE_S
    config.backlog = BACKLOG
    config.include_server_header = False
    config.accesslog = None
    config.errorlog = None
    return config


def _address(hub: Hub, listening: Listening, port: int) -> str:
    """Return what laptops connect to: what the operator set, or where we listen."""
    if hub.deployment.address:
        return hub.deployment.address
    every = listening.host in {"0.0.0.0", "::"}  # noqa: S104  asked for by the operator
    host = hub.deployment.hosts[0] if every else listening.host
    host = f"[{host}]" if ":" in host else host
    return f"http://{host}:{port}" if listening.is_plain else f"{host}:{port}"


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
