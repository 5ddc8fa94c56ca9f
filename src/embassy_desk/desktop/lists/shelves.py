"""What the shelves of a list are called."""

from embassy_desk.application.pages import Shelf
from embassy_desk.texts import N_

SHELVES = {
    Shelf.IN_USE: N_("In use"),
    Shelf.ARCHIVED: N_("Archived"),
    Shelf.TRASH: N_("Trash"),
}
"""The shelves in their order; the first is the usual one."""
