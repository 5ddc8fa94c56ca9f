"""Making a store, opening one, and bringing its schema and triggers up to date."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Engine

from embassy_desk.domain.catalogue import ENTITIES
from embassy_desk.domain.errors import StoreError
from embassy_desk.sealing.digests import CHAIN_START
from embassy_desk.sealing.keys import DeviceKey, StoreKey
from embassy_desk.store.borders import translated
from embassy_desk.store.capture import trigger_digest, trigger_names, trigger_statements
from embassy_desk.store.connections import create_file, engine_of
from embassy_desk.store.identifiers import new_device_tag
from embassy_desk.store.rows.catalogue import registered_rows
from embassy_desk.store.schema import HEAD_REVISION, revision_of, upgrade
from embassy_desk.store.types import time_text
from embassy_desk.store.work import Author, Changes, UnitOfWork
from embassy_desk.texts import N_

STORE_FILE = "store.db"
_NEW_SUFFIX = ".new"

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
    clerk and the reading one to the reader.
    """

    def __init__(self, path: Path, key: StoreKey, clock: Clock) -> None:
        """Use the file at `path`, which `open_store` has checked and brought up to date."""
        if registered_rows() != len(ENTITIES):
            raise LookupError("some entity has no row class")
        self.path = path
        self.clock = clock
        self._writing: Engine = engine_of(path, key)
        self._reading: Engine = engine_of(path, key, is_reader=True)
        self.identity = self._identity()
        self.author = Author(self.identity.owner, self.identity.mission)

    def _identity(self) -> StoreIdentity:
        with self._reading.connect() as connection, translated():
            row = connection.exec_driver_sql(
                "SELECT store_id, mission, owner, is_demo, reference_version FROM store_identity"
            ).one()
        return StoreIdentity(UUID(row[0]), row[1], UUID(row[2]), bool(row[3]), row[4])

    @contextmanager
    def work(self, author: Author | None = None) -> Iterator[UnitOfWork]:
        """Begin a unit of work that may write; nothing is kept unless it commits."""
        with translated(), self._writing.connect() as connection:  # noqa: SIM117
            with UnitOfWork(connection, author or self.author, at=self.clock()) as work:
                yield work

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """Begin a unit of work that only reads, on the second connection."""
        with translated(), self._reading.connect() as connection:  # noqa: SIM117
            with UnitOfWork(connection, self.author, at=self.clock()) as work:
                yield work

    def data_version(self) -> int:
        """Return a number that changes when another process has written to the file."""
        with self._reading.connect() as connection:
            return int(connection.exec_driver_sql("PRAGMA data_version").scalar_one())

    def reread_identity(self) -> None:
        """Read the identity row again, after reference data was applied."""
        self.identity = self._identity()

    def close(self) -> None:
        """Fold the write-ahead log into the file and let go of it."""
        with translated(), self._writing.connect() as connection:
            raw = connection.connection.driver_connection
            connection.rollback()
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._writing.dispose()
        self._reading.dispose()


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
    if path.exists():
        raise StoreError(N_("There is a store in {folder} already.", folder=str(folder)))
    fresh = folder / (STORE_FILE + _NEW_SUFFIX)
    for leftover in folder.glob(STORE_FILE + _NEW_SUFFIX + "*"):
        leftover.unlink()
    connection = create_file(fresh, key)
    try:
        with translated():
            upgrade(connection)
            _write_identity(connection, at=clock(), mission=mission, owner=owner, is_demo=is_demo)
            _renew_triggers(connection)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
    _to_disk(fresh)
    fresh.rename(path)
    _to_disk(folder)
    return Store(path, key, clock)


def _write_identity(
    connection: Any, *, at: datetime, mission: str, owner: UUID, is_demo: bool
) -> None:
    moment = time_text(at)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(
        "INSERT INTO store_identity VALUES (?, ?, ?, ?, ?, 0, '')",
        (uuid4().hex, mission, owner.hex, int(is_demo), moment),
    )
    connection.execute(
        "INSERT INTO sync_node (node_id, device_tag, signing_key, nseq, chain, hlc_ms,"
        " hlc_counter, created_at) VALUES (?, ?, ?, 0, ?, 0, 0, ?)",
        (uuid4().hex, new_device_tag(), DeviceKey.made().to_bytes(), CHAIN_START, moment),
    )
    connection.execute("INSERT INTO sync_ctx VALUES (1, 'local', NULL, 'typed', 0)")
    connection.execute("COMMIT")


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
    engine = engine_of(path, key)
    try:
        with translated(), engine.connect() as connection:
            raw = connection.connection.driver_connection
            connection.rollback()
            _bring_up_to_date(raw, path, key, before_upgrade)
    finally:
        engine.dispose()
    return Store(path, key, clock)


def _bring_up_to_date(
    raw: Any, path: Path, key: StoreKey, before_upgrade: Callable[[Path, StoreKey], None]
) -> None:
    revision = revision_of(raw)
    if revision is None:
        raise StoreError(N_("The file at {path} is not a store of this program.", path=str(path)))
    if revision != HEAD_REVISION:
        before_upgrade(path, key)
        upgrade(raw)
    (known,) = raw.execute("SELECT trigger_digest FROM store_identity").fetchone()
    if known != trigger_digest(ENTITIES):
        _renew_triggers(raw)


def _renew_triggers(raw: Any) -> None:
    """Drop and create every trigger in one transaction, and prove that they capture."""
    raw.execute("BEGIN IMMEDIATE")
    try:
        for name in trigger_names(ENTITIES):
            raw.execute(f"DROP TRIGGER IF EXISTS {name}")
        for statement in trigger_statements(ENTITIES):
            raw.execute(statement)
        raw.execute("UPDATE store_identity SET trigger_digest = ?", (trigger_digest(ENTITIES),))
        raw.execute("COMMIT")
    except BaseException:
        raw.execute("ROLLBACK")
        raise


def _to_disk(path: Path) -> None:
    """Make a file's content, or a folder's entries, durable."""
    if os.name == "nt" and path.is_dir():  # Windows has no handle for a folder
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
