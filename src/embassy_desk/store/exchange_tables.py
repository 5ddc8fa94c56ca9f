"""Tables in which a laptop keeps what it knows of headquarters (SYNC 3.9)."""

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, String, Table, Text

LAPTOP = MetaData()
"""What a laptop keeps beside the records; the other tables of it are in `laptop_tables`."""

HEADQUARTERS = Table(
    "headquarters",
    LAPTOP,
    Column("hub_id", String(32), primary_key=True),
    Column("url", Text, nullable=False),
    Column("root_certificate", Text, nullable=False),
    Column("pouch_key", Text, nullable=False),
    Column("signing_key", LargeBinary, nullable=False),
    Column("status", String(10), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("moment", Integer, nullable=False),
    Column("asked", Integer, nullable=False),
    Column("durable", Integer, nullable=False),
    Column("offset_ms", Integer, nullable=False),
    Column("batch_bytes", Integer, nullable=False),
    Column("tried_at", String(24)),
    Column("succeeded_at", String(24)),
    Column("problem", String(40), nullable=False),
)
"""One row once this device was enrolled; none before.

`status` is `pending`, `active` or `revoked`. `moment` counts what was taken over from
headquarters; `asked` counts requests, so that only the answer to the newest is acted upon.
`problem` is the code of what went wrong the last time, empty if nothing did.
"""

SYNC_SCOPE = Table(
    "sync_scope",
    LAPTOP,
    Column("sid", String(80), primary_key=True),
    Column("cursor", Integer, nullable=False),
    Column("head", Integer, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("base", Integer, nullable=False, server_default="0"),
)
"""Scopes held here: everything up to `base` is here, `digest` is the sum of confirmed rows.

While a scope is fetched in pages, `cursor` runs ahead of `base`: a row of a later page may have
changed before it.
"""

SYNC_MOMENT = Table(
    "sync_moment",
    LAPTOP,
    Column("sid", String(80), primary_key=True),
    Column("moment", Integer, primary_key=True),
    Column("cursor", Integer, nullable=False),
)
"""Which base a scope had from which moment on, so that a screen need only keep one number."""

SYNC_SHADOW = Table(
    "sync_shadow",
    LAPTOP,
    Column("entity", String, primary_key=True),
    Column("row_id", String(32), primary_key=True),
    Column("fields", Text),
)
"""Confirmed values of rows that were taken over beneath operations still pending; null: no row.

Of other rows with pending operations the log knows what was before.
"""

SYNC_ROW = Table(
    "sync_row",
    LAPTOP,
    Column("entity", String, primary_key=True),
    Column("row_id", String(32), primary_key=True),
    Column("sid", String(80), primary_key=True),
    Column("digest", LargeBinary, nullable=False),
    Column("seen", Integer, nullable=False, server_default="0"),
    sqlite_with_rowid=False,
)
"""Confirmed rows: in which scope, and the digest that counts in the scope's sum.

`seen` is the position up to which all changes of the row are here, where that is beyond the base.
"""

SYNC_DEFERRED = Table(
    "sync_deferred",
    LAPTOP,
    Column("entity", String, primary_key=True),
    Column("row_id", String(32), primary_key=True),
    Column("field", String, primary_key=True),
    Column("value", Text, nullable=False),
)
"""Values that this version has no place for; kept verbatim, as JSON, and counted in digests."""

SYNC_TRAY = Table(
    "sync_tray",
    LAPTOP,
    Column("node_no", Integer, primary_key=True),
    Column("nseq", Integer, primary_key=True),
    Column("code", String(40), nullable=False),
    Column("at", String(24), nullable=False),
)
"""Operations that headquarters did not put in force, and why; the log has their content."""

SYNC_CONFLICT = Table(
    "sync_conflict",
    LAPTOP,
    Column("id", String(32), primary_key=True),
    Column("sid", String(80), nullable=False),
    Column("entity", String, nullable=False),
    Column("row_id", String(32), nullable=False),
    Column("is_open", Integer, nullable=False),
    Column("fields", Text, nullable=False),
    Index("ix_sync_conflict_entity_row_id", "entity", "row_id"),
    Index("ix_sync_conflict_is_open", "is_open"),
)
"""Conflicts as headquarters told them; `is_open` is 0 as soon as they are closed here."""

PULLED_CHANGE = Table(
    "pulled_change",
    LAPTOP,
    Column("position", Integer, primary_key=True),
    Column("entity", String, nullable=False),
    Column("row_id", String(32), nullable=False),
    Column("root_kind", String, nullable=False),
    Column("root_id", String(32), nullable=False),
    Column("user", String(32)),
    Column("at_ms", Integer, nullable=False),
    Column("kind", String(4), nullable=False),
    Column("fields", Text, nullable=False),
    Column("before", Text, nullable=False),
    Index("ix_pulled_change_root_id", "root_id"),
)
"""What others changed, as it was taken over here: the part of the history that the log has not."""
