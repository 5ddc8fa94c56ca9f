"""Which acts of the desk need which right; what the rights do not allow is greyed, with why.

This is for the eye and the ear: the store refuses by itself, whatever is offered here.
"""

from collections.abc import Iterable, Mapping

from embassy_desk.desktop.kit.acts import Act
from embassy_desk.domain.rights import Right, Rights

RIGHTS_OF_ACTS: Mapping[str, Right] = {
    "new": Right.CREATE,
    "choose_new": Right.CREATE,
    "undo": Right.EDIT,
    "redo": Right.EDIT,
    "bulk_set": Right.EDIT,
    "bulk_tag": Right.EDIT,
    "bulk_untag": Right.EDIT,
    "bulk_list": Right.EDIT,
    "bulk_archive": Right.ARCHIVE,
    "bulk_trash": Right.ARCHIVE,
    "bulk_back": Right.ARCHIVE,
    "print_list": Right.EXPORT,
    "print_record": Right.EXPORT,
    "export_record": Right.EXPORT,
    "take_mail": Right.CREATE,
    "export_list": Right.EXPORT,
}
"""Acts of the menus that need a right, whatever they are about."""


def forbid_acts(rights: Rights, acts: Mapping[str, Act]) -> None:
    """Grey the acts that the rights do not allow, each with the reason, and free the others."""
    for name, right in RIGHTS_OF_ACTS.items():
        if name in acts:
            acts[name].forbid(rights.decide(right).reason)


def forbid_all(rights: Rights, right: Right, acts: Iterable[Act]) -> None:
    """Grey some acts that all need one right, or free them."""
    reason = rights.decide(right).reason
    for each in acts:
        each.forbid(reason)
