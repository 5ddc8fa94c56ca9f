"""How the form and the list of organisations are arranged."""

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
            title=N_("Names"),
            fields=("name_vi", "name_en", "name_original", "short_name"),
        ),
        Section(
            title=N_("What it is"),
            fields=(
                "kind",
                "country",
                "parent_id",
                "control",
                "website",
                "registry_code",
                "sectors",
                "notes",
            ),
        ),
        RowsPlan(
            part="organisation_alias",
            title=N_("Other names"),
            columns=("alias",),
            fields=("alias",),
        ),
        TAGS,
        Section(
            title=N_("From founding to succession"),
            fields=("founded_on", "dissolved_on", "succeeded_by_id", "succeeded_on"),
            is_folded=True,
        ),
        KEEPING,
    ),
)

TABLE = TablePlan(
    columns=(
        Column(field="heading", width=34),
        Column(field="short_name", width=12),
        Column(field="kind", width=18),
        Column(field="country", width=14),
        Column(field="ref", width=18),
    ),
)
