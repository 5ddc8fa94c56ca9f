"""Brings headquarters back: from a backup into a new home, then what the journal has besides.

A restored headquarters begins a new generation (epoch), so that laptops send again what it lost,
offer what they hold of others, and obey no deletion until digests agree (SYNC 3.12).
"""

import base64
import json
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, func, insert, select, text, update

from embassy_desk.domain.errors import InvalidError, RefusedError, StoreError
from embassy_desk.headquarters.backups import Line, check_first, read_backup, row_read
from embassy_desk.headquarters.contents import CHANNEL as PIECE_CHANNEL
from embassy_desk.headquarters.contents import Contents, ToldContent
from embassy_desk.headquarters.database import EVERY_SCOPE, create_tables
from embassy_desk.headquarters.hub import (
    FOLDERS,
    Clock,
    Hub,
    database_of,
    epoch_of,
    open_hub,
)
from embassy_desk.headquarters.journal import Entry, Journal, entries
from embassy_desk.headquarters.parking import park
from embassy_desk.headquarters.settings import Deployment
from embassy_desk.headquarters.signing_in import caller_of
from embassy_desk.headquarters.tables import HUB, HUB_EPOCH, HUB_NODE, HUB_SCOPE, HUB_STATE
from embassy_desk.settings.files import write_whole, writing_error
from embassy_desk.sync.operations import Operation
from embassy_desk.sync.packing import unpacked
from embassy_desk.texts import N_


@dataclass(frozen=True)
class Restored:
    """What was brought back.

    Attributes:
        rows: Rows of all tables.
        epoch: The new generation.
    """

    rows: int
    epoch: int


def restore_hub(
    backup: Path,
    home: Path,
    secret: str,
    clock: Clock,
    environment: Mapping[str, str],
    *,
    database: str = "",
) -> Restored:
    """Make a home from a backup and begin a new generation.

    Args:
        backup: The file.
        home: A folder that does not exist yet, or is empty.
        secret: The recovery key's secret half.
        clock: The present time.
        environment: Of the process.
        database: Address of an empty PostgreSQL database; nothing for a file in the home.

    Raises:
        RefusedError: The folder or the database is not empty.
        StoreError: The backup is damaged or cut, or the disk refuses.
    """
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(home.iterdir()):
            raise RefusedError(N_("The folder {folder} is not empty.", folder=str(home)))
        for name in (*FOLDERS, "keys"):
            (home / name).mkdir(mode=0o700)
    except OSError as error:
        raise writing_error(home, error) from error
    with ExitStack() as stack:
        restoring = _Restoring(home, database, environment, stack)
        read_backup(backup, secret, restoring.take)
    hub = open_hub(home, clock, environment)
    try:
        return Restored(restoring.rows, begin_epoch(hub))
    finally:
        hub.close()


@dataclass
class _Restoring:
    """Takes the lines of a backup and makes a home of them; one transaction, kept at the end."""

    home: Path
    database: str
    environment: Mapping[str, str]
    stack: ExitStack
    rows: int = 0
    connection: Connection | None = None
    is_begun: bool = False

    def take(self, line: Line) -> None:
        """Take one line."""
        if not self.is_begun:
            check_first(line)
            self.is_begun = True
        elif "file" in line:
            path = self.home / "keys" / Path(line["file"]).name
            write_whole(path, base64.b64decode(line["content"]))
        elif "settings" in line:
            self._settle(line["settings"])
        elif "table" in line and self.connection is not None:
            table = HUB.tables[line["table"]]
            values = [row_read(table, each) for each in line["rows"]]
            self.connection.execute(insert(table), values)
            self.rows += len(values)
        elif "blob" in line:
            with (self.home / "blobs" / Path(line["blob"]).name).open("ab") as file:
                file.write(base64.b64decode(line["part"]))

    def _settle(self, settings: Line) -> None:
        """Write the settings and open the new database."""
        told = {**settings, "database": self.database, "journal": ""}
        Deployment.model_validate_json(json.dumps(told)).write(self.home)
        url = Deployment.read(self.home, self.environment).database
        made = database_of(self.home, url, self.environment, is_new=True)
        self.stack.callback(made.close)
        create_tables(made)
        self.connection = self.stack.enter_context(made.writing([EVERY_SCOPE]))
        if made.is_postgresql:
            # Rows come with their numbers; the next device must get the one after them.
            self.stack.callback(continue_numbers, self.connection)


def begin_epoch(hub: Hub) -> int:
    """Begin a new generation and return it; laptops then send again what may be missing."""
    with hub.database.writing([EVERY_SCOPE]) as connection:
        epoch = epoch_of(connection) + 1
        heads = connection.execute(select(HUB_SCOPE.c.scope, HUB_SCOPE.c.head)).all()
        for scope, head in heads:
            connection.execute(
                insert(HUB_EPOCH).values(epoch=epoch, scope=scope, head=head, began_ms=hub.now_ms)
            )
        connection.execute(update(HUB_STATE).values(epoch=epoch))
        # Nobody's position says anything now: the next pouch for a device holds everything.
        connection.execute(update(HUB_NODE).values(durable_nseq=0, cursors="{}"))
    return epoch


def continue_numbers(connection: Connection) -> None:
    """Let PostgreSQL number devices on from the highest that is there."""
    highest = connection.execute(select(func.max(HUB_NODE.c.nid))).scalar()
    if highest is not None:
        connection.execute(
            text("SELECT setval(pg_get_serial_sequence('hub_node', 'nid'), :highest)"),
            {"highest": highest},
        )


def replay_journal(hub: Hub, folder: Path, secret: str) -> int:
    """Park what a journal has and the database lacks; return how many operations that were.

    Run it before laptops are let in again. Laptops that still have their operations claim them;
    the rest is offered to people.

    Args:
        hub: The restored headquarters.
        folder: The journal of the lost one.
        secret: The recovery key's secret half.

    Raises:
        StoreError: The journal is damaged or sealed to another key.
    """
    parked = 0
    contents = Contents(hub, Journal(hub.journal, hub.keys.recovery))
    for entry in entries(folder, secret):
        if entry.channel == PIECE_CHANNEL:
            _take_piece(contents, entry)
            continue
        with hub.database.writing([EVERY_SCOPE]) as connection:
            node = connection.execute(
                select(HUB_NODE).where(HUB_NODE.c.node_id == entry.node)
            ).first()
            if node is not None:
                operations = _operations_in(entry)
                parked += park(connection, node, operations, reason="restored", now_ms=entry.at_ms)
    return parked


def _take_piece(contents: Contents, entry: Entry) -> None:
    """Let a piece of a content that the database lacks come in once more."""
    with contents.hub.database.reading([EVERY_SCOPE]) as connection:
        node = connection.execute(select(HUB_NODE).where(HUB_NODE.c.node_id == entry.node)).first()
        caller = None if node is None else caller_of(connection, node)
    if caller is None:
        return
    try:
        told = json.loads(entry.request)
        wanted = ToldContent("", told["digest"], told["scope"], told["size"])
        start, piece = told["start"], base64.b64decode(told["piece"])
    except (ValueError, KeyError) as error:
        raise StoreError(N_("An entry of the journal cannot be read.")) from error
    contents.take_again(caller, wanted, start, piece)


def _operations_in(entry: Entry) -> list[Operation]:
    try:
        told = json.loads(entry.request)
        forms = unpacked(told.get("ops", []), told["at"] + 1)
        return [Operation.read(each) for each in forms]
    except (ValueError, KeyError, InvalidError) as error:
        raise StoreError(N_("An entry of the journal cannot be read.")) from error
