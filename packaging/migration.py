"""Writes the migration that brings the newest schema to what the classes say.

    .venv/bin/python packaging/migration.py NAME        NAME is one word, such as gift

It compares the tables that the migrations make with those of the row classes and writes the
difference as the next numbered file. Read it before you commit it: alembic does not see renames.
"""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from alembic import command
from sqlalchemy import MetaData, StaticPool, Uuid, create_engine, event
from sqlcipher3 import dbapi2
from sqlmodel import SQLModel
from sqlmodel import main as sqlmodel_main

from embassy_desk.store.laptop_tables import LAPTOP
from embassy_desk.store.rows.catalogue import registered_rows
from embassy_desk.store.schema import HEAD_REVISION, migration_config, upgrade
from embassy_desk.store.types import ChoiceText, TimeText

_NUMBER_LENGTH = 4
_FULL_TEXT = re.compile(r"search_index(_\w+)?")


def main(words: list[str]) -> int:
    """Write the next migration; return 0, or 1 when there is nothing to write."""
    if len(words) != 1 or not re.fullmatch(r"[a-z][a-z0-9_]*", words[0]):
        print(__doc__, file=sys.stderr)
        return 2
    number = f"{int(HEAD_REVISION) + 1:0{_NUMBER_LENGTH}}"
    path = write(words[0], number)
    if path is None:
        print("The migrations already make what the classes say.", file=sys.stderr)
        return 1
    print(f"{path.relative_to(Path.cwd())} was written; read it, then set HEAD_REVISION in")
    print(f'src/embassy_desk/store/schema.py to "{number}".')
    return 0


def write(name: str, number: str) -> Path | None:
    """Write the migration with a number and return its path; nothing if nothing differs."""
    registered_rows()
    raw = dbapi2.connect(":memory:", isolation_level=None, check_same_thread=False)
    upgrade(raw)
    engine = create_engine("sqlite://", creator=lambda: raw, module=dbapi2, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN")

    written: list[Path] = []
    with engine.begin() as connection:
        config = migration_config()
        options = {
            "render_item": _plain_type,
            "include_object": _is_ours,
            "process_revision_directives": _nothing_for_no_difference,
            "user_module_prefix": "sa.",
        }
        config.attributes.update(connection=connection, metadata=_everything(), options=options)
        script = command.revision(config, message=name, rev_id=number, autogenerate=True)
        if script is not None and not isinstance(script, list):
            written.append(Path(script.path))
            for way in (["check", "--fix", "--quiet"], ["format", "--quiet"]):
                subprocess.run([sys.executable, "-m", "ruff", *way, script.path], check=False)
    return written[0] if written else None


def _everything() -> MetaData:
    """Return the tables of records and of the laptop in one place."""
    both = MetaData()
    for metadata in (SQLModel.metadata, LAPTOP):
        for table in metadata.sorted_tables:
            table.to_metadata(both)
    return both


def _nothing_for_no_difference(_context: Any, _revision: Any, directives: list[Any]) -> None:
    if directives[0].upgrade_ops.is_empty():
        directives.clear()


def _is_ours(_object: Any, name: str | None, kind: str, *_more: Any) -> bool:
    return not (kind == "table" and name is not None and _FULL_TEXT.fullmatch(name))


def _plain_type(kind: str, item: Any, _context: Any) -> str | bool:
    """Write our column types as the plain ones they are: migrations import nothing of ours."""
    if kind != "type":
        return False
    if isinstance(item, ChoiceText):
        return "sa.String(60)"
    if isinstance(item, TimeText):
        return "sa.String(24)"
    if isinstance(item, Uuid):
        return "sa.CHAR(32)"
    if isinstance(item, sqlmodel_main.AutoString):
        return "sa.String()"
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
