"""The real code in one process: real stores, the real service, a line that breaks, one seed.

People write, the line loses, cuts, doubles and changes what it carries, pouches come late and
twice, disks go back to older images, headquarters to older backups, clocks are off. Then all rests,
and all must have the same.
What was written is judged from outside: by what people typed, what was on their screens, and what
was seen to pass on the line and in pouches.
"""

import atexit
import random
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from uuid import UUID

import httpx
from sqlalchemy import select

from embassy_desk.application.continuing import ExchangeRefusedError
from embassy_desk.application.exchanging import Report
from embassy_desk.application.office import perform
from embassy_desk.application.pouches import read_pouch, write_pouch
from embassy_desk.application.records import change_record, enter_record
from embassy_desk.domain.errors import DeskError, InvalidError
from embassy_desk.headquarters.app import build_app
from embassy_desk.headquarters.backups import back_up_hub
from embassy_desk.headquarters.database import EVERY_SCOPE
from embassy_desk.headquarters.hub import Hub, open_hub
from embassy_desk.headquarters.pouching import read_pouch as read_at_headquarters
from embassy_desk.headquarters.pouching import write_pouch as write_at_headquarters
from embassy_desk.headquarters.surfacing import surface_old
from embassy_desk.headquarters.tables import HUB_ROW, HUB_SCOPE
from embassy_desk.headquarters.verifying import verify_hub
from embassy_desk.store.opening import STORE_FILE
from embassy_desk.sync.compression import decompressed
from embassy_desk.sync.problems import ProblemCode
from makers import identity
from makers.hubs import HubClock, make_hub
from makers.lines import LinkedDesk, let_in, linked_again, linked_desk, new_line
from makers.set_back import set_back
from makers.stores import reopened

STEPS = 40
SEEDS_PER_NEWCOMER = 3
"""In one of so many histories a laptop joins in the middle, and begins with a snapshot."""

SNAPSHOT_STEP, NEWCOMER_STEP = 15, 20
MOST_ROUNDS = 12
_TOKEN = re.compile(r"w\d+\.")
_TROUBLES = ("", "", "", "", "", "lost", "cut", "twice", "changed")
_LONG = timedelta(days=20)


class BrokenError(AssertionError):
    """A simulation ended as none may."""


@dataclass
class OffClock:
    """Headquarters' clock, wrong by some time."""

    clock: HubClock
    off: timedelta

    def __call__(self) -> datetime:
        return self.clock() + self.off


@dataclass(frozen=True)
class Written:
    """What somebody typed, and what he had on his screen."""

    token: str
    row: UUID
    on_screen: str


@dataclass
class World:
    """Everything of one simulation."""

    dice: random.Random
    folder: Path
    hub: Hub
    clock: HubClock
    desks: list[LinkedDesk]
    rows: list[UUID]
    written: list[Written] = field(default_factory=list)
    passed: set[str] = field(default_factory=set)
    images: dict[int, list[Path]] = field(default_factory=dict)
    pouches: list[tuple[Path, set[str]]] = field(default_factory=list)
    backups: list[Path] = field(default_factory=list)
    journals: list[Path] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    is_calm: bool = False


def run(seed: int, folder: Path, database: str = "") -> Counter[str]:
    """Run one simulation in an empty folder and return its counts.

    Raises:
        BrokenError: Something that must hold does not.
    """
    with _world(seed, folder, database) as world:
        for number in range(STEPS):
            world.clock.move(seconds=world.dice.choice((1, 60, 3_600)))
            _step(world)
            if seed % SEEDS_PER_NEWCOMER == SEEDS_PER_NEWCOMER - 1:
                _newcomer(world, number)
        _rest(world)
        _check(world)
        return world.counts


@contextmanager
def _world(seed: int, folder: Path, database: str) -> Iterator[World]:
    dice, clock = random.Random(seed), HubClock()
    hub, desks = _begun(folder, dice.randint(2, 3), database, clock)
    for each in desks:
        off = timedelta(seconds=dice.choice((0, 0, -400, 3_000, 100_000)))
        each.store.clock = OffClock(clock, off)
    first = desks[0]
    rows = [
        perform(first.store, enter_record, "contact", {"family_name": f"Lê {n}"})[0].id
        for n in range(2)
    ]
    world = World(dice, folder, hub, clock, desks, rows)
    for each in desks:
        each.sync()
    line = first.line
    line.trouble = lambda _: _trouble(world)
    line.heard = lambda body, status: _hear(world, body, status)
    try:
        yield world
    finally:
        for each in world.desks:
            each.close()
        world.hub.close()


def _begun(
    folder: Path, count: int, database: str, clock: HubClock
) -> tuple[Hub, list[LinkedDesk]]:
    """Return a headquarters and enrolled desks; on SQLite from copies of those made once."""
    if database:
        hub = make_hub(folder / "hq", database=database, clock=clock)
        return hub, _enrolled(folder, hub, count)
    shutil.copytree(_template(count), folder, dirs_exist_ok=True)
    hub = open_hub(folder / "hq", clock, {})
    line = new_line(hub)
    return hub, [linked_again(folder / str(n), hub, line, _person(n)) for n in range(count)]


@cache
def _template(count: int) -> Path:
    """Return the folder of a headquarters with so many desks; it goes with the process."""
    folder = Path(mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    hub = make_hub(folder / "hq")
    for each in _enrolled(folder, hub, count):
        each.close()
    hub.close()
    return folder


def _enrolled(folder: Path, hub: Hub, count: int) -> list[LinkedDesk]:
    line = new_line(hub)
    return [
        linked_desk(folder / str(n), hub, line, number=n + 1, person=_person(n))
        for n in range(count)
    ]


def _person(number: int) -> UUID:
    return identity(f"person {number}")


def _trouble(world: World) -> str:
    what = "" if world.is_calm else world.dice.choice(_TROUBLES)
    world.counts[f"line: {what or 'good'}"] += 1
    return what


def _hear(world: World, body: bytes, status: int) -> None:
    """Remember what passed; what was not signed in time, headquarters has not read."""
    if status == httpx.codes.UNAUTHORIZED:
        return
    try:
        text = decompressed(body, 10**8).decode()
    except InvalidError:
        return
    world.passed |= set(_TOKEN.findall(text))


def _step(world: World) -> None:
    steps = (
        (10, _write),
        (8, _exchange),
        (2, _send_pouch),
        (2, _deliver_pouch),
        (2, _fetch_pouch),
        (1, _take_image),
        (1, _restore_image),
        *(() if world.hub.database.is_postgresql else ((1, _back_up), (0.7, _set_back))),
    )
    (act,) = world.dice.choices([each for _, each in steps], [weight for weight, _ in steps])
    world.counts[act.__name__.removeprefix("_")] += 1
    act(world)


def _newcomer(world: World, step: int) -> None:
    """Let headquarters make a snapshot, and some steps later a laptop begin with it."""
    snapshots = world.desks[0].line.client.app.state.service.snapshots
    if step == SNAPSHOT_STEP:
        snapshots.worth_rows = 1
        snapshots.offer("m:TOK")
    elif step == NEWCOMER_STEP:
        number, person = len(world.desks) + 1, identity("newcomer")
        line, folder = world.desks[0].line, world.folder / "newcomer"
        world.desks.append(linked_desk(folder, world.hub, line, number=number, person=person))
        world.counts["newcomer"] += 1


def _write(world: World) -> None:
    desk, row = world.dice.choice(world.desks), world.dice.choice(world.rows)
    token = f"w{len(world.written)}."
    with desk.store.reading() as work:
        found = work.raw.execute("SELECT notes FROM contact WHERE id = ?", (row.hex,)).fetchone()
    if found is not None:
        perform(desk.store, change_record, "contact", row, {"notes": token})
        world.written.append(Written(token, row, found[0]))


def _exchange(world: World) -> None:
    try:
        world.dice.choice(world.desks).sync()
    except DeskError as error:
        world.counts[f"stopped: {error.code}"] += 1


def _send_pouch(world: World) -> None:
    desk = world.dice.choice(world.desks)
    path = world.folder / f"pouch {len(world.pouches)}"
    with desk.store.reading() as work:
        texts = work.raw.execute(
            "SELECT operation FROM sync_op o JOIN sync_node n ON n.no = o.node_no"
            " WHERE o.nseq > n.acked AND operation IS NOT NULL"
        ).fetchall()
    write_pouch(desk.store, path)
    tokens = {token for (text,) in texts for token in _TOKEN.findall(text)}
    world.pouches.append((path, tokens))


def _deliver_pouch(world: World) -> None:
    if world.pouches:
        _delivered(world, *world.dice.choice(world.pouches))


def _delivered(world: World, path: Path, tokens: set[str]) -> None:
    try:
        outcome = read_at_headquarters(world.hub, path).outcome
    except DeskError as error:
        world.counts[f"pouch refused: {error.code}"] += 1
        return
    world.counts[f"pouch: {outcome}"] += 1
    world.passed |= tokens


def _fetch_pouch(world: World) -> None:
    desk, path = world.dice.choice(world.desks), world.folder / "back"
    try:
        write_at_headquarters(world.hub, desk.node, path)
        read_pouch(desk.store, path)
    except DeskError as error:
        world.counts[f"pouch not read: {error.code}"] += 1


def _take_image(world: World) -> None:
    number = world.dice.randrange(len(world.desks))
    kept = world.images.setdefault(number, [])
    image = world.folder / f"image {number} {len(kept)}"
    store = world.desks[number].store
    with store.work() as work:
        work.raw.execute("SELECT 1")
    image.mkdir()
    _reopen(world, number, lambda folder: shutil.copy(folder / STORE_FILE, image))
    kept.append(image)


def _restore_image(world: World) -> None:
    number = world.dice.randrange(len(world.desks))
    if world.images.get(number):
        image = world.dice.choice(world.images[number])
        _reopen(world, number, lambda folder: shutil.copy(image / STORE_FILE, folder))


def _reopen(world: World, number: int, act: object) -> None:
    desk = world.desks[number]
    clock, author, folder = desk.store.clock, desk.store.author, desk.store.path.parent
    desk.store.close()
    act(folder)  # type: ignore[operator]
    desk.store = reopened(folder)
    desk.store.clock, desk.store.author = clock, author


def _back_up(world: World) -> None:
    world.backups.append(world.folder / f"backup {len(world.backups)}")
    back_up_hub(world.hub, world.backups[-1])


def _set_back(world: World) -> None:
    """Lose headquarters; restore a backup, and replay what every journal so far has besides."""
    if not world.backups:
        return
    world.journals.append(world.hub.journal)
    home = world.folder / f"hq {len(world.journals) + 2}"
    world.hub = set_back(world.hub, world.dice.choice(world.backups), home, world.journals)
    world.desks[0].line.client.app = build_app(world.hub)


def _rest(world: World) -> None:
    """Deliver what lies about, then let everybody exchange until nothing moves."""
    for path, tokens in world.pouches:
        _delivered(world, path, tokens)
    world.is_calm = True
    for _ in range(2):
        _settle(world)
        world.clock.move(days=_LONG.days)
        surface_old(world.hub)
    _settle(world)


def _settle(world: World) -> None:
    for _ in range(MOST_ROUNDS):
        moved = 0
        for desk in world.desks:
            report = _synced(world, desk)
            moved += report.sent + report.received + report.conflicts + report.offered
            if report.repaired:
                raise BrokenError(f"{desk.node} differed in {report.repaired} rows")
        if not moved:
            return
    raise BrokenError("the desks never come to rest")


def _synced(world: World, desk: LinkedDesk) -> Report:
    """Exchange; a person enrols a device again whose key a restored headquarters has lost."""
    try:
        return desk.sync()
    except ExchangeRefusedError as error:
        if error.reason != ProblemCode.UNSIGNED or not world.journals:
            raise
    world.counts["enrolled again"] += 1
    let_in(desk.store, world.hub)
    return desk.sync()


def _check(world: World) -> None:
    """Check that all agree and nothing is gone without an excuse.

    Raises:
        BrokenError: It is.
    """
    with world.hub.database.reading([EVERY_SCOPE]) as connection:
        problems = verify_hub(world.hub, connection).problems
        sums = {row.scope: bytes(row.digest) for row in connection.execute(select(HUB_SCOPE))}
        alive = connection.execute(select(HUB_ROW.c.entity, HUB_ROW.c.fields)).all()
    if problems:
        raise BrokenError(f"headquarters is not whole: {problems[0]}")
    for desk in world.desks:
        with desk.store.reading() as work:
            held = dict(work.raw.execute("SELECT sid, digest FROM sync_scope").fetchall())
        if any(sums[sid] != digest for sid, digest in held.items()):
            raise BrokenError(f"{desk.node} does not have what headquarters has")
    kept: dict[str, set[str]] = {"contact": set(), "conflict": set()}
    for entity, fields in alive:
        kept.setdefault(entity, set()).update(_TOKEN.findall(fields))
    replacing = {each.on_screen for each in world.written if each.token in world.passed}
    for each in world.written:
        world.counts[_verdict(each.token, kept, replacing, world.passed)] += 1
    if world.counts["LOST"]:
        raise BrokenError(f"{world.counts['LOST']} writes are gone")


def _verdict(token: str, kept: dict[str, set[str]], replacing: set[str], passed: set[str]) -> str:
    if token in kept["contact"]:
        return "in force"
    if token in kept["conflict"]:
        return "in a conflict"
    if token in replacing:
        return "replaced by somebody who had it on screen"
    return "LOST" if token in passed else "on no disk but one that was overwritten"
