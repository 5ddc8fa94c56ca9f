"""Bringing stores of earlier schemas up to date, as the programs of their time left them."""

import io
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from embassy_desk.sealing.files import encrypt_file
from embassy_desk.settings.places import MARK_FILE, STORE_FILE
from embassy_desk.store.backups import ATTACHMENTS_FOLDER
from embassy_desk.store.connections import connect
from embassy_desk.store.schema import HEAD_REVISION
from faults.deeds import PROFILE, Deed, Say, kept_in, key_of, opened
from makers.old_stores import PAPER, encrypt_store, kept_schemas, unpack_stores


def _upgrade(folder: Path, say: Say) -> None:
    with opened(folder) as profile:
        say(kept_in(profile))


def with_store_of(schema: str) -> Callable[[Path], None]:
    """Return what puts the kept store of a schema into the place of a new one."""
    return partial(_put, schema)


def _put(schema: str, folder: Path) -> None:
    store, key = folder / PROFILE / STORE_FILE, key_of(folder)
    with TemporaryDirectory() as place:
        unpack_stores(Path(place))
        encrypt_store(Path(place) / schema, store, key)
    (folder / PROFILE / MARK_FILE).unlink()
    place_of_files = folder / PROFILE / ATTACHMENTS_FOLDER
    place_of_files.mkdir(exist_ok=True)
    name = uuid4().hex
    made = encrypt_file(io.BytesIO(PAPER.encode()), place_of_files / name)
    with closing(connect(store, key)) as raw:
        raw.execute("UPDATE attachment_file SET file_name = ?, file_key = ?", (name, made.key))
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


EARLIER = [schema for schema in kept_schemas() if schema != HEAD_REVISION]
DEEDS_OF_UPGRADES: dict[str, Deed] = {
    f"upgrade from {schema}": Deed(_upgrade, with_store_of(schema), is_upgrade=True)
    for schema in EARLIER
}
