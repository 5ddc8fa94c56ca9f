"""Lets contacts gone quiet be chosen from indexes alone, without reading fifty thousand rows."""

from alembic import op

revision = "0004"
down_revision = "0003"

_QUIET = "ix_contact_cadence_days_id_owner_created_at_do_not_contact_archived_at_trashed_at"
_QUIET_COLUMNS = (
    "cadence_days",
    "id",
    "owner",
    "created_at",
    "do_not_contact",
    "archived_at",
    "trashed_at",
)
_MET_BEFORE = "ix_their_participant_contact_id"
_MET = "ix_their_participant_contact_id_engagement_id_attended"


def upgrade() -> None:
    op.create_index(_QUIET, "contact", list(_QUIET_COLUMNS))
    op.create_index(_MET, "their_participant", ["contact_id", "engagement_id", "attended"])
    op.drop_index(_MET_BEFORE, "their_participant")


def downgrade() -> None:
    op.create_index(_MET_BEFORE, "their_participant", ["contact_id"])
    op.drop_index(_MET, "their_participant")
    op.drop_index(_QUIET, "contact")
