"""Every row class: importing this module registers all of them."""

from embassy_desk.store.rows import (
    accreditation,
    agreement,
    attachment,
    campaign,
    contact,
    contact_list,
    country,
    elevation,
    engagement,
    export,
    letterhead,
    list_entry,
    mission,
    obligation,
    organisation,
    parts,
    policy_goal,
    report_duty,
    signed_report,
    staff,
    task,
)
from embassy_desk.store.rows.base import ROWS

ROW_MODULES = (
    accreditation,
    agreement,
    attachment,
    campaign,
    contact,
    contact_list,
    country,
    elevation,
    engagement,
    export,
    letterhead,
    list_entry,
    mission,
    obligation,
    organisation,
    parts,
    policy_goal,
    report_duty,
    signed_report,
    staff,
    task,
)
"""One module per kind, and one for the parts that any record may have."""


def registered_rows() -> int:
    """Return how many row classes there are; calling it proves that all modules were imported."""
    return len(ROWS)
