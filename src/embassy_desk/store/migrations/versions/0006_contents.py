"""Which contents of attachments headquarters has, and which are to come from there."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "attachment_wish",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("is_awaited", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.String(length=24), nullable=False),
        sa.Column("piece_name", sa.String(length=40), nullable=False),
        sa.Column("piece_key", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
    with op.batch_alter_table("attachment_file", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("sent_epoch", sa.Integer(), server_default="0", nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table("attachment_file", schema=None) as batch_op:
        batch_op.drop_column("sent_epoch")
    op.drop_table("attachment_wish")
