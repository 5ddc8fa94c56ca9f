"""How the form and the list of letterheads are arranged."""

from embassy_desk.desktop.kit.plans import KEEPING, Column, FormPlan, Section, TablePlan
from embassy_desk.texts import N_

FORM = FormPlan(
    blocks=(
        Section(
            title=N_("Letterhead"),
            fields=("superior", "issuer", "place", "symbol", "addressees", "recipients"),
        ),
        Section(title=N_("The signature"), fields=("authority", "signatory")),
        Section(title=N_("Register of numbers"), fields=("register_desk", "valid_from")),
        KEEPING,
    ),
)

TABLE = TablePlan(
    columns=(
        Column(field="heading", width=44, title=N_("Letterhead")),
        Column(field="symbol", width=12),
        Column(field="authority", width=16),
        Column(field="valid_from", width=12),
        Column(field="ref", width=18),
    ),
)
