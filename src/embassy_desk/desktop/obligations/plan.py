"""How the form and the list of obligations are arranged."""

from embassy_desk.desktop.kit.plans import KEEPING, TAGS, Column, FormPlan, Section, TablePlan
from embassy_desk.texts import N_

FORM = FormPlan(
    blocks=(
        Section(
            title=N_("What is owed"),
            fields=("agreement_id", "article", "owing_side", "kind", "text"),
        ),
        Section(
            title=N_("When it is due"),
            fields=("due_rule", "due_on", "due_months", "recurrence", "event", "event_on"),
        ),
        Section(
            title=N_("How far it is"),
            fields=(
                "percent_done",
                "responsible_staff_id",
                "responsible_organisation_id",
                "next_step",
                "evidence_needed",
                "evidence",
            ),
        ),
        TAGS,
        KEEPING,
    ),
)

TABLE = TablePlan(
    columns=(
        Column(field="heading", width=36, title=N_("What is owed")),
        Column(field="due_on", width=12),
        Column(field="state", width=15),
        Column(field="owing_side", width=12),
        Column(field="agreement_id", width=24),
        Column(field="ref", width=18),
    ),
    sort="due_on",
)
