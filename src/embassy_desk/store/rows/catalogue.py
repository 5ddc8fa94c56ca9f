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
