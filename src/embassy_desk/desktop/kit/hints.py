"""What an empty field suggests, where its word does not say how to fill it."""

from embassy_desk.texts import N_, Text

HINTS: dict[str, Text] = {
    "zone": N_("Such as Asia/Tokyo"),
    "form_of_address": N_("Such as Your Excellency"),
    "cadence_days": N_("Empty: no rule"),
    "national_day": N_("Such as 09-02"),
    "website": N_("Such as www.example.org"),
    "contact_phone.typed": N_("As it is written, such as +84 24 3825 1234"),
}
"""By name of the field; where one entity needs another, by its table, a dot and the field."""


def hint_for(entity: str, field: str) -> Text | None:
    """Return what an empty field suggests, or nothing."""
    return HINTS.get(f"{entity}.{field}") or HINTS.get(field)
