"""S2b, S8, S9, S11 at headquarters: hostile words, guessed codes, revoked devices, bad pouches."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from tests.integration.headquarters.test_pouches import packed_pouch

from embassy_desk.domain.errors import DeskError
from embassy_desk.headquarters.app import build_app
from embassy_desk.headquarters.database import EVERY_SCOPE
from embassy_desk.headquarters.devices import revoke
from embassy_desk.headquarters.hub import Hub
from embassy_desk.headquarters.pouching import read_pouch
from embassy_desk.headquarters.tables import HUB_NODE, HUB_OPERATION, HUB_ROW
from embassy_desk.sealing.letters import opened, sealed
from makers.hubs import Keys, make_code
from makers.laptops import Laptop, make_laptop

ROW = "0" * 31 + "1"
GUESSES = 300
MUTATIONS = 400
"""Of each kind; the container is one age file, so that each is refused before it is parsed."""

HOSTILE = (
    "' OR '1'='1",
    "'; DROP TABLE hub_row; --",
    '" UNION SELECT * FROM hub_node --',
    "\\'); DELETE FROM hub_op; --",
    "m:TOK' --",
    "%",
    "_",
    "m:%",
    "*",
    "m:TOK,m:PAR",
    "hq:shared,*",
    "\x00",
    "../../keys/root.key",
    "%2e%2e%2fkeys",
    "$(reboot)",
    "{{7*7}}",
    "𝕞:TOK",
    "m:ＴＯＫ",
)


@pytest.fixture
def client(hub: Hub) -> Iterator[TestClient]:
    with TestClient(build_app(hub)) as client:
        yield client


@pytest.fixture
def laptop(client: TestClient, hub: Hub) -> Laptop:
    return make_laptop(client, hub)


def test_hostile_words_are_values_or_refused_and_never_statements(
    hub: Hub, laptop: Laptop, client: TestClient
) -> None:
    colleague, stranger = make_laptop(client, hub), make_laptop(client, hub, "PAR")
    for number, words in enumerate(HOSTILE):
        laptop.write(f"{number:032x}", family_name=words.replace("\x00", ""), notes=words[:1])
        for path, form in (
            ("/sync/v1/digest", {"scope": words, "buckets": []}),
            ("/sync/v1/rows", {"scope": words, "rows": []}),
            ("/sync/v1/rows", {"scope": "m:PAR", "rows": [[words, "A" * 22]]}),
            ("/sync/v1/chain", {"node": words, "first": 0, "last": 9}),
            ("/sync/v1/exchange", stranger.request(cursors={words: 0})),
        ):
            answer = stranger.post(form, path)
            assert answer.status_code in {200, 400, 404}, (words, path, answer.text)
            assert b"family_name" not in answer.content
    laptop.exchange()
    colleague.exchange()
    told = [colleague.rows["contact", f"{each:032x}"] for each in range(len(HOSTILE))]
    assert [each["family_name"] for each in told] == [each.replace("\x00", "") for each in HOSTILE]
    with hub.database.reading([EVERY_SCOPE]) as connection:
        assert len(connection.execute(select(HUB_OPERATION.c.nseq)).all()) == len(HOSTILE)


def test_what_no_model_names_is_refused_in_every_body(laptop: Laptop) -> None:
    for path, form in (
        ("/sync/v1/exchange", laptop.request()),
        ("/sync/v1/digest", {"scope": "m:TOK", "buckets": []}),
        ("/sync/v1/rows", {"scope": "m:TOK", "rows": []}),
        ("/sync/v1/chain", {"node": laptop.keys.node, "first": 0, "last": 1}),
    ):
        assert laptop.post(form, path).status_code == 200
        for name in ("mission", "officer", "nid", "sseq", "is_admin"):
            assert laptop.post({**form, name: "HQ"}, path).status_code == 400


def test_guessed_codes_open_nothing_and_are_slowed_down(hub: Hub, client: TestClient) -> None:
    make_code(hub)
    dice = random.Random(8)
    statuses = []
    for _ in range(GUESSES):
        secret = "".join(dice.choices("0123456789ABCDEFGHJKMNPQRSTVWXYZ", k=25))
        answer = client.post("/enrol", content=Keys().request(secret).model_dump_json())
        statuses.append(answer.status_code)
    assert statuses[:10] == [404] * 10
    assert set(statuses[10:]) == {429}
    with hub.database.reading([EVERY_SCOPE]) as connection:
        assert connection.execute(select(HUB_NODE.c.nid)).all() == []


def test_control_the_code_itself_opens(hub: Hub, client: TestClient) -> None:
    request = Keys().request(make_code(hub))
    assert client.post("/enrol", content=request.model_dump_json()).status_code == 200


def test_a_revoked_device_is_out_with_its_next_request_on_every_road(
    hub: Hub, laptop: Laptop, tmp_path: Path
) -> None:
    laptop.write(ROW, name="half of it")
    pushed = laptop.request()
    path = packed_pouch(laptop, tmp_path / "pouch")
    assert laptop.post(laptop.request(ops=[])).status_code == 200
    with hub.database.writing([EVERY_SCOPE]) as connection:
        revoke(hub, connection, laptop.keys.node)
    answer = laptop.post(pushed)
    assert (answer.status_code, answer.json()["type"].rpartition(":")[2]) == (403, "revoked")
    for asked in ("/sync/v1/snapshot/m:TOK", f"/sync/v1/content/{ROW}/{'0' * 64}?start=0&most=9"):
        assert laptop.signed("GET", asked).status_code == 403
    assert read_pouch(hub, path).outcome == "revoked"  # set aside, and in force nowhere
    with hub.database.reading([EVERY_SCOPE]) as connection:
        assert connection.execute(select(HUB_OPERATION.c.nseq)).all() == []
        assert connection.execute(select(HUB_ROW)).all() == []


def damaged(content: bytes, dice: random.Random) -> Iterator[bytes]:
    """Yield copies with a bit, a byte, a stretch or the end changed."""
    for _ in range(MUTATIONS):
        at = dice.randrange(len(content))
        yield content[:at] + bytes([content[at] ^ (1 << dice.randrange(8))]) + content[at + 1 :]
        yield content[:at]
        yield content[:at] + content[at + 1 :]
        other = dice.randrange(len(content))
        yield content[:at] + content[other : other + 64] + content[at + 64 :] + b"x"


def test_no_change_of_a_pouch_is_taken_and_the_good_one_works_afterwards(
    hub: Hub, laptop: Laptop, tmp_path: Path
) -> None:
    laptop.write(ROW, name="by courier")
    path = packed_pouch(laptop, tmp_path / "pouch")
    good = path.read_bytes()
    refused = 0
    for bad in damaged(good, random.Random(11)):
        if bad == good:
            continue
        path.write_bytes(bad)
        with pytest.raises(DeskError):
            read_pouch(hub, path)
        refused += 1
    assert refused >= 4 * MUTATIONS - 4
    with hub.database.reading([EVERY_SCOPE]) as connection:
        assert connection.execute(select(HUB_OPERATION.c.nseq)).all() == []
    path.write_bytes(good)
    assert read_pouch(hub, path).outcome == "applied"


def test_what_is_sealed_anew_without_the_senders_key_is_refused(
    hub: Hub, laptop: Laptop, tmp_path: Path
) -> None:
    """Whoever knows headquarters' public key can seal; only the sender can sign."""
    laptop.write(ROW, name="by courier")
    path = packed_pouch(laptop, tmp_path / "pouch")
    inside = opened(path.read_bytes(), hub.keys.recipient.secret)
    length = int.from_bytes(inside[:4])
    manifest = json.loads(inside[4 : 4 + length])
    rest = inside[4 + length :]
    for change in ({"mission": "PAR"}, {"serial": 2}, {"made_ms": 2}, {"previous": "0" * 64}):
        other = json.dumps({**manifest, **change}, separators=(",", ":"), sort_keys=True).encode()
        forged = len(other).to_bytes(4) + other + rest
        path.write_bytes(sealed(forged, hub.keys.recipient.public))
        with pytest.raises(DeskError):
            read_pouch(hub, path)
    stripped = inside[: 4 + length] + bytes(64) + rest[64:]
    path.write_bytes(sealed(stripped, hub.keys.recipient.public))
    with pytest.raises(DeskError, match="not signed"):
        read_pouch(hub, path)
    path.write_bytes(sealed(inside, hub.keys.recipient.public))
    assert read_pouch(hub, path).outcome == "applied"
