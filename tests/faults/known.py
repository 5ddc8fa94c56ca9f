"""Every deed by its name, those that must go well and those that must fail."""

from faults.controls import CONTROLS
from faults.deeds import DEEDS_ON_STORES
from faults.exchange_deeds import DEEDS_BETWEEN
from faults.upgrade_deeds import DEEDS_OF_UPGRADES
from faults.wiping_deeds import DEEDS_OF_WIPING

DEEDS = DEEDS_ON_STORES | DEEDS_BETWEEN | DEEDS_OF_UPGRADES
KNOWN = DEEDS | CONTROLS | DEEDS_OF_WIPING
