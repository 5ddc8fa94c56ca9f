"""How the form and the list of members of staff are arranged."""

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
            title=N_("Name of the person"),
            fields=("family_name", "middle_name", "given_name", "display_order"),
        ),
        Section(
            title=N_("Work"),
            fields=(
                "rank",
                "post",
                "section",
                "email",
                "languages",
                "expertise",
                "is_local",
                "login",
            ),
        ),
        RowsPlan(
            part="posting",
            title=N_("Postings"),
            columns=("mission_code", "section", "from_on", "to_on"),
            fields=("mission_code", "section", "rank", "from_on", "to_on"),
        ),
        TAGS,
        KEEPING,
    ),
)

TABLE = TablePlan(
    columns=(
        Column(field="heading", width=26),
        Column(field="rank", width=18),
        Column(field="post", width=18),
        Column(field="section", width=22),
        Column(field="ref", width=18),
    ),
    by_family=True,
)
