"""Random histories: people write, lines break, disks and servers go back in time; then all rests.

One seed gives one history. At the end every view must be headquarters' view, no outbox may hold
anything, and the oracle must find every value that ever left a disk.
"""

import copy
import random
from collections import Counter
from dataclasses import dataclass, field

from embassy_desk.sync.exchange import ExchangeAnswer
from embassy_desk.sync.packing import unpacked
from embassy_desk.sync.problems import ProblemDocument
from model.beginnings import (
    KEPT,
    Snapshot,
    Stage,
    may_begin,
    repair,
    snapshot_of,
    stage_on,
    take_portion,
)
from model.hub import Hub, RefusedRequestError
from model.kept import Kept, Mutations, RowName, written_key
from model.laptops import SCOPES, Disk, LaptopMutations, ModelLaptop, Seen, Sent
from model.oracle import KNOWN_EXCUSES, Oracle
from model.telling import digest_of

STEPS = 120
LOSS = DUPLICATION = 0.15
FIELDS = ("notes", "source", "given_name")
MOST_ROUNDS = 60
NAMES = "abcdef"
SEEDS_PER_BEGINNINGS = 3
"""In one of so many histories laptops join late and begin with snapshots."""

_ALL = 1_000
_TICK_MS = 50


class BrokenError(AssertionError):
    """A history ended as none may."""


@dataclass
class Form:
    """A form that somebody opened and has not saved."""

    laptop: str
    row: RowName
    field: str
    seen: Seen
    on_screen: frozenset[str]
    disk: int


@dataclass
class Mail:
    """A request or an answer under way; pouches are never lost."""

    sent: Sent
    answer: ExchangeAnswer | ProblemDocument | None = None
    is_pouch: bool = False


@dataclass
class World:
    """Everything of one history."""

    chance: random.Random
    hub: Hub
    laptops: dict[str, ModelLaptop]
    rows: list[RowName]
    oracle: Oracle = field(default_factory=Oracle)
    mail: list[Mail] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    images: dict[str, list[Disk]] = field(default_factory=dict)
    backups: list[Kept] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    disks: Counter[str] = field(default_factory=Counter)
    snapshots: dict[str, list[Snapshot]] = field(default_factory=dict)
    has_beginnings: bool = False
    tokens: int = 0


def run(
    seed: int, mutations: Mutations | None = None, laptop: LaptopMutations | None = None
) -> Counter[str]:
    """Run one history and return its counts.

    Raises:
        BrokenError: Something that must hold does not.
    """
    world = _begun(seed, mutations, laptop)
    for _ in range(STEPS):
        world.hub.now_ms += _TICK_MS
        _step(world)
        if world.has_beginnings:
            _begin(world)
    _quiet(world)
    _check(world)
    return world.counts


def _begun(seed: int, mutations: Mutations | None, laptop: LaptopMutations | None) -> World:
    chance = random.Random(seed)
    hub = Hub(mutations)
    names = NAMES[: chance.randint(2, 4)]
    laptops = {name: ModelLaptop(name, name * 32, laptop) for name in names}
    for each in laptops.values():
        hub.enrol(each.disk.present.node, "TOK")
        each.offset = chance.choice((0, 0, -400, 3_000, 100_000))
    rows = [("contact", f"{number:032x}") for number in range(1, chance.randint(2, 4))]
    has_beginnings = seed % SEEDS_PER_BEGINNINGS == SEEDS_PER_BEGINNINGS - 1
    return World(chance, hub, laptops, rows, has_beginnings=has_beginnings)


def _step(world: World) -> None:
    steps = (
        (30, _write),
        (6, _open_form),
        (6, _save_form),
        (2, _delete),
        (3, _move),
        (24, _ask),
        (30, _carry),
        (2, _write_pouch),
        (2, _take_image),
        (1, _restore_image),
        (1, _clone),
        (1, _back_up),
        (0.5, _restore_server),
        (1, _jump),
        (1, _surface),
    )
    (act,) = world.chance.choices([each for _, each in steps], [weight for weight, _ in steps])
    act(world)


def _any_laptop(world: World) -> ModelLaptop:
    return world.chance.choice(list(world.laptops.values()))


def _write(world: World) -> None:
    laptop, row = _any_laptop(world), world.chance.choice(world.rows)
    name = world.chance.choice(FIELDS)
    _put(world, laptop, row, name, laptop.seen(row), _on_screen(laptop, row, name))


def _on_screen(laptop: ModelLaptop, row: RowName, name: str) -> frozenset[str]:
    shown = laptop.shown(row)
    return frozenset({shown[name]} if shown and name in shown else ())


def _put(
    world: World,
    laptop: ModelLaptop,
    row: RowName,
    name: str,
    seen: Seen,
    on_screen: frozenset[str],
) -> None:
    world.tokens += 1
    token = f"w{world.tokens}."
    own = _own_pending(laptop, row, name)
    form = laptop.write("put", row, {name: token}, world.hub.now_ms, seen)
    world.oracle.wrote(token, row, on_screen | own, written_key(form))
    world.counts["writes"] += 1


def _own_pending(laptop: ModelLaptop, row: RowName, name: str) -> frozenset[str]:
    """Return what the author wrote there before: whoever writes again means to replace it."""
    return frozenset(
        form["f"][name]
        for form in laptop.disk.present.forms
        if (form["e"], form["r"]) == row and form["k"] == "put" and name in form["f"]
    )


def _open_form(world: World) -> None:
    laptop, row = _any_laptop(world), world.chance.choice(world.rows)
    name = world.chance.choice(FIELDS)
    on_screen = _on_screen(laptop, row, name)
    disk = world.disks[laptop.name]
    world.forms.append(Form(laptop.name, row, name, laptop.seen(row), on_screen, disk))


def _save_form(world: World) -> None:
    if not world.forms:
        return
    form = world.forms.pop(world.chance.randrange(len(world.forms)))
    laptop = world.laptops[form.laptop]
    if form.disk != world.disks[form.laptop] or laptop.disk.epoch > 1:
        return  # the program was restarted meanwhile
    _put(world, laptop, form.row, form.field, form.seen, form.on_screen)


def _delete(world: World) -> None:
    laptop, row = _any_laptop(world), world.chance.choice(world.rows)
    shown = laptop.shown(row)
    if shown is None:
        return
    own = frozenset().union(*(_own_pending(laptop, row, name) for name in FIELDS))
    form = laptop.write("del", row, None, world.hub.now_ms, laptop.seen(row))
    tokens = frozenset(shown[name] for name in FIELDS if name in shown)
    world.oracle.deleted(row, tokens | own, written_key(form))
    world.counts["deletions"] += 1


def _move(world: World) -> None:
    laptop, row = _any_laptop(world), world.chance.choice(world.rows)
    shown = laptop.shown(row)
    if shown is not None:
        handling = world.chance.choice(("internal", "restricted"))
        laptop.write("put", row, {"handling": handling}, world.hub.now_ms, laptop.seen(row))
        world.counts["moves"] += 1


def _begin(world: World) -> None:
    """Go on with laptops that join late and begin with a snapshot."""
    steps = ((12, None), (1, _make_snapshot), (0.5, _join), (3, _begin_with), (3, _take_portion))
    (act,) = world.chance.choices([each for _, each in steps], [weight for weight, _ in steps])
    if act is not None:
        act(world)


def _make_snapshot(world: World) -> None:
    sid = world.chance.choice(SCOPES)
    made = world.snapshots.setdefault(sid, [])
    made.append(snapshot_of(world.hub.kept, sid))
    del made[:-KEPT]


def _join(world: World) -> None:
    if len(world.laptops) < len(NAMES):
        name = NAMES[len(world.laptops)]
        laptop = ModelLaptop(name, name * 32, next(iter(world.laptops.values())).mutations)
        world.hub.enrol(laptop.disk.present.node, "TOK")
        world.laptops[name] = laptop
        world.counts["joined"] += 1


def _begin_with(world: World) -> None:
    laptop = _any_laptop(world)
    disk, is_lax = laptop.disk, laptop.mutations.begins_unanswered
    offered = [each for some in world.snapshots.values() for each in some]
    useful = [each for each in offered if may_begin(disk, each, is_lax=is_lax)]
    if useful:
        disk.stage = Stage(world.chance.choice(useful))
        world.counts["snapshots begun"] += 1


def _take_portion(world: World) -> None:
    beginning = [each for each in world.laptops.values() if stage_on(each.disk) is not None]
    if beginning:
        _go_on(world, world.chance.choice(beginning), world.chance.choice((1, 2, 5)))


def _go_on(world: World, laptop: ModelLaptop, most: int) -> None:
    stage = stage_on(laptop.disk)
    if stage is not None:
        take_portion(laptop.disk, stage, most)
        world.counts["snapshots taken over"] += laptop.disk.stage is None


def _request(world: World, laptop: ModelLaptop) -> Sent:
    batch, rows = world.chance.choice((0, 1, 3, 50)), world.chance.choice((1, 2, 100))
    return laptop.request(world.hub.now_ms, batch=batch, rows=rows)


def _note_left(world: World, sent: Sent) -> None:
    """Remember which writes have left a disk: headquarters or a pouch has them."""
    forms = unpacked((each.short for each in sent.request.ops), sent.request.at + 1)
    world.oracle.left |= {written_key(form) for form in forms}


def _ask(world: World) -> None:
    laptop = _any_laptop(world)
    mail = Mail(_request(world, laptop))
    world.mail.append(mail)
    if world.chance.random() < DUPLICATION:
        world.mail.append(copy.copy(mail))


def _write_pouch(world: World) -> None:
    laptop = _any_laptop(world)
    sent = laptop.request(world.hub.now_ms, batch=1_000, rows=1_000)
    _note_left(world, sent)
    world.mail.append(Mail(sent, is_pouch=True))
    world.counts["pouches"] += 1


def _carry(world: World) -> None:
    """Carry something that is under way one step further, in any order, or lose it."""
    if not world.mail:
        return
    mail = world.mail.pop(world.chance.randrange(len(world.mail)))
    if not mail.is_pouch and world.chance.random() < LOSS:
        return
    if mail.answer is None:
        _reach(world, mail)
        if world.chance.random() < DUPLICATION:
            world.mail.append(copy.copy(mail))
        world.mail.append(mail)
    else:
        _give(world, mail)


def _reach(world: World, mail: Mail) -> None:
    """Let headquarters answer a request."""
    _note_left(world, mail.sent)
    try:
        mail.answer = world.hub.exchange(mail.sent.request)
    except RefusedRequestError as refused:
        mail.answer = refused.problem
        world.counts[f"refused: {refused.problem.code}"] += 1


def _give(world: World, mail: Mail) -> None:
    """Give an answer to its laptop."""
    laptop = world.laptops[mail.sent.laptop]
    if isinstance(mail.answer, ExchangeAnswer):
        laptop.receive(mail.sent, mail.answer)
        _repair(world, laptop, mail.answer)
    elif mail.answer is not None:
        again = laptop.refused(mail.sent, mail.answer)
        if again is not None:
            world.hub.reidentify(again)
            world.counts["new identities"] += 1


def _repair(world: World, laptop: ModelLaptop, answer: ExchangeAnswer) -> None:
    """Compare and mend, where snapshots are: what they tell may have moved on in another scope."""
    for sid in list(laptop.mismatches) if world.has_beginnings else ():
        if answer.scopes[sid].head == world.hub.kept.heads.get(sid, 0):
            world.counts["rows repaired"] += repair(laptop.disk, world.hub.kept, sid)
            laptop.mismatches.remove(sid)


def _take_image(world: World) -> None:
    laptop = _any_laptop(world)
    world.images.setdefault(laptop.name, []).append(copy.deepcopy(laptop.disk))


def _restore_image(world: World) -> None:
    laptop = _any_laptop(world)
    images = world.images.get(laptop.name)
    if images:
        _start_on(world, laptop, copy.deepcopy(world.chance.choice(images)))
        world.counts["restored laptops"] += 1


def _clone(world: World) -> None:
    """Put the disk of one laptop into another machine, which then has its identity."""
    one, other = _any_laptop(world), _any_laptop(world)
    if one is not other:
        _start_on(world, other, copy.deepcopy(one.disk))
        world.counts["clones"] += 1


def _start_on(world: World, laptop: ModelLaptop, disk: Disk) -> None:
    asked = max(each.disk.asked for each in world.laptops.values())
    laptop.disk = disk
    laptop.disk.asked = asked + 1  # answers to what the old disk asked are not for this one
    world.disks[laptop.name] += 1


def _back_up(world: World) -> None:
    world.backups.append(world.hub.backup())


def _restore_server(world: World) -> None:
    if world.backups:
        world.hub.restore(world.chance.choice(world.backups))
        world.counts["restored servers"] += 1


def _jump(world: World) -> None:
    _any_laptop(world).offset = world.chance.choice((0, -900_000, 50, 10_000_000))


def _surface(world: World) -> None:
    pending = {each.disk.present.node for each in world.laptops.values() if each.pending()} | {
        node for each in world.laptops.values() for node in _all_nodes(each)
    }
    world.hub.surface_parked(unless_pending=pending)


def _all_nodes(laptop: ModelLaptop) -> set[str]:
    return {laptop.disk.present.node, *(each.node for each in laptop.disk.former)}


def _quiet(world: World) -> None:
    """Deliver what is carried by hand, then let everybody exchange until nothing moves."""
    for mail in [each for each in world.mail if each.is_pouch and each.answer is None]:
        _reach(world, mail)
    world.mail.clear()
    for _ in range(3):
        _settle(world)
        for laptop in world.laptops.values():
            _push_former(world, laptop)
            laptop.offer_back(world.hub.now_ms)
        _settle(world)
        world.hub.surface_parked(unless_pending=set())
    _settle(world)


def _settle(world: World) -> None:
    for _ in range(MOST_ROUNDS):
        before = _state(world)
        for laptop in world.laptops.values():
            laptop.mismatches.clear()
            _go_on(world, laptop, _ALL)
            mail = Mail(laptop.request(world.hub.now_ms, batch=50, rows=3))
            _reach(world, mail)
            _give(world, mail)
        if _state(world) == before:
            return
    raise BrokenError("the laptops never come to rest")


def _state(world: World) -> list[object]:
    return [
        [world.hub.kept.epoch, dict(world.hub.kept.heads)],
        *(
            [
                each.disk.present.node,
                each.disk.present.acked,
                each.disk.present.nseq,
                dict(each.disk.cursors),
                each.disk.epoch,
            ]
            for each in world.laptops.values()
        ),
    ]


def _push_former(world: World, laptop: ModelLaptop) -> None:
    """Offer again, under former identities, what a restored headquarters lacks of them."""
    if laptop.mutations.forgets_acked:
        return
    for identity in laptop.disk.former:
        node = world.hub.kept.nodes.get(identity.node)
        if node is None or node.last >= identity.acked:
            continue
        kept, identity.acked = identity.acked, node.last
        mail = Mail(laptop.request(world.hub.now_ms, batch=1_000, rows=1, identity=identity))
        identity.acked = kept
        _reach(world, mail)


def _check(world: World) -> None:
    """Check that all agree and nothing is gone without an excuse.

    Raises:
        BrokenError: It is.
    """
    hub = world.hub
    for laptop in world.laptops.values():
        if laptop.pending():
            raise BrokenError(f"{laptop.name} still has {len(laptop.pending())} operations")
        if laptop.mismatches:
            raise BrokenError(f"{laptop.name} differs in {laptop.mismatches}")
        for sid in laptop.scopes:
            if laptop.disk.digest(sid) != digest_of(hub.kept, sid):
                raise BrokenError(f"{laptop.name} does not have what headquarters has in {sid}")
    if hub.kept.parked:
        raise BrokenError("something is still parked")
    world.oracle.taken = hub.kept.accepted
    in_force = {
        leaf.value
        for row in hub.kept.rows.values()
        if row.deleted is None
        for leaf in row.leaves.values()
        if isinstance(leaf.value, str)
    }
    verdicts = world.oracle.judge(everything=hub.everything(), in_force=in_force)
    world.counts.update(verdicts)
    unknown = verdicts.keys() - KNOWN_EXCUSES
    if unknown:
        raise BrokenError(f"{dict(verdicts)}")
