"""The tables of headquarters, the same on SQLite and PostgreSQL (SYNC 3.9).

Values of rows are kept as canonical JSON in text columns: merging needs no types, unknown fields
of newer laptops stay as they are, and no engine sees a value that it would read in its own way.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

HUB = MetaData()

NODE_ID = String(32)
SCOPE = String(80)
ENTITY = String(63)
ROW_ID = String(32)
AT_MS = BigInteger
# SQLite counts by itself only in columns of the exact type INTEGER.
COUNTED = BigInteger().with_variant(Integer, "sqlite")

HUB_STATE = Table(
    "hub_state",
    HUB,
    Column("hub_id", NODE_ID, primary_key=True),
    Column("epoch", Integer, nullable=False),
    Column("schema_rev", Integer, nullable=False),
    Column("created_ms", AT_MS, nullable=False),
    Column("verified_backup_ms", AT_MS, nullable=False),
)
"""One row: which headquarters this is, and its generation."""

HUB_EPOCH = Table(
    "hub_epoch",
    HUB,
    Column("epoch", Integer, primary_key=True),
    Column("scope", SCOPE, primary_key=True),
    Column("head", BigInteger, nullable=False),
    Column("began_ms", AT_MS, nullable=False),
)
"""Where each scope stood when a generation began."""

HUB_MISSION = Table(
    "hub_mission",
    HUB,
    Column("code", String(3), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("added_ms", AT_MS, nullable=False),
)

HUB_OFFICER = Table(
    "hub_officer",
    HUB,
    Column("name", String(200), primary_key=True),
    Column("missions", Text, nullable=False),
    Column("added_ms", AT_MS, nullable=False),
)
"""People at headquarters who have a desk; `missions` is a JSON list of codes they subscribe to."""

HUB_ENROLMENT = Table(
    "hub_enrolment",
    HUB,
    Column("secret", LargeBinary, primary_key=True),
    Column("mission", String(3), nullable=False),
    Column("officer", String(200)),
    Column("receives_restricted", Integer, nullable=False),
    Column("made_ms", AT_MS, nullable=False),
    Column("ends_ms", AT_MS, nullable=False),
    Column("used_ms", AT_MS),
    Column("used_by", NODE_ID),
)
"""Codes that were handed out; of the secret only its SHA-256."""

HUB_NODE = Table(
    "hub_node",
    HUB,
    Column("nid", COUNTED, primary_key=True, autoincrement=True),
    Column("node_id", NODE_ID, nullable=False, unique=True),
    Column("pred_nid", BigInteger),
    Column("pred_nseq", BigInteger),
    Column("mission", String(3), nullable=False),
    Column("officer", String(200)),
    Column("receives_restricted", Integer, nullable=False),
    Column("person", String(200), nullable=False),
    Column("device", String(200), nullable=False),
    Column("signing_key", LargeBinary, nullable=False),
    Column("recipient", String(200), nullable=False),
    Column("words", String(100), nullable=False),
    Column("status", String(10), nullable=False),
    Column("wipe_order", Text),
    Column("last_nseq", BigInteger, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    Column("durable_nseq", BigInteger, nullable=False),
    Column("backlog", BigInteger, nullable=False),
    Column("cursors", Text, nullable=False),
    Column("wants", Text, nullable=False, server_default="[]"),
    Column("schema_rev", String(40), nullable=False),
    Column("app", String(200), nullable=False),
    Column("system", String(200), nullable=False),
    Column("enrolled_ms", AT_MS, nullable=False),
    Column("approved_ms", AT_MS),
    Column("revoked_ms", AT_MS),
    Column("seen_ms", AT_MS),
    Column("pouch_out", BigInteger, nullable=False),
    Column("pouch_digest", String(64), nullable=False),
)
"""Devices. One that was restored or cloned goes on under a new identity that names the old one.

`cursors` is JSON: how far it had read of each scope when it last asked; `wants`: the attachments
whose contents it asked for in its last pouch. `pouch_out` and
`pouch_digest` are number and SHA-256 of the last pouch that was written for it."""

HUB_NONCE = Table(
    "hub_nonce",
    HUB,
    Column("node_id", NODE_ID, primary_key=True),
    Column("nonce", String(64), primary_key=True),
    Column("at_ms", AT_MS, nullable=False),
    Index("ix_hub_nonce_at_ms", "at_ms"),
)
"""Nonces that were used lately, so that no request is taken twice."""

HUB_SCOPE = Table(
    "hub_scope",
    HUB,
    Column("scope", SCOPE, primary_key=True),
    Column("head", BigInteger, nullable=False),
    Column("digest", LargeBinary, nullable=False),
)
"""Head of each scope's sequence, raised under its row's lock, and the sum of its row digests."""

HUB_OPERATION = Table(
    "hub_op",
    HUB,
    Column("nid", BigInteger, primary_key=True, autoincrement=False),
    Column("nseq", BigInteger, primary_key=True, autoincrement=False),
    Column("scope", SCOPE, nullable=False),
    Column("sseq", BigInteger, nullable=False),
    Column("entity", ENTITY, nullable=False),
    Column("row_id", ROW_ID, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("operation", Text),
    Column("digest", LargeBinary, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    Column("code", String(20), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("received_ms", AT_MS, nullable=False),
    Column("channel", String(5), nullable=False),
    Index("ix_hub_op_scope_sseq", "scope", "sseq"),
    Index("ix_hub_op_entity_row_id", "entity", "row_id"),
)
"""Every operation that was ever taken, with its link of the chain; append-only."""

HUB_ROW = Table(
    "hub_row",
    HUB,
    Column("entity", ENTITY, primary_key=True),
    Column("row_id", ROW_ID, primary_key=True),
    Column("scope", SCOPE, nullable=False),
    Column("root", ROW_ID),
    Column("created_sseq", BigInteger, nullable=False),
    Column("head_sseq", BigInteger, nullable=False),
    Column("is_deleted", Integer, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("fields", Text, nullable=False),
    Column("versions", Text, nullable=False),
    Index("ix_hub_row_scope_head_sseq", "scope", "head_sseq"),
    Index("ix_hub_row_root", "root"),
)
"""The merged state: per row its values in force, and who wrote them, as the merge needs it.

`root` is the identity of the record that a part belongs to, so that parts follow its moves.
"""

HUB_PLACE = Table(
    "hub_place",
    HUB,
    Column("entity", ENTITY, primary_key=True),
    Column("row_id", ROW_ID, primary_key=True),
    Column("scope", SCOPE, nullable=False),
)
"""In which scope each row is, and nothing else of it: seen by all, so that a row of another
mission is told from one that nobody has."""

HUB_EXIT = Table(
    "hub_exit",
    HUB,
    Column("scope", SCOPE, primary_key=True),
    Column("entity", ENTITY, primary_key=True),
    Column("row_id", ROW_ID, primary_key=True),
    Column("sseq", BigInteger, nullable=False),
    Index("ix_hub_exit_scope_sseq", "scope", "sseq"),
)
"""Rows that left a scope, for laptops that still have them."""

HUB_PARKED = Table(
    "hub_parked",
    HUB,
    Column("origin", NODE_ID, primary_key=True),
    Column("nseq", BigInteger, primary_key=True, autoincrement=False),
    Column("digest", LargeBinary, primary_key=True),
    Column("operation", Text, nullable=False),
    Column("mission", String(3), nullable=False),
    Column("reason", String(20), nullable=False),
    Column("received_ms", AT_MS, nullable=False),
    Column("claimed_ms", AT_MS),
    Column("surfaced_ms", AT_MS),
)
"""Operations that were received and not applied; nothing that came in is thrown away."""

HUB_BLOB = Table(
    "hub_blob",
    HUB,
    Column("scope", SCOPE, primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("file_name", String(40), nullable=False),
    Column("file_key", String(80), nullable=False),
    Column("nid", BigInteger, nullable=False),
    Column("added_ms", AT_MS, nullable=False),
)
"""Contents of attachments that are whole: where each lies encrypted, the key of its file, and who
brought it. Two scopes may share a file."""

HUB_UPLOAD = Table(
    "hub_upload",
    HUB,
    Column("upload_id", NODE_ID, primary_key=True),
    Column("nid", BigInteger, nullable=False),
    Column("scope", SCOPE, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("file_key", String(80), nullable=False),
    Column("begun_ms", AT_MS, nullable=False),
)
"""Contents that come in pieces; how far one has come, the files of its pieces tell. Each device has
uploads of its own, so that nobody's damage is another's."""

HUB_POUCH = Table(
    "hub_pouch",
    HUB,
    Column("digest", String(64), primary_key=True),
    Column("node_id", NODE_ID, nullable=False),
    Column("serial", BigInteger, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("operations", BigInteger, nullable=False),
    Column("at_ms", AT_MS, nullable=False),
)
"""Pouches that were read, by the SHA-256 of their file, with what became of them."""

SCOPED_TABLES = (HUB_OPERATION, HUB_ROW, HUB_EXIT, HUB_BLOB, HUB_UPLOAD)
"""Tables whose rows belong to scopes: PostgreSQL itself shows and takes only those allowed."""
