"""Pouches: the same words by courier, late, twice, or out of order."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from embassy_desk.domain.errors import DeskError, InvalidError, RefusedError, StoreError
from embassy_desk.headquarters.app import build_app
from embassy_desk.headquarters.database import EVERY_SCOPE
from embassy_desk.headquarters.devices import revoke
from embassy_desk.headquarters.hub import Hub
from embassy_desk.headquarters.parking import unclaimed
from embassy_desk.headquarters.pouching import read_pouch, write_pouch
from embassy_desk.headquarters.tables import HUB_ROW
from embassy_desk.sealing.keys import DeviceKey
from embassy_desk.sealing.pouches import opened_pouch, proved_parts, sealed_pouch
from embassy_desk.sync.compression import compressed, decompressed
from embassy_desk.sync.pouches import PouchManifest, PouchPart, padded_size
from makers.laptops import Laptop, make_laptop

ROW = "0" * 31 + "1"
LIMIT = 10**8


@pytest.fixture
def client(hub: Hub) -> Iterator[TestClient]:
    with TestClient(build_app(hub)) as client:
        yield client


@pytest.fixture
def laptop(client: TestClient, hub: Hub) -> Laptop:
    return make_laptop(client, hub)


def packed_pouch(
    laptop: Laptop, path: Path, *, key: DeviceKey | None = None, hub_id: str = "", at: int = 0
) -> Path:
    part = compressed(json.dumps(laptop.request(at=at)).encode())
    manifest = PouchManifest(
        pouch_id="ab" * 16,
        direction="to_headquarters",
        sender=laptop.keys.node,
        recipient=hub_id or laptop.hub.hub_id,
        mission="TOK",
        serial=1,
        made_ms=1,
        parts=(PouchPart(name="exchange", size=len(part), sha256=sha256(part).hexdigest()),),
    )
    content = sealed_pouch(
        manifest.canonical,
        manifest.signed_part,
        [part],
        key=key or laptop.keys.signing,
        recipient=laptop.hub.keys.recipient.public,
        padded_size=padded_size,
    )
    path.write_bytes(content)
    return path


def take_pouch(laptop: Laptop, path: Path) -> None:
    """Read a pouch as the laptop does."""
    pouch = opened_pouch(path.read_bytes(), laptop.keys.recipient.secret)
    manifest = PouchManifest.read(pouch.manifest)
    assert (manifest.sender, manifest.recipient) == (laptop.hub.hub_id, laptop.keys.node)
    sizes = {each.name: (each.size, each.sha256) for each in manifest.parts}
    public = laptop.hub.keys.service.public
    parts = proved_parts(pouch, manifest.signed_part, sizes, public=public)
    laptop.apply(json.loads(decompressed(parts["exchange"], LIMIT)))


def test_a_mission_without_a_line_works_by_pouch(
    hub: Hub, laptop: Laptop, client: TestClient, tmp_path: Path
) -> None:
    laptop.write(ROW, name="by courier")
    read = read_pouch(hub, packed_pouch(laptop, tmp_path / "there"))
    assert (read.outcome, read.operations, read.last) == ("applied", 1, 1)
    colleague = make_laptop(client, hub)
    colleague.exchange()
    colleague.write(ROW, phone="1")
    colleague.exchange()
    assert write_pouch(hub, laptop.keys.node, tmp_path / "back").rows == 1
    take_pouch(laptop, tmp_path / "back")
    assert laptop.acked == 1
    assert laptop.rows == colleague.rows == {("contact", ROW): {"name": "by courier", "phone": "1"}}
    laptop.exchange()
    assert laptop.rows == colleague.rows


def test_a_pouch_that_comes_twice_or_late_changes_nothing(
    hub: Hub, laptop: Laptop, tmp_path: Path
) -> None:
    laptop.write(ROW, name="a")
    path = packed_pouch(laptop, tmp_path / "pouch")
    laptop.exchange()
    laptop.write(ROW, name="b")
    laptop.exchange()
    assert [read_pouch(hub, path).outcome for _ in range(2)] == ["known", "known"]
    laptop.exchange()
    assert laptop.rows == {("contact", ROW): {"name": "b"}}
    assert laptop.conflicts() == []


def test_a_missing_pouch_is_named_and_nothing_of_the_later_one_is_lost(
    hub: Hub, laptop: Laptop, tmp_path: Path
) -> None:
    laptop.write(ROW, name="a")
    first = packed_pouch(laptop, tmp_path / "first")
    laptop.write(ROW, name="b")
    second = packed_pouch(laptop, tmp_path / "second", at=1)
    read = read_pouch(hub, second)
    assert (read.outcome, read.last) == ("gap", 0)
    assert read_pouch(hub, first).outcome == "applied"
    assert read_pouch(hub, second).outcome == "applied"
    laptop.exchange()
    assert laptop.rows == {("contact", ROW): {"name": "b"}}


def test_a_dry_run_keeps_nothing(hub: Hub, laptop: Laptop, tmp_path: Path) -> None:
    laptop.write(ROW, name="a")
    path = packed_pouch(laptop, tmp_path / "pouch")
    assert read_pouch(hub, path, is_dry_run=True).outcome == "applied"
    assert laptop.exchange()["last"] == 1
    assert read_pouch(hub, path, is_dry_run=True).outcome == "known"


def test_forged_readdressed_and_damaged_pouches_are_refused(
    hub: Hub, laptop: Laptop, tmp_path: Path
) -> None:
    laptop.write(ROW, name="a")
    forged = packed_pouch(laptop, tmp_path / "forged", key=DeviceKey.made())
    with pytest.raises(InvalidError, match="not signed"):
        read_pouch(hub, forged)
    other = packed_pouch(laptop, tmp_path / "other", hub_id="ef" * 16)
    with pytest.raises(RefusedError, match="not for this headquarters"):
        read_pouch(hub, other)
    good = packed_pouch(laptop, tmp_path / "good")
    content = good.read_bytes()
    for cut in (content[:-1], content[:100], b"", content + b"x"):
        good.write_bytes(cut)
        with pytest.raises(DeskError):
            read_pouch(hub, good)
    good.write_bytes(content[:300] + bytes([content[300] ^ 1]) + content[301:])
    with pytest.raises(StoreError):
        read_pouch(hub, good)
    good.write_bytes(content)
    assert read_pouch(hub, good).outcome == "applied"


def test_what_a_revoked_device_had_not_sent_is_set_aside_and_it_receives_no_pouch(
    hub: Hub, laptop: Laptop, tmp_path: Path
) -> None:
    laptop.write(ROW, name="a")
    path = packed_pouch(laptop, tmp_path / "pouch")
    with hub.database.writing([EVERY_SCOPE]) as connection:
        revoke(hub, connection, laptop.keys.node)
    for _ in range(2):
        assert read_pouch(hub, path).outcome == "revoked"
    with hub.database.reading([EVERY_SCOPE]) as connection:
        ((origin, parked),) = unclaimed(connection, [laptop.keys.node])
        assert connection.execute(select(HUB_ROW)).all() == []
    assert (origin, parked.f) == (laptop.keys.node, {"name": "a"})
    with pytest.raises(RefusedError, match="not active"):
        write_pouch(hub, laptop.keys.node, tmp_path / "back")
