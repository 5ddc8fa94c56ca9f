"""How the form and the list of missions are arranged."""

from embassy_desk.desktop.kit.plans import KEEPING, Column, FormPlan, Section, TablePlan
from embassy_desk.texts import N_

FORM = FormPlan(
    blocks=(
        Section(
            title=N_("The mission"),
            fields=(
                "code",
                "kind",
                "name_vi",
                "name_en",
                "country",
                "city_vi",
                "city_en",
                "parent_code",
            ),
        ),
        Section(
            title=N_("Place and time"),
            fields=(
                "address",
                "phone",
                "email",
                "website",
                "zone",
                "rest_days",
                "opened_on",
                "closed_on",
            ),
        ),
        KEEPING,
    ),
)

TABLE = TablePlan(
    columns=(
        Column(field="heading", width=40),
        Column(field="code", width=8),
        Column(field="country", width=16),
        Column(field="city_vi", width=16),
        Column(field="zone", width=18),
    ),
)
