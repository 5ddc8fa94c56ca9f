"""The database of headquarters: encrypted SQLite or PostgreSQL, behind one way of speaking.

Whoever reads or writes says for which scopes. On PostgreSQL row-level security, forced also on
the owner of the tables, holds him to it; without a word no row is seen.
"""

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DisconnectionError, OperationalError
from sqlcipher3 import dbapi2

from embassy_desk.domain.errors import RefusedError, StoreError
from embassy_desk.headquarters.tables import HUB, SCOPED_TABLES
from embassy_desk.sealing.keys import StoreKey
from embassy_desk.store.borders import translated
from embassy_desk.store.connections import connect, create_file
from embassy_desk.texts import N_

Transaction: TypeAlias = Connection
"""An open transaction, for rooms that know no SQL and only pass it on."""

EVERY_SCOPE = "*"
POOL_SIZE = 8
POOL_OVERFLOW = 8
POOL_WAIT_S = 60.0
STATEMENT_TIMEOUT_MS = 60_000
RESTED_S = 5.0
"""A connection that lay idle for longer is asked first whether it is alive."""

_RESTS_SINCE = "rests_since"

_PROTECTION = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY {table}_scope ON {table} FOR ALL
    USING (current_setting('embassy.scopes', true) = '*'
        OR scope = ANY (string_to_array(current_setting('embassy.scopes', true), ',')))
    WITH CHECK (current_setting('embassy.scopes', true) = '*'
        OR scope = ANY (string_to_array(current_setting('embassy.scopes', true), ',')));
"""
_OVERRIDES = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"


class Database:
    """Where headquarters keeps everything but files."""

    def __init__(self, engine: Engine) -> None:
        """Speak through an engine that `sqlite_database` or `postgresql_database` made."""
        self._engine = engine
        self.is_postgresql = engine.dialect.name == "postgresql"
        # SQLite lets waiting writers sleep and wake by chance; here they queue up.
        self._one_writer: AbstractContextManager[object] = (
            nullcontext() if self.is_postgresql else threading.Lock()
        )

    @contextmanager
    def writing(self, scopes: Iterable[str]) -> Iterator[Connection]:
        """Give a connection in a writing transaction, which commits when the block ends well.

        Args:
            scopes: Whose rows it may see and write; `EVERY_SCOPE` alone stands for all.

        Raises:
            StoreError: The disk is full, or the database cannot be reached.
        """
        with self._one_writer, _reached(), translated(), self._engine.begin() as connection:
            self._begin(connection, scopes)
            yield connection

    @contextmanager
    def alone(self, *, is_reader: bool = False) -> Iterator[Connection]:
        """Give a connection for statements that stand alone, on tables that belong to no scope.

        On PostgreSQL each is a transaction of its own, which saves beginning and ending one.

        Args:
            is_reader: They write nothing.

        Raises:
            StoreError: The disk is full, or the database cannot be reached.
        """
        if not self.is_postgresql:
            with self.reading(()) if is_reader else self.writing(()) as connection:
                yield connection
            return
        with _reached(), translated(), self._engine.connect() as opened:
            yield opened.execution_options(isolation_level="AUTOCOMMIT")

    @contextmanager
    def reading(self, scopes: Iterable[str]) -> Iterator[Connection]:
        """Give a connection that sees one unchanging state of these scopes.

        Raises:
            StoreError: The database cannot be reached.
        """
        options: dict[str, object] = {"is_reader": True}
        if self.is_postgresql:
            options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with _reached(), translated(), self._engine.connect() as opened:
            connection = opened.execution_options(**options)
            with connection.begin():
                self._begin(connection, scopes)
                yield connection

    def enter(self, connection: Connection, scopes: Iterable[str]) -> None:
        """Say for which scopes the rest of this transaction speaks."""
        if self.is_postgresql:
            named = text("SELECT set_config('embassy.scopes', :scopes, true)")
            connection.execute(named, {"scopes": ",".join(scopes)})

    def _begin(self, connection: Connection, scopes: Iterable[str]) -> None:
        """Begin to speak for scopes; without a word it is for none, which need not be said."""
        told = tuple(scopes)
        if told:
            self.enter(connection, told)

    def leave_connections(self) -> None:
        """Leave open connections to the process that this one was forked from."""
        self._engine.dispose(close=False)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def create_tables(database: Database) -> None:
    """Make all tables, and on PostgreSQL the protection of their rows.

    Raises:
        RefusedError: There are tables already, or the role would override the protection.
    """
    engine = database._engine  # noqa: SLF001  same module
    if database.is_postgresql:
        refuse_overriding_role(database)
    with _reached(), engine.begin() as connection:
        if engine.dialect.has_table(connection, "hub_state"):
            raise RefusedError(N_("This database holds a headquarters already."))
        HUB.create_all(connection)
        if database.is_postgresql:
            for table in SCOPED_TABLES:
                connection.exec_driver_sql(_PROTECTION.format(table=table.name))


def refuse_overriding_role(database: Database) -> None:
    """Refuse a PostgreSQL role for which row-level security does not count.

    Raises:
        RefusedError: The role is a superuser or may bypass it.
    """
    with database.reading(()) as connection:
        if database.is_postgresql and connection.execute(text(_OVERRIDES)).scalar():
            raise RefusedError(
                N_(
                    "This database role overrides the protection of rows; use one that is neither"
                    " superuser nor allowed to bypass row-level security."
                )
            )


def create_sqlite(path: Path, key: StoreKey) -> None:
    """Make an empty encrypted file.

    Raises:
        StoreError: There is a file already, or the disk refuses.
    """
    create_file(path, key).close()


def sqlite_database(path: Path, key: StoreKey) -> Database:
    """Return the database in an encrypted file that exists."""
    engine = create_engine(
        "sqlite://",
        creator=lambda: connect(path, key),
        module=dbapi2,
        poolclass=QueuePool,
        pool_size=POOL_SIZE,
        max_overflow=POOL_OVERFLOW,
        pool_timeout=POOL_WAIT_S,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        is_reader = connection.get_execution_options().get("is_reader", False)
        connection.exec_driver_sql("BEGIN" if is_reader else "BEGIN IMMEDIATE")

    return Database(engine)


def postgresql_database(url: str) -> Database:
    """Return the database behind an address such as `postgresql+psycopg://role@host/name`.

    Raises:
        RefusedError: It is no such address.
    """
    return Database(
        _looked_after(
            create_engine(
                postgresql_url(url),
                pool_size=POOL_SIZE,
                max_overflow=POOL_OVERFLOW,
                pool_timeout=POOL_WAIT_S,
                hide_parameters=True,
                connect_args={"options": f"-c statement_timeout={STATEMENT_TIMEOUT_MS}"},
            )
        )
    )


def _looked_after(engine: Engine) -> Engine:
    """Ask connections that rested whether they are alive; those just used would only be delayed.

    After the server was started anew one that was just used fails once, its request is answered
    with “busy”, and all that are older are replaced.
    """

    @event.listens_for(engine, "checkin")
    def _rests(connection: Any, record: Any) -> None:  # noqa: ARG001  as the pool calls it
        record.info[_RESTS_SINCE] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _wakes(connection: Any, record: Any, proxy: Any) -> None:  # noqa: ARG001  likewise
        since = record.info.get(_RESTS_SINCE)
        if since is None or time.monotonic() - since < RESTED_S:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error

    return engine


def postgresql_url(url: str) -> URL:
    """Return the address of a PostgreSQL database, checked.

    Raises:
        RefusedError: It is not one.
    """
    try:
        read = make_url(url)
    except ArgumentError as error:
        raise RefusedError(N_("The address of the database cannot be read.")) from error
    if read.get_backend_name() != "postgresql":
        raise RefusedError(N_("Only PostgreSQL is spoken to by an address."))
    return read.set(drivername="postgresql+psycopg")


@contextmanager
def _reached() -> Iterator[None]:
    """Turn a database that cannot be reached into a `StoreError`.

    What passes on otherwise is for `translated` to tell, or a mistake of ours.
    """
    try:
        yield
    except OperationalError as error:
        if error.connection_invalidated or "connection" in str(error.orig).lower():
            raise StoreError(N_("The database of headquarters cannot be reached.")) from error
        raise
