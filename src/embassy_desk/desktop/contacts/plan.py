"""How the form and the list of contacts are arranged."""

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
            fields=(
                "family_name",
                "middle_name",
                "given_name",
                "honorific",
                "written_name",
                "display_order",
            ),
        ),
        RowsPlan(
            part="position",
            title=N_("Positions"),
            columns=("title_vi", "organisation_name", "from_on", "to_on"),
            fields=(
                "organisation_id",
                "organisation_name",
                "title_vi",
                "title_en",
                "title_original",
                "unit",
                "rank",
                "from_on",
                "to_on",
                "confirmed_on",
                "source",
                "is_primary",
            ),
        ),
        RowsPlan(
            part="contact_phone",
            title=N_("Telephone numbers"),
            columns=("typed", "kind", "is_primary"),
            fields=("typed", "kind", "label", "is_primary"),
        ),
        RowsPlan(
            part="contact_email",
            title=N_("E-mail addresses"),
            columns=("address", "kind", "validity", "is_primary"),
            fields=("address", "kind", "label", "validity", "checked_on", "is_primary"),
        ),
        RowsPlan(
            part="contact_address",
            title=N_("Postal addresses"),
            columns=("street", "city", "country_name", "kind"),
            fields=(
                "street",
                "extended",
                "po_box",
                "city",
                "region",
                "postal_code",
                "country_name",
                "kind",
                "label",
                "is_primary",
            ),
        ),
        Section(
            title=N_("Getting in touch"),
            fields=(
                "form_of_address",
                "preferred_language",
                "preferred_channel",
                "cadence_days",
                "do_not_contact",
            ),
        ),
        Section(
            title=N_("About the person"),
            fields=(
                "nationality",
                "rank",
                "precedence",
                "languages",
                "original_name",
                "romanised_name",
                "alias",
                "notes",
            ),
        ),
        TAGS,
        RowsPlan(
            part="consent",
            title=N_("Consents"),
            columns=("purpose", "given_on", "expires_on", "withdrawn_on"),
            fields=(
                "purpose",
                "given_on",
                "basis",
                "means",
                "evidence",
                "expires_on",
                "withdrawn_on",
            ),
        ),
        RowsPlan(
            part="card_property",
            title=N_("Kept from the address book"),
            columns=("name", "value"),
            fields=("name", "parameters", "value"),
        ),
        KEEPING,
    ),
)

TABLE = TablePlan(
    columns=(
        Column(field="heading", width=24),
        Column(field="subtitle", width=30, title=N_("Position")),
        Column(field="nationality", width=14),
        Column(field="changed_at", width=15),
        Column(field="ref", width=18),
    ),
    by_family=True,
)
