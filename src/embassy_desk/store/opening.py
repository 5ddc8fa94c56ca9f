"""Making a store, opening one, and bringing its schema and triggers up to date."""

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event, get_ident
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Engine

from embassy_desk.domain.catalogue import ENTITIES
from embassy_desk.domain.errors import DamageError, DiskError, StoreError
from embassy_desk.sealing.digests import CHAIN_START
from embassy_desk.sealing.keys import DeviceKey, StoreKey
from embassy_desk.settings.files import force_file, force_folder, writing_error
from embassy_desk.settings.places import STORE_FILE
from embassy_desk.store.borders import translated
from embassy_desk.store.capture import (
    TRIGGERS,
    are_installed,
    trigger_digest,
    trigger_statements,
)
from embassy_desk.store.change_log import NEUTRAL_CONTEXT, drain
from embassy_desk.store.connections import create_file, engine_of, transaction
from embassy_desk.store.full_disk import giving_way
from embassy_desk.store.identifiers import new_device_tag
from embassy_desk.store.record_entries import refresh
from embassy_desk.store.rows.catalogue import registered_rows
from embassy_desk.store.schema import HEAD_REVISION, refuse_newer, revision_of, upgrade
from embassy_desk.store.types import time_text
from embassy_desk.store.work import Author, UnitOfWork
from embassy_desk.texts import N_

__all__ = ["STORE_FILE", "Store", "StoreIdentity", "create_store", "open_store"]

_NEW_SUFFIX = ".new"

_IDENTITY = "SELECT store_id, mission, owner, is_demo, reference_version FROM store_identity"

_LOG = logging.getLogger(__name__)

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class StoreIdentity:
    """What store this is.

    Attributes:
        store_id: Random identity of the store.
        mission: Three-letter code of the mission it serves.
        owner: The staff member who made it.
        is_demo: Whether it holds demo data; such a store can never be enrolled.
        reference_version: Version of the shipped reference data that was applied.
    """

    store_id: UUID
    mission: str
    owner: UUID
    is_demo: bool
    reference_version: int


class Store:
    """An open store: one writing connection, one reading connection.

    Each connection is used by one thread at a time: the office gives the writing one to the
    clerk and the reading one to the reader. Whoever comes second waits.
    """

    def __init__(
        self, path: Path, key: StoreKey, clock: Clock, *, writing: Engine | None = None
    ) -> None:
        """Use the file at `path`, which `open_store` has checked and brought up to date.

        The engine that it did this with goes on to write: every connection parses all triggers
        anew, which takes longer than anything else here. The reading one connects when it is used.
        """
        if registered_rows() != len(ENTITIES):
            raise LookupError("some entity has no row class")
        self.path = path
        self.clock = clock
        self._closed = Event()
        self._has_failed = Event()
        self._holders: dict[Engine, int] = {}
        self._writing = writing or engine_of(path, key)
        self._reading = engine_of(path, key, is_reader=True)
        self.identity = self._identity()
        self.author = Author(self.identity.owner, self.identity.mission)

    def _identity(self) -> StoreIdentity:
        with self._connected(self._writing) as connection:
            row = _raw(connection).execute(_IDENTITY).fetchone()
        if row is None:
            raise DamageError(N_("The store is damaged. Restore the newest backup."))
        return StoreIdentity(UUID(row[0]), row[1], UUID(row[2]), bool(row[3]), row[4])

    @contextmanager
    def _connected(self, engine: Engine) -> Iterator[Connection]:
        if self._closed.is_set():
            raise StoreError(N_("The store is closed."))
        if self._holders.get(engine) == get_ident():
            raise RuntimeError("this thread has a unit of work open already and would wait for it")
        with translated(), engine.connect() as connection:
            self._holders[engine] = get_ident()
            try:
                yield connection
            finally:
                del self._holders[engine]
                if self._closed.is_set():
                    connection.detach()  # nobody else would close it any more

    @contextmanager
    def work(self, author: Author | None = None) -> Iterator[UnitOfWork]:
        """Begin a unit of work that may write; nothing is kept unless it commits.

        Raises:
            DiskError: The disk failed, now or before; the store must be opened anew.
            FullDiskError: No space is left; the reserve was given up, so that the next try may do.
        """
        if self._has_failed.is_set():
            raise DiskError(N_("The disk failed. Close the desk and open it again to go on."))
        with giving_way(self.path.parent):
            try:
                with self._connected(self._writing) as connection:  # noqa: SIM117
                    with UnitOfWork(connection, author or self.author, at=self.clock()) as work:
                        yield work
            except DiskError:
                self._has_failed.set()
                raise

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """Begin a unit of work that only reads, on the second connection."""
        with self._connected(self._reading) as connection:  # noqa: SIM117
            with UnitOfWork(connection, self.author, at=self.clock(), is_reader=True) as work:
                yield work

    def data_version(self) -> int:
        """Return a number that changes when another process has written to the file.

        Asked of the writing connection, which does not count what it wrote itself; to be called
        where units of work that write are, or it waits for them.
        """
        with self._connected(self._writing) as connection:
            (version,) = _raw(connection).execute("PRAGMA data_version").fetchone()
        return int(version)

    def reread_identity(self) -> None:
        """Read the identity row again, after reference data was applied."""
        self.identity = self._identity()

    def close(self) -> None:
        """Fold the write-ahead log into the file and let go of it; closing twice is no mistake.

        Units of work that are still open are not waited for. They leave the log as it is, which
        loses nothing, and let go of the file when they end.
        """
        if self._closed.is_set():
            return
        self._closed.set()
        self._reading.dispose()
        try:
            if self._writing not in self._holders:
                with translated(), self._writing.connect() as connection:
                    raw = _raw(connection)
                    raw.execute("PRAGMA busy_timeout = 0")
                    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            self._writing.dispose()


def _raw(connection: Connection) -> Any:
    """Return the driver's connection, outside any transaction."""
    return connection.connection.driver_connection


def create_store(
    folder: Path,
    key: StoreKey,
    clock: Clock,
    *,
    mission: str,
    owner: UUID,
    is_demo: bool = False,
) -> Store:
    """Make a new store in a folder and open it.

    It is made under another name, written, closed, brought to disk and only then renamed, so that
    a crash leaves either no store or a whole one. A device identity and its signing key are made
    with it, so that the log is chained from the first record.

    Raises:
        StoreError: There is one already, or the disk refuses.
    """
    path = folder / STORE_FILE
    fresh = folder / (STORE_FILE + _NEW_SUFFIX)
    _refuse_second(path)
    try:
        for leftover in folder.glob(STORE_FILE + _NEW_SUFFIX + "*"):
            leftover.unlink()
        connection = create_file(fresh, key)
        try:
            with translated():
                upgrade(connection)
                _write_identity(
                    connection, at=clock(), mission=mission, owner=owner, is_demo=is_demo
                )
                _renew_triggers(connection)
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            connection.close()
        force_file(fresh)
        _refuse_second(path)  # somebody else may have been quicker
        fresh.rename(path)
        force_folder(folder)
    except OSError as error:
        raise writing_error(path, error) from error
    return Store(path, key, clock)


def _refuse_second(path: Path) -> None:
    if path.exists():
        raise StoreError(N_("There is a store in {folder} already.", folder=str(path.parent)))


def _write_identity(
    connection: Any, *, at: datetime, mission: str, owner: UUID, is_demo: bool
) -> None:
    moment = time_text(at)
    with transaction(connection):
        connection.execute(
            "INSERT INTO store_identity VALUES (?, ?, ?, ?, ?, 0, '')",
            (uuid4().hex, mission, owner.hex, int(is_demo), moment),
        )
        connection.execute(
            "INSERT INTO sync_node (node_id, device_tag, signing_key, nseq, chain, hlc_ms,"
            " hlc_counter, created_at) VALUES (?, ?, ?, 0, ?, 0, 0, ?)",
            (uuid4().hex, new_device_tag(), DeviceKey.made().to_bytes(), CHAIN_START, moment),
        )
        connection.execute("INSERT INTO sync_ctx VALUES (1, ?, ?, ?, ?)", NEUTRAL_CONTEXT)


def open_store(
    folder: Path,
    key: StoreKey,
    clock: Clock,
    *,
    before_upgrade: Callable[[Path, StoreKey], None],
) -> Store:
    """Open the store of a folder; its schema and triggers are brought up to date first.

    Args:
        folder: The profile's folder.
        key: Key and salt.
        clock: Answers with the present time.
        before_upgrade: Called before a migration; makes the backup.

    Raises:
        StoreError: There is none, it is damaged, or it was made by a newer program.
    """
    path = folder / STORE_FILE
    writing = engine_of(path, key)
    try:
        with translated(), closing(writing.raw_connection()) as connection:
            _bring_up_to_date(connection.driver_connection, path, key, clock, before_upgrade)
        return Store(path, key, clock, writing=writing)
    except BaseException:
        writing.dispose()
        raise


def refuse_read_only(path: Path) -> None:
    """Say why a store that may not be written does not open; its log is written even for reading.

    Raises:
        StoreError: The file or its folder may not be written.
    """
    for each in (path.parent, path):
        if each.exists() and not os.access(each, os.W_OK):
            raise StoreError(
                N_(
                    "You may not write to “{place}”, and the store needs that even for reading."
                    " Ask for the right to write there, or copy the folder to another place.",
                    place=str(each),
                )
            )


def _bring_up_to_date(
    raw: Any,
    path: Path,
    key: StoreKey,
    clock: Clock,
    before_upgrade: Callable[[Path, StoreKey], None],
) -> None:
    revision = revision_of(raw)
    if revision is None:
        raise StoreError(N_("The file at {path} is not a store of this program.", path=str(path)))
    is_behind = revision != HEAD_REVISION
    if is_behind:
        refuse_newer(revision)
        before_upgrade(path, key)
        upgrade(raw)
    known = raw.execute("SELECT trigger_digest FROM store_identity").fetchone()
    # A migration that rebuilds a table takes its triggers away, also when their text stays.
    if not are_installed(raw, ENTITIES):
        if known == (trigger_digest(ENTITIES),) and not is_behind:
            _LOG.warning("the triggers were altered; writes may have gone unlogged")
        _renew_triggers(raw)
    if is_behind:
        _index_what_was_migrated(raw, clock())


def _renew_triggers(raw: Any) -> None:
    """Drop every trigger of ours and create them anew, in one transaction."""
    with transaction(raw):
        for (name,) in raw.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name GLOB ?", (TRIGGERS,)
        ).fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        for statement in trigger_statements(ENTITIES):
            raw.execute(statement)
        raw.execute("UPDATE store_identity SET trigger_digest = ?", (trigger_digest(ENTITIES),))


def _index_what_was_migrated(raw: Any, at: datetime) -> None:
    with transaction(raw):
        _, roots = drain(raw, wall_ms=int(at.timestamp() * 1000))
        refresh(raw, roots)
