"""How the form and the list of the log of exports are arranged."""

from embassy_desk.desktop.kit.plans import KEEPING, Column, FormPlan, Section, TablePlan
from embassy_desk.texts import N_

FORM = FormPlan(
    blocks=(
        Section(
            title=N_("What was taken out"),
            fields=("taken_kind", "file_form", "record_count", "gravest", "filters", "purpose"),
        ),
        KEEPING,
    ),
)

TABLE = TablePlan(
    columns=(
        Column(field="heading", width=30, title=N_("What was taken out")),
        Column(field="created_at", width=18),
        Column(field="created_by", width=24),
        Column(field="gravest", width=14),
        Column(field="filters", width=30),
    ),
    sort="created_at",
    is_descending=True,
)
