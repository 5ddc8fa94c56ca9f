"""Tables that a laptop needs beside the records: identity, change log, captures, index.

They have metadata of their own, because headquarters keeps its log in another form (SYNC 3.9).
"""

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table, Text

from embassy_desk.store.exchange_tables import LAPTOP

STORE_IDENTITY = Table(
    "store_identity",
    LAPTOP,
    Column("store_id", String(32), primary_key=True),
    Column("mission", String(3), nullable=False),
    Column("owner", String(32), nullable=False),
    Column("is_demo", Integer, nullable=False),
    Column("created_at", String(24), nullable=False),
    Column("reference_version", Integer, nullable=False),
    Column("trigger_digest", String(64), nullable=False),
)
"""One row: what store this is. A file without it is not a store of ours."""

SYNC_NODE = Table(
    "sync_node",
    LAPTOP,
    Column("no", Integer, primary_key=True),
    Column("node_id", String(32), nullable=False, unique=True),
    Column("device_tag", String(8), nullable=False),
    Column("signing_key", LargeBinary, nullable=False),
    Column("nseq", Integer, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    Column("hlc_ms", Integer, nullable=False),
    Column("hlc_counter", Integer, nullable=False),
    Column("created_at", String(24), nullable=False),
    Column("acked", Integer, nullable=False, server_default="0"),
)
"""Identities of this device, the highest `no` is the present one, with the head of its chain.

`acked` is the number up to which headquarters has proved, by the chain, that it has the operations.
"""

SYNC_CONTEXT = Table(
    "sync_ctx",
    LAPTOP,
    Column("one", Integer, primary_key=True),
    Column("mode", String(8), nullable=False),
    Column("user", String(32)),
    Column("via", String(12)),
    Column("seen", Integer, nullable=False),
)
"""One row, read by the triggers: what is going on (`local`, `apply`, `migrate`) and for whom.

It is an ordinary table because a trigger of the main schema cannot read a temporary one; it is
set and reset inside the transaction, so that a crash takes it back.
"""

SYNC_CAPTURE = Table(
    "sync_capture",
    LAPTOP,
    Column("position", Integer, primary_key=True),
    Column("entity", String, nullable=False),
    Column("row_id", String(32), nullable=False),
    Column("root_kind", String, nullable=False),
    Column("root_id", String(32), nullable=False),
    Column("kind", String(4), nullable=False),
    Column("patch", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("mode", String(8), nullable=False),
)
"""What the triggers saw in this transaction; empty between transactions."""

SYNC_OPERATION = Table(
    "sync_op",
    LAPTOP,
    Column("position", Integer, primary_key=True),
    Column("node_no", Integer, nullable=False),
    Column("nseq", Integer, nullable=False),
    Column("entity", String, nullable=False),
    Column("row_id", String(32), nullable=False),
    Column("root_kind", String, nullable=False),
    Column("root_id", String(32), nullable=False),
    Column("operation", Text),
    Column("before", Text),
    Column("via", String(12), nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    Column("state", String(10), nullable=False),
    Index("ix_sync_op_node_no_nseq", "node_no", "nseq", unique=True),
    Index("ix_sync_op_root_id", "root_id"),
)
"""The change log: outbox, history, undo and audit trail in one.

`operation` is the canonical text that is hashed; `before` holds the replaced values for history
and undo, is local and not part of the hash. Erasing content nulls both and keeps `digest`.
"""

REF_COUNTER = Table(
    "ref_counter",
    LAPTOP,
    Column("code", String(3), primary_key=True),
    Column("last", Integer, nullable=False),
)
"""The last number given to a reference of each kind on this device."""

ATTACHMENT_FILE = Table(
    "attachment_file",
    LAPTOP,
    Column("digest", String(64), primary_key=True),
    Column("file_name", String(40), nullable=False, unique=True),
    Column("file_key", String(80), nullable=False),
    Column("sent_epoch", Integer, nullable=False, server_default="0"),
)
"""Where the content with a SHA-256 lies encrypted on this computer, and the age key of its file.

`sent_epoch` is the generation of headquarters that said it has the content too; 0 for none.
"""

ATTACHMENT_WISH = Table(
    "attachment_wish",
    LAPTOP,
    Column("digest", String(64), primary_key=True),
    Column("is_awaited", Integer, nullable=False),
    Column("asked_at", String(24), nullable=False),
    Column("piece_name", String(40), nullable=False),
    Column("piece_key", String(80), nullable=False),
)
"""Contents that are to come, or come already: somebody waits, or they come by themselves.

What has come of one lies in pieces beside the others, named and opened as told here.
"""

LOCAL_VALUE = Table(
    "local_value",
    LAPTOP,
    Column("topic", String(40), primary_key=True),
    Column("name", String(200), primary_key=True),
    Column("value", Text, nullable=False),
    Column("changed_at", String(24), nullable=False),
)
"""What only this desk needs to remember, as JSON: drafts, saved views, snoozed reminders.

Never captured, logged or synchronised; see `local_values.py`.
"""

RECORD_ENTRY = Table(
    "record_entry",
    LAPTOP,
    Column("no", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("record_id", String(32), nullable=False, unique=True),
    Column("ref", String, nullable=False),
    Column("heading", String, nullable=False),
    Column("subtitle", String, nullable=False),
    Column("sort_key", String, nullable=False),
    Column("sort_key_family", String, nullable=False),
    Column("shelf", Integer, nullable=False),
    Column("handling", String(12), nullable=False),
    Column("text_digest", LargeBinary, nullable=False),
    Index("ix_record_entry_kind_shelf_sort_key", "kind", "shelf", "sort_key"),
    Index("ix_record_entry_kind_shelf_sort_key_family", "kind", "shelf", "sort_key_family"),
    Index("ix_record_entry_ref", "ref"),
)
"""One line per record of every kind: what lists, pickers and the search show and sort by.

`shelf` is 0 for records in use, 1 for archived ones, 2 for the trash. Derived, never synced: each
store computes it from its own rows in the transaction that changes them.
"""

SEARCH_INDEX_DDL = """
CREATE VIRTUAL TABLE search_index USING fts5(
    exact_name, name, exact_text, text,
    content='', contentless_delete=1, prefix='2 3',
    tokenize='unicode61 remove_diacritics 0'
)
"""
"""Words of every record, exact and folded; `rowid` is `record_entry.no`."""
