"""How the form and the list of signed reports are arranged."""

from embassy_desk.desktop.kit.plans import KEEPING, Column, FormPlan, RowsPlan, Section, TablePlan
from embassy_desk.texts import N_

FORM = FormPlan(
    blocks=(
        Section(
            title=N_("The report"),
            fields=(
                "title",
                "subject",
                "report",
                "period_from",
                "period_until",
                "reckoned_on",
                "taken_at",
                "country",
                "chosen_by",
                "about_ref",
                "language",
                "layout",
            ),
        ),
        Section(
            title=N_("The signature"),
            fields=("signed_on", "authority", "signatory", "symbol", "replaces_id", "digest"),
        ),
        RowsPlan(
            part="report_number",
            title=N_("Register"),
            columns=("number", "symbol", "year", "given_on", "desk"),
            fields=("number", "symbol", "year", "given_on", "desk"),
        ),
        RowsPlan(
            part="report_figure",
            title=N_("Figures"),
            columns=("place", "label", "value"),
            fields=("place", "label", "value"),
        ),
        RowsPlan(
            part="report_text",
            title=N_("Texts"),
            columns=("place", "title", "text"),
            fields=("place", "title", "text"),
        ),
        KEEPING,
    ),
)

TABLE = TablePlan(
    columns=(
        Column(field="heading", width=44, title=N_("Report")),
        Column(field="signed_on", width=12),
        Column(field="period_from", width=12),
        Column(field="period_until", width=12),
        Column(field="signatory", width=20),
        Column(field="ref", width=18),
    ),
    sort="signed_on",
    is_descending=True,
)
