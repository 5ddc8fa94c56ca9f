"""How the form and the list of accreditations are arranged."""

from embassy_desk.desktop.kit.plans import KEEPING, Column, FormPlan, Section, TablePlan
from embassy_desk.texts import N_

FORM = FormPlan(
    blocks=(
        Section(
            title=N_("The accreditation"),
            fields=(
                "mission_code",
                "country",
                "organisation",
                "kind",
                "from_on",
                "to_on",
                "credentials_on",
                "note",
            ),
        ),
        KEEPING,
    ),
)

TABLE = TablePlan(
    columns=(
        Column(field="heading", width=20),
        Column(field="mission_code", width=36),
        Column(field="country", width=16),
        Column(field="kind", width=18),
    ),
)
