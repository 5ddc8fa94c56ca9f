"""Postal addresses, labels of address books, and what else of a card is kept to be given back."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "card_property",
        sa.Column("id", sa.CHAR(32), nullable=False),
        sa.Column("contact_id", sa.CHAR(32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("parameters", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_card_property_contact_id", "card_property", ["contact_id"])
    op.create_table(
        "contact_address",
        sa.Column("id", sa.CHAR(32), nullable=False),
        sa.Column("contact_id", sa.CHAR(32), nullable=False),
        sa.Column("street", sa.String(), nullable=False),
        sa.Column("extended", sa.String(), nullable=False),
        sa.Column("po_box", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("postal_code", sa.String(), nullable=False),
        sa.Column("country_name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_contact_address_contact_id", "contact_address", ["contact_id"])
    for table in ("contact_email", "contact_phone"):
        label = sa.Column("label", sa.String(), nullable=False, server_default="")
        with op.batch_alter_table(table, recreate="always") as rows:
            rows.add_column(label, insert_after="kind")
        with op.batch_alter_table(table, recreate="always") as rows:
            rows.alter_column("label", server_default=None)


def downgrade() -> None:
    for table in ("contact_phone", "contact_email"):
        op.drop_column(table, "label")
    op.drop_index("ix_contact_address_contact_id", "contact_address")
    op.drop_table("contact_address")
    op.drop_index("ix_card_property_contact_id", "card_property")
    op.drop_table("card_property")
