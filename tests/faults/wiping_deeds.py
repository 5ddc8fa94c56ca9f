"""A desk carries out a wipe order, as it should and without noting that it has begun."""

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from embassy_desk.application.backups import Why
from embassy_desk.application.office import answer, perform
from embassy_desk.application.profile import open_profile
from embassy_desk.application.records import enter_record
from embassy_desk.application.wiping import obey
from embassy_desk.headquarters.hub import Hub
from embassy_desk.headquarters.keys import OFFLINE, read_signing_key
from embassy_desk.settings import wiping
from embassy_desk.settings.wiping import ORDER_FILE
from embassy_desk.store.outgoing import present_node
from embassy_desk.sync.orders import WipeOrder
from faults.deeds import BESIDE, OLD, PROFILE, Deed, Say
from makers.hubs import HubClock, make_hub
from makers.lines import let_in

NAME, CONTROL = "obey a wipe order", "obey a wipe order, not noted"
SECRET, ORDER = "headquarters.secret", "order.json"
UNSENT_WORDS = "Never sent"


def _obey(folder: Path, say: Say) -> None:
    profile = open_profile(folder / PROFILE, OLD, HubClock())
    say(1)
    obey(profile, (folder / BESIDE / ORDER).read_text("utf-8"))


def _obey_unnoted(folder: Path, say: Say) -> None:
    """Destroy without a note that it was begun."""
    wiping.WIPING_FILE = ORDER_FILE  # what is noted goes with the rest
    _obey(folder, say)


def _with_order(folder: Path) -> None:
    """Enrol the desk, let it write what it never sends, and order it to be wiped."""
    (folder / BESIDE).mkdir()
    with TemporaryDirectory() as place, closing(make_hub(Path(place) / "hq")) as hub:
        with closing(open_profile(folder / PROFILE, OLD, HubClock())) as profile:
            let_in(profile.store, hub)
            perform(profile.store, enter_record, "contact", {"family_name": UNSENT_WORDS})
            profile.back_up_beside(Why.DAILY, profile.store.clock())
            node = answer(profile.store, lambda work: present_node(work.raw).node_id)
        (folder / BESIDE / SECRET).write_text(hub.keys.recipient.secret)
        (folder / BESIDE / ORDER).write_text(signed_order(hub, node).model_dump_json())


def signed_order(hub: Hub, node: str) -> WipeOrder:
    """Return an order of headquarters for a device."""
    key = read_signing_key(hub.home / OFFLINE / "order.key")
    order = WipeOrder(hub_id=hub.hub_id, node=node, issued_ms=hub.now_ms, signature="")
    return order.model_copy(update={"signature": key.sign(order.signed_part).hex()})


DEEDS_OF_WIPING: dict[str, Deed] = {
    NAME: Deed(_obey, _with_order),
    CONTROL: Deed(_obey_unnoted, _with_order),
}
