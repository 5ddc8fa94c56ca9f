"""How the form and the list of agreements are arranged."""

from embassy_desk.desktop.kit.plans import (
    KEEPING,
    TAGS,
    Column,
    FormPlan,
    RowsPlan,
    Section,
    TablePlan,
)
from embassy_desk.texts import N_

FORM = FormPlan(
    blocks=(
        Section(
            title=N_("Title and nature"),
            fields=(
                "title_vi",
                "title_en",
                "title_other",
                "short_title",
                "form",
                "legal_class",
                "binding",
                "country",
                "topics",
                "summary",
            ),
        ),
        Section(
            title=N_("Lead bodies"),
            fields=(
                "lead_ministry_id",
                "lead_ministry_then",
                "partner_lead_id",
                "partner_lead_then",
            ),
        ),
        RowsPlan(
            part="agreement_party",
            title=N_("Parties"),
            columns=("name", "side", "role", "signatory_name", "signed_on"),
            fields=(
                "organisation_id",
                "name",
                "country",
                "side",
                "role",
                "signatory_name",
                "signatory_position",
                "signed_on",
                "signed_at_place",
            ),
        ),
        Section(
            title=N_("Mandate and negotiation"),
            fields=(
                "reason",
                "mandate_reference",
                "our_head_of_negotiation",
                "partner_head_of_negotiation",
                "full_powers_needed",
                "full_powers_reference",
            ),
            is_folded=True,
        ),
        RowsPlan(
            part="clearance_step",
            title=N_("Domestic clearance"),
            columns=("body", "kind", "sent_on", "due_on", "returned_on"),
            fields=("body", "kind", "sent_on", "due_on", "returned_on", "result"),
        ),
        Section(
            title=N_("Signature and entry into force"),
            fields=(
                "signed_on",
                "signed_at_place",
                "entry_mode",
                "entry_days",
                "notification_sent_on",
                "notification_received_on",
                "in_force_on",
                "entry_evidence",
                "provisional_from",
                "provisional_to",
            ),
        ),
        Section(
            title=N_("Term, renewal and notice"),
            fields=(
                "initial_term_months",
                "fixed_end_on",
                "open_ended",
                "renewal_type",
                "renewal_months",
                "notice_months",
                "review_months",
                "next_review_on",
            ),
        ),
        RowsPlan(
            part="agreement_term",
            title=N_("Later terms"),
            columns=("from_on", "months", "end_on", "how"),
            fields=(
                "from_on",
                "months",
                "end_on",
                "open_ended",
                "how",
                "renewal_type",
                "renewal_months",
                "notice_months",
                "evidence",
            ),
        ),
        Section(
            title=N_("Notice, suspension and end"),
            fields=("notice_served_on", "notice_served_by", "suspended_on", "terminated_on"),
            is_folded=True,
        ),
        RowsPlan(
            part="agreement_link",
            title=N_("Other agreements"),
            columns=("kind", "to_agreement_id", "on"),
            fields=("kind", "to_agreement_id", "on"),
        ),
        Section(
            title=N_("Texts and papers"),
            fields=(
                "languages",
                "authentic_texts",
                "prevailing_language",
                "text_reference",
                "originals_held_at",
                "un_registration",
                "publication_reference",
                "termination_clause",
                "dispute_clause",
            ),
            is_folded=True,
        ),
        TAGS,
        KEEPING,
    ),
)

TABLE = TablePlan(
    columns=(
        Column(field="heading", width=36, title=N_("Title")),
        Column(field="state", width=16),
        Column(field="country", width=12),
        Column(field="form", width=18),
        Column(field="in_force_on", width=12),
        Column(field="ref", width=18),
    ),
)
