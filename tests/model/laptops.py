"""A laptop in memory: the protocol of SYNC 3 without tables, as the store should do it."""

import copy
from dataclasses import dataclass, field
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from embassy_desk.sealing.digests import (
    CHAIN_START,
    chain_link,
    digest_sum,
    operation_digest,
    row_digest,
)
from embassy_desk.sync.canonical import canonical
from embassy_desk.sync.chains import last_agreed, row_form
from embassy_desk.sync.clock import Stamp, next_stamp
from embassy_desk.sync.conflicts import CONFLICT_ENTITY
from embassy_desk.sync.exchange import (
    PROTOCOL,
    ExchangeAnswer,
    ExchangeRequest,
    PackedOperation,
    ReidentifyRequest,
    Wanted,
)
from embassy_desk.sync.packing import long_id, packed, unpacked_rows
from embassy_desk.sync.problems import ProblemCode, ProblemDocument
from embassy_desk.sync.scopes import mission_scope
from model.beginnings import Stage, in_pages
from model.kept import RowName

Fields = dict[str, Any]
Seen = tuple[str | None, int]
SCOPES = (mission_scope("TOK"), mission_scope("TOK", is_restricted=True))


@dataclass(frozen=True)
class LaptopMutations:
    """Rules of the laptop that are broken on purpose."""

    acks_by_number: bool = False
    takes_older_answers: bool = False
    forgets_acked: bool = False
    keeps_identity: bool = False
    offers_nothing_back: bool = False
    sees_the_cursor: bool = False
    sees_through_deletions: bool = False
    sees_through_acknowledged_deletions: bool = False
    begins_unanswered: bool = False


@dataclass
class Identity:
    """One identity with all that it wrote."""

    node: str
    forms: list[Fields] = field(default_factory=list)
    links: list[str] = field(default_factory=lambda: [CHAIN_START.hex()])
    acked: int = 0

    @property
    def nseq(self) -> int:
        return len(self.links) - 1

    def append(self, form: Fields) -> None:
        digest = operation_digest(canonical(form))
        self.links.append(chain_link(bytes.fromhex(self.links[-1]), digest).hex())
        self.forms.append(form)


@dataclass
class Disk:
    """What an image of the laptop's disk contains."""

    present: Identity
    former: list[Identity] = field(default_factory=list)
    epoch: int = 1
    stamp: Stamp = field(default_factory=Stamp)
    cursors: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SCOPES, 0))
    bases: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SCOPES, 0))
    heads: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SCOPES, 0))
    row_seen: dict[RowName, int] = field(default_factory=dict)
    confirmed: dict[RowName, Fields] = field(default_factory=dict)
    scopes: dict[RowName, str] = field(default_factory=dict)
    asked: int = 0
    witness: dict[RowName, Fields] | None = None
    stage: Stage | None = None

    @staticmethod
    def over(shown: Fields | None, form: Fields) -> Fields | None:
        """Return a row after an operation."""
        if form["k"] == "del":
            return None
        if form["k"] == "recover":
            return _present({**form["f"], **(shown or {})})
        if form["k"] not in ("put", "move"):
            return shown
        return _present({**(shown or {}), **form["f"]})

    def digest(self, sid: str) -> str:
        rows = [
            row_digest(row_form(*name, fields))
            for name, fields in self.confirmed.items()
            if self.scopes.get(name) == sid
        ]
        return digest_sum(added=rows).hex()

    def confirm(self, forms: list[Fields]) -> None:
        """Fold operations that headquarters has into what is confirmed."""
        for form in forms:
            name = (form["e"], form["r"])
            if form["k"] == "resolve":
                continue
            after = self.over(self.confirmed.get(name), form)
            if after is None:
                self.confirmed.pop(name, None)
            else:
                self.confirmed[name] = after
                self.scopes.setdefault(name, _home(after))

    def forget(self, sid: str, name: RowName) -> None:
        if self.scopes.get(name) == sid:
            self.confirmed.pop(name, None)
            del self.scopes[name]

    def take(self, sid: str, row: Fields, head: int) -> None:
        name = (row["e"], row["r"])
        self.row_seen[name] = head
        if row.get("d"):
            self.confirmed.pop(name, None)
            return
        before = {} if row.get("w") else self.confirmed.get(name, {})
        self.confirmed[name] = _present({**before, **row["f"]})
        self.scopes[name] = sid
        self.stamp = max(self.stamp, Stamp(row["t"]))


@dataclass(frozen=True)
class Sent:
    """A request on its way, and what it was based on."""

    laptop: str
    request: ExchangeRequest
    asked: int
    identity: str


class ModelLaptop:
    """One laptop; `disk` is everything that survives a restart."""

    def __init__(self, name: str, node: str, mutations: LaptopMutations | None = None) -> None:
        self.name = name
        self.user = name * 32
        self.scopes = SCOPES
        self.disk = Disk(Identity(node))
        self.offset = 0
        self.mutations = mutations or LaptopMutations()
        self.mismatches: list[str] = []
        self._made = 0

    # What its person does

    def shown(self, name: RowName) -> Fields | None:
        """Return what the screen shows of a row."""
        shown = self.disk.confirmed.get(name)
        for form in self.pending():
            is_for_nothing = shown is None and form["k"] == "put" and form["b"]
            if (form["e"], form["r"]) == name and not is_for_nothing:
                shown = self.disk.over(shown, form)
        return shown

    def pending(self) -> list[Fields]:
        return self.disk.present.forms[self.disk.present.acked :]

    def seen(self, name: RowName) -> Seen:
        """Return scope and position up to which a row is on screen with all its changes."""
        disk = self.disk
        scope = disk.scopes.get(name)
        if scope is None:
            return None, 0
        if self.mutations.sees_the_cursor:
            return scope, disk.cursors[scope]
        hidden = self._hidden_by(name)
        if hidden is not None and not self.mutations.sees_through_deletions:
            # What came after one's own deletion was never on screen.
            return hidden.get("s"), hidden["b"]
        return scope, max(disk.bases[scope], disk.row_seen.get(name, 0))

    def _hidden_by(self, name: RowName) -> Fields | None:
        """Return the last own deletion of a row that headquarters has not answered with the row.

        That it was acknowledged says nothing yet: it may have lost, and the row come on a later
        page.
        """
        is_here = name in self.disk.confirmed or self.mutations.sees_through_acknowledged_deletions
        written = [form for each in self.disk.former for form in each.forms]
        forms = self.pending() if is_here else [*written, *self.disk.present.forms]
        mine = (form for form in reversed(forms) if (form["e"], form["r"]) == name)
        return next((form for form in mine if form["k"] == "del"), None)

    def write(
        self, kind: str, name: RowName, fields: Fields | None, now: int, seen: Seen
    ) -> Fields:
        """Write one operation, based on what was on screen at a moment."""
        disk = self.disk
        disk.stamp = next_stamp(disk.stamp, max(0, now + self.offset))
        scope, position = seen
        form: Fields = {"n": disk.present.nseq + 1, "t": disk.stamp.ms, "b": 0, "u": self.user}
        form |= {"e": name[0], "r": name[1], "k": kind}
        if disk.stamp.counter:
            form["c"] = disk.stamp.counter
        if scope is not None and position:
            form |= {"b": position, "s": scope}
            if disk.epoch > 1:
                form["g"] = disk.epoch
        if fields is not None:
            form["f"] = fields
        disk.present.append(form)
        return form

    # What it asks, and what it does with answers

    def request(self, now: int, *, batch: int, rows: int, identity: Identity | None = None) -> Sent:
        disk = self.disk
        asking = identity or disk.present
        disk.asked += 1
        after = asking.acked
        forms = asking.forms[after : after + batch]
        former = disk.former[-1] if disk.former and identity is None else None
        request = ExchangeRequest(
            proto=PROTOCOL,
            hub_id="9" * 32,
            epoch=disk.epoch,
            node=asking.node,
            pred=(former.node, former.acked) if former else None,
            schema_rev="1",
            app="1",
            now_ms=max(0, now + self.offset),
            nseq=asking.nseq,
            at=after,
            hash=asking.links[after],
            cursors=dict(disk.cursors),
            bases=dict(disk.bases),
            ops=tuple(PackedOperation.model_validate(each) for each in packed(forms, after + 1)),
            want=Wanted(rows=rows, sids=in_pages(disk, self.scopes)),
        )
        return Sent(self.name, request, disk.asked, asking.node)

    def receive(self, sent: Sent, answer: ExchangeAnswer) -> None:
        if not self._may_take(sent, answer):
            return
        self._acknowledge(answer)
        for sid, page in answer.scopes.items():
            for row in unpacked_rows(each.short for each in page.rows):
                self.disk.take(sid, row, page.head)
        for sid, page in answer.scopes.items():
            for gone in page.gone:
                self.disk.forget(sid, (gone.e, long_id(gone.r)))
            is_old = self.mutations.takes_older_answers and page.to < self.disk.cursors[sid]
            self.disk.cursors[sid] = self.disk.cursors[sid] if is_old else page.to
            self.disk.heads[sid] = page.head
            if page.to == page.head:
                self.disk.bases[sid] = page.to
        if sent.asked == self.disk.asked:
            self._compare(answer)

    def _may_take(self, sent: Sent, answer: ExchangeAnswer) -> bool:
        """Return whether an answer is to the newest request, and acknowledges what is ours."""
        disk = self.disk
        if sent.identity != disk.present.node or sent.request.epoch != disk.epoch:
            return False
        is_present = sent.asked == disk.asked and dict(sent.request.cursors) == disk.cursors
        if not is_present and not self.mutations.takes_older_answers:
            return False
        if answer.last > disk.present.nseq:
            return False
        is_ours = disk.present.links[answer.last] == answer.last_hash
        return is_ours or self.mutations.acks_by_number

    def _acknowledge(self, answer: ExchangeAnswer) -> None:
        present = self.disk.present
        self.disk.confirm(present.forms[present.acked : answer.last])
        present.acked = max(present.acked, answer.last)

    def _compare(self, answer: ExchangeAnswer) -> None:
        for sid, page in answer.scopes.items():
            if page.digest is not None and page.digest != self.disk.digest(sid):
                self.mismatches.append(sid)

    # What it does when it is refused

    def refused(self, sent: Sent, problem: ProblemDocument) -> ReidentifyRequest | None:
        present = self.disk.present
        if sent.asked != self.disk.asked or sent.identity != present.node:
            return None
        if problem.code == ProblemCode.EPOCH and problem.epoch is not None:
            self._begin_epoch(problem)
        elif problem.code in (ProblemCode.FORK, ProblemCode.ROLLED_BACK):
            if not self.mutations.keeps_identity:
                return self._part(problem)
        elif problem.code == ProblemCode.GAP and problem.last is not None:
            present.acked = min(present.acked, problem.last)
        return None

    def _part(self, problem: ProblemDocument) -> ReidentifyRequest:
        disk, old = self.disk, self.disk.present
        agreed, _ = last_agreed(dict(enumerate(old.links)), problem.links)
        self.disk.confirm(old.forms[old.acked : agreed])
        rest, old.acked = old.forms[agreed:], agreed
        old.forms, old.links = old.forms[:agreed], old.links[: agreed + 1]
        self._made += 1
        about = (old.node, agreed, self.name, disk.asked, self._made)
        node = uuid5(NAMESPACE_OID, repr(about)).hex  # the same for a seed in every process
        disk.former.append(old)
        disk.present = Identity(node)
        for form in rest:
            again = {**form, "n": disk.present.nseq + 1}
            again.setdefault("o", [old.node, form["n"]])
            disk.present.append(again)
        return ReidentifyRequest(
            node=node, public_key="0" * 64, pred=(old.node, agreed), hash=old.links[agreed]
        )

    def _begin_epoch(self, problem: ProblemDocument) -> None:
        """Push again what a restored headquarters lacks, pull everything, keep what was known."""
        disk, present = self.disk, self.disk.present
        if not self.mutations.offers_nothing_back:
            known = {} if disk.witness is None else disk.witness
            disk.witness = {**copy.deepcopy(disk.confirmed), **known}
        agreed, _ = last_agreed(dict(enumerate(present.links)), problem.links)
        if not self.mutations.forgets_acked:
            present.acked = min(present.acked, agreed)
        disk.epoch = problem.epoch or disk.epoch
        disk.cursors, disk.bases = dict.fromkeys(SCOPES, 0), dict.fromkeys(SCOPES, 0)
        disk.heads, disk.row_seen = dict.fromkeys(SCOPES, 0), {}
        disk.confirmed, disk.scopes = {}, {}

    def offer_back(self, now: int) -> None:
        """After everything was pulled: write what headquarters no longer has as `recover`."""
        witness, self.disk.witness = self.disk.witness, None
        for name, fields in (witness or {}).items():
            shown = self.disk.confirmed.get(name, {})
            lacking = {key: each for key, each in fields.items() if shown.get(key) != each}
            if name[0] == CONFLICT_ENTITY and shown:
                continue  # headquarters has it; what it says of it goes
            if lacking:
                self.write("recover", name, lacking, now, (None, 0))


def _home(fields: Fields) -> str:
    return SCOPES[fields.get("handling") == "restricted"]


def _present(fields: Fields) -> Fields:
    return {name: value for name, value in fields.items() if value is not None}
