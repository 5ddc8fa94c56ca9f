"""The carrier: brings contents of attachments to headquarters and fetches them, piece by piece.

What somebody waits for comes first, then what headquarters lacks goes, then small files come by
themselves. After every piece all of that is looked at anew, and whoever runs the carrier may let an
exchange go first: contents never hold up records. A piece that arrived stays, whatever happens.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from embassy_desk.application.exchange import linked
from embassy_desk.application.office import answer, perform
from embassy_desk.application.places import Here, Places
from embassy_desk.domain.errors import DamageError, MissingError, StoreError
from embassy_desk.store.attachments import attachments_folder, content_of
from embassy_desk.store.contents import (
    Content,
    absent_contents,
    awaited_contents,
    keep_whole,
    note_sent,
    unsent_contents,
    wish_for,
)
from embassy_desk.store.opening import Store
from embassy_desk.store.outgoing import present_node
from embassy_desk.store.work import UnitOfWork
from embassy_desk.sync.contents import (
    FIRST_PIECE_BYTES,
    ContentAnswer,
    content_path,
    next_piece_bytes,
)
from embassy_desk.sync.problems import ProblemCode
from embassy_desk.transport.errors import RequestRefusedError
from embassy_desk.transport.road import Road, Signer

FETCHED_UP_TO_BYTES = 1024 * 1024
"""Files up to this length come by themselves; larger ones when somebody asks for them."""

_PASSED_OVER = frozenset({ProblemCode.NOT_FOUND, ProblemCode.TOO_LARGE, ProblemCode.DAMAGED})


@dataclass(frozen=True)
class Carriage:
    """How contents are carried.

    Attributes:
        fetched_up_to_bytes: Files up to this length come by themselves; 0 on a line that is paid
            by the byte.
        is_sending: Whether contents go to headquarters.
        most_bytes_per_s: How much of the line they may take, both ways; nothing for all of it.
    """

    fetched_up_to_bytes: int = FETCHED_UP_TO_BYTES
    is_sending: bool = True
    most_bytes_per_s: float | None = None


@dataclass
class Carried:
    """What was carried.

    Attributes:
        sent: Contents that headquarters has now.
        fetched: Contents that came.
        sent_bytes: Bytes that went.
        fetched_bytes: Bytes that came.
        passed_over: Names of files that could not be carried now.
    """

    sent: int = 0
    fetched: int = 0
    sent_bytes: int = 0
    fetched_bytes: int = 0
    passed_over: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Errand:
    """What is to be carried next."""

    content: Content
    is_sending: bool
    signer: Signer
    epoch: int


class Carrier:
    """Carries contents of one store, each step in its place."""

    def __init__(
        self,
        places: Places,
        road: Road,
        carriage: Carriage,
        *,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin with nothing carried."""
        self.carried = Carried()
        self._places = places
        self._road = road
        self._how = carriage
        self._timer = timer
        self._piece_bytes = FIRST_PIECE_BYTES
        self._passed: set[str] = set()
        self._held: dict[str, int] = {}
        self._open: tuple[str, bytes] = ("", b"")

    async def step(self) -> float | None:
        """Carry one piece; return None when there is nothing left to carry.

        Returns:
            For how many seconds the line is to be left to others before the next piece.

        Raises:
            RoadError: Headquarters was not reached; what arrived stays.
            RequestRefusedError: It refused this device.
            StoreError: The disk refuses.
        """
        errand = await self._places.by_the_clerk(lambda store: answer(store, self._next))
        if errand is None:
            return None
        started = self._timer()
        carry = self._sent if errand.is_sending else self._fetched
        try:
            size = await carry(errand)
        except RequestRefusedError as error:
            if error.problem.code not in _PASSED_OVER:
                raise
            size = self._pass_over(errand.content)
        except (MissingError, DamageError):
            size = self._pass_over(errand.content)
        return self._rest_s(size, self._timer() - started)

    def _pass_over(self, content: Content) -> int:
        """Leave a content that cannot be carried now for another time."""
        self._passed.add(content.digest)
        self.carried.passed_over.append(content.name)
        return 0

    def _next(self, work: UnitOfWork) -> _Errand | None:
        """Return what comes next: what is awaited, what is to go, what comes by itself."""
        link, node, raw = linked(work), present_node(work.raw), work.raw
        signer = Signer(node.node_id, node.key, link.offset_ms)
        most = 1 + len(self._passed)
        for content in awaited_contents(raw, most=most):
            if content.digest not in self._passed:
                return _Errand(content, is_sending=False, signer=signer, epoch=link.epoch)
        for content in unsent_contents(raw, link.epoch, most=most) if self._how.is_sending else ():
            if content.digest not in self._passed:
                return _Errand(content, is_sending=True, signer=signer, epoch=link.epoch)
        for content in absent_contents(raw, up_to_bytes=self._how.fetched_up_to_bytes, most=most):
            if content.digest not in self._passed:
                return _Errand(content, is_sending=False, signer=signer, epoch=link.epoch)
        return None

    async def _sent(self, errand: _Errand) -> int:
        """Bring the next piece; headquarters says where to go on."""
        content = errand.content
        body = await self._places.by_the_clerk(partial(self._body, content=content))
        start = self._held.get(content.digest, 0)
        piece = body[start : start + self._piece_bytes]
        if content.digest not in self._held and len(body) > len(piece):
            piece = b""  # some of it may have come already, so ask first
        path = content_path(content.row_id, content.digest, start)
        bringing = partial(self._road.put, path, piece, ContentAnswer, errand.signer)
        told = await self._places.on_the_road(bringing)
        self._held[content.digest] = told.held
        self.carried.sent_bytes += len(piece)
        if told.is_whole:
            noting = partial(_note_sent, digest=content.digest, epoch=errand.epoch)
            await self._places.by_the_clerk(noting)
            self.carried.sent += 1
            self._open = ("", b"")
        return len(piece)

    def _body(self, store: Store, content: Content) -> bytes:
        """Return a content of ours; the one under way stays at hand.

        Raises:
            DamageError: It cannot be read.
        """
        if self._open[0] != content.digest:
            folder, digest = attachments_folder(store.path), content.digest
            try:
                body = answer(store, lambda work: content_of(work, folder, digest))
            except StoreError as error:
                raise DamageError(error.text) from error
            self._open = (digest, body)
        return self._open[1]

    async def _fetched(self, errand: _Errand) -> int:
        """Fetch the next piece; with the last one the content is put together and proved."""
        content = errand.content
        start = await self._places.by_the_clerk(partial(_held, digest=content.digest))
        piece = b""
        if start < content.size_bytes:
            path = content_path(content.row_id, content.digest, start, self._piece_bytes)
            piece = await self._places.on_the_road(partial(self._road.fetch, path, errand.signer))
            self.carried.fetched_bytes += len(piece)
        is_whole = start + len(piece) >= content.size_bytes or not piece
        keeping = partial(_kept, errand=errand, start=start, piece=piece, is_whole=is_whole)
        await self._places.by_the_clerk(keeping)
        self.carried.fetched += is_whole
        return len(piece)

    def _rest_s(self, size: int, took_s: float) -> float:
        """Adapt the next piece to the line; return for how long to leave it to others."""
        if size >= self._piece_bytes:
            self._piece_bytes = next_piece_bytes(size, took_s)
        limit = self._how.most_bytes_per_s
        return max(0.0, size / limit - took_s) if limit else 0.0


def _note_sent(store: Store, digest: str, epoch: int) -> None:
    perform(store, lambda work: note_sent(work.raw, [digest], epoch))


def _held(store: Store, digest: str) -> int:
    """Return how far a content has come."""
    folder = attachments_folder(store.path)
    return perform(store, wish_for, folder, digest, is_awaited=False)[0].held


def _kept(store: Store, errand: _Errand, start: int, piece: bytes, *, is_whole: bool) -> None:
    """Keep a piece that came; put the content together where that was the last one.

    Raises:
        DamageError: The whole is not what its record says.
    """
    folder, digest = attachments_folder(store.path), errand.content.digest
    pieces, _ = perform(store, wish_for, folder, digest, is_awaited=False)
    if piece:
        pieces.add(start, piece)
    if is_whole:
        perform(store, keep_whole, folder, digest, pieces, errand.epoch)
        pieces.forget()


def carry_contents(
    store: Store,
    road: Road,
    carriage: Carriage,
    *,
    must_yield: Callable[[], bool] = lambda: False,
    sleep: Callable[[float], None] = time.sleep,
) -> Carried:
    """Carry contents until nothing is left, or an exchange is due.

    Args:
        store: An enrolled store.
        road: The road to its headquarters.
        carriage: How they are carried.
        must_yield: Asked after every piece: an exchange goes first.
        sleep: Waits some seconds, where only a part of the line may be taken.

    Raises:
        RoadError: Headquarters was not reached; what arrived stays.
        RequestRefusedError: It refused this device.
        StoreError: The disk refuses.
    """
    return asyncio.run(_carried(Carrier(Here(store), road, carriage), must_yield, sleep))


async def _carried(
    carrier: Carrier, must_yield: Callable[[], bool], sleep: Callable[[float], None]
) -> Carried:
    while not must_yield():
        rest_s = await carrier.step()
        if rest_s is None:
            break
        if rest_s:
            sleep(rest_s)
    return carrier.carried
