"""How the form and the list of engagements are arranged."""

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
            title=N_("Occasion"),
            fields=(
                "subject",
                "kind",
                "held_on",
                "mode",
                "level",
                "place",
                "country",
                "starts_at",
                "ends_at",
                "zone",
            ),
        ),
        RowsPlan(
            part="our_participant",
            title=N_("From our side"),
            columns=("name_then", "section_then"),
            fields=("staff_id", "name_then", "section_then"),
        ),
        RowsPlan(
            part="their_participant",
            title=N_("From their side"),
            columns=("name_then", "position_then", "organisation_then", "attended"),
            fields=(
                "contact_id",
                "name_then",
                "organisation_id",
                "organisation_then",
                "position_then",
                "attended",
            ),
        ),
        Section(
            title=N_("What was said"),
            fields=("agenda", "readout", "policy_feedback"),
        ),
        RowsPlan(
            part="commitment",
            title=N_("Commitments"),
            columns=("text", "owed_by", "who", "due_on", "state"),
            fields=(
                "text",
                "owed_by",
                "who",
                "staff_id",
                "contact_id",
                "due_on",
                "state",
                "closed_on",
                "task_id",
            ),
        ),
        Section(
            title=N_("Following up"),
            fields=("follow_up_on", "reporting", "report_reference", "not_held_reason"),
        ),
        Section(title=N_("What it served"), fields=("pillar", "theme")),
        RowsPlan(
            part="engagement_subject",
            title=N_("About"),
            columns=("record_id",),
            fields=("record_id",),
        ),
        RowsPlan(
            part="engagement_pillar",
            title=N_("Further pillars"),
            columns=("pillar",),
            fields=("pillar",),
        ),
        TAGS,
        KEEPING,
    ),
)

TABLE = TablePlan(
    columns=(
        Column(field="heading", width=34, title=N_("Subject")),
        Column(field="held_on", width=12),
        Column(field="kind", width=16),
        Column(field="state", width=12),
        Column(field="place", width=20),
        Column(field="ref", width=18),
    ),
    sort="held_on",
    is_descending=True,
)
