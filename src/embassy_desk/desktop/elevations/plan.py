"""How the form and the list of elevation cases are arranged."""

from embassy_desk.desktop.kit.plans import KEEPING, TAGS, Column, FormPlan, Section, TablePlan
from embassy_desk.texts import N_

FORM = FormPlan(
    blocks=(
        Section(
            title=N_("The case"),
            fields=(
                "title",
                "from_agreement_id",
                "to_agreement_id",
                "proposed_class",
                "old_ends_on",
            ),
        ),
        Section(
            title=N_("Why"),
            fields=("benefits", "gap", "cost_of_nothing"),
        ),
        Section(
            title=N_("Who agrees"),
            fields=(
                "partner_position",
                "partner_engagement_id",
                "lead_ministry_id",
                "lead_ministry_reference",
                "mandate_reference",
            ),
        ),
        Section(
            title=N_("How it goes on"),
            fields=("next_step", "blocker", "parked_reason", "declined_by", "decline_reason"),
        ),
        TAGS,
        KEEPING,
    ),
)

TABLE = TablePlan(
    columns=(
        Column(field="heading", width=36, title=N_("Title")),
        Column(field="state", width=18),
        Column(field="from_agreement_id", width=26),
        Column(field="old_ends_on", width=14),
        Column(field="ref", width=18),
    ),
)
