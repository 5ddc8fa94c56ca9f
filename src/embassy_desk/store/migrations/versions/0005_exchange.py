"""What a laptop keeps of headquarters: scopes, confirmed rows, conflicts, history of others."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "headquarters",
        sa.Column("hub_id", sa.String(length=32), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("root_certificate", sa.Text(), nullable=False),
        sa.Column("pouch_key", sa.Text(), nullable=False),
        sa.Column("signing_key", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("moment", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("durable", sa.Integer(), nullable=False),
        sa.Column("offset_ms", sa.Integer(), nullable=False),
        sa.Column("batch_bytes", sa.Integer(), nullable=False),
        sa.Column("tried_at", sa.String(length=24), nullable=True),
        sa.Column("succeeded_at", sa.String(length=24), nullable=True),
        sa.Column("problem", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("hub_id"),
    )
    op.create_table(
        "pulled_change",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(length=32), nullable=False),
        sa.Column("root_kind", sa.String(), nullable=False),
        sa.Column("root_id", sa.String(length=32), nullable=False),
        sa.Column("user", sa.String(length=32), nullable=True),
        sa.Column("at_ms", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("position"),
    )
    with op.batch_alter_table("pulled_change", schema=None) as batch_op:
        batch_op.create_index("ix_pulled_change_root_id", ["root_id"], unique=False)

    op.create_table(
        "sync_conflict",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("sid", sa.String(length=80), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(length=32), nullable=False),
        sa.Column("is_open", sa.Integer(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("sync_conflict", schema=None) as batch_op:
        batch_op.create_index("ix_sync_conflict_entity_row_id", ["entity", "row_id"], unique=False)
        batch_op.create_index("ix_sync_conflict_is_open", ["is_open"], unique=False)

    op.create_table(
        "sync_deferred",
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(length=32), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("entity", "row_id", "field"),
    )
    op.create_table(
        "sync_moment",
        sa.Column("sid", sa.String(length=80), nullable=False),
        sa.Column("moment", sa.Integer(), nullable=False),
        sa.Column("cursor", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("sid", "moment"),
    )
    op.create_table(
        "sync_row",
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(length=32), nullable=False),
        sa.Column("sid", sa.String(length=80), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("seen", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("entity", "row_id", "sid"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sync_scope",
        sa.Column("sid", sa.String(length=80), nullable=False),
        sa.Column("cursor", sa.Integer(), nullable=False),
        sa.Column("head", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("base", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("sid"),
    )
    op.create_table(
        "sync_shadow",
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(length=32), nullable=False),
        sa.Column("fields", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("entity", "row_id"),
    )
    op.create_table(
        "sync_tray",
        sa.Column("node_no", sa.Integer(), nullable=False),
        sa.Column("nseq", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("node_no", "nseq"),
    )
    with op.batch_alter_table("sync_node", schema=None) as batch_op:
        batch_op.add_column(sa.Column("acked", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("sync_node", schema=None) as batch_op:
        batch_op.drop_column("acked")

    op.drop_table("sync_tray")
    op.drop_table("sync_shadow")
    op.drop_table("sync_scope")
    op.drop_table("sync_row")
    op.drop_table("sync_moment")
    op.drop_table("sync_deferred")
    with op.batch_alter_table("sync_conflict", schema=None) as batch_op:
        batch_op.drop_index("ix_sync_conflict_is_open")
        batch_op.drop_index("ix_sync_conflict_entity_row_id")

    op.drop_table("sync_conflict")
    with op.batch_alter_table("pulled_change", schema=None) as batch_op:
        batch_op.drop_index("ix_pulled_change_root_id")

    op.drop_table("pulled_change")
    op.drop_table("headquarters")
