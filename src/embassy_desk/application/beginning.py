"""A laptop begins with a snapshot: one file instead of many pages (SYNC 3.11).

It is fetched in ranges, proved as a whole, and only then taken over, in portions between which
people save. While it comes, exchanges go on for all else; what waits to be sent goes between two
ranges. A line that breaks, a program that ends and a disk that fills up cost one range or one
portion at most. A snapshot that cannot be had is given up, and the scope comes in pages.
"""

import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from embassy_desk.application.exchange import Planned, StaleAnswerError, told_row
from embassy_desk.application.office import answer, perform
from embassy_desk.application.places import Places, Watcher, applying, signer_of
from embassy_desk.domain.errors import DamageError, DeskError, InvalidError
from embassy_desk.sealing.digests import stream_digest
from embassy_desk.sealing.pieces import Pieces
from embassy_desk.store.opening import Store
from embassy_desk.store.outgoing import count_pending
from embassy_desk.store.portions import ROWS_AT_ONCE
from embassy_desk.store.snapshots import (
    Stage,
    begin_stage,
    finish_stage,
    give_up_stage,
    pieces_of,
    present_stage,
    snapshot_folder,
    sweep,
    take_rows,
)
from embassy_desk.store.takeover import ToldRow
from embassy_desk.store.work import Changes
from embassy_desk.sync.contents import FIRST_PIECE_BYTES, next_piece_bytes
from embassy_desk.sync.exchange import ExchangeAnswer, SnapshotOffer
from embassy_desk.sync.problems import ProblemCode
from embassy_desk.sync.snapshots import WORTH_ROWS, SnapshotReader, snapshot_path
from embassy_desk.texts import N_
from embassy_desk.transport.errors import RequestRefusedError, RoadError
from embassy_desk.transport.road import Road, Signer, read_answer

MOST_GIVEN_UP = 2
"""So many snapshots that could not be had in one run, and the rest of it goes without."""

_WITHOUT = frozenset({"stranger", "too_large"})
"""Reasons of the road that lie in the file and not in the line."""


@dataclass(frozen=True)
class Begun:
    """What a step did.

    Attributes:
        rows: How many rows were taken over.
        is_going_on: Whether there is more to do, or pages to ask for instead.
        has_moved: Whether anything came.
    """

    rows: int = 0
    is_going_on: bool = False
    has_moved: bool = False


class Beginning:
    """Fetches snapshots and takes them over, for one run of exchanges."""

    def __init__(
        self, places: Places, road: Road, watcher: Watcher, *, may_hide_many: bool = False
    ) -> None:
        """Begin with none."""
        self._places = places
        self._road = road
        self._watcher = watcher
        self._may_hide_many = may_hide_many
        self._given_up = 0
        self._asked: set[str] = set()

    @property
    def takes_snapshots(self) -> bool:
        """Whether snapshots are worth asking for in this run."""
        return self._given_up < MOST_GIVEN_UP

    async def step(self, planned: Planned, told: ExchangeAnswer) -> Begun:
        """Go on with the snapshot under way, or begin one that an answer speaks of.

        Args:
            planned: The exchange that was just made.
            told: Its answer.

        Raises:
            RoadError: Headquarters was not reached; what came stays.
            StoreError: The disk refuses; what came stays.
        """
        signer = signer_of(planned.node, planned.link)
        stage = await self._places.by_the_clerk(_present)
        try:
            if stage is None:
                stage = await self._chosen(planned, told, signer)
            if stage is None:
                return Begun()
            if not await self._fetched(stage, signer):
                return Begun(is_going_on=True, has_moved=True)
            return await self._taken_over(stage)
        except DeskError as error:
            if not _lies_in_the_file(error):
                raise
            return await self._give_up()

    async def _give_up(self) -> Begun:
        self._given_up += 1
        await self._places.by_the_clerk(_given_up)
        return Begun(is_going_on=True)

    async def _chosen(self, planned: Planned, told: ExchangeAnswer, signer: Signer) -> Stage | None:
        """Return a snapshot to begin with: one that is offered, or is worth being made."""
        for sid, page in told.scopes.items():
            if planned.request.base(sid) or not page.more or not self.takes_snapshots:
                continue
            offer = page.snapshot
            if offer is None and page.head - page.to >= WORTH_ROWS and sid not in self._asked:
                self._asked.add(sid)
                offer = await self._places.on_the_road(partial(self._described, sid, signer))
            if offer is not None and offer.sseq > page.to:
                begin = partial(_begun, sid=sid, offer=offer, epoch=planned.link.epoch)
                return await self._places.by_the_clerk(begin)
        return None

    def _described(self, sid: str, signer: Signer) -> SnapshotOffer | None:
        """Let headquarters make a snapshot and describe it; nothing for a small scope."""
        offer = read_answer(self._road.fetch(snapshot_path(sid), signer), SnapshotOffer)
        return offer if offer.rows >= WORTH_ROWS else None

    async def _fetched(self, stage: Stage, signer: Signer) -> bool:
        """Fetch what is missing; return False when something waits to be sent before the end."""
        pieces = await self._places.by_the_clerk(partial(_pieces, stage=stage))
        size = FIRST_PIECE_BYTES
        while (held := pieces.held) < stage.bytes:
            self._watcher.going_on(held, stage.bytes)
            started = time.monotonic()
            fetch = partial(self._fetch, stage, pieces, held, size, signer)
            await self._places.on_the_road(fetch)
            size = next_piece_bytes(size, time.monotonic() - started)
            if await self._places.by_the_clerk(_has_pending):
                return False
        return True

    def _fetch(self, stage: Stage, pieces: Pieces, held: int, size: int, signer: Signer) -> None:
        path = snapshot_path(stage.sid, stage.hash)
        most = min(size, stage.bytes - held)
        piece = self._road.fetch_range(path, held, most, signer)
        if not piece:
            raise RoadError("stranger")
        pieces.add(held, piece)

    async def _taken_over(self, stage: Stage) -> Begun:
        """Prove the whole, take its rows over where that was left, and count it as here."""
        pieces = await self._places.by_the_clerk(partial(_pieces, stage=stage))
        reader = await self._places.on_the_road(partial(_proved, stage, pieces))
        before = stage.taken
        while rows := await self._places.on_the_road(partial(_rows, stage, reader)):
            step = partial(_taken, stage=stage, rows=rows, may_hide_many=self._may_hide_many)
            stage, changes = await self._places.by_the_clerk(step)
            self._watcher.announce(changes)
            self._watcher.going_on(stage.taken, stage.rows)
        if stage.taken != stage.rows:
            raise DamageError(_WRONG)
        await self._places.by_the_clerk(partial(_finished, stage=stage))
        return Begun(stage.taken - before, is_going_on=True, has_moved=True)


def _lies_in_the_file(error: DeskError) -> bool:
    """Return whether it is the snapshot that cannot be had, and not the line or the disk."""
    if isinstance(error, RoadError):
        return error.reason in _WITHOUT
    if isinstance(error, RequestRefusedError):
        return error.problem.code == ProblemCode.NOT_FOUND
    return isinstance(error, DamageError | InvalidError)


_WRONG = N_("What came is not the file that was sent; it is fetched again.")


def _present(store: Store) -> Stage | None:
    return answer(store, present_stage)


def _has_pending(store: Store) -> bool:
    return answer(store, lambda work: count_pending(work.raw)[0] > 0)


def _folder(store: Store) -> Path:
    return snapshot_folder(store.path)


def _pieces(store: Store, stage: Stage) -> Pieces:
    return pieces_of(stage, _folder(store))


def _begun(store: Store, sid: str, offer: SnapshotOffer, epoch: int) -> Stage:
    folder = _folder(store)
    stage, _ = perform(store, begin_stage, sid, offer, epoch, folder)
    sweep(folder, stage)
    return stage


def _given_up(store: Store) -> None:
    perform(store, give_up_stage)
    sweep(_folder(store), None)


def _proved(stage: Stage, pieces: Pieces) -> SnapshotReader:
    """Return a reader that stands behind the rows that were taken over.

    Raises:
        DamageError: What came is not what was offered.
        InvalidError: It cannot be read.
    """
    digest, size = stream_digest(pieces.stream())
    if (digest.hex(), size) != (stage.hash, stage.bytes):
        raise DamageError(_WRONG)
    reader = SnapshotReader(pieces.stream())
    head = reader.head
    told = (stage.sid, stage.sseq, stage.epoch, stage.rows)
    if (head.scope, head.sseq, head.epoch, head.rows) != told:
        raise DamageError(_WRONG)
    reader.rows(stage.taken)
    return reader


def _rows(stage: Stage, reader: SnapshotReader) -> tuple[ToldRow, ...]:
    return tuple(told_row(stage.sid, row, stage.sseq) for row in reader.rows(ROWS_AT_ONCE))


def _taken(
    store: Store, stage: Stage, rows: tuple[ToldRow, ...], *, may_hide_many: bool
) -> tuple[Stage, Changes]:
    with store.work(applying(store)) as work:
        if present_stage(work) != stage:
            raise StaleAnswerError(N_("An answer came too late and was dropped."))
        return take_rows(work, stage, rows, may_hide_many=may_hide_many), work.commit()


def _finished(store: Store, stage: Stage) -> None:
    with store.work(applying(store)) as work:
        finish_stage(work, stage)
        work.commit()
    sweep(_folder(store), None)
