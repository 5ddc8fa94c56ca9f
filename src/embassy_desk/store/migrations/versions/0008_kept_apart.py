"""Remembers which two records somebody said are not of one person or body."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "kept_apart",
        sa.Column("id", sa.CHAR(32), nullable=False),
        sa.Column("record_kind", sa.String(), nullable=False),
        sa.Column("record_id", sa.CHAR(32), nullable=False),
        sa.Column("other_id", sa.CHAR(32), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_kept_apart_record_id", "kept_apart", ["record_id"])


def downgrade() -> None:
    op.drop_index("ix_kept_apart_record_id", "kept_apart")
    op.drop_table("kept_apart")
