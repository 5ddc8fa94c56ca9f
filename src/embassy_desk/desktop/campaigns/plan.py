"""How the form and the list of campaigns are arranged."""

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
            title=N_("The campaign"),
            fields=("title", "starts_on", "ends_on", "goal", "audience", "message"),
        ),
        RowsPlan(
            part="campaign_step",
            title=N_("Steps"),
            columns=("place", "mode", "text", "after_days"),
            fields=("place", "mode", "after_days", "text"),
        ),
        RowsPlan(
            part="campaign_target",
            title=N_("Targets"),
            columns=("name_then", "state", "touches", "next_touch_on"),
            fields=(
                "contact_id",
                "organisation_id",
                "name_then",
                "state",
                "touches",
                "last_touch_on",
                "next_touch_on",
                "note",
            ),
        ),
        Section(
            title=N_("Rules and outcome"),
            fields=("touches_before_no_answer", "days_between_touches", "outcome"),
        ),
        TAGS,
        KEEPING,
    ),
)

TABLE = TablePlan(
    columns=(
        Column(field="heading", width=36, title=N_("Title")),
        Column(field="state", width=12),
        Column(field="starts_on", width=12),
        Column(field="ends_on", width=12),
        Column(field="ref", width=18),
    ),
)
