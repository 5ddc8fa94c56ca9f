"""How the form and the list of duties to report are arranged."""

from embassy_desk.desktop.kit.plans import KEEPING, Column, FormPlan, Section, TablePlan
from embassy_desk.texts import N_

FORM = FormPlan(
    blocks=(
        Section(
            title=N_("The duty"),
            fields=(
                "title_vi",
                "title_en",
                "report",
                "every",
                "due_days",
                "missions",
                "valid_from",
                "valid_to",
            ),
        ),
        KEEPING,
    ),
)

TABLE = TablePlan(
    columns=(
        Column(field="heading", width=40, title=N_("Report")),
        Column(field="every", width=16),
        Column(field="due_days", width=10),
        Column(field="missions", width=20),
        Column(field="valid_from", width=12),
    ),
)
