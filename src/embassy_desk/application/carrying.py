"""The carrier: brings contents of attachments to headquarters and fetches them, piece by piece.

What somebody waits for comes first, then what headquarters lacks goes, then small files come by
themselves. After every piece all of that is looked at anew, and whoever runs the carrier may let an
exchange go first: contents never hold up records. A piece that arrived stays, whatever happens.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from embassy_desk.application.exchange import linked
from embassy_desk.application.office import answer, perform
from embassy_desk.domain.attachment import Attachment
from embassy_desk.domain.errors import DamageError, MissingError, StoreError
from embassy_desk.store.attachments import attachments_folder, content_of
from embassy_desk.store.contents import (
    Content,
    absent_contents,
    awaited_contents,
    is_here,
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


def await_content(work: UnitOfWork, store: Store, attachment_id: UUID) -> bool:
    """Let the content of a file come before everything else; return False if it is here.

    Raises:
        MissingError: There is no such file.
        RefusedError: This desk is not enrolled.
    """
    attachment = work.get(Attachment, attachment_id)
    if is_here(work.raw, attachment.digest):
        return False
    linked(work)
    wish_for(work, attachments_folder(store.path), attachment.digest, is_awaited=True)
    return True


class Carrier:
    """Carries contents of one store; used by one thread at a time."""

    def __init__(
        self,
        store: Store,
        road: Road,
        carriage: Carriage,
        *,
        sleep: Callable[[float], None] = time.sleep,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin with nothing carried."""
        self.carried = Carried()
        self._store = store
        self._road = road
        self._how = carriage
        self._sleep, self._timer = sleep, timer
        self._folder: Path = attachments_folder(store.path)
        self._piece_bytes = FIRST_PIECE_BYTES
        self._passed: set[str] = set()
        self._held: dict[str, int] = {}
        self._open: tuple[str, bytes] = ("", b"")

    def step(self) -> bool:
        """Carry one piece; return False when there is nothing left to carry.

        Raises:
            RoadError: Headquarters was not reached; what arrived stays.
            RequestRefusedError: It refused this device.
            StoreError: The disk refuses.
        """
        errand = answer(self._store, self._next)
        if errand is None:
            return False
        started = self._timer()
        try:
            size = self._sent(errand) if errand.is_sending else self._fetched(errand)
        except RequestRefusedError as error:
            if error.problem.code not in _PASSED_OVER:
                raise
            size = self._pass_over(errand.content)
        except (MissingError, DamageError):
            size = self._pass_over(errand.content)
        self._keep_pace(size, self._timer() - started)
        return True

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

    def _sent(self, errand: _Errand) -> int:
        """Bring the next piece; headquarters says where to go on."""
        content, body = errand.content, self._body(errand.content)
        start = self._held.get(content.digest, 0)
        piece = body[start : start + self._piece_bytes]
        if content.digest not in self._held and len(body) > len(piece):
            piece = b""  # some of it may have come already, so ask first
        path = content_path(content.row_id, content.digest, start)
        told = self._road.put(path, piece, ContentAnswer, errand.signer)
        self._held[content.digest] = told.held
        self.carried.sent_bytes += len(piece)
        if told.is_whole:
            perform(self._store, lambda work: note_sent(work.raw, [content.digest], errand.epoch))
            self.carried.sent += 1
            self._open = ("", b"")
        return len(piece)

    def _body(self, content: Content) -> bytes:
        """Return a content of ours; the one under way stays at hand.

        Raises:
            DamageError: It cannot be read.
        """
        if self._open[0] != content.digest:
            folder, digest = self._folder, content.digest
            try:
                body = answer(self._store, lambda work: content_of(work, folder, digest))
            except StoreError as error:
                raise DamageError(error.text) from error
            self._open = (digest, body)
        return self._open[1]

    def _fetched(self, errand: _Errand) -> int:
        """Fetch the next piece; with the last one the content is put together and proved."""
        content = errand.content
        folder, digest = self._folder, content.digest
        pieces, _ = perform(self._store, wish_for, folder, digest, is_awaited=False)
        start, piece = pieces.held, b""
        if start < content.size_bytes:
            path = content_path(content.row_id, digest, start, self._piece_bytes)
            piece = self._road.fetch(path, errand.signer)
            pieces.add(start, piece)
            self.carried.fetched_bytes += len(piece)
        if start + len(piece) >= content.size_bytes or not piece:
            perform(self._store, keep_whole, folder, digest, pieces, errand.epoch)
            pieces.forget()
            self.carried.fetched += 1
        return len(piece)

    def _keep_pace(self, size: int, took_s: float) -> None:
        """Adapt the next piece to the line, and leave the line to others as was agreed."""
        if size >= self._piece_bytes:
            self._piece_bytes = next_piece_bytes(size, took_s)
        limit = self._how.most_bytes_per_s
        if limit and size / limit > took_s:
            self._sleep(size / limit - took_s)


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
    carrier = Carrier(store, road, carriage, sleep=sleep)
    while not must_yield() and carrier.step():
        pass
    return carrier.carried
