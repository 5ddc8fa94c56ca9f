"""How the form and the list of contact lists are arranged."""

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
        Section(title=N_("The list"), fields=("title", "purpose", "is_shared")),
        RowsPlan(
            part="list_member",
            title=N_("Members"),
            columns=("contact_id", "note"),
            fields=("contact_id", "note"),
        ),
        TAGS,
        KEEPING,
    ),
)

TABLE = TablePlan(
    columns=(
        Column(field="heading", width=30, title=N_("Title")),
        Column(field="purpose", width=30),
        Column(field="is_shared", width=16),
        Column(field="ref", width=18),
    ),
)
