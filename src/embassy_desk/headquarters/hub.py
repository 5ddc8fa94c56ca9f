"""Headquarters put together: its home, settings, keys, database and folders."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, insert, select, update

from embassy_desk.domain.errors import RefusedError
from embassy_desk.headquarters.database import (
    EVERY_SCOPE,
    Database,
    create_sqlite,
    create_tables,
    postgresql_database,
    postgresql_url,
    refuse_overriding_role,
    sqlite_database,
)
from embassy_desk.headquarters.keys import ServiceKeys, database_key, make_keys, read_keys
from embassy_desk.headquarters.settings import (
    DATABASE_KEY_VARIABLE,
    DATABASE_VARIABLE,
    Deployment,
)
from embassy_desk.headquarters.tables import HUB_SCOPE, HUB_STATE
from embassy_desk.sealing.digests import NO_ROWS
from embassy_desk.settings.files import writing_error
from embassy_desk.sync.scopes import SHARED_SCOPE
from embassy_desk.texts import N_

Clock = Callable[[], datetime]

DATABASE_FILE = "hub.db"
SCHEMA_REVISION = 1
DEFAULT_PORT = 8443
SERVED_AT = "served-at"
"""File in the home with the address at which `serve` answers, or answered last."""

FOLDERS = ("journal", "blobs", "uploads", "snapshots", "backups")


@dataclass(frozen=True)
class Hub:
    """An open headquarters.

    Attributes:
        home: Its folder.
        deployment: The operator's settings.
        keys: What the service works with.
        database: Where rows lie.
        hub_id: Its identity, 32 hexadecimal digits.
        clock: The present time.
    """

    home: Path
    deployment: Deployment
    keys: ServiceKeys
    database: Database
    hub_id: str
    clock: Clock

    @property
    def now_ms(self) -> int:
        """Headquarters' time, milliseconds since 1970."""
        return int(self.clock().timestamp() * 1000)

    @property
    def served_at(self) -> str:
        """What laptops connect to: what the operator set, or where the service answers."""
        if self.deployment.address:
            return self.deployment.address
        if (self.home / SERVED_AT).is_file():
            return (self.home / SERVED_AT).read_text(encoding="utf-8")
        return f"{self.deployment.hosts[0]}:{DEFAULT_PORT}"

    @property
    def journal(self) -> Path:
        """Folder of the receive journal."""
        return Path(self.deployment.journal or self.home / "journal")

    def folder(self, name: str) -> Path:
        """Return one of the folders in the home."""
        return self.home / name

    def close(self) -> None:
        """Close the database."""
        self.database.close()


def init_hub(
    home: Path, deployment: Deployment, clock: Clock, environment: Mapping[str, str]
) -> None:
    """Make a headquarters: folders, keys, certificates, settings and an empty database.

    Args:
        home: A folder that does not exist yet, or is empty.
        deployment: Its settings; the database's address may also come from the environment.
        clock: The present time.
        environment: Of the process.

    Raises:
        RefusedError: Something is there already, or the database is not fit.
        StoreError: The disk or the database refuses.
    """
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(home.iterdir()):
            raise RefusedError(N_("The folder {folder} is not empty.", folder=str(home)))
        for name in FOLDERS:
            (home / name).mkdir(mode=0o700)
        if deployment.journal:
            Path(deployment.journal).mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise writing_error(home, error) from error
    make_keys(home, list(deployment.hosts), clock())
    url = environment.get(DATABASE_VARIABLE) or deployment.database
    database = database_of(home, url, environment, is_new=True)
    try:
        create_tables(database)
        with database.writing([EVERY_SCOPE]) as connection:
            _begin(connection, int(clock().timestamp() * 1000))
    finally:
        database.close()
    deployment.model_copy(update={"database": _without_password(url)}).write(home)


def open_hub(home: Path, clock: Clock, environment: Mapping[str, str]) -> Hub:
    """Open a headquarters that `init_hub` made.

    Raises:
        MissingError: There is none, or a key is missing.
        StoreError: Something is damaged or cannot be reached.
        RefusedError: It was made by a newer program, or the database role is not fit.
    """
    deployment = Deployment.read(home, environment)
    keys = read_keys(home)
    database = database_of(home, deployment.database, environment)
    try:
        refuse_overriding_role(database)
        with database.reading(()) as connection:
            state = connection.execute(select(HUB_STATE)).one()
        _refuse_newer(state.schema_rev)
    except BaseException:
        database.close()
        raise
    return Hub(home, deployment, keys, database, state.hub_id, clock)


def _refuse_newer(revision: int) -> None:
    if revision > SCHEMA_REVISION:
        raise RefusedError(
            N_("This headquarters was written by a newer version of the program; update it.")
        )


def epoch_of(connection: Connection) -> int:
    """Return the present generation of headquarters."""
    return int(connection.execute(select(HUB_STATE.c.epoch)).scalar_one())


def ensure_scope(connection: Connection, scope: str) -> None:
    """Let a scope begin, unless it is there."""
    known = select(HUB_SCOPE.c.scope).where(HUB_SCOPE.c.scope == scope)
    if connection.execute(known).first() is None:
        connection.execute(insert(HUB_SCOPE).values(scope=scope, head=0, digest=NO_ROWS))


def set_verified_backup(connection: Connection, at_ms: int) -> None:
    """Note from when the last backup is that proved whole."""
    connection.execute(update(HUB_STATE).values(verified_backup_ms=at_ms))


def _begin(connection: Connection, now_ms: int) -> None:
    connection.execute(
        insert(HUB_STATE).values(
            hub_id=uuid4().hex,
            epoch=1,
            schema_rev=SCHEMA_REVISION,
            created_ms=now_ms,
            verified_backup_ms=0,
        )
    )
    ensure_scope(connection, SHARED_SCOPE)


def database_of(
    home: Path, url: str, environment: Mapping[str, str], *, is_new: bool = False
) -> Database:
    """Return the database at an address, or the one in a home's file.

    Args:
        home: The home.
        url: Address of a PostgreSQL database, or nothing.
        environment: Of the process; may hold the file's key.
        is_new: Make the file; opening alone never does.

    Raises:
        StoreError: The file cannot be made.
    """
    if url:
        return postgresql_database(url)
    key = database_key(home, environment.get(DATABASE_KEY_VARIABLE, ""))
    if is_new:
        create_sqlite(home / DATABASE_FILE, key)
    return sqlite_database(home / DATABASE_FILE, key)


def _without_password(url: str) -> str:
    """Return the address as it is kept: passwords belong into the environment."""
    if not url:
        return ""
    return postgresql_url(url).set(password=None).render_as_string(hide_password=False)


def moment_of(at_ms: int) -> datetime:
    """Return the point in time of milliseconds since 1970."""
    return datetime.fromtimestamp(at_ms / 1000, UTC)
