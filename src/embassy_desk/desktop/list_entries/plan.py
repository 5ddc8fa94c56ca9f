"""How the form and the list of list entries are arranged."""

from embassy_desk.desktop.kit.plans import KEEPING, Column, FormPlan, Section, TablePlan
from embassy_desk.texts import N_

FORM = FormPlan(
    blocks=(
        Section(
            title=N_("The entry"),
            fields=(
                "list_code",
                "code",
                "label_vi",
                "label_en",
                "place",
                "valid_from",
                "valid_to",
                "disabled_on",
                "note",
            ),
        ),
        KEEPING,
    ),
)

TABLE = TablePlan(
    columns=(
        Column(field="heading", width=30, title=N_("Label")),
        Column(field="list_code", width=20),
        Column(field="code", width=20),
        Column(field="place", width=8),
    ),
    sort="list_code",
)
