"""How the form and the list of attachments are arranged."""

from embassy_desk.desktop.kit.plans import KEEPING, TAGS, Column, FormPlan, Section, TablePlan
from embassy_desk.texts import N_

FORM = FormPlan(
    blocks=(
        Section(
            title=N_("The file"),
            fields=(
                "name",
                "record_id",
                "language",
                "version",
                "media_type",
                "size_bytes",
                "digest",
                "note",
            ),
        ),
        TAGS,
        KEEPING,
    ),
    fixed=frozenset({"record_id", "version", "media_type", "size_bytes", "digest"}),
)

TABLE = TablePlan(
    columns=(
        Column(field="heading", width=36, title=N_("File name")),
        Column(field="version", width=10),
        Column(field="size_bytes", width=14),
        Column(field="ref", width=18),
    ),
)
