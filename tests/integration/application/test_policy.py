"""The policy of headquarters at a desk: proved, kept, never older than it was."""

from typing import Any

import pytest

from embassy_desk.application.enrolling import TOPIC
from embassy_desk.application.office import answer, perform
from embassy_desk.application.policy import Heard, keep_policy, policy_in_force
from embassy_desk.domain.errors import StoreError
from embassy_desk.sealing.keys import DeviceKey
from embassy_desk.settings.person import SetBy
from embassy_desk.store.confirmed import defer
from embassy_desk.store.headquarters_link import HeadquartersLink, link_headquarters
from embassy_desk.store.local_values import keep_local
from embassy_desk.store.opening import Store
from embassy_desk.store.work import UnitOfWork
from embassy_desk.sync.orders import SignedPolicy

HUB, ROW = "ab" * 16, ("policy", "cd" * 16)
KEY = DeviceKey.made()


def signed(serial: int, key: DeviceKey = KEY, hub: str = HUB, **values: Any) -> SignedPolicy:
    unsigned = SignedPolicy(hub_id=hub, serial=serial, values=values, signature="")
    signature = key.sign(unsigned.signed_part).hex()
    return SignedPolicy.model_validate({**unsigned.model_dump(), "signature": signature})


@pytest.fixture
def enrolled(store: Store) -> Store:
    """A desk that knows the order key of its headquarters."""

    def know(work: UnitOfWork) -> None:
        link_headquarters(work.raw, HeadquartersLink(HUB, "", "", "", b""))
        keep_local(work, TOPIC, "order_key", KEY.public.hex())

    perform(store, know)
    return store


def tell(store: Store, text: str, serial: int = 1) -> None:
    """Let an exchange have brought a policy, as rows come that no table has a place for."""

    def come(work: UnitOfWork) -> None:
        defer(work.raw, ROW, {"serial": serial, "signed": text}, were_some=True)

    perform(store, come)


def heard(store: Store) -> Heard:
    found = answer(store, policy_in_force)
    if found.newer is not None:
        perform(store, keep_policy, found.newer)
    return found


def test_without_headquarters_nothing_is_decided(store: Store) -> None:
    assert heard(store) == Heard(policy=heard(store).policy)
    assert heard(store).policy.rulings == ()
    assert heard(store).policy.problems == ()


def test_what_headquarters_signed_holds_and_is_kept(enrolled: Store) -> None:
    tell(enrolled, signed(1, lock_minutes=5).model_dump_json())
    first = heard(enrolled)
    assert first.newer is not None
    (ruling,) = first.policy.rulings
    assert (ruling.name, ruling.value, ruling.set_by) == ("lock_minutes", 5, SetBy.POLICY)
    again = heard(enrolled)
    assert again.newer is None
    assert again.policy == first.policy


def test_an_older_policy_does_not_come_back(enrolled: Store) -> None:
    tell(enrolled, signed(2, lock_minutes=5).model_dump_json())
    heard(enrolled)
    tell(enrolled, signed(1, lock_minutes=50).model_dump_json())
    assert [each.value for each in heard(enrolled).policy.rulings] == [5]


@pytest.mark.parametrize(
    "text",
    [
        signed(3, DeviceKey.made(), lock_minutes=50).model_dump_json(),
        signed(3, hub="ef" * 16, lock_minutes=50).model_dump_json(),
        signed(3, lock_minutes=50).model_dump_json().replace("50}", "49}"),
        "{}",
        "no policy",
    ],
    ids=["another key", "another headquarters", "changed", "empty", "nonsense"],
)
def test_what_does_not_prove_genuine_is_told_and_changes_nothing(
    enrolled: Store, text: str
) -> None:
    tell(enrolled, signed(2, lock_minutes=5).model_dump_json())
    heard(enrolled)
    tell(enrolled, text)
    found = heard(enrolled)
    assert [each.value for each in found.policy.rulings] == [5]
    assert ["genuine" in str(each) for each in found.policy.problems] == [True]


def test_a_kept_policy_that_was_altered_is_refused(enrolled: Store) -> None:
    tell(enrolled, signed(2, lock_minutes=5).model_dump_json())
    heard(enrolled)
    altered = signed(2, lock_minutes=5).model_dump_json().replace(":5}", ":9}")
    perform(enrolled, lambda work: keep_local(work, "policy", "in_force", altered))
    with pytest.raises(StoreError):
        answer(enrolled, policy_in_force)
