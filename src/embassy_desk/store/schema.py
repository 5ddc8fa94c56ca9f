"""The schema of the store and its migrations, run by alembic also inside a bundle."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import StaticPool, create_engine, event
from sqlcipher3 import dbapi2

from embassy_desk.domain.errors import StoreError
from embassy_desk.texts import N_

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD_REVISION = "0001"
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


def upgrade(raw: Any, revision: str = "head") -> None:
    """Bring the file to a revision: foreign keys off, one transaction, checked at its end.

    Triggers of rebuilt tables are gone afterwards; the caller creates them again.

    Raises:
        StoreError: The file was written by a newer program.
    """
    present = revision_of(raw)
    script = ScriptDirectory.from_config(migration_config())
    known = {each.revision for each in script.walk_revisions()}
    if present is not None and present not in known:
        raise StoreError(
            N_("This store was written by a newer version of the program; update the program.")
        )
    raw.execute("PRAGMA foreign_keys = OFF")
    engine = create_engine("sqlite://", creator=lambda: raw, module=dbapi2, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    with engine.begin() as connection:
        config = migration_config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    problems = raw.execute("PRAGMA foreign_key_check").fetchall()
    if problems:
        raise StoreError(N_("The upgraded store contradicts itself; the backup is untouched."))


def migration_config() -> Config:
    """Return alembic's configuration, made in code so that no file is looked for."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
