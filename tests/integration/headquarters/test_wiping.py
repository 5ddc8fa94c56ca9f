"""S9: a wipe order is obeyed if headquarters signed it for that very desk, and then wholly."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from embassy_desk.application.office import answer, perform
from embassy_desk.application.profile import Profile, create_profile, open_profile
from embassy_desk.application.records import enter_record
from embassy_desk.application.wiping import obey, obey_waiting
from embassy_desk.domain.contact import Contact
from embassy_desk.domain.errors import RefusedError, StoreError
from embassy_desk.headquarters.hub import Hub
from embassy_desk.sealing.derivation import FLOOR
from embassy_desk.sealing.keys import DeviceKey
from embassy_desk.sealing.letters import opened
from embassy_desk.settings.wiping import ORDER_FILE, UNSENT_FILE
from embassy_desk.store.outgoing import present_node
from embassy_desk.sync.orders import WipeOrder
from faults.wiping_deeds import signed_order
from makers.hubs import HubClock, make_hub
from makers.lines import let_in

PASSPHRASE = "six quiet words are more than enough"


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    with closing(make_hub(tmp_path_factory.mktemp("hq") / "hq")) as hub:
        yield hub


@pytest.fixture
def profile(tmp_path: Path, hub: Hub) -> Iterator[Profile]:
    profile = create_profile(
        tmp_path / "desk", PASSPHRASE, HubClock(), mission="TOK", person="An", parameters=FLOOR
    )
    let_in(profile.store, hub)
    perform(profile.store, enter_record, "contact", {"family_name": "Never sent"})
    yield profile
    profile.close()


def order_for(profile: Profile, hub: Hub) -> WipeOrder:
    node = answer(profile.store, lambda work: present_node(work.raw).node_id)
    return signed_order(hub, node)


def names_left(profile: Profile) -> list[str]:
    return sorted(each.name for each in profile.folder.iterdir())


def test_forged_orders_and_those_of_others_destroy_nothing(profile: Profile, hub: Hub) -> None:
    genuine = order_for(profile, hub)
    forged = DeviceKey.made().sign(genuine.signed_part).hex()
    before = names_left(profile)
    for bad in (
        signed_order(hub, "cd" * 16),
        genuine.model_copy(update={"signature": forged}),
        genuine.model_copy(update={"signature": ""}),
        genuine.model_copy(update={"issued_ms": genuine.issued_ms + 1}),
        genuine.model_copy(update={"hub_id": "ab" * 16}),
    ):
        with pytest.raises(RefusedError, match="did not sign"):
            obey(profile, bad.model_dump_json())
    with pytest.raises(RefusedError, match="did not sign"):
        obey(profile, "not an order")
    assert names_left(profile) == before
    with profile.store.reading() as work:
        assert [each.family_name for each in work.all(Contact)] == ["Never sent"]


def test_who_opens_a_desk_that_was_killed_before_it_obeyed_carries_the_order_out(
    profile: Profile, hub: Hub
) -> None:
    order = order_for(profile, hub)
    (profile.folder / ORDER_FILE).write_text(order.model_dump_json())
    profile.close()
    again = open_profile(profile.folder, PASSPHRASE, HubClock())
    with pytest.raises(StoreError, match="Everything on it is destroyed"):
        obey_waiting(again)
    assert names_left(profile) == [UNSENT_FILE]
    assert opened((profile.folder / UNSENT_FILE).read_bytes(), hub.keys.recipient.secret)


def test_a_forged_order_that_waits_is_put_away(
    profile: Profile, caplog: pytest.LogCaptureFixture
) -> None:
    (profile.folder / ORDER_FILE).write_text("{}")
    obey_waiting(profile)
    assert "not genuine" in caplog.text
    assert ORDER_FILE not in names_left(profile)
    with profile.store.reading() as work:
        assert [each.family_name for each in work.all(Contact)] == ["Never sent"]
