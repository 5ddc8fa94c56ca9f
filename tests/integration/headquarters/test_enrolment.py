"""Devices are let in by a code that serves once, and shut out at once."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from embassy_desk.domain.errors import InvalidError, MissingError, RefusedError
from embassy_desk.headquarters.app import build_app
from embassy_desk.headquarters.database import EVERY_SCOPE
from embassy_desk.headquarters.devices import approve, devices, revoke
from embassy_desk.headquarters.enrolling import NewCode, new_code
from embassy_desk.headquarters.hub import Hub, init_hub
from embassy_desk.headquarters.keys import OFFLINE, read_signing_key
from embassy_desk.headquarters.missions import add_mission, add_officer
from embassy_desk.headquarters.settings import Deployment
from embassy_desk.sealing.certificates import fingerprint, is_endorsed
from embassy_desk.sealing.keys import DeviceKey, is_signed
from embassy_desk.sync.enrolment import EnrolmentAnswer, EnrolmentCode
from embassy_desk.sync.orders import WipeOrder
from makers.hubs import HubClock, Keys, make_code
from makers.races import winners_of_race

RACES = 10


@pytest.fixture
def client(hub: Hub) -> Iterator[TestClient]:
    with TestClient(build_app(hub)) as client:
        yield client


def enrolled(client: TestClient, keys: Keys, secret: str) -> EnrolmentAnswer:
    response = client.post("/enrol", content=keys.request(secret).model_dump_json())
    assert response.status_code == 200, response.text
    return EnrolmentAnswer.model_validate_json(response.content)


def test_a_code_lets_a_device_in_as_pending(hub: Hub, client: TestClient) -> None:
    told = enrolled(client, Keys(), make_code(hub))
    assert (told.status, told.mission, told.scopes) == ("pending", "TOK", [])


def test_the_answer_can_be_trusted_from_the_code_alone(hub: Hub, client: TestClient) -> None:
    with hub.database.writing([EVERY_SCOPE]) as connection:
        code = new_code(hub, connection, NewCode("TOK"))
    told = enrolled(client, Keys(), code.secret)
    assert EnrolmentCode.parsed(code.text) == code
    assert told.address == code.address == "localhost:8443"
    assert fingerprint(told.root.encode()) == code.root
    assert is_endorsed(told.root.encode(), told.endorsed_part, bytes.fromhex(told.endorsement))
    service_key = bytes.fromhex(told.service_key)
    assert is_signed(service_key, told.signed_part, bytes.fromhex(told.signature))


def test_asking_twice_gives_the_same_device(hub: Hub, client: TestClient) -> None:
    keys, secret = Keys(), make_code(hub)
    first, second = enrolled(client, keys, secret), enrolled(client, keys, secret)
    assert first == second
    with hub.database.reading([EVERY_SCOPE]) as connection:
        assert len(devices(hub, connection)) == 1


def test_a_code_serves_one_device(hub: Hub, client: TestClient) -> None:
    secret = make_code(hub)
    enrolled(client, Keys(), secret)
    response = client.post("/enrol", content=Keys().request(secret).model_dump_json())
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


def test_of_two_devices_with_one_code_at_the_same_moment_one_gets_in(hub: Hub) -> None:
    assert [winners_of_race(hub) for _ in range(RACES)] == [1] * RACES
    with hub.database.reading([EVERY_SCOPE]) as connection:
        assert len(devices(hub, connection)) == RACES


def test_a_code_runs_out_after_three_days(hub: Hub, client: TestClient, clock: HubClock) -> None:
    secret = make_code(hub)
    clock.move(hours=72, seconds=1)
    response = client.post("/enrol", content=Keys().request(secret).model_dump_json())
    assert response.status_code == 404


def test_guessing_is_stopped_after_ten_failures(hub: Hub, client: TestClient) -> None:
    secret = make_code(hub)
    wrong = "0" * len(secret)
    answers = [
        client.post("/enrol", content=Keys().request(wrong).model_dump_json()).status_code
        for _ in range(11)
    ]
    assert answers == [404] * 10 + [429]
    refused = client.post("/enrol", content=Keys().request(secret).model_dump_json())
    assert int(refused.headers["retry-after"]) > 0


def test_a_request_signed_by_another_key_is_refused(hub: Hub, client: TestClient) -> None:
    request = Keys().request(make_code(hub))
    forged = request.model_copy(update={"signing_key": DeviceKey.made().public.hex()})
    assert client.post("/enrol", content=forged.model_dump_json()).status_code == 400


def test_unknown_fields_are_refused_in_requests(hub: Hub, client: TestClient) -> None:
    values = json.loads(Keys().request(make_code(hub)).model_dump_json()) | {"mission": "PAR"}
    response = client.post("/enrol", content=json.dumps(values))
    assert response.status_code == 400
    assert response.json()["detail"] == "mission"


def test_a_compressed_request_for_enrolment_is_refused(client: TestClient) -> None:
    response = client.post("/enrol", content=b"x", headers={"content-encoding": "zstd"})
    assert response.status_code == 415


def test_an_approved_device_is_active_and_a_revoked_one_stays_out(
    hub: Hub, client: TestClient
) -> None:
    keys = Keys()
    enrolled(client, keys, make_code(hub))
    with hub.database.writing([EVERY_SCOPE]) as connection:
        assert approve(hub, connection, keys.node[:8]).status == "active"
        assert revoke(hub, connection, keys.node).status == "revoked"
        with pytest.raises(RefusedError, match="revoked"):
            approve(hub, connection, keys.node)


def test_a_device_that_waits_for_a_week_is_not_approved_any_more(
    hub: Hub, client: TestClient, clock: HubClock
) -> None:
    keys = Keys()
    enrolled(client, keys, make_code(hub))
    clock.move(days=7, seconds=1)
    with (
        hub.database.writing([EVERY_SCOPE]) as connection,
        pytest.raises(RefusedError, match="waited too long"),
    ):
        approve(hub, connection, keys.node)


def test_a_wipe_order_is_signed_by_the_offline_key_only(hub: Hub, client: TestClient) -> None:
    keys = Keys()
    enrolled(client, keys, make_code(hub))
    with hub.database.writing([EVERY_SCOPE]) as connection:
        with pytest.raises(RefusedError, match="not the order key"):
            revoke(hub, connection, keys.node, DeviceKey.made())
        order_key = read_signing_key(hub.home / OFFLINE / "order.key")
        assert revoke(hub, connection, keys.node, order_key).status == "revoked"
        told = client.get("/enrol/status")  # unsigned: nothing is told
    assert told.status_code == 401


def test_a_wipe_order_names_its_device_and_can_be_checked(hub: Hub) -> None:
    key = read_signing_key(hub.home / OFFLINE / "order.key")
    order = WipeOrder(hub_id=hub.hub_id, node="ab" * 16, issued_ms=1, signature="")
    signature = key.sign(order.signed_part)
    assert is_signed(hub.keys.order, order.signed_part, signature)
    other = order.model_copy(update={"node": "cd" * 16})
    assert not is_signed(hub.keys.order, other.signed_part, signature)


def test_a_code_needs_a_mission_that_takes_part(hub: Hub) -> None:
    with pytest.raises(MissingError, match="BER"):
        make_code(hub, "BER")


def test_a_mission_takes_part_once_and_has_three_letters(hub: Hub) -> None:
    with hub.database.writing([EVERY_SCOPE]) as connection:
        with pytest.raises(RefusedError, match="already"):
            add_mission(connection, "TOK", "", 0)
        with pytest.raises(InvalidError, match="three letters"):
            add_mission(connection, "TOKYO", "", 0)


def test_an_officer_follows_only_missions_that_take_part(hub: Hub) -> None:
    with hub.database.writing([EVERY_SCOPE]) as connection:
        add_officer(connection, "Lê Thu Hà", ["TOK"], 0)
        with pytest.raises(MissingError, match="BER"):
            add_officer(connection, "Trần Văn Nam", ["BER"], 0)


def test_a_home_is_made_once(hub: Hub) -> None:
    with pytest.raises(RefusedError, match="not empty"):
        init_hub(hub.home, hub.deployment, hub.clock, {})


def test_a_role_that_overrides_the_protection_of_rows_is_refused(
    tmp_path: Path, cluster: object, clock: HubClock
) -> None:
    url = cluster.url("postgres", "admin")  # type: ignore[attr-defined]
    deployment = Deployment(address="", hosts=("localhost",), database=url)
    with pytest.raises(RefusedError, match="superuser"):
        init_hub(tmp_path / "hq", deployment, clock, {})


def test_a_wrong_method_and_an_unknown_path_are_problems(client: TestClient) -> None:
    for status, response in ((405, client.put("/enrol")), (404, client.get("/nowhere"))):
        assert response.status_code == status
        assert response.json()["type"] == "urn:embassy-desk:problem:not_found"
        assert response.headers["x-content-type-options"] == "nosniff"
