"""The exchange: what is sent is merged, acknowledged by hash, and told to the others."""

import json
from collections.abc import Iterator

import pytest
import zstandard
from fastapi.testclient import TestClient

from embassy_desk.headquarters.app import build_app
from embassy_desk.headquarters.hub import Hub
from embassy_desk.headquarters.journal import entries
from embassy_desk.headquarters.keys import OFFLINE
from embassy_desk.headquarters.surfacing import surface_old
from embassy_desk.sync.exchange import EXCHANGE_PATH
from makers.hubs import HubClock
from makers.laptops import Laptop, make_laptop

ROW = "0" * 31 + "1"
OTHER = "0" * 31 + "2"


@pytest.fixture
def client(hub: Hub) -> Iterator[TestClient]:
    with TestClient(build_app(hub)) as client:
        yield client


@pytest.fixture
def laptop(client: TestClient, hub: Hub) -> Laptop:
    return make_laptop(client, hub)


@pytest.fixture
def colleague(client: TestClient, hub: Hub) -> Laptop:
    return make_laptop(client, hub)


def test_an_exchange_with_nothing_to_say_is_short(laptop: Laptop) -> None:
    told = laptop.exchange()
    assert told["last"] == 0
    assert set(told["scopes"]) == {"m:TOK", "m:TOK:restricted", "hq:shared"}
    assert len(json.dumps(told)) < 1000


def test_what_one_writes_the_other_reads(laptop: Laptop, colleague: Laptop) -> None:
    laptop.write(ROW, given_name="Hà", family_name="Lê", number=7, is_vip=True, note=None)
    laptop.exchange()
    colleague.exchange()
    assert colleague.rows == {
        ("contact", ROW): {"given_name": "Hà", "family_name": "Lê", "number": 7, "is_vip": True}
    }


def test_own_words_are_not_told_back(laptop: Laptop) -> None:
    laptop.write(ROW, name="a")
    told = laptop.exchange()
    assert "rows" not in told["scopes"]["m:TOK"]
    assert told["last"] == 1


def test_different_fields_of_a_record_merge(laptop: Laptop, colleague: Laptop) -> None:
    laptop.write(ROW, name="a", phone="1")
    laptop.exchange()
    colleague.exchange()
    laptop.write(ROW, name="b")
    colleague.write(ROW, phone="2")
    laptop.exchange()
    colleague.exchange()
    laptop.exchange()
    assert laptop.rows == colleague.rows == {("contact", ROW): {"name": "b", "phone": "2"}}


def test_the_same_field_gives_one_winner_everywhere_and_one_conflict(
    laptop: Laptop, colleague: Laptop, clock: HubClock
) -> None:
    laptop.write(ROW, name="a")
    laptop.exchange()
    colleague.exchange()
    laptop.write(ROW, name="mine")
    clock.move(seconds=1)
    colleague.write(ROW, name="theirs")
    laptop.exchange()
    colleague.exchange()
    laptop.exchange()
    assert laptop.rows == colleague.rows
    assert laptop.rows["contact", ROW] == {"name": "theirs"}
    (conflict,) = laptop.conflicts()
    assert (conflict["winner_value"], conflict["loser_value"]) == ("theirs", "mine")
    assert conflict["status"] == "open"


def test_a_laptop_that_loses_is_told_what_won(
    laptop: Laptop, colleague: Laptop, clock: HubClock
) -> None:
    laptop.write(ROW, name="a", changed_at="2026")
    laptop.exchange()
    colleague.exchange()
    laptop.write(ROW, name="early", changed_at="early")
    clock.move(seconds=1)
    colleague.write(ROW, name="late", changed_at="late")
    colleague.exchange()
    laptop.exchange()
    assert laptop.rows["contact", ROW] == {"name": "late", "changed_at": "late"}
    colleague.exchange()
    assert laptop.rows == colleague.rows


def test_a_value_that_was_seen_is_replaced_without_a_question(
    laptop: Laptop, colleague: Laptop
) -> None:
    laptop.write(ROW, name="a")
    laptop.exchange()
    colleague.exchange()
    colleague.write(ROW, name="b")
    colleague.exchange()
    laptop.exchange()
    assert laptop.rows == {("contact", ROW): {"name": "b"}}


def test_a_conflict_is_closed_by_a_decision_and_only_once(
    laptop: Laptop, colleague: Laptop, clock: HubClock
) -> None:
    test_the_same_field_gives_one_winner_everywhere_and_one_conflict(laptop, colleague, clock)
    ((_, conflict_id),) = [key for key in laptop.rows if key[0] == "conflict"]
    laptop.write(conflict_id, "conflict", "resolve", resolution="other")
    laptop.write(ROW, name="mine")
    laptop.exchange()
    colleague.write(conflict_id, "conflict", "resolve", resolution="kept")
    colleague.exchange()
    laptop.exchange()
    assert laptop.rows == colleague.rows
    assert laptop.rows["contact", ROW] == {"name": "mine"}
    (conflict,) = laptop.conflicts()
    assert (conflict["status"], conflict["resolution"]) == ("resolved", "other")


def test_a_later_edit_marks_a_conflict_and_leaves_it_open(
    laptop: Laptop, colleague: Laptop, clock: HubClock
) -> None:
    test_the_same_field_gives_one_winner_everywhere_and_one_conflict(laptop, colleague, clock)
    clock.move(seconds=1)
    laptop.write(ROW, name="third")
    laptop.exchange()
    colleague.exchange()
    (conflict,) = colleague.conflicts()
    assert conflict["status"] == "open"
    assert conflict["superseded_at"] == int(clock().timestamp() * 1000)
    assert laptop.rows == colleague.rows


def test_a_deletion_that_missed_an_edit_brings_the_record_back_with_a_question(
    laptop: Laptop, colleague: Laptop
) -> None:
    laptop.write(ROW, name="a")
    laptop.exchange()
    colleague.exchange()
    colleague.write(ROW, name="b")
    colleague.exchange()
    laptop.write(ROW, kind="del")
    laptop.exchange()
    assert laptop.rows["contact", ROW] == {"name": "b"}
    (conflict,) = laptop.conflicts()
    assert conflict["kind"] == "del_vs_edit"
    colleague.exchange()
    assert laptop.rows == colleague.rows


def test_a_deletion_reaches_the_others(laptop: Laptop, colleague: Laptop) -> None:
    laptop.write(ROW, name="a")
    laptop.exchange()
    colleague.exchange()
    laptop.write(ROW, kind="del")
    laptop.exchange()
    colleague.exchange()
    assert laptop.rows == colleague.rows == {}


def test_an_edit_of_a_deleted_record_brings_it_back(laptop: Laptop, colleague: Laptop) -> None:
    laptop.write(ROW, name="a", phone="1")
    laptop.exchange()
    colleague.exchange()
    laptop.write(ROW, kind="del")
    laptop.exchange()
    colleague.write(ROW, phone="2")
    colleague.exchange()
    laptop.exchange()
    assert laptop.rows == colleague.rows
    assert laptop.rows["contact", ROW] == {"name": "a", "phone": "2"}
    assert [each["kind"] for each in laptop.conflicts()] == ["del_vs_edit"]


def test_repeating_a_request_changes_nothing(laptop: Laptop, colleague: Laptop) -> None:
    laptop.write(ROW, name="a")
    request = laptop.request()
    first, second = laptop.post(request).json(), laptop.post(request).json()
    assert first == second
    laptop.apply(second)
    colleague.exchange()
    assert laptop.rows == colleague.rows


def test_a_lost_answer_costs_nothing(laptop: Laptop, colleague: Laptop) -> None:
    laptop.write(ROW, name="a")
    laptop.post(laptop.request())  # the answer never arrives
    laptop.write(ROW, name="b")
    laptop.exchange()
    colleague.exchange()
    assert laptop.rows == colleague.rows == {("contact", ROW): {"name": "b"}}
    assert colleague.conflicts() == []


def test_a_cloned_laptop_is_refused_and_its_words_are_kept(laptop: Laptop, hub: Hub) -> None:
    laptop.write(ROW, name="a")
    laptop.exchange()
    clone = Laptop(laptop.client, hub, laptop.clock, keys=laptop.keys)
    clone.write(ROW, name="another past")
    response = clone.post(clone.request(at=0))
    assert response.status_code == 409
    told = response.json()
    assert told["type"] == "urn:embassy-desk:problem:fork"
    assert (told["last"], told["links"][-1]) == (1, [0, "0" * 32])


def test_a_restored_laptop_is_told_that_more_of_it_is_known(laptop: Laptop, hub: Hub) -> None:
    laptop.write(ROW, name="a")
    laptop.write(ROW, name="b")
    laptop.exchange()
    restored = Laptop(laptop.client, hub, laptop.clock, keys=laptop.keys)
    restored.append(laptop.operations[0])
    told = restored.post(restored.request(at=1)).json()
    assert told["type"] == "urn:embassy-desk:problem:rolled_back"
    assert [number for number, _ in told["links"]] == [2, 1, 0]
    assert told["links"][1][1] == restored.links[1].hex()


def test_a_gap_is_refused_with_the_place_to_go_on_from(laptop: Laptop) -> None:
    laptop.write(ROW, name="a")
    laptop.write(ROW, name="b")
    told = laptop.post(laptop.request(at=1)).json()
    assert (told["type"], told["last"]) == ("urn:embassy-desk:problem:gap", 0)
    assert laptop.exchange()["last"] == 2


def test_a_laptop_goes_on_under_a_new_identity(laptop: Laptop, colleague: Laptop, hub: Hub) -> None:
    laptop.write(ROW, name="a")
    laptop.write(OTHER, name="sent and then forgotten")
    laptop.exchange()
    new = Laptop(laptop.client, hub, laptop.clock)
    asked = {
        "node": new.keys.node,
        "public_key": new.keys.signing.public.hex(),
        "pred": (laptop.keys.node, 1),
        "hash": laptop.links[1].hex(),
    }
    for _ in range(2):  # asking twice is as good as once
        assert laptop.post(asked, "/sync/v1/reidentify").json() == json.loads(json.dumps(asked))
    new.pred = (laptop.keys.node, 1)
    new.write(ROW, name="written after the restoration")
    new.exchange()
    colleague.exchange()
    assert colleague.rows["contact", ROW] == {"name": "written after the restoration"}
    assert colleague.rows == new.rows
    assert colleague.conflicts() == []


def test_refused_words_that_nobody_claims_are_offered(
    laptop: Laptop, colleague: Laptop, hub: Hub
) -> None:
    laptop.write(ROW, name="a")
    laptop.exchange()
    clone = Laptop(laptop.client, hub, laptop.clock, keys=laptop.keys)
    clone.write(ROW, name="words of the clone")
    clone.write(OTHER, name="only on the clone")
    assert clone.post(clone.request(at=0)).status_code == 409
    new = Laptop(laptop.client, hub, laptop.clock)
    asked = {
        "node": new.keys.node,
        "public_key": new.keys.signing.public.hex(),
        "pred": (laptop.keys.node, 0),
        "hash": "0" * 32,
    }
    assert clone.post(asked, "/sync/v1/reidentify").json() == json.loads(json.dumps(asked))
    new.pred = (laptop.keys.node, 0)
    new.exchange()
    colleague.exchange()
    assert colleague.rows["contact", OTHER] == {"name": "only on the clone"}
    (conflict,) = colleague.conflicts()
    assert (conflict["kind"], conflict["loser_value"]) == ("recovered", "words of the clone")
    assert colleague.rows["contact", ROW] == {"name": "a"}


def test_words_that_wait_for_two_weeks_are_offered_in_any_case(
    laptop: Laptop, colleague: Laptop, hub: Hub, clock: HubClock
) -> None:
    laptop.write(ROW, name="a")
    laptop.exchange()
    clone = Laptop(laptop.client, hub, laptop.clock, keys=laptop.keys)
    clone.write(OTHER, name="never heard of again")
    assert clone.post(clone.request(at=0)).status_code == 409
    clock.move(days=14)
    assert surface_old(hub) == 0
    clone.write(ROW, name="younger words of the clone")
    assert clone.post(clone.request(at=0)).status_code == 409
    clock.move(seconds=1)
    assert [surface_old(hub), surface_old(hub)] == [1, 0]
    clock.move(days=14)
    assert [surface_old(hub), surface_old(hub)] == [1, 0]
    colleague.exchange()
    assert colleague.rows["contact", OTHER] == {"name": "never heard of again"}


def test_words_that_were_claimed_are_not_offered(laptop: Laptop, hub: Hub) -> None:
    laptop.write(ROW, name="a")
    laptop.exchange()
    clone = Laptop(laptop.client, hub, laptop.clock, keys=laptop.keys)
    clone.write(ROW, name="words of the clone")
    assert clone.post(clone.request(at=0)).status_code == 409
    new = Laptop(laptop.client, hub, laptop.clock)
    asked = {
        "node": new.keys.node,
        "public_key": new.keys.signing.public.hex(),
        "pred": (laptop.keys.node, 0),
        "hash": "0" * 32,
    }
    clone.post(asked, "/sync/v1/reidentify")
    new.pred = (laptop.keys.node, 0)
    form = {**clone.operations[0], "o": (laptop.keys.node, 1)}
    new.append(form)
    new.exchange()
    kinds = [each["kind"] for each in new.conflicts()]
    assert kinds == ["edit"]


def test_every_request_with_words_is_in_the_journal_first(laptop: Laptop, hub: Hub) -> None:
    laptop.exchange()
    laptop.write(ROW, name="Lê Thu Hà")
    laptop.exchange()
    secret = (hub.home / OFFLINE / "recovery.key").read_text(encoding="utf-8")
    (entry,) = entries(hub.journal, secret)
    assert entry.node == laptop.keys.node
    assert "Lê Thu Hà" in json.dumps(json.loads(entry.request), ensure_ascii=False)
    for path in hub.journal.iterdir():
        assert b"Thu" not in path.read_bytes()


def test_a_mission_does_not_see_or_change_records_of_another(
    client: TestClient, hub: Hub, laptop: Laptop
) -> None:
    laptop.write(ROW, name="a")
    laptop.exchange()
    stranger = make_laptop(client, hub, "PAR")
    stranger.write(ROW, name="overwritten", seen="m:PAR")
    stranger.write(OTHER, name="smuggled", mission="TOK", seen="m:PAR")
    told = stranger.exchange()
    assert {each["n"]: each["code"] for each in told["results"]} == {1: "forbidden", 2: "forbidden"}
    assert stranger.rows == {}
    laptop.exchange()
    assert laptop.rows == {("contact", ROW): {"name": "a"}}


def test_reference_data_comes_from_headquarters_alone(laptop: Laptop) -> None:
    laptop.write(ROW, "country", name="Nowhere")
    told = laptop.exchange()
    assert told["results"] == [{"n": 1, "code": "shared"}]
    assert laptop.rows == {}


def test_an_unknown_kind_is_kept_and_told(laptop: Laptop, colleague: Laptop) -> None:
    laptop.write(ROW, "gift_of_2031", title="from a newer version")
    assert laptop.exchange()["results"] == [{"n": 1, "code": "deferred"}]
    colleague.exchange()
    assert colleague.rows == {("gift_of_2031", ROW): {"title": "from a newer version"}}


def test_a_record_that_becomes_restricted_leaves_those_who_may_not_see_it(
    client: TestClient, hub: Hub, laptop: Laptop
) -> None:
    local = make_laptop(client, hub, receives_restricted=False)
    laptop.write(ROW, name="a", mission="TOK")
    laptop.write(OTHER, "contact_email", contact_id=ROW, address="a@example.org")
    laptop.exchange()
    local.exchange()
    assert len(local.rows) == 2
    laptop.write(ROW, handling="restricted")
    laptop.exchange()
    local.exchange()
    assert local.rows == {}
    assert len(laptop.rows) == 2
    assert set(laptop.places.values()) == {"m:TOK:restricted"}


def test_a_large_scope_comes_in_pages(laptop: Laptop, colleague: Laptop) -> None:
    for number in range(60):
        laptop.write(f"{number:032x}", name=f"contact {number}")
    laptop.exchange()
    told = colleague.post(colleague.request(want={"rows": 25})).json()
    page = told["scopes"]["m:TOK"]
    assert (len(page["rows"]), page["more"], page["to"], page["head"]) == (25, True, 25, 60)
    colleague.exchange(want={"rows": 25})
    assert laptop.rows == colleague.rows


def test_a_pending_and_a_revoked_device_are_refused(client: TestClient, hub: Hub) -> None:
    laptop = make_laptop(client, hub)
    laptop.keys.node = "ab" * 16
    told = laptop.post(laptop.request())
    assert (told.status_code, told.json()["type"][-8:]) == (401, "unsigned")


def test_a_clock_that_is_off_is_told_the_time(laptop: Laptop, clock: HubClock) -> None:
    laptop.clock = HubClock(clock.at)
    laptop.clock.move(minutes=6)
    response = laptop.post(laptop.request())
    assert response.status_code == 401
    told = response.json()
    assert told["type"] == "urn:embassy-desk:problem:clock"
    assert told["now_ms"] == int(clock().timestamp() * 1000)


def test_a_request_is_taken_once(laptop: Laptop) -> None:
    sent = laptop.post(laptop.request()).request
    again = laptop.client.request("POST", EXCHANGE_PATH, content=sent.content, headers=sent.headers)
    assert again.json()["type"] == "urn:embassy-desk:problem:replayed"


def test_a_changed_body_is_not_taken(laptop: Laptop) -> None:
    sent = laptop.post(laptop.request()).request
    changed = sent.content[:-1] + bytes([sent.content[-1] ^ 1])
    answer = laptop.client.request("POST", EXCHANGE_PATH, content=changed, headers=sent.headers)
    assert answer.status_code == 401


@pytest.mark.parametrize("level", [1, 19])
def test_a_bomb_is_refused_by_its_size(laptop: Laptop, level: int) -> None:
    bomb = zstandard.ZstdCompressor(level=level).compress(bytes(100_000_000))
    response = laptop.signed("POST", EXCHANGE_PATH, bomb, **{"content-encoding": "zstd"})
    assert response.status_code == 400


def test_what_is_compressed_and_not_signed_is_not_unpacked(client: TestClient) -> None:
    response = client.post(EXCHANGE_PATH, content=b"x", headers={"content-encoding": "zstd"})
    assert response.status_code == 415


def test_too_large_a_body_is_refused_with_the_limit(laptop: Laptop) -> None:
    response = laptop.signed("POST", EXCHANGE_PATH, bytes(1024 * 1024 + 1))
    assert (response.status_code, response.json()["limit_bytes"]) == (413, 1024 * 1024)


@pytest.mark.parametrize(
    "change",
    [
        {"unknown": 1},
        {"nseq": -1},
        {"ops": [{"e": "contact"}]},
        {"ops": [{"e": "contact", "r": "A" * 22, "f": {"x": 1.5}}]},
        {"cursors": {"nonsense": 1}},
        {"hash": "zz"},
    ],
    ids=str,
)
def test_what_the_models_do_not_say_is_refused(laptop: Laptop, change: dict[str, object]) -> None:
    response = laptop.post({**laptop.request(), **change})
    assert (response.status_code, response.json()["type"][-9:]) == (400, "malformed")


def test_rows_can_be_fetched_and_digests_compared(laptop: Laptop, colleague: Laptop) -> None:
    laptop.write(ROW, name="a")
    laptop.exchange()
    digest = colleague.post({"scope": "m:TOK"}, "/sync/v1/digest").json()
    assert len(digest["sums"]) == 256
    assert [at for at, each in enumerate(digest["sums"]) if each != "0" * 32] == [1]
    named = colleague.post({"scope": "m:TOK", "buckets": [1]}, "/sync/v1/digest").json()["rows"]
    (found,) = named
    assert found[0] == "contact"
    rows = colleague.post({"scope": "m:TOK", "rows": [found[:2]]}, "/sync/v1/rows").json()["rows"]
    assert [(each["w"], each["f"]) for each in rows] == [(1, {"name": "a"})]
    other = colleague.post({"scope": "m:PAR"}, "/sync/v1/digest")
    nowhere = colleague.post({"scope": "m:XXX"}, "/sync/v1/digest")
    assert other.status_code == nowhere.status_code == 404
    assert other.json() == nowhere.json()


def test_links_of_the_own_chain_are_told_and_of_no_other(laptop: Laptop, colleague: Laptop) -> None:
    laptop.write(ROW, name="a")
    laptop.exchange()
    asked = {"node": laptop.keys.node, "first": 0, "last": 1}
    told = laptop.post(asked, "/sync/v1/chain").json()["links"]
    assert told == [[1, laptop.links[1].hex()], [0, "0" * 32]]
    assert colleague.post(asked, "/sync/v1/chain").status_code == 404
