"""Contents of attachments go to headquarters and come from there, whatever breaks on the way."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from embassy_desk.application import pouches
from embassy_desk.application.attachments import ask_for_content, attach, read_attachment
from embassy_desk.application.carrying import (
    Carriage,
    Carried,
    carry_contents,
)
from embassy_desk.application.office import answer, perform
from embassy_desk.application.pouches import read_pouch, write_pouch
from embassy_desk.application.records import change_record, enter_record
from embassy_desk.domain.attachment import Attachment
from embassy_desk.domain.errors import MissingError
from embassy_desk.headquarters.backups import back_up_hub
from embassy_desk.headquarters.database import EVERY_SCOPE
from embassy_desk.headquarters.hub import Hub, open_hub
from embassy_desk.headquarters.keys import OFFLINE
from embassy_desk.headquarters.pouching import read_pouch as read_hub_pouch
from embassy_desk.headquarters.pouching import write_pouch as write_hub_pouch
from embassy_desk.headquarters.restoring import replay_journal, restore_hub
from embassy_desk.headquarters.tables import HUB_BLOB, HUB_UPLOAD
from embassy_desk.store.attachments import attachments_folder
from embassy_desk.store.contents import unsent_contents
from embassy_desk.store.outgoing import present_node
from embassy_desk.sync.contents import FIRST_PIECE_BYTES, ContentAnswer, content_path
from embassy_desk.transport.errors import RequestRefusedError, RoadError
from embassy_desk.transport.road import Road, RoadTimes, Signer
from makers.clusters import Cluster
from makers.lines import HOST, Line, LinkedDesk, Trouble, linked_desk, new_line, no_trouble

CONTENT = bytes(range(256)) * 2500
"""Three pieces: each is twice as long as the one before, because the line is quick."""

ARRIVED = (0, FIRST_PIECE_BYTES, 3 * FIRST_PIECE_BYTES)
"""How much has come after so many pieces."""

ALL = Carriage(fetched_up_to_bytes=10**8)


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    """The file in the home, unless a test asks for both engines: nothing here is about rows."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return ""
    cluster: Cluster = request.getfixturevalue("cluster")
    return cluster.new_database()


on_both = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def line(hub: Hub) -> Line:
    return new_line(hub)


@pytest.fixture
def desk(tmp_path: Path, hub: Hub, line: Line) -> Iterator[LinkedDesk]:
    made = linked_desk(tmp_path / "one", hub, line)
    yield made
    made.close()


@pytest.fixture
def colleague(tmp_path: Path, hub: Hub, line: Line) -> Iterator[LinkedDesk]:
    made = linked_desk(tmp_path / "two", hub, line, number=2)
    yield made
    made.close()


@pytest.fixture
def attachment(desk: LinkedDesk, tmp_path: Path) -> Attachment:
    return attached(desk, tmp_path / "scan.pdf", CONTENT)


def attached(desk: LinkedDesk, path: Path, content: bytes, **values: str) -> Attachment:
    path.write_bytes(content)
    record, _ = perform(desk.store, enter_record, "agreement", {"title_vi": path.name, **values})
    return perform(desk.store, attach, desk.store, record, path)[0]


def carry(desk: LinkedDesk, how: Carriage = ALL) -> Carried:
    return carry_contents(desk.store, desk.road, how, sleep=lambda _: None)


def content_at(desk: LinkedDesk, attachment: Attachment) -> bytes:
    return answer(desk.store, read_attachment, desk.store, attachment.id)


def kept(hub: Hub) -> list[str]:
    with hub.database.reading([EVERY_SCOPE]) as connection:
        return [row.digest for row in connection.execute(select(HUB_BLOB))]


def under_way(hub: Hub) -> int:
    with hub.database.reading([EVERY_SCOPE]) as connection:
        return len(connection.execute(select(HUB_UPLOAD)).all())


def pieces_seen(line: Line, method: str) -> list[str]:
    return [path for each, path in line.seen if each == method and "/content/" in path]


@on_both
def test_a_content_goes_up_in_pieces_and_comes_down_at_a_colleague(
    desk: LinkedDesk, colleague: LinkedDesk, attachment: Attachment, hub: Hub
) -> None:
    desk.sync()
    assert carry(desk).sent == 1
    assert kept(hub) == [attachment.digest]
    colleague.sync()
    with pytest.raises(MissingError):
        content_at(colleague, attachment)
    assert carry(colleague) == Carried(fetched=1, fetched_bytes=len(CONTENT))
    assert content_at(colleague, attachment) == CONTENT
    assert carry(desk) == carry(colleague) == Carried()


def test_nothing_lies_unencrypted_on_either_side(
    desk: LinkedDesk, attachment: Attachment, hub: Hub, line: Line
) -> None:
    assert attachment.size_bytes == len(CONTENT)
    desk.sync()
    line.trouble = broken_after(2, "PUT")
    with pytest.raises(RoadError):
        carry(desk)
    files = [*hub.home.rglob("*"), *attachments_folder(desk.store.path).rglob("*")]
    looked_at = [each for each in files if each.is_file()]
    assert any("uploads" in str(each) for each in looked_at)
    assert not [each for each in looked_at if CONTENT[:1024] in each.read_bytes()]


def signer(desk: LinkedDesk) -> Signer:
    node = answer(desk.store, lambda work: present_node(work.raw))
    return Signer(node.node_id, node.key)


def broken_after(count: int, method: str, how: str = "lost") -> Trouble:
    """Return a line on which requests of a method fail from one of them on."""
    seen = 0

    def trouble(request: httpx.Request) -> str:
        nonlocal seen
        if request.method != method or "/content/" not in str(request.url):
            return ""
        seen += 1
        return how if seen > count else ""

    return trouble


@pytest.mark.parametrize("how", ["lost", "cut"])
@pytest.mark.parametrize("pieces", [0, 1, 2])
def test_an_upload_goes_on_where_the_line_broke(
    desk: LinkedDesk, attachment: Attachment, hub: Hub, line: Line, pieces: int, how: str
) -> None:
    desk.sync()
    line.trouble = broken_after(1 + pieces, "PUT", how)  # the first one only asks
    with pytest.raises(RoadError):
        carry(desk)
    line.trouble = no_trouble
    line.seen.clear()
    line.up = 0
    assert carry(desk).sent == 1
    assert kept(hub) == [attachment.digest]
    assert under_way(hub) == 0
    assert line.up <= len(CONTENT) - ARRIVED[pieces]


@pytest.mark.parametrize("how", ["lost", "cut"])
@pytest.mark.parametrize("pieces", [0, 1, 2])
def test_a_download_goes_on_where_the_line_broke(
    desk: LinkedDesk,
    colleague: LinkedDesk,
    attachment: Attachment,
    line: Line,
    pieces: int,
    how: str,
) -> None:
    for each in (desk, colleague):
        each.sync()
        if each is desk:
            carry(desk)
    line.trouble = broken_after(pieces, "GET", how)
    with pytest.raises(RoadError):
        carry(colleague)
    line.trouble = no_trouble
    line.down = 0
    assert carry(colleague).fetched == 1
    assert content_at(colleague, attachment) == CONTENT
    assert line.down <= len(CONTENT) - ARRIVED[pieces]


def test_a_piece_that_comes_again_counts_once(
    desk: LinkedDesk, attachment: Attachment, hub: Hub
) -> None:
    desk.sync()
    for start in (0, 0, 1000, 500):
        path = content_path(attachment.id.hex, attachment.digest, start)
        piece = CONTENT[start : start + 1000]
        desk.road.put(path, piece, ContentAnswer, signer(desk))
    path = content_path(attachment.id.hex, attachment.digest, 9)
    assert desk.road.put(path, b"", ContentAnswer, signer(desk)) == ContentAnswer(held=2000)
    assert carry(desk).sent == 1
    assert kept(hub) == [attachment.digest]


def test_a_changed_byte_on_the_way_down_is_never_taken_for_the_file(
    desk: LinkedDesk, colleague: LinkedDesk, attachment: Attachment, line: Line
) -> None:
    desk.sync()
    carry(desk)
    colleague.sync()
    line.trouble = lambda request: "changed" if request.method == "GET" else ""
    assert carry(colleague).passed_over == [attachment.name]
    with pytest.raises(MissingError):
        content_at(colleague, attachment)
    line.trouble = no_trouble
    assert carry(colleague).fetched == 1
    assert content_at(colleague, attachment) == CONTENT


def test_a_piece_changed_on_the_disk_is_fetched_again(
    desk: LinkedDesk, colleague: LinkedDesk, attachment: Attachment, line: Line
) -> None:
    desk.sync()
    carry(desk)
    colleague.sync()
    line.trouble = broken_after(1, "GET")
    with pytest.raises(RoadError):
        carry(colleague)
    line.trouble = no_trouble
    (piece,) = attachments_folder(colleague.store.path).iterdir()
    damaged = bytearray(piece.read_bytes())
    damaged[-1] ^= 1
    piece.write_bytes(damaged)
    assert carry(colleague).passed_over == [attachment.name]
    assert carry(colleague).fetched == 1
    assert content_at(colleague, attachment) == CONTENT


@on_both
def test_a_content_that_is_not_what_its_hash_says_is_dropped(
    desk: LinkedDesk, attachment: Attachment, hub: Hub
) -> None:
    desk.sync()
    path = content_path(attachment.id.hex, attachment.digest, 0)
    with pytest.raises(RequestRefusedError, match="damaged"):
        desk.road.put(path, b"x" * len(CONTENT), ContentAnswer, signer(desk))
    assert kept(hub) == []
    assert list(hub.folder("blobs").iterdir()) == []
    assert carry(desk).sent == 1
    assert kept(hub) == [attachment.digest]


def test_an_empty_file_is_a_content_too(
    desk: LinkedDesk, colleague: LinkedDesk, tmp_path: Path
) -> None:
    empty = attached(desk, tmp_path / "empty.txt", b"")
    desk.sync()
    assert carry(desk).sent == 1
    colleague.sync()
    assert carry(colleague).fetched == 1
    assert content_at(colleague, empty) == b""


def test_what_somebody_waits_for_comes_first_and_large_files_only_then(
    desk: LinkedDesk, colleague: LinkedDesk, tmp_path: Path, line: Line
) -> None:
    small = attached(desk, tmp_path / "small.txt", b"s" * 1000)
    large = attached(desk, tmp_path / "large.bin", b"l" * 300_000)
    desk.sync()
    carry(desk)
    colleague.sync()
    perform(colleague.store, ask_for_content, colleague.store, large.id)
    own = attached(colleague, tmp_path / "own.txt", b"o" * 1000)
    colleague.sync()
    line.seen.clear()
    assert carry(colleague, Carriage(fetched_up_to_bytes=1000)).fetched == 2
    asked = [path.split("/")[4] for _, path in line.seen]
    assert list(dict.fromkeys(asked)) == [large.id.hex, own.id.hex, small.id.hex]
    assert not perform(colleague.store, ask_for_content, colleague.store, large.id)[0]


def test_a_line_that_is_paid_for_carries_only_what_somebody_asked_for(
    desk: LinkedDesk, colleague: LinkedDesk, attachment: Attachment
) -> None:
    sparing = Carriage(fetched_up_to_bytes=0, is_sending=False)
    desk.sync()
    assert carry(desk, sparing) == Carried()
    carry(desk)
    colleague.sync()
    assert carry(colleague, sparing) == Carried()
    perform(colleague.store, ask_for_content, colleague.store, attachment.id)
    assert carry(colleague, sparing).fetched == 1


def test_contents_take_no_more_of_the_line_than_allowed(
    desk: LinkedDesk, attachment: Attachment
) -> None:
    assert attachment.size_bytes == len(CONTENT)
    desk.sync()
    waits: list[float] = []
    carry_contents(desk.store, desk.road, Carriage(most_bytes_per_s=100_000.0), sleep=waits.append)
    assert len(CONTENT) / 100_000 - 1 < sum(waits) <= len(CONTENT) / 100_000


def test_an_exchange_that_is_due_goes_before_the_next_piece(
    desk: LinkedDesk, attachment: Attachment, line: Line
) -> None:
    assert attachment.size_bytes == len(CONTENT)
    desk.sync()
    due = iter((False, False, True))
    line.seen.clear()
    carried = carry_contents(desk.store, desk.road, ALL, must_yield=lambda: next(due))
    assert carried.sent == 0
    assert len(pieces_seen(line, "PUT")) == 2


def test_an_exchange_tells_what_headquarters_has_already(
    desk: LinkedDesk, colleague: LinkedDesk, tmp_path: Path, line: Line
) -> None:
    attached(desk, tmp_path / "a.txt", b"the same")
    attached(colleague, tmp_path / "b.txt", b"the same")
    desk.sync()
    carry(desk)
    colleague.sync()
    line.seen.clear()
    carry(colleague)
    assert len(pieces_seen(line, "PUT")) == 1
    desk.sync()
    colleague.sync()
    line.seen.clear()
    assert carry(colleague) == carry(desk) == Carried()
    assert line.seen == []


def desk_pouch(desk: LinkedDesk, hub: Hub, path: Path) -> tuple[int, int]:
    """Carry a pouch there and one back; return how many contents each had."""
    there = write_pouch(desk.store, path)
    assert there.left_out == ()
    assert read_hub_pouch(hub, path).contents == there.contents
    back = write_hub_pouch(hub, desk.node, path)
    read_pouch(desk.store, path)
    return there.contents, back.contents


@on_both
def test_contents_travel_by_pouch_both_ways_and_only_until_they_are_known(
    desk: LinkedDesk, colleague: LinkedDesk, attachment: Attachment, hub: Hub, tmp_path: Path
) -> None:
    path = tmp_path / "pouch"
    write_pouch(desk.store, path)  # the record must be there before its content counts
    read_hub_pouch(hub, path)
    write_hub_pouch(hub, desk.node, path)
    read_pouch(desk.store, path)
    assert desk_pouch(desk, hub, path) == (1, 0)
    assert kept(hub) == [attachment.digest]
    assert desk_pouch(desk, hub, path) == (0, 0)
    assert desk_pouch(colleague, hub, path)[0] == 0
    assert content_at(colleague, attachment) == CONTENT
    assert desk_pouch(colleague, hub, path) == (0, 0)


def test_a_content_too_large_for_a_pouch_is_named_and_the_records_go(
    desk: LinkedDesk, tmp_path: Path, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = attached(desk, tmp_path / "large.pdf", CONTENT)
    small = attached(desk, tmp_path / "small.pdf", b"small")
    desk.sync()
    monkeypatch.setattr(pouches, "MOST_CONTENT_BYTES", 1000)
    written = write_pouch(desk.store, tmp_path / "pouch")
    assert (written.contents, written.left_out) == (1, (large.name,))
    assert read_hub_pouch(hub, tmp_path / "pouch").contents == 1
    assert kept(hub) == [small.digest]


def test_a_colleague_without_restricted_records_gets_no_content_of_them(
    desk: LinkedDesk, hub: Hub, line: Line, tmp_path: Path
) -> None:
    local = linked_desk(tmp_path / "local", hub, line, number=3, receives_restricted=False)
    secret = attached(desk, tmp_path / "secret.pdf", CONTENT, handling="restricted")
    desk.sync()
    carry(desk)
    local.sync()
    path = content_path(secret.id.hex, secret.digest, 0, 1000)
    unknown = content_path("9" * 32, secret.digest, 0, 1000)
    said = [refused(local, each) for each in (path, unknown)]
    assert said[0] == said[1] == "not_found"
    assert desk.road.fetch(path, signer(desk)) == CONTENT[:1000]
    lowered(desk, secret)
    local.sync()
    assert carry(local).fetched == 1
    assert content_at(local, secret) == CONTENT
    local.close()


def lowered(desk: LinkedDesk, attachment: Attachment) -> None:
    """Let everybody at the mission read a file."""
    perform(desk.store, change_record, "attachment", attachment.id, {"handling": "internal"})
    desk.sync()


def refused(desk: LinkedDesk, path: str) -> str:
    with pytest.raises(RequestRefusedError) as error:
        desk.road.fetch(path, signer(desk))
    return error.value.problem.code


def test_a_mission_may_not_fill_the_disk(
    desk: LinkedDesk, attachment: Attachment, hub: Hub, line: Line, tmp_path: Path
) -> None:
    desk.sync()
    sparing = replace(hub, deployment=hub.deployment.model_copy(update={"content_gib": 0}))
    full = Road(HOST, "", RoadTimes(hub.clock, sleep=lambda _: None), transport=new_line(sparing))
    carried = carry_contents(desk.store, full, ALL)
    assert carried.passed_over == [attachment.name]
    assert kept(hub) == []
    full.close()
    assert carry(desk).sent == 1


def test_what_the_database_lost_comes_back_from_the_journal(
    desk: LinkedDesk, attachment: Attachment, hub: Hub, tmp_path: Path
) -> None:
    desk.sync()
    back_up_hub(hub, tmp_path / "backup")
    carry(desk)
    key = (hub.home / OFFLINE / "recovery.key").read_text(encoding="utf-8")
    restore_hub(tmp_path / "backup", tmp_path / "new", key, hub.clock, {})
    again = open_hub(tmp_path / "new", hub.clock, {})
    assert kept(again) == []
    replay_journal(again, hub.journal, key)
    assert kept(again) == [attachment.digest]
    replay_journal(again, hub.journal, key)
    assert kept(again) == [attachment.digest]
    again.close()


def test_a_new_generation_of_headquarters_is_offered_everything_again(
    desk: LinkedDesk, attachment: Attachment
) -> None:
    desk.sync()
    assert carry(desk).sent == 1
    with desk.store.work() as work:
        assert unsent_contents(work.raw, 1, most=10) == []
        (found,) = unsent_contents(work.raw, 2, most=10)
        assert found.digest == attachment.digest
