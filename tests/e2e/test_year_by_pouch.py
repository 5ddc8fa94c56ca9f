"""A mission without a line for a year works by pouch alone, and then comes online."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from embassy_desk.application.attachments import attach, read_attachment
from embassy_desk.application.carrying import Carriage, carry_contents
from embassy_desk.application.office import answer, perform
from embassy_desk.application.pouches import preview_pouch, read_pouch, write_pouch
from embassy_desk.application.records import change_record, enter_record, trash
from embassy_desk.application.sync_state import sync_state
from embassy_desk.domain.attachment import Attachment
from embassy_desk.domain.errors import RefusedError
from embassy_desk.headquarters.database import EVERY_SCOPE
from embassy_desk.headquarters.hub import Hub
from embassy_desk.headquarters.pouching import read_pouch as read_at_headquarters
from embassy_desk.headquarters.pouching import write_pouch as write_at_headquarters
from embassy_desk.headquarters.tables import HUB_BLOB, HUB_OPERATION, HUB_SCOPE
from makers import identity
from makers.hubs import HubClock, make_hub
from makers.lines import LinkedDesk, linked_desk, new_line

MONTHS = 12
A_MONTH = 30

pytestmark = pytest.mark.e2e


@pytest.fixture
def clock() -> HubClock:
    return HubClock()


@pytest.fixture
def hub(tmp_path: Path, clock: HubClock) -> Iterator[Hub]:
    hub = make_hub(tmp_path / "hq", clock=clock)
    yield hub
    hub.close()


@pytest.fixture
def desks(tmp_path: Path, hub: Hub) -> Iterator[tuple[LinkedDesk, LinkedDesk]]:
    """The one far away, which has no line, and the one that is online."""
    line = new_line(hub)
    far = linked_desk(tmp_path / "far", hub, line, number=1, person=identity("far"))
    near = linked_desk(tmp_path / "near", hub, line, number=2, person=identity("near"))
    yield far, near
    far.close()
    near.close()


def digests_at(desk: LinkedDesk) -> dict[str, bytes]:
    with desk.store.reading() as work:
        return dict(work.raw.execute("SELECT sid, digest FROM sync_scope").fetchall())


def digests_of(hub: Hub) -> dict[str, bytes]:
    with hub.database.reading([EVERY_SCOPE]) as connection:
        rows = connection.execute(select(HUB_SCOPE.c.scope, HUB_SCOPE.c.digest))
        return {scope: bytes(digest) for scope, digest in rows}


def names_at(desk: LinkedDesk) -> list[str]:
    with desk.store.reading() as work:
        found = work.raw.execute(
            "SELECT family_name || ' ' || notes FROM contact WHERE trashed_at IS NULL"
        ).fetchall()
    return sorted(name for (name,) in found)


def entered(desk: LinkedDesk, name: str) -> Any:
    return perform(desk.store, enter_record, "contact", {"family_name": name})[0]


def noted(desk: LinkedDesk, record: Any, words: str) -> None:
    perform(desk.store, change_record, "contact", record.id, {"notes": words})


class Year:
    """What happens in a year: people work, and a courier comes or does not."""

    def __init__(self, desks: tuple[LinkedDesk, LinkedDesk], hub: Hub, folder: Path) -> None:
        self.far, self.near = desks
        self.hub, self.folder = hub, folder
        self.dice = random.Random(2026)
        self.known: list[Any] = []
        self.trashed = 0
        self.late: list[Path] = []

    def pass_month(self, month: int) -> None:
        """Work for a month and give the courier what there is."""
        self.known += [entered(self.far, f"Đặng {month}.{number}") for number in range(5)]
        entered(self.near, f"Sato {month}")
        noted(self.far, self.dice.choice(self.known), f"far {month}")
        if month % 4 == 3:
            perform(self.far.store, trash, "contact", self.known.pop(0).id)
            self.trashed += 1
        self.near.sync()
        self._send(month)
        if month % 5 != 4:
            self._answer()

    def _send(self, month: int) -> None:
        there = self.folder / f"there {month}"
        write_pouch(self.far.store, there)
        if month % 3 == 0:
            self.late.append(there)  # lies somewhere until the year is over
            return
        assert read_at_headquarters(self.hub, there).outcome == "applied"
        assert read_at_headquarters(self.hub, there).outcome == "known"  # delivered twice

    def _answer(self) -> None:
        back = self.folder / "back"
        write_at_headquarters(self.hub, self.far.node, back)
        read_pouch(self.far.store, back)
        assert preview_pouch(self.far.store, back).is_known
        read_pouch(self.far.store, back)  # delivered twice


def test_a_year_by_pouch_and_then_online_agrees_and_doubles_nothing(
    desks: tuple[LinkedDesk, LinkedDesk], hub: Hub, clock: HubClock, tmp_path: Path
) -> None:
    far, near = desks
    year = Year(desks, hub, tmp_path)
    for month in range(MONTHS):
        clock.move(days=A_MONTH)
        year.pass_month(month)
    for there in year.late:
        assert read_at_headquarters(hub, there).outcome in {"known", "rolled_back"}

    sent = far.sync()
    near.sync()

    assert sent.rejected == sent.repaired == 0
    assert digests_at(far) == {sid: digests_of(hub)[sid] for sid in digests_at(far)}
    assert digests_at(near) == digests_at(far)
    assert names_at(near) == names_at(far)
    assert len(names_at(far)) == 5 * MONTHS - year.trashed + MONTHS
    states = [answer(each.store, sync_state) for each in desks]
    assert [(each.waiting, each.rejected, each.decisions) for each in states] == [(0, 0, 0)] * 2
    with hub.database.reading([EVERY_SCOPE]) as connection:
        counted = [nid for (nid,) in connection.execute(select(HUB_OPERATION.c.nid))]
    with far.store.reading() as work:
        (own,) = work.raw.execute("SELECT count(*) FROM sync_op").fetchone()
    assert counted.count(1) == own
    assert far.sync().exchanges == near.sync().exchanges == 1


def test_both_changed_the_same_field_meanwhile_and_nobody_loses_a_word(
    desks: tuple[LinkedDesk, LinkedDesk], hub: Hub, clock: HubClock, tmp_path: Path
) -> None:
    far, near = desks
    path = tmp_path / "pouch"
    record = entered(near, "Tanaka")
    near.sync()
    write_at_headquarters(hub, far.node, path)
    read_pouch(far.store, path)
    clock.move(days=200)
    noted(near, record, "near wrote this")
    near.sync()
    noted(far, record, "far wrote this")
    write_pouch(far.store, path)
    assert read_at_headquarters(hub, path).outcome == "applied"
    clock.move(days=165)
    far.sync()
    near.sync()
    assert names_at(far) == names_at(near)
    for desk in desks:
        assert answer(desk.store, sync_state).decisions == 1
        with desk.store.reading() as work:
            (fields,) = work.raw.execute("SELECT fields FROM sync_conflict").fetchone()
        assert {"near wrote this", "far wrote this"} == {
            each for each in ("near wrote this", "far wrote this") if each in fields
        }
    assert digests_at(far) == digests_at(near)


def test_a_pouch_before_which_one_is_missing_is_named_and_then_taken(
    desks: tuple[LinkedDesk, LinkedDesk], hub: Hub, tmp_path: Path
) -> None:
    far, near = desks
    entered(near, "Sato")
    near.sync()
    first, second = tmp_path / "first", tmp_path / "second"
    write_at_headquarters(hub, far.node, first)
    read_pouch(far.store, first)
    write_pouch(far.store, tmp_path / "there")
    read_at_headquarters(hub, tmp_path / "there")
    entered(near, "Suzuki")
    near.sync()
    write_at_headquarters(hub, far.node, first)
    read_pouch(far.store, first)
    far.store.clock = hub.clock
    with far.store.work() as work:  # an older image of this disk
        work.raw.execute("UPDATE sync_scope SET cursor = 0, base = 0")
        work.commit()
    entered(near, "Mori")
    near.sync()
    write_at_headquarters(hub, far.node, second)
    with pytest.raises(RefusedError, match="is missing"):
        read_pouch(far.store, second)
    far.sync()
    assert names_at(far) == names_at(near)
    assert digests_at(far) == digests_at(near)


def test_files_of_the_year_are_there_too(
    desks: tuple[LinkedDesk, LinkedDesk], hub: Hub, clock: HubClock, tmp_path: Path
) -> None:
    far, near = desks
    path, files = tmp_path / "pouch", []
    for month in range(4):
        clock.move(days=A_MONTH)
        record, _ = perform(far.store, enter_record, "agreement", {"title_vi": f"văn kiện {month}"})
        scan = tmp_path / f"scan {month}.pdf"
        scan.write_bytes(f"scan {month} ".encode() * 1000)
        files.append(perform(far.store, attach, far.store, record, scan)[0])
        write_pouch(far.store, path)
        read_at_headquarters(hub, path)
        write_at_headquarters(hub, far.node, path)
        read_pouch(far.store, path)
    for desk in desks:
        desk.sync()
        carry_contents(desk.store, desk.road, Carriage())
    with hub.database.reading([EVERY_SCOPE]) as connection:
        kept = [row.digest for row in connection.execute(select(HUB_BLOB))]
    assert sorted(kept) == sorted(each.digest for each in files)
    for each in files:
        assert content_at(near, each) == content_at(far, each)


def content_at(desk: LinkedDesk, attachment: Attachment) -> bytes:
    return answer(desk.store, read_attachment, desk.store, attachment.id)
