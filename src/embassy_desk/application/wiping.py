"""A wipe order of headquarters: proved, what is unsent sealed to headquarters, the rest destroyed.

The keys go first: without them nothing that the disk may still hold can be read. What was unsent
stays as a pouch that headquarters alone opens, for whoever finds the computer to hand in.
"""

import logging
from pathlib import Path

from pydantic import ValidationError

from embassy_desk.application.enrolling import order_key
from embassy_desk.application.exchange import linked
from embassy_desk.application.pouches import write_pouch
from embassy_desk.application.profile import Profile
from embassy_desk.domain.errors import RefusedError, StoreError
from embassy_desk.sealing.keys import is_signed
from embassy_desk.settings.files import write_whole
from embassy_desk.settings.wiping import ORDER_FILE, UNSENT_FILE, destroy
from embassy_desk.store.opening import Store
from embassy_desk.store.outgoing import count_pending, own_identities
from embassy_desk.store.work import UnitOfWork
from embassy_desk.sync.orders import WipeOrder
from embassy_desk.texts import N_, Text

_LOG = logging.getLogger(__name__)


def proved_order(work: UnitOfWork, text: str) -> WipeOrder:
    """Return a wipe order that the order key signed for this very device.

    Raises:
        RefusedError: It is none, is for another device, or somebody else wrote it.
    """
    key = order_key(work)
    link = linked(work, may_be_revoked=True)
    try:
        order = WipeOrder.model_validate_json(text)
    except ValidationError as error:
        raise _not_genuine() from error
    is_ours = order.hub_id == link.hub_id and order.node in own_identities(work.raw)
    if not (is_ours and key is not None and order.signature):
        raise _not_genuine()
    if not is_signed(key, order.signed_part, bytes.fromhex(order.signature)):
        raise _not_genuine()
    return order


def _not_genuine() -> RefusedError:
    return RefusedError(
        N_("An order to wipe this desk came that headquarters did not sign; it is not obeyed.")
    )


def obey(profile: Profile, order: str) -> Text:
    """Prove a wipe order and carry it out; return what to tell the person.

    Raises:
        RefusedError: The order is not genuine; nothing was destroyed.
        StoreError: The disk refuses.
    """
    return wipe(profile, quarantine(profile.store, profile.folder, order))


def quarantine(store: Store, folder: Path, order: str) -> int:
    """Prove a wipe order, seal for headquarters what it does not have, and return how much.

    Raises:
        RefusedError: The order is not genuine; then nothing may be destroyed.
        StoreError: The disk refuses; then nothing may be destroyed either.
    """
    with store.reading() as work:
        proved_order(work, order)
        waiting, _ = count_pending(work.raw)
    write_whole(folder / ORDER_FILE, order.encode())  # whoever kills the program gains nothing
    if waiting:
        write_pouch(store, folder / UNSENT_FILE)
    return waiting


def wipe(profile: Profile, unsent: int) -> Text:
    """Close the store and destroy the profile, keys first; return what to tell the person.

    Args:
        profile: The open profile.
        unsent: How many changes `quarantine` has sealed.

    Raises:
        StoreError: Something cannot be removed; the keys are gone by then.
    """
    profile.close()
    destroy(profile.folder)
    if not unsent:
        return N_("Headquarters ordered this desk to be wiped. Everything on it is destroyed.")
    return N_(
        "Headquarters ordered this desk to be wiped. Everything on it is destroyed, except changes"
        " that it had not sent: {count}. They lie sealed to headquarters in {file}.",
        count=unsent,
        file=str(profile.folder / UNSENT_FILE),
    )


def obey_waiting(profile: Profile) -> None:
    """Carry out an order that was proved before the program was killed; one that is forged goes.

    Raises:
        StoreError: The desk was wiped, or the disk refuses.
    """
    waiting = profile.folder / ORDER_FILE
    if not waiting.exists():
        return
    try:
        text = obey(profile, waiting.read_text("utf-8", errors="replace"))
    except RefusedError as error:
        _LOG.warning("%s is not genuine: %s", ORDER_FILE, error.code)
        waiting.unlink()
        return
    except BaseException:
        profile.close()
        raise
    raise StoreError(text)
