"""What headquarters offers of words that nobody claimed is nobody's."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from embassy_desk.headquarters.app import build_app
from embassy_desk.headquarters.hub import Hub
from embassy_desk.headquarters.surfacing import surface_old
from makers.hubs import HubClock
from makers.laptops import Laptop, make_laptop

ROW, OTHER = "0" * 31 + "1", "0" * 31 + "2"


@pytest.fixture
def laptop(hub: Hub) -> Iterator[Laptop]:
    with TestClient(build_app(hub)) as client:
        yield make_laptop(client, hub)


def test_what_is_offered_is_told_to_a_device_that_bears_the_same_name(
    laptop: Laptop, hub: Hub, clock: HubClock
) -> None:
    """The device goes on under the identity of its clone: what is offered is no echo to it."""
    laptop.write(ROW, name="a")
    laptop.exchange()
    clone = Laptop(laptop.client, hub, laptop.clock, keys=laptop.keys)
    clone.write(ROW, name="a clone's")
    clone.write(OTHER, name="only on the clone")
    assert clone.post(clone.request(at=0)).status_code == 409
    clock.move(days=14, seconds=1)
    assert surface_old(hub) == 2
    laptop.exchange()
    assert laptop.rows["contact", OTHER] == {"name": "only on the clone"}
