"""Every row class: importing this module registers all of them."""

from embassy_desk.store.rows import accreditation
from embassy_desk.store.rows import agreement
from embassy_desk.store.rows import attachment
from embassy_desk.store.rows import campaign
from embassy_desk.store.rows import contact
from embassy_desk.store.rows import contact_list
from embassy_desk.store.rows import country
from embassy_desk.store.rows import elevation
from embassy_desk.store.rows import engagement
from embassy_desk.store.rows import list_entry
from embassy_desk.store.rows import mission
from embassy_desk.store.rows import obligation
from embassy_desk.store.rows import organisation
from embassy_desk.store.rows import parts
from embassy_desk.store.rows import policy_goal
from embassy_desk.store.rows import staff
from embassy_desk.store.rows import task
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
    list_entry,
    mission,
    obligation,
    organisation,
    parts,
    policy_goal,
    staff,
    task,
)
"""One module per kind, and one for the parts that any record may have."""


def registered_rows() -> int:
    """Return how many row classes there are; calling it proves that all modules were imported."""
    return len(ROWS)
