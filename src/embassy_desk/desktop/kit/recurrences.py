"""The everyday rules by which something comes again, in words."""

from embassy_desk.texts import N_, Text

RECURRENCES: dict[str, Text] = {
    "FREQ=DAILY": N_("Every day"),
    "FREQ=WEEKLY": N_("Every week"),
    "FREQ=MONTHLY": N_("Every month"),
    "FREQ=MONTHLY;INTERVAL=3": N_("Every three months"),
    "FREQ=MONTHLY;INTERVAL=6": N_("Every six months"),
    "FREQ=YEARLY": N_("Every year"),
}
"""By their RFC 5545 form; other rules are shown as they are written."""


def recurrence_text(rule: str) -> Text | str:
    """Return an everyday rule in words, any other as it is written."""
    return RECURRENCES.get(rule, rule)
