"""Real desks and a real headquarters in one process, with a line between them that can break."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx

from embassy_desk.application.enrolling import request_enrolment, take_enrolment_answer
from embassy_desk.application.exchanging import Report, synchronise
from embassy_desk.application.office import answer, perform
from embassy_desk.headquarters.app import build_app
from embassy_desk.headquarters.database import EVERY_SCOPE
from embassy_desk.headquarters.devices import approve
from embassy_desk.headquarters.enrolling import NewCode, answer_to, enrol, new_code, node_row
from embassy_desk.headquarters.hub import Hub
from embassy_desk.store.headquarters_link import note_headquarters
from embassy_desk.store.opening import Store
from embassy_desk.store.outgoing import present_node
from embassy_desk.store.work import Author
from embassy_desk.transport.road import Road, RoadTimes
from makers.served import Answered, Served
from makers.stores import make_store, reopened

HOST = "http://127.0.0.1"

Trouble = Callable[[httpx.Request], str]
"""Says what happens to a request: nothing, `lost` before it arrives, `cut` before its answer does,
`twice` when it arrives two times, or `changed` when one byte of the answer is another."""


def no_trouble(_: httpx.Request) -> str:
    """Let everything through."""
    return ""


@dataclass
class Line(httpx.BaseTransport):
    """Carries requests into headquarters' application without a network.

    Attributes:
        client: The application.
        trouble: Asked for each request.
        heard: Told body and status of every request that was answered.
        seen: Method and path of every request that arrived.
        up: Bytes of bodies that went up.
        down: Bytes of bodies that came down.
    """

    client: Served
    trouble: Trouble = no_trouble
    heard: Callable[[bytes, int], None] = lambda _body, _status: None
    seen: list[tuple[str, str]] = field(default_factory=list)
    up: int = 0
    down: int = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Carry one request and its answer."""
        what = self.trouble(request)
        if what == "lost":
            raise httpx.ConnectError("the line is down", request=request)
        body = request.read()
        for _ in range(2 if what == "twice" else 1):
            got = self._carried(request, body)
            self.heard(body, got.status_code)
        if what == "cut":
            raise httpx.ReadError("the line broke", request=request)
        content: bytes = got.content
        if what == "changed":
            content = bytes([content[0] ^ 1]) + content[1:]
        self.down += len(content)
        headers = {name: value for name, value in got.headers.items() if name != "content-length"}
        return httpx.Response(got.status_code, headers=headers, stream=httpx.ByteStream(content))

    def close(self) -> None:
        """Let the application rest; whoever asks again wakes it."""
        self.client.close()

    def _carried(self, request: httpx.Request, body: bytes) -> Answered:
        self.seen.append((request.method, request.url.raw_path.decode()))
        self.up += len(body)
        return self.client.request(
            request.method, str(request.url), content=body, headers=dict(request.headers)
        )


@dataclass
class LinkedDesk:
    """A real store that is enrolled at a real headquarters.

    Attributes:
        store: The store.
        road: The road to headquarters.
        line: What the road lies over.
    """

    store: Store
    road: Road
    line: Line

    def sync(self, **wishes: bool) -> Report:
        """Exchange until nothing is left."""
        return synchronise(self.store, self.road, **wishes)

    @property
    def node(self) -> str:
        """Identity of the device."""
        return answer(self.store, lambda work: present_node(work.raw).node_id)

    def close(self) -> None:
        """Close line and store."""
        self.road.close()
        self.store.close()


def new_line(hub: Hub) -> Line:
    """Return a line into an open headquarters."""
    return Line(Served(build_app(hub)))


def linked_desk(
    folder: Path,
    hub: Hub,
    line: Line,
    *,
    number: int = 1,
    person: UUID | None = None,
    **wanted: Any,
) -> LinkedDesk:
    """Return a desk with an empty store, enrolled and approved, of the mission TOK.

    Args:
        folder: Where its store is to lie.
        hub: Headquarters.
        line: The line to it.
        number: Tells its identity from those of other desks.
        person: Who works there; the owner of the store when left out.
        wanted: What its code says besides, such as `receives_restricted`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    store = make_store(folder)
    store.clock = hub.clock
    if person is not None:
        store.author = Author(person, store.author.mission)
    with store.work() as work:
        work.raw.execute(
            "UPDATE sync_node SET node_id = ?, device_tag = ?", (f"{number:032x}", f"T{number:03d}")
        )
        work.commit()
    let_in(store, hub, **wanted)
    return LinkedDesk(store, road_over(line, hub), line)


def linked_again(folder: Path, hub: Hub, line: Line, person: UUID) -> LinkedDesk:
    """Return a desk that `linked_desk` made, from its folder or a copy of it."""
    store = reopened(folder)
    store.clock, store.author = hub.clock, Author(person, store.author.mission)
    return LinkedDesk(store, road_over(line, hub), line)


def road_over(line: Line, hub: Hub) -> Road:
    """Return a road over a line, by headquarters' clock and without waiting."""
    times = RoadTimes(hub.clock, sleep=lambda _: None, chance=lambda: 0.5)
    return Road(HOST, "", times, transport=line)


def let_in(store: Store, hub: Hub, mission: str = "TOK", **wanted: Any) -> None:
    """Enrol a store by the steps of both sides, and approve it."""
    with hub.database.writing([EVERY_SCOPE]) as connection:
        code = new_code(hub, connection, NewCode(mission, **wanted))
    request, _ = perform(store, request_enrolment, code, is_demo=False)
    with hub.database.writing([EVERY_SCOPE]) as connection:
        enrol(hub, connection, request)
        approve(hub, connection, request.node)
        told = answer_to(hub, connection, node_row(connection, request.node))
    assert perform(store, take_enrolment_answer, told)[0] == "active"
    perform(store, lambda work: note_headquarters(work.raw, url=HOST, offset_ms=0))
