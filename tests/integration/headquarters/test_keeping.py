"""Headquarters is backed up, proved, restored on either engine, and fed again by its laptops."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, text, update

from embassy_desk.domain.errors import InvalidError, RefusedError, StoreError
from embassy_desk.domain.rights import Grant
from embassy_desk.headquarters.app import build_app
from embassy_desk.headquarters.backups import back_up_hub, read_backup
from embassy_desk.headquarters.database import EVERY_SCOPE
from embassy_desk.headquarters.hub import Hub, open_hub
from embassy_desk.headquarters.keys import OFFLINE, read_signing_key
from embassy_desk.headquarters.publishing import (
    publish_policy,
    publish_rows,
    sign_grant,
    sign_policy,
)
from embassy_desk.headquarters.restoring import replay_journal, restore_hub
from embassy_desk.headquarters.tables import HUB_OPERATION, HUB_ROW, SCOPED_TABLES
from embassy_desk.headquarters.verifying import verify_hub
from embassy_desk.sealing.keys import DeviceKey, is_signed
from embassy_desk.sync.orders import SignedGrant
from makers.clusters import Cluster
from makers.laptops import Laptop, make_laptop

ROW = "0" * 31 + "1"
OTHER = "0" * 31 + "2"


@pytest.fixture
def client(hub: Hub) -> Iterator[TestClient]:
    with TestClient(build_app(hub)) as client:
        yield client


@pytest.fixture
def laptop(client: TestClient, hub: Hub) -> Laptop:
    laptop = make_laptop(client, hub)
    laptop.write(ROW, name="Lê Thu Hà")
    laptop.exchange()
    return laptop


def problems(hub: Hub) -> list[str]:
    with hub.database.reading([EVERY_SCOPE]) as connection:
        return [str(each) for each in verify_hub(hub, connection).problems]


def recovery_key(hub: Hub) -> str:
    return (hub.home / OFFLINE / "recovery.key").read_text(encoding="utf-8")


def restored(hub: Hub, backup: Path, home: Path, database: str = "") -> Hub:
    restore_hub(backup, home, recovery_key(hub), hub.clock, {}, database=database)
    return open_hub(home, hub.clock, {})


def test_a_whole_headquarters_has_no_problems(hub: Hub, laptop: Laptop) -> None:
    assert laptop.acked == 1
    assert problems(hub) == []


@pytest.mark.parametrize("what", ["operation", "row", "link"])
def test_what_was_changed_behind_its_back_is_found(hub: Hub, laptop: Laptop, what: str) -> None:
    changes = {
        "operation": update(HUB_OPERATION).values(operation='{"changed":1}'),
        "row": update(HUB_ROW).values(fields='{"name":"changed"}'),
        "link": update(HUB_OPERATION).values(chain=bytes(16)),
    }
    with hub.database.writing([EVERY_SCOPE]) as connection:
        connection.execute(changes[what])
    assert laptop.acked == 1
    assert problems(hub)


def test_a_backup_tells_laptops_what_is_durable(hub: Hub, laptop: Laptop, tmp_path: Path) -> None:
    assert "durable" not in laptop.exchange()
    report = back_up_hub(hub, tmp_path / "backup")
    assert report.found.operations == 1
    assert laptop.exchange()["durable"] == 1


def test_a_backup_is_sealed_and_refused_when_it_was_changed(
    hub: Hub, laptop: Laptop, tmp_path: Path
) -> None:
    path = tmp_path / "backup"
    back_up_hub(hub, path)
    content = path.read_bytes()
    assert laptop.acked == 1
    assert "Thu Hà".encode() not in content
    path.write_bytes(content[:-100] + bytes([content[-100] ^ 1]) + content[-99:])
    lines: list[object] = []
    with pytest.raises(StoreError, match="damaged"):
        read_backup(path, recovery_key(hub), lines.append)
    assert lines == []


def test_a_damaged_headquarters_does_not_replace_its_last_good_backup(
    hub: Hub, laptop: Laptop, tmp_path: Path
) -> None:
    back_up_hub(hub, tmp_path / "backup")
    good = (tmp_path / "backup").read_bytes()
    with hub.database.writing([EVERY_SCOPE]) as connection:
        connection.execute(update(HUB_ROW).values(fields="{}"))
    with pytest.raises(RefusedError, match="not whole"):
        back_up_hub(hub, tmp_path / "backup")
    assert laptop.acked == 1
    assert (tmp_path / "backup").read_bytes() == good


def test_a_restored_headquarters_gets_back_what_it_lost(
    hub: Hub, laptop: Laptop, tmp_path: Path
) -> None:
    back_up_hub(hub, tmp_path / "backup")
    laptop.write(OTHER, name="after the backup")
    laptop.exchange()
    later = restored(hub, tmp_path / "backup", tmp_path / "later")
    with TestClient(build_app(later)) as client:
        laptop.client, laptop.hub = client, later
        refused = laptop.post(laptop.request()).json()
        assert (refused["type"], refused["epoch"], refused["last"]) == (
            "urn:embassy-desk:problem:epoch",
            2,
            1,
        )
        laptop.epoch, laptop.acked, laptop.cursors = 2, 1, {}
        laptop.rows.clear()
        laptop.exchange()
        assert laptop.rows["contact", OTHER] == {"name": "after the backup"}
        assert laptop.rows["contact", ROW] == {"name": "Lê Thu Hà"}
        newcomer = make_laptop(client, later)
        newcomer.epoch = 2
        newcomer.exchange()
        assert newcomer.rows == laptop.rows
    assert problems(later) == []
    later.close()


def test_the_journal_gives_back_what_no_laptop_has_any_more(
    hub: Hub, laptop: Laptop, tmp_path: Path
) -> None:
    back_up_hub(hub, tmp_path / "backup")
    laptop.write(OTHER, name="after the backup")
    laptop.exchange()
    later = restored(hub, tmp_path / "backup", tmp_path / "later")
    assert replay_journal(later, hub.journal, recovery_key(hub)) == 1
    assert replay_journal(later, hub.journal, recovery_key(hub)) == 0
    with TestClient(build_app(later)) as client:
        # The laptop was lost as well; its successor continues what headquarters knows of it.
        new = Laptop(client, later, laptop.clock, epoch=2)
        laptop.client, laptop.hub = client, later
        asked = {
            "node": new.keys.node,
            "public_key": new.keys.signing.public.hex(),
            "pred": (laptop.keys.node, 1),
            "hash": laptop.links[1].hex(),
        }
        assert laptop.post(asked, "/sync/v1/reidentify").json() == json.loads(json.dumps(asked))
        new.pred = (laptop.keys.node, 1)
        new.exchange()
        assert new.rows["contact", OTHER] == {"name": "after the backup"}
    later.close()


def test_a_backup_of_one_engine_restores_to_the_other(
    hub: Hub, laptop: Laptop, tmp_path: Path, cluster: Cluster
) -> None:
    back_up_hub(hub, tmp_path / "backup")
    database = "" if hub.database.is_postgresql else cluster.new_database()
    later = restored(hub, tmp_path / "backup", tmp_path / "later", database)
    assert later.database.is_postgresql != hub.database.is_postgresql
    assert problems(later) == []
    with TestClient(build_app(later)) as client:
        newcomer = make_laptop(client, later)
        newcomer.epoch = 2
        newcomer.exchange()
        assert newcomer.rows == laptop.rows
    later.close()


def test_a_laptop_that_read_further_than_there_is_gets_nothing(
    hub: Hub, laptop: Laptop, caplog: pytest.LogCaptureFixture
) -> None:
    laptop.cursors["m:TOK"] = 99
    response = laptop.post(laptop.request())
    assert response.status_code == 503
    assert "embassy-desk-hq epoch" in caplog.text
    assert problems(hub) == []


def test_reference_data_reaches_every_laptop(hub: Hub, laptop: Laptop) -> None:
    told = {"country": [{"id": ROW, "name": "Nhật Bản", "code": "JP"}]}
    assert publish_rows(hub, told) == 1
    assert publish_rows(hub, told) == 0
    laptop.exchange()
    assert laptop.rows["country", ROW] == {"name": "Nhật Bản", "code": "JP"}
    told["country"][0]["name"] = "Nhật"
    assert publish_rows(hub, told) == 1
    laptop.exchange()
    assert laptop.rows["country", ROW]["name"] == "Nhật"
    assert laptop.conflicts() == []


def test_rights_are_signed_away_from_the_server(hub: Hub) -> None:
    grant = Grant.read(
        {
            "staff_id": ROW,
            "mission": "TOK",
            "role": "local_staff",
            "withheld": ["export", "create", "edit"],
            "valid_from": "2026-01-01",
            "valid_to": "2026-12-31",
            "serial": 1,
        }
    )
    key = read_signing_key(hub.home / OFFLINE / "order.key")
    told = SignedGrant.model_validate_json(sign_grant(hub, grant, key).model_dump_json())
    assert told.grant == grant
    assert is_signed(hub.keys.order, told.signed_part, bytes.fromhex(told.signature))
    with pytest.raises(RefusedError, match="not the order key"):
        sign_grant(hub, grant, DeviceKey.made())


def test_policy_is_signed_away_from_the_server_and_reaches_every_laptop(
    hub: Hub, laptop: Laptop
) -> None:
    key = read_signing_key(hub.home / OFFLINE / "order.key")
    policy = sign_policy(hub, {"lock_minutes": 10, "default.theme": "dark"}, key)
    with pytest.raises(InvalidError, match="no setting"):
        sign_policy(hub, {"lock_minute": 10}, key)
    publish_policy(hub, policy)
    laptop.exchange()
    (told,) = [fields for (entity, _), fields in laptop.rows.items() if entity == "policy"]
    assert json.loads(told["signed"]) == policy.model_dump()
    with pytest.raises(RefusedError, match="in force already"):
        publish_policy(hub, policy)
    forged = policy.model_copy(update={"serial": 9})
    with pytest.raises(RefusedError, match="not signed"):
        publish_policy(hub, forged)


def test_postgresql_itself_holds_every_transaction_to_its_scopes(hub: Hub, laptop: Laptop) -> None:
    if not hub.database.is_postgresql:
        with hub.database.reading([EVERY_SCOPE]) as connection:
            assert connection.execute(select(HUB_ROW)).first() is not None
        return
    assert laptop.acked == 1
    with hub.database.reading([EVERY_SCOPE]) as connection:
        forced = connection.execute(
            text("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        )
        assert {name for (name,) in forced} == {table.name for table in SCOPED_TABLES}
    for scopes, expected in (([], 0), (["m:PAR"], 0), (["m:TOK"], 1), ([EVERY_SCOPE], 1)):
        with hub.database.reading(scopes) as connection:
            assert len(connection.execute(select(HUB_ROW)).all()) == expected
    with hub.database.writing(["m:PAR"]) as connection:
        assert connection.execute(update(HUB_ROW).values(fields="{}")).rowcount == 0
