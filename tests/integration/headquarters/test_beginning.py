"""A laptop begins with a snapshot: in ranges, proved, in portions, from wherever it broke off."""

import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from embassy_desk.application.exchanging import synchronise
from embassy_desk.application.office import perform
from embassy_desk.application.places import Watcher
from embassy_desk.application.records import trash
from embassy_desk.domain.contact import Contact
from embassy_desk.domain.errors import DeskError
from embassy_desk.headquarters.hub import Hub
from embassy_desk.headquarters.service import Service
from embassy_desk.store.opening import Store
from embassy_desk.store.snapshots import present_stage, snapshot_folder
from embassy_desk.store.verifying import verify
from embassy_desk.store.work import Changes
from embassy_desk.sync.exchange import SNAPSHOT_PATH
from makers import identity
from makers.hubs import make_hub
from makers.lines import LinkedDesk, linked_desk, new_line
from makers.set_back import changed, entered, shown
from makers.stores import reopened

ANNA, BINH, CHI = identity("anna"), identity("binh"), identity("chi")
CONTACTS = 320
"""More than a portion; their notes make the file longer than a range."""


@dataclass
class Mission:
    """Anna, whose records headquarters has, and headquarters itself.

    Attributes:
        folder: Where new laptops are made.
    """

    hub: Hub
    anna: LinkedDesk
    folder: Path

    @property
    def service(self) -> Service:
        return self.anna.line.client.app.state.service  # type: ignore[no-any-return]

    def newcomer(self, name: str = "binh", number: int = 2) -> LinkedDesk:
        """Return a new laptop on a line of its own."""
        person = BINH if number == 2 else CHI
        line = new_line(self.hub)
        line.client = self.anna.line.client
        return linked_desk(self.folder / name, self.hub, line, number=number, person=person)


def made_mission(hub: Hub, folder: Path) -> Mission:
    """Return a mission with many records, of which headquarters has made a snapshot."""
    anna = linked_desk(folder / "anna", hub, new_line(hub), person=ANNA)
    with anna.store.work() as work:
        for number in range(CONTACTS):
            values = {"family_name": f"Lê {number}", "notes": secrets.token_hex(1_000)}
            work.save(work.new(Contact, **values))
        work.commit()
    anna.sync()
    mission = Mission(hub, anna, folder)
    mission.service.snapshots.worth_rows = 1
    assert mission.service.snapshots.offer("m:TOK") is not None
    return mission


@pytest.fixture
def mission(tmp_path: Path) -> Iterator[Mission]:
    hub = make_hub(tmp_path / "hq")
    mission = made_mission(hub, tmp_path)
    yield mission
    mission.anna.close()
    hub.close()


def fetched_ranges(desk: LinkedDesk) -> int:
    return sum(path.startswith(SNAPSHOT_PATH) for _, path in desk.line.seen)


def on_ranges(act: Callable[[int], str]) -> Callable[[httpx.Request], str]:
    """Return a trouble that asks what happens to the first, second … range of a snapshot."""
    count = 0

    def trouble(request: httpx.Request) -> str:
        nonlocal count
        if not request.url.path.startswith(SNAPSHOT_PATH):
            return ""
        count += 1
        return act(count)

    return trouble


def digests(store: Store) -> dict[str, bytes]:
    with store.reading() as work:
        return dict(work.raw.execute("SELECT sid, digest FROM sync_scope").fetchall())


def assert_same(first: Store, second: Store) -> None:
    """Both show and confirm the same, and nothing is left of how it came."""
    shown_by = []
    for store in (first, second):
        with store.reading() as work:
            shown_by.append({each.id: each for each in work.all(Contact)})
            assert present_stage(work) is None
            assert verify(work.raw).problems == ()
        assert list(snapshot_folder(store.path).glob("*")) == []
    assert shown_by[0] == shown_by[1]
    assert digests(first)["m:TOK"] == digests(second)["m:TOK"]


def test_a_new_laptop_begins_with_a_snapshot(hub: Hub, tmp_path: Path) -> None:
    mission = made_mission(hub, tmp_path)
    binh = mission.newcomer()

    report = binh.sync()

    assert report.received >= CONTACTS
    assert report.repaired == 0
    assert fetched_ranges(binh) > 1
    assert_same(mission.anna.store, binh.store)
    binh.close()
    mission.anna.close()


def test_what_changed_since_the_snapshot_comes_after_it(mission: Mission) -> None:
    anna = mission.anna
    with anna.store.reading() as work:
        first, second, *_ = work.all(Contact)
    later = entered(anna, notes="after it was made")
    changed(anna, first.id, notes="changed since")
    perform(anna.store, trash, "contact", second.id)
    anna.sync()
    binh = mission.newcomer()

    report = binh.sync()

    assert fetched_ranges(binh) > 1
    assert report.repaired == 0
    known = shown(binh, later), shown(binh, first.id)
    assert [each.notes for each in known if each] == ["after it was made", "changed since"]
    assert_same(anna.store, binh.store)
    binh.close()


def test_a_line_that_breaks_costs_one_range(mission: Mission) -> None:
    binh = mission.newcomer()
    binh.sync()
    whole = fetched_ranges(binh)
    chi = mission.newcomer("chi", 3)
    chi.line.trouble = on_ranges(lambda number: "cut" if number % 2 else "")
    for _ in range(whole):
        try:
            chi.sync()
        except DeskError:
            continue

    assert fetched_ranges(chi) <= 2 * whole
    assert_same(binh.store, chi.store)
    binh.close()
    chi.close()


def test_a_laptop_that_is_killed_anywhere_goes_on_from_there(mission: Mission) -> None:
    """After every range and every portion the disk is kept; each of them ends the same."""
    binh = mission.newcomer()
    images: list[Path] = []

    def keep() -> None:
        images.append(mission.folder / f"image {len(images)}")
        shutil.copytree(binh.store.path.parent, images[-1])

    def trouble(request: httpx.Request) -> str:
        if request.url.path.startswith(SNAPSHOT_PATH):
            keep()
        return ""

    def announced(_changes: Changes) -> None:
        keep()

    binh.line.trouble = trouble
    synchronise(binh.store, binh.road, Watcher(announced))
    binh.line.trouble = lambda _: ""
    seen = len(binh.line.seen)
    assert len(images) > 4
    for image in images[1:]:
        again = LinkedDesk(reopened(image, mission.hub.clock), binh.road, binh.line)
        again.sync()
        assert_same(binh.store, again.store)
        again.store.close()
    ranges = [path for _, path in binh.line.seen[seen:] if path.startswith(SNAPSHOT_PATH)]
    assert len(ranges) < len(images)
    binh.close()


def test_wrong_bytes_are_noticed_and_the_scope_comes_in_pages(mission: Mission) -> None:
    binh = mission.newcomer()
    binh.line.trouble = on_ranges(lambda _: "changed")

    report = binh.sync()

    assert report.received >= CONTACTS
    assert_same(mission.anna.store, binh.store)
    binh.close()


def test_one_wrong_range_costs_the_file_once(mission: Mission) -> None:
    binh = mission.newcomer()
    binh.line.trouble = on_ranges(lambda number: "changed" if number == 2 else "")

    binh.sync()

    assert_same(mission.anna.store, binh.store)
    assert len(asked_for(binh)) == 1
    assert fetched_ranges(binh) > 3
    binh.close()


def halted(mission: Mission) -> LinkedDesk:
    """Return a laptop whose line broke behind the first range."""
    desk = mission.newcomer()
    desk.line.trouble = on_ranges(lambda number: "lost" if number > 1 else "")
    with pytest.raises(DeskError):
        desk.sync()
    desk.line.trouble = lambda _: ""
    return desk


def asked_for(desk: LinkedDesk) -> set[str]:
    return {path.split("/")[-1] for _, path in desk.line.seen if path.startswith(SNAPSHOT_PATH)}


def snapshots_of(mission: Mission) -> set[str]:
    return {path.stem for path in (mission.hub.home / "snapshots").glob("*.snapshot")}


def test_a_snapshot_that_is_gone_between_two_ranges_is_begun_anew(mission: Mission) -> None:
    binh = halted(mission)
    (first,) = snapshots_of(mission)
    mission.service.snapshots.path(first).unlink()
    entered(mission.anna, notes="so that the next one differs")
    mission.anna.sync()
    assert mission.service.snapshots.offer("m:TOK") is not None
    (second,) = snapshots_of(mission)

    binh.sync()

    assert asked_for(binh) == {first, second}
    assert_same(mission.anna.store, binh.store)
    binh.close()


def test_a_newer_snapshot_leaves_the_one_that_is_being_fetched(mission: Mission) -> None:
    binh = halted(mission)
    (first,) = snapshots_of(mission)
    with mission.anna.store.work() as work:
        for _ in range(600):
            work.save(work.new(Contact, family_name="Đỗ"))
        work.commit()
    mission.anna.sync()
    assert mission.service.snapshots.offer("m:TOK") is not None
    assert len(snapshots_of(mission)) == 2

    binh.sync()

    assert asked_for(binh) == {first}
    assert_same(mission.anna.store, binh.store)
    binh.close()


def test_a_service_that_was_started_anew_knows_its_snapshots(mission: Mission) -> None:
    binh = halted(mission)
    begun = fetched_ranges(binh)
    binh.line.client = new_line(mission.hub).client

    binh.sync()

    assert fetched_ranges(binh) > begun
    assert asked_for(binh) == snapshots_of(mission)
    assert_same(mission.anna.store, binh.store)
    binh.close()


def test_what_is_written_meanwhile_goes_between_two_ranges(mission: Mission) -> None:
    binh = mission.newcomer()
    own: list[UUID] = []

    def write(number: int) -> str:
        if number == 1:
            own.append(entered(binh, notes="written meanwhile"))
        return ""

    binh.line.trouble = on_ranges(write)
    binh.sync()
    mission.anna.sync()

    kinds = [path.startswith(SNAPSHOT_PATH) for _, path in binh.line.seen]
    first, last = kinds.index(True), len(kinds) - 1 - kinds[::-1].index(True)
    assert False in kinds[first:last]
    contact = shown(mission.anna, own[0])
    assert contact is not None
    assert contact.notes == "written meanwhile"
    assert_same(mission.anna.store, binh.store)
    binh.close()


def test_a_small_scope_comes_in_pages(mission: Mission) -> None:
    mission.service.snapshots.worth_rows = 5_000
    binh = mission.newcomer()

    binh.sync()

    assert fetched_ranges(binh) == 0
    assert_same(mission.anna.store, binh.store)
    binh.close()


def test_pages_are_taken_over_in_portions_between_which_somebody_may_save(
    mission: Mission,
) -> None:
    mission.service.snapshots.worth_rows = 5_000
    binh = mission.newcomer()
    taken: list[int] = []

    def announced(changes: Changes) -> None:
        taken.append(len(changes.records.get("contact", ())))
        if len(taken) == 2:
            entered(binh, notes="saved between two portions")

    synchronise(binh.store, binh.road, Watcher(announced))
    mission.anna.sync()

    assert len([count for count in taken if count]) > 1
    assert max(taken) <= 250
    assert sum(taken) >= CONTACTS
    assert_same(mission.anna.store, binh.store)
    binh.close()
