"""How the form and the list of policy goals are arranged."""

from embassy_desk.desktop.kit.plans import KEEPING, Column, FormPlan, Section, TablePlan
from embassy_desk.texts import N_

FORM = FormPlan(
    blocks=(
        Section(
            title=N_("The goal"),
            fields=(
                "code",
                "parent_code",
                "title_vi",
                "title_en",
                "document_reference",
                "valid_from",
                "valid_to",
                "disabled_on",
            ),
        ),
        KEEPING,
    ),
)

TABLE = TablePlan(
    columns=(
        Column(field="heading", width=44, title=N_("Title")),
        Column(field="code", width=14),
        Column(field="document_reference", width=26),
    ),
)
