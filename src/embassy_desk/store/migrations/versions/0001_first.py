"""The first schema: every kind of the first release, the change log and the search."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TABLES = (
    "contact",
    "contact_email",
    "contact_phone",
    "position",
    "consent",
    "organisation",
    "organisation_alias",
    "engagement",
    "our_participant",
    "their_participant",
    "commitment",
    "engagement_subject",
    "engagement_pillar",
    "agreement",
    "agreement_party",
    "agreement_term",
    "agreement_link",
    "clearance_step",
    "obligation",
    "elevation",
    "task",
    "checklist_item",
    "task_parent",
    "task_reminder",
    "campaign",
    "campaign_step",
    "campaign_target",
    "contact_list",
    "list_member",
    "staff",
    "posting",
    "attachment",
    "mission",
    "accreditation",
    "country",
    "country_tier",
    "country_grouping",
    "policy_goal",
    "list_entry",
    "tag",
    "stage_step",
    "date_change",
    "attachment_file",
    "record_entry",
    "ref_counter",
    "store_identity",
    "sync_capture",
    "sync_ctx",
    "sync_node",
    "sync_op",
)


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def choice(name: str, *, needed: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(60), nullable=not needed)


def time(name: str, *, needed: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(24), nullable=not needed)


def uuid(name: str, *, needed: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.CHAR(32), nullable=not needed)


def flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def number(name: str, *, needed: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=not needed)


def day(name: str, *, needed: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Date(), nullable=not needed)


def make(table: str, *columns: sa.Column[Any]) -> None:
    identity = sa.Column("id", sa.CHAR(32), primary_key=True, nullable=False)
    op.create_table(table, identity, *columns)


def make_record(table: str, *columns: sa.Column[Any]) -> None:
    make(
        table,
        text("ref"),
        text("mission"),
        uuid("owner"),
        uuid("backup"),
        choice("handling", needed=True),
        time("created_at"),
        uuid("created_by"),
        choice("created_via", needed=True),
        time("changed_at"),
        uuid("changed_by"),
        time("archived_at"),
        uuid("archived_by"),
        choice("archived_reason"),
        text("archived_note"),
        time("trashed_at"),
        uuid("trashed_by"),
        uuid("merged_into"),
        text("source"),
        day("verified_on"),
        day("review_on"),
        *columns,
    )


def make_contact_tables() -> None:
    make_record(
        "contact",
        text("family_name"),
        text("middle_name"),
        text("given_name"),
        choice("display_order", needed=True),
        text("written_name"),
        text("original_name"),
        text("romanised_name"),
        text("alias"),
        text("honorific"),
        text("form_of_address"),
        text("languages"),
        text("preferred_language"),
        text("rank"),
        number("precedence"),
        text("nationality"),
        text("preferred_channel"),
        flag("do_not_contact"),
        number("cadence_days"),
        text("notes"),
    )
    op.create_index("ix_contact_changed_at", "contact", ["changed_at"])
    make(
        "contact_email",
        uuid("contact_id", needed=True),
        text("address"),
        text("kind"),
        choice("validity", needed=True),
        day("checked_on"),
        flag("is_primary"),
    )
    op.create_index("ix_contact_email_contact_id", "contact_email", ["contact_id"])
    make(
        "contact_phone",
        uuid("contact_id", needed=True),
        text("typed"),
        text("e164"),
        text("kind"),
        flag("is_primary"),
    )
    op.create_index("ix_contact_phone_contact_id", "contact_phone", ["contact_id"])
    make(
        "position",
        uuid("contact_id", needed=True),
        uuid("organisation_id"),
        text("organisation_name"),
        text("title_vi"),
        text("title_en"),
        text("title_original"),
        text("unit"),
        text("rank"),
        text("from_on"),
        text("to_on"),
        text("source"),
        day("confirmed_on"),
        flag("is_primary"),
    )
    op.create_index("ix_position_contact_id", "position", ["contact_id"])
    op.create_index("ix_position_organisation_id", "position", ["organisation_id"])
    make(
        "consent",
        uuid("contact_id", needed=True),
        choice("purpose", needed=True),
        text("basis"),
        day("given_on", needed=True),
        text("means"),
        text("evidence"),
        day("expires_on"),
        day("withdrawn_on"),
    )
    op.create_index("ix_consent_contact_id", "consent", ["contact_id"])


def make_organisation_tables() -> None:
    make_record(
        "organisation",
        text("kind"),
        text("name_vi"),
        text("name_en"),
        text("name_original"),
        text("short_name"),
        uuid("parent_id"),
        text("country"),
        text("sectors"),
        text("website"),
        text("registry_code"),
        text("control"),
        text("founded_on"),
        day("dissolved_on"),
        uuid("succeeded_by_id"),
        day("succeeded_on"),
        text("notes"),
    )
    op.create_index("ix_organisation_changed_at", "organisation", ["changed_at"])
    op.create_index("ix_organisation_parent_id", "organisation", ["parent_id"])
    make(
        "organisation_alias",
        uuid("organisation_id", needed=True),
        text("alias"),
    )
    op.create_index(
        "ix_organisation_alias_organisation_id", "organisation_alias", ["organisation_id"]
    )


def make_engagement_tables() -> None:
    make_record(
        "engagement",
        text("subject"),
        choice("kind", needed=True),
        choice("state", needed=True),
        choice("mode", needed=True),
        text("level"),
        day("held_on", needed=True),
        time("starts_at"),
        time("ends_at"),
        text("zone"),
        text("place"),
        text("country"),
        text("pillar"),
        text("theme"),
        text("agenda"),
        text("readout"),
        text("policy_feedback"),
        text("not_held_reason"),
        day("follow_up_on"),
        choice("reporting", needed=True),
        text("report_reference"),
    )
    op.create_index("ix_engagement_held_on", "engagement", ["held_on"])
    make(
        "our_participant",
        uuid("engagement_id", needed=True),
        uuid("staff_id"),
        text("name_then"),
        text("section_then"),
    )
    op.create_index("ix_our_participant_engagement_id", "our_participant", ["engagement_id"])
    op.create_index("ix_our_participant_staff_id", "our_participant", ["staff_id"])
    make(
        "their_participant",
        uuid("engagement_id", needed=True),
        uuid("contact_id"),
        text("name_then"),
        uuid("organisation_id"),
        text("organisation_then"),
        text("position_then"),
        flag("attended"),
    )
    op.create_index("ix_their_participant_contact_id", "their_participant", ["contact_id"])
    op.create_index("ix_their_participant_engagement_id", "their_participant", ["engagement_id"])
    make(
        "commitment",
        uuid("engagement_id", needed=True),
        choice("owed_by", needed=True),
        text("who"),
        uuid("staff_id"),
        uuid("contact_id"),
        text("text"),
        day("due_on"),
        choice("state", needed=True),
        day("closed_on"),
        uuid("task_id"),
    )
    op.create_index("ix_commitment_due_on", "commitment", ["due_on"])
    op.create_index("ix_commitment_engagement_id", "commitment", ["engagement_id"])
    op.create_index("ix_commitment_task_id", "commitment", ["task_id"])
    make(
        "engagement_subject",
        uuid("engagement_id", needed=True),
        text("record_kind"),
        uuid("record_id", needed=True),
    )
    op.create_index("ix_engagement_subject_engagement_id", "engagement_subject", ["engagement_id"])
    op.create_index("ix_engagement_subject_record_id", "engagement_subject", ["record_id"])
    make(
        "engagement_pillar",
        uuid("engagement_id", needed=True),
        text("pillar"),
    )
    op.create_index("ix_engagement_pillar_engagement_id", "engagement_pillar", ["engagement_id"])


def make_agreement_tables() -> None:
    make_record(
        "agreement",
        text("title_vi"),
        text("title_en"),
        text("title_other"),
        text("short_title"),
        choice("form", needed=True),
        choice("legal_class", needed=True),
        choice("binding", needed=True),
        text("country"),
        text("topics"),
        text("summary"),
        uuid("lead_ministry_id"),
        text("lead_ministry_then"),
        uuid("partner_lead_id"),
        text("partner_lead_then"),
        text("languages"),
        text("authentic_texts"),
        text("prevailing_language"),
        text("reason"),
        text("mandate_reference"),
        text("our_head_of_negotiation"),
        text("partner_head_of_negotiation"),
        text("full_powers_reference"),
        flag("full_powers_needed"),
        day("signed_on"),
        text("signed_at_place"),
        choice("entry_mode", needed=True),
        number("entry_days"),
        day("notification_sent_on"),
        day("notification_received_on"),
        day("in_force_on"),
        text("entry_evidence"),
        day("provisional_from"),
        day("provisional_to"),
        number("initial_term_months"),
        day("fixed_end_on"),
        flag("open_ended"),
        choice("renewal_type", needed=True),
        number("renewal_months"),
        number("notice_months"),
        day("notice_served_on"),
        choice("notice_served_by"),
        day("terminated_on"),
        day("suspended_on"),
        number("review_months"),
        day("next_review_on"),
        text("originals_held_at"),
        text("text_reference"),
        text("un_registration"),
        text("publication_reference"),
        text("termination_clause"),
        text("dispute_clause"),
        choice("state", needed=True),
    )
    op.create_index("ix_agreement_signed_on", "agreement", ["signed_on"])
    op.create_index("ix_agreement_state", "agreement", ["state"])
    make(
        "agreement_party",
        uuid("agreement_id", needed=True),
        text("country"),
        uuid("organisation_id"),
        text("name"),
        choice("side", needed=True),
        choice("role", needed=True),
        text("signatory_name"),
        text("signatory_position"),
        day("signed_on"),
        text("signed_at_place"),
    )
    op.create_index("ix_agreement_party_agreement_id", "agreement_party", ["agreement_id"])
    op.create_index("ix_agreement_party_organisation_id", "agreement_party", ["organisation_id"])
    make(
        "agreement_term",
        uuid("agreement_id", needed=True),
        day("from_on", needed=True),
        number("months"),
        day("end_on"),
        flag("open_ended"),
        choice("renewal_type", needed=True),
        number("renewal_months"),
        number("notice_months"),
        choice("how", needed=True),
        text("evidence"),
    )
    op.create_index("ix_agreement_term_agreement_id", "agreement_term", ["agreement_id"])
    make(
        "agreement_link",
        uuid("agreement_id", needed=True),
        uuid("to_agreement_id", needed=True),
        choice("kind", needed=True),
        day("on"),
    )
    op.create_index("ix_agreement_link_agreement_id", "agreement_link", ["agreement_id"])
    op.create_index("ix_agreement_link_to_agreement_id", "agreement_link", ["to_agreement_id"])
    make(
        "clearance_step",
        uuid("agreement_id", needed=True),
        text("body"),
        text("kind"),
        day("sent_on"),
        day("due_on"),
        day("returned_on"),
        text("result"),
    )
    op.create_index("ix_clearance_step_agreement_id", "clearance_step", ["agreement_id"])


def make_obligation_tables() -> None:
    make_record(
        "obligation",
        uuid("agreement_id", needed=True),
        text("article"),
        text("text"),
        choice("owing_side", needed=True),
        choice("kind", needed=True),
        choice("due_rule", needed=True),
        day("due_on"),
        number("due_months"),
        text("recurrence"),
        text("event"),
        day("event_on"),
        text("evidence_needed"),
        text("evidence"),
        choice("state", needed=True),
        number("percent_done", needed=True),
        uuid("responsible_organisation_id"),
        uuid("responsible_staff_id"),
        text("next_step"),
    )
    op.create_index("ix_obligation_agreement_id", "obligation", ["agreement_id"])


def make_elevation_tables() -> None:
    make_record(
        "elevation",
        text("title"),
        uuid("from_agreement_id", needed=True),
        uuid("to_agreement_id"),
        choice("state", needed=True),
        text("benefits"),
        text("gap"),
        text("cost_of_nothing"),
        choice("proposed_class"),
        choice("partner_position", needed=True),
        uuid("partner_engagement_id"),
        uuid("lead_ministry_id"),
        text("lead_ministry_reference"),
        text("mandate_reference"),
        choice("declined_by"),
        text("decline_reason"),
        text("parked_reason"),
        text("next_step"),
        text("blocker"),
        day("old_ends_on"),
    )
    op.create_index("ix_elevation_from_agreement_id", "elevation", ["from_agreement_id"])
    op.create_index("ix_elevation_to_agreement_id", "elevation", ["to_agreement_id"])


def make_task_tables() -> None:
    make_record(
        "task",
        text("title"),
        text("detail"),
        choice("kind", needed=True),
        choice("state", needed=True),
        choice("priority", needed=True),
        day("start_on"),
        day("due_on"),
        time("due_at"),
        text("zone"),
        uuid("assignee"),
        uuid("delegated_by"),
        text("waiting_on"),
        uuid("waiting_on_contact_id"),
        day("waiting_since"),
        day("deferred_until"),
        text("recurrence"),
        day("recurs_from"),
        text("outcome"),
        number("effort_minutes"),
        day("completed_on"),
        uuid("completed_by"),
    )
    op.create_index("ix_task_state_due_on", "task", ["state", "due_on"])
    make(
        "checklist_item",
        uuid("task_id", needed=True),
        text("text"),
        flag("is_done"),
        number("place", needed=True),
    )
    op.create_index("ix_checklist_item_task_id", "checklist_item", ["task_id"])
    make(
        "task_parent",
        uuid("task_id", needed=True),
        text("record_kind"),
        uuid("record_id", needed=True),
    )
    op.create_index("ix_task_parent_record_id", "task_parent", ["record_id"])
    op.create_index("ix_task_parent_task_id", "task_parent", ["task_id"])
    make(
        "task_reminder",
        uuid("task_id", needed=True),
        number("days_before", needed=True),
    )
    op.create_index("ix_task_reminder_task_id", "task_reminder", ["task_id"])


def make_campaign_tables() -> None:
    make_record(
        "campaign",
        text("title"),
        text("goal"),
        text("audience"),
        text("message"),
        choice("state", needed=True),
        day("starts_on"),
        day("ends_on"),
        number("touches_before_no_answer", needed=True),
        number("days_between_touches", needed=True),
        text("outcome"),
    )
    make(
        "campaign_step",
        uuid("campaign_id", needed=True),
        number("place", needed=True),
        choice("mode", needed=True),
        text("text"),
        number("after_days", needed=True),
    )
    op.create_index("ix_campaign_step_campaign_id", "campaign_step", ["campaign_id"])
    make(
        "campaign_target",
        uuid("campaign_id", needed=True),
        uuid("contact_id"),
        uuid("organisation_id"),
        text("name_then"),
        choice("state", needed=True),
        number("touches", needed=True),
        day("last_touch_on"),
        day("next_touch_on"),
        text("note"),
    )
    op.create_index("ix_campaign_target_campaign_id", "campaign_target", ["campaign_id"])
    op.create_index("ix_campaign_target_contact_id", "campaign_target", ["contact_id"])


def make_contact_list_tables() -> None:
    make_record(
        "contact_list",
        text("title"),
        text("purpose"),
        flag("is_shared"),
    )
    make(
        "list_member",
        uuid("contact_list_id", needed=True),
        uuid("contact_id", needed=True),
        text("note"),
    )
    op.create_index("ix_list_member_contact_id", "list_member", ["contact_id"])
    op.create_index("ix_list_member_contact_list_id", "list_member", ["contact_list_id"])


def make_staff_tables() -> None:
    make_record(
        "staff",
        text("family_name"),
        text("middle_name"),
        text("given_name"),
        choice("display_order", needed=True),
        text("rank"),
        text("post"),
        text("section"),
        text("email"),
        text("languages"),
        text("expertise"),
        flag("is_local"),
        text("login"),
    )
    make(
        "posting",
        uuid("staff_id", needed=True),
        text("mission_code"),
        text("section"),
        text("rank"),
        day("from_on"),
        day("to_on"),
    )
    op.create_index("ix_posting_staff_id", "posting", ["staff_id"])


def make_attachment_tables() -> None:
    make_record(
        "attachment",
        text("record_kind"),
        uuid("record_id", needed=True),
        text("name"),
        text("digest"),
        number("size_bytes", needed=True),
        text("media_type"),
        number("version", needed=True),
        text("language"),
        text("note"),
    )
    op.create_index("ix_attachment_record_id", "attachment", ["record_id"])


def make_mission_tables() -> None:
    make_record(
        "mission",
        text("code"),
        text("name_vi"),
        text("name_en"),
        choice("kind", needed=True),
        text("country"),
        text("city_vi"),
        text("city_en"),
        text("zone"),
        text("rest_days"),
        text("opened_on"),
        text("closed_on"),
        text("parent_code"),
        text("address"),
        text("website"),
        text("phone"),
        text("email"),
    )
    op.create_index("ix_mission_code", "mission", ["code"])


def make_accreditation_tables() -> None:
    make_record(
        "accreditation",
        text("mission_code"),
        text("country"),
        text("organisation"),
        choice("kind", needed=True),
        day("from_on"),
        day("to_on"),
        day("credentials_on"),
        text("note"),
    )
    op.create_index("ix_accreditation_mission_code", "accreditation", ["mission_code"])


def make_country_tables() -> None:
    make_record(
        "country",
        text("alpha2"),
        text("alpha3"),
        text("name_vi"),
        text("name_en"),
        text("official_vi"),
        text("official_en"),
        text("region"),
        text("dial_code"),
        text("currency"),
        text("national_day"),
        text("rest_days"),
        text("relations_since"),
    )
    op.create_index("ix_country_alpha2", "country", ["alpha2"])
    make(
        "country_tier",
        uuid("country_id", needed=True),
        text("tier"),
        text("from_on"),
        text("to_on"),
        text("reference"),
    )
    op.create_index("ix_country_tier_country_id", "country_tier", ["country_id"])
    make(
        "country_grouping",
        uuid("country_id", needed=True),
        text("grouping"),
        text("from_on"),
        text("to_on"),
    )
    op.create_index("ix_country_grouping_country_id", "country_grouping", ["country_id"])


def make_policy_goal_tables() -> None:
    make_record(
        "policy_goal",
        text("code"),
        text("title_vi"),
        text("title_en"),
        text("document_reference"),
        text("parent_code"),
        day("valid_from"),
        day("valid_to"),
        day("disabled_on"),
    )


def make_list_entry_tables() -> None:
    make_record(
        "list_entry",
        text("list_code"),
        text("code"),
        text("label_vi"),
        text("label_en"),
        number("place", needed=True),
        day("valid_from"),
        day("valid_to"),
        day("disabled_on"),
        text("note"),
    )
    op.create_index("ix_list_entry_list_code_place", "list_entry", ["list_code", "place"])


def make_general_tables() -> None:
    make(
        "tag",
        text("record_kind"),
        uuid("record_id", needed=True),
        text("label"),
    )
    op.create_index("ix_tag_label", "tag", ["label"])
    op.create_index("ix_tag_record_id", "tag", ["record_id"])
    make(
        "stage_step",
        text("record_kind"),
        uuid("record_id", needed=True),
        text("from_state"),
        text("to_state"),
        day("on", needed=True),
        time("at", needed=True),
        uuid("by"),
        text("reason"),
        flag("is_registered"),
    )
    op.create_index("ix_stage_step_record_id", "stage_step", ["record_id"])
    make(
        "date_change",
        text("record_kind"),
        uuid("record_id", needed=True),
        text("field"),
        day("old_on"),
        day("new_on"),
        text("reason"),
        day("on", needed=True),
    )
    op.create_index("ix_date_change_record_id", "date_change", ["record_id"])


def make_laptop_tables() -> None:
    op.create_table(
        "attachment_file",
        sa.Column("digest", sa.String(64), primary_key=True, nullable=False),
        sa.Column("file_name", sa.String(40), nullable=False, unique=True),
        sa.Column("file_key", sa.String(80), nullable=False),
    )
    op.create_table(
        "record_entry",
        sa.Column("no", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(32), nullable=False, unique=True),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("subtitle", sa.String(), nullable=False),
        sa.Column("sort_key", sa.String(), nullable=False),
        sa.Column("sort_key_family", sa.String(), nullable=False),
        sa.Column("shelf", sa.Integer(), nullable=False),
        sa.Column("handling", sa.String(12), nullable=False),
        sa.Column("text_digest", sa.LargeBinary(), nullable=False),
    )
    op.create_index(
        "ix_record_entry_kind_shelf_sort_key", "record_entry", ["kind", "shelf", "sort_key"]
    )
    op.create_index(
        "ix_record_entry_kind_shelf_sort_key_family",
        "record_entry",
        ["kind", "shelf", "sort_key_family"],
    )
    op.create_index("ix_record_entry_ref", "record_entry", ["ref"])
    op.create_table(
        "ref_counter",
        sa.Column("code", sa.String(3), primary_key=True, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
    )
    op.create_table(
        "store_identity",
        sa.Column("store_id", sa.String(32), primary_key=True, nullable=False),
        sa.Column("mission", sa.String(3), nullable=False),
        sa.Column("owner", sa.String(32), nullable=False),
        sa.Column("is_demo", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(24), nullable=False),
        sa.Column("reference_version", sa.Integer(), nullable=False),
        sa.Column("trigger_digest", sa.String(64), nullable=False),
    )
    op.create_table(
        "sync_capture",
        sa.Column("position", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(32), nullable=False),
        sa.Column("root_kind", sa.String(), nullable=False),
        sa.Column("root_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(4), nullable=False),
        sa.Column("patch", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("mode", sa.String(8), nullable=False),
    )
    op.create_table(
        "sync_ctx",
        sa.Column("one", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("mode", sa.String(8), nullable=False),
        sa.Column("user", sa.String(32), nullable=True),
        sa.Column("via", sa.String(12), nullable=True),
        sa.Column("seen", sa.Integer(), nullable=False),
    )
    op.create_table(
        "sync_node",
        sa.Column("no", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("node_id", sa.String(32), nullable=False, unique=True),
        sa.Column("device_tag", sa.String(8), nullable=False),
        sa.Column("signing_key", sa.LargeBinary(), nullable=False),
        sa.Column("nseq", sa.Integer(), nullable=False),
        sa.Column("chain", sa.LargeBinary(), nullable=False),
        sa.Column("hlc_ms", sa.Integer(), nullable=False),
        sa.Column("hlc_counter", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(24), nullable=False),
    )
    op.create_table(
        "sync_op",
        sa.Column("position", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("node_no", sa.Integer(), nullable=False),
        sa.Column("nseq", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(32), nullable=False),
        sa.Column("root_kind", sa.String(), nullable=False),
        sa.Column("root_id", sa.String(32), nullable=False),
        sa.Column("operation", sa.Text(), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("via", sa.String(12), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("chain", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
    )
    op.create_index("ix_sync_op_node_no_nseq", "sync_op", ["node_no", "nseq"], unique=True)
    op.create_index("ix_sync_op_root_id", "sync_op", ["root_id"])
    op.execute(
        "CREATE VIRTUAL TABLE search_index USING fts5("
        "exact_name, name, exact_text, text, content='', contentless_delete=1, prefix='2 3', "
        "tokenize='unicode61 remove_diacritics 0')"
    )


def upgrade() -> None:
    make_contact_tables()
    make_organisation_tables()
    make_engagement_tables()
    make_agreement_tables()
    make_obligation_tables()
    make_elevation_tables()
    make_task_tables()
    make_campaign_tables()
    make_contact_list_tables()
    make_staff_tables()
    make_attachment_tables()
    make_mission_tables()
    make_accreditation_tables()
    make_country_tables()
    make_policy_goal_tables()
    make_list_entry_tables()
    make_general_tables()
    make_laptop_tables()


def downgrade() -> None:
    op.execute("DROP TABLE search_index")
    for table in reversed(TABLES):
        op.drop_table(table)
