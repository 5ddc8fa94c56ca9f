"""What waits for headquarters is told by record: since when, how large, and what holds it back."""

from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from embassy_desk.application.attachments import attach
from embassy_desk.application.headquarters_sheet import headquarters_sheet
from embassy_desk.application.office import answer, perform
from embassy_desk.application.outbox import Outbox
from embassy_desk.application.records import change_record, enter_record
from embassy_desk.headquarters.hub import Hub
from embassy_desk.store.headquarters_link import note_headquarters
from embassy_desk.transport.errors import SENTENCES
from makers.hubs import HubClock, make_hub
from makers.lines import LinkedDesk, linked_desk, new_line

NUMBERS = count(1)


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    with closing(make_hub(tmp_path_factory.mktemp("hq") / "hq")) as hub:
        yield hub


@pytest.fixture
def desk(tmp_path: Path, hub: Hub) -> Iterator[LinkedDesk]:
    number = next(NUMBERS)
    with closing(linked_desk(tmp_path / "desk", hub, new_line(hub), number=number)) as desk:
        desk.sync()
        yield desk


def outbox_of(desk: LinkedDesk) -> Outbox:
    return answer(desk.store, headquarters_sheet).outbox


def test_nothing_waits_after_an_exchange(desk: LinkedDesk) -> None:
    assert outbox_of(desk) == Outbox()


def test_what_waits_is_told_by_record_the_oldest_first(desk: LinkedDesk, hub: Hub) -> None:
    lan, _ = perform(desk.store, enter_record, "contact", {"given_name": "Lan"})
    entered_at = hub.clock()
    assert isinstance(hub.clock, HubClock)
    hub.clock.move(minutes=5)
    perform(desk.store, enter_record, "contact", {"given_name": "Hoa"})
    perform(desk.store, change_record, "contact", lan.id, {"notes": "x" * 3000})
    found = outbox_of(desk)
    assert [(each.kind, each.heading, each.changes) for each in found.lines] == [
        ("contact", "Lan", 2),
        ("contact", "Hoa", 1),
    ]
    assert found.lines[0].since == entered_at
    assert 3000 < found.lines[0].size_bytes < 6000
    assert (found.records, found.changes) == (2, 3)
    assert "next exchange" in str(found.why)
    desk.sync()
    assert outbox_of(desk).lines == ()


def test_why_it_is_still_here_is_said(desk: LinkedDesk) -> None:
    perform(desk.store, enter_record, "contact", {"given_name": "Lan"})
    perform(desk.store, lambda work: note_headquarters(work.raw, problem="unreachable"))
    assert outbox_of(desk).why == SENTENCES["unreachable"]
    perform(desk.store, lambda work: note_headquarters(work.raw, problem="", url=""))
    assert "courier" in str(outbox_of(desk).why)


def test_files_that_wait_are_told_with_their_size(desk: LinkedDesk, tmp_path: Path) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_bytes(b"minutes " * 1000)
    record, _ = perform(desk.store, enter_record, "agreement", {"title_vi": "Bản ghi nhớ"})
    perform(desk.store, attach, desk.store, record, paper)
    desk.sync()
    (line,) = outbox_of(desk).lines  # the changes went, the content goes after them
    assert (line.changes, line.files, line.files_bytes) == (0, 1, 8000)
    assert "paper" in line.heading
