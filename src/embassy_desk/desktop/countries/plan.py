"""How the form and the list of countries are arranged."""

from embassy_desk.desktop.kit.plans import KEEPING, Column, FormPlan, RowsPlan, Section, TablePlan
from embassy_desk.texts import N_

FORM = FormPlan(
    blocks=(
        Section(
            title=N_("Names"),
            fields=("alpha2", "alpha3", "name_vi", "name_en", "official_vi", "official_en"),
        ),
        Section(
            title=N_("About the country"),
            fields=(
                "region",
                "dial_code",
                "currency",
                "national_day",
                "rest_days",
                "relations_since",
            ),
        ),
        RowsPlan(
            part="country_tier",
            title=N_("Partnerships"),
            columns=("tier", "from_on", "to_on", "reference"),
            fields=("tier", "from_on", "to_on", "reference"),
        ),
        RowsPlan(
            part="country_grouping",
            title=N_("Groupings"),
            columns=("grouping", "from_on", "to_on"),
            fields=("grouping", "from_on", "to_on"),
        ),
        KEEPING,
    ),
)

TABLE = TablePlan(
    columns=(
        Column(field="heading", width=26),
        Column(field="name_en", width=24),
        Column(field="alpha2", width=10),
        Column(field="region", width=18),
    ),
)
