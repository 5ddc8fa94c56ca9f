"""An application that is served without a network, on one thread that stays.

`TestClient` begins a thread and a loop with each request; a history of exchanges has too many.
"""

import asyncio
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

import httpx
from fastapi import FastAPI

_CLIENT = ("testclient", 50_000)
_PLAIN_PORT = 80


@dataclass
class Answered:
    """What an application answered, as it left it.

    Attributes:
        status_code: Its status.
        headers: Its headers, lower case.
        content: Its body, still compressed if it was.
    """

    status_code: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    content: bytes = b""


@dataclass
class _Asked:
    scope: dict[str, Any]
    content: bytes
    answered: "Future[Answered]" = field(default_factory=Future)


class Served:
    """Carries whole requests into an application and whole answers out, one after the other.

    Attributes:
        app: The application; may be another one later.
    """

    def __init__(self, app: FastAPI) -> None:
        """Serve an application from the first request on, until `close`."""
        self.app = app
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop
        self._asked: asyncio.Queue[_Asked | None]

    def request(
        self, method: str, url: str, *, content: bytes, headers: Mapping[str, str]
    ) -> Answered:
        """Return the answer to a request; waits for it."""
        if self._thread is None:
            self._loop, self._asked = asyncio.new_event_loop(), asyncio.Queue()
            self._thread = threading.Thread(target=self._run, name="served")
            self._thread.start()
        asked = _Asked(_scope(method, httpx.URL(url), headers), content)
        self._loop.call_soon_threadsafe(self._asked.put_nowait, asked)
        return asked.answered.result()

    def close(self) -> None:
        """Serve no more; another request begins anew."""
        if self._thread is not None:
            self._loop.call_soon_threadsafe(self._asked.put_nowait, None)
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        """Answer in one task, so that the threads of the application are kept for the next."""
        while (asked := await self._asked.get()) is not None:
            try:
                asked.answered.set_result(await self._answer(asked.scope, asked.content))
            except BaseException as error:  # noqa: BLE001  whoever asked is told
                asked.answered.set_exception(error)

    async def _answer(self, scope: dict[str, Any], content: bytes) -> Answered:
        answered, is_over = Answered(), asyncio.Event()
        coming = [{"type": "http.request", "body": content, "more_body": False}]

        async def receive() -> Any:
            if coming:
                return coming.pop()
            await is_over.wait()  # whoever asked stays to hear the answer
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                answered.status_code = message["status"]
                answered.headers = {
                    name.decode().lower(): value.decode() for name, value in message["headers"]
                }
            else:
                answered.content += message.get("body", b"")

        await self.app(scope, receive, send)
        is_over.set()
        return answered


def _scope(method: str, url: httpx.URL, headers: Mapping[str, str]) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": url.scheme,
        "path": url.path,
        "raw_path": url.raw_path.partition(b"?")[0],
        "query_string": url.query,
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "client": _CLIENT,
        "server": (url.host, url.port or _PLAIN_PORT),
    }
