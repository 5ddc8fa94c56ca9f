"""The schema of the store and its migrations, run by alembic also inside a bundle.

Alembic is loaded by what needs it: it takes longer to load than a store takes to open.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, StaticPool, create_engine, event
from sqlcipher3 import dbapi2

from embassy_desk.domain.errors import StoreError
from embassy_desk.texts import N_

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD_REVISION = "0009"
"""The newest revision; a test compares it with the migrations. Known without importing them."""


def revision_of(raw: Any) -> str | None:
    """Return the schema revision of an open file, or nothing if it is no store of ours."""
    tables = {
        name
        for (name,) in raw.execute(
            "SELECT name FROM sqlite_master WHERE name IN ('alembic_version', 'store_identity')"
        )
    }
    if tables != {"alembic_version", "store_identity"}:
        return None
    row = raw.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if row is None else str(row[0])


def refuse_newer(revision: str) -> None:
    """Refuse a schema that this program does not know.

    Raises:
        StoreError: The file was written by a newer program.
    """
    from alembic.script import ScriptDirectory  # noqa: PLC0415  see above

    script = ScriptDirectory.from_config(migration_config())
    if revision not in {each.revision for each in script.walk_revisions()}:
        raise StoreError(
            N_("This store was written by a newer version of the program; update the program.")
        )


def upgrade(raw: Any, revision: str = "head") -> None:
    """Bring the file up to a revision: one transaction, checked at its end.

    What migrations write makes no operations, because every device migrates its own rows.
    Triggers of rebuilt tables are gone afterwards; the caller creates them again.

    Raises:
        StoreError: The upgraded rows contradict each other; then nothing is changed.
    """
    from alembic import command  # noqa: PLC0415  see above

    _migrate(raw, command.upgrade, revision)


def downgrade(raw: Any, revision: str) -> None:
    """Bring the file back to an earlier revision, as `upgrade` brings it up; for tests."""
    from alembic import command  # noqa: PLC0415  see above

    _migrate(raw, command.downgrade, revision)


def _migrate(raw: Any, step: Callable[["Config", str], None], revision: str) -> None:
    raw.execute("PRAGMA foreign_keys = OFF")
    engine = create_engine("sqlite://", creator=lambda: raw, module=dbapi2, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    with engine.begin() as connection:
        config = migration_config()
        config.attributes["connection"] = connection
        _set_mode(connection, "migrate")
        step(config, revision)
        _set_mode(connection, "local")
        if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            raise StoreError(N_("The upgraded store contradicts itself; nothing was changed."))


def _set_mode(connection: Connection, mode: str) -> None:
    present = "SELECT 1 FROM sqlite_master WHERE name = 'sync_ctx'"
    if connection.exec_driver_sql(present).first() is not None:
        connection.exec_driver_sql("UPDATE sync_ctx SET mode = ?", (mode,))


def migration_config() -> "Config":
    """Return alembic's configuration, made in code so that no file is looked for."""
    from alembic.config import Config  # noqa: PLC0415  see above

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
