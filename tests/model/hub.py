"""Headquarters in memory: the protocol of SYNC 3 around the real merge rule, and nothing else.

It speaks the real wire forms, so that model laptops and the real store can both be driven against
it. What it leaves out: storage, signatures, bandwidth.
"""

import copy
import json
from collections.abc import Iterable
from typing import Any

from embassy_desk.sealing.digests import (
    chain_link,
    operation_digest,
)
from embassy_desk.sync.canonical import canonical
from embassy_desk.sync.chains import offered_links
from embassy_desk.sync.conflicts import ConflictKind
from embassy_desk.sync.exchange import (
    ExchangeAnswer,
    ExchangeRequest,
    OperationResult,
    ReidentifyRequest,
)
from embassy_desk.sync.merging import NOBODY
from embassy_desk.sync.operations import Operation
from embassy_desk.sync.packing import unpacked
from embassy_desk.sync.problems import (
    PROBLEM_TYPE,
    STATUS,
    ProblemCode,
    ProblemDocument,
    ResultCode,
)
from embassy_desk.sync.scopes import mission_scope
from model.kept import Kept, Mutations, Node, written_key
from model.taking import Taking
from model.telling import page_of

HUB_ID = "9" * 32


class RefusedRequestError(Exception):
    """A request was refused as a whole; carries the problem document."""

    def __init__(self, problem: ProblemDocument) -> None:
        super().__init__(problem.code)
        self.problem = problem


class Hub:
    """Takes exchanges one at a time."""

    def __init__(self, mutations: Mutations | None = None) -> None:
        self.now_ms = 1_000_000
        self.kept = Kept()
        self.journal: list[tuple[str, list[dict[str, Any]]]] = []
        self.mutations = mutations or Mutations()

    # What the operator does

    def enrol(self, node: str, mission: str) -> None:
        self.kept.nodes[node] = Node(mission)

    def backup(self) -> Kept:
        return copy.deepcopy(self.kept)

    def restore(self, backup: Kept) -> None:
        """Go back to a backup: a new epoch, and the journal's operations are parked."""
        epoch = self.kept.epoch
        known = {node: each.mission for node, each in self.kept.nodes.items()}
        ancestries = {node: each.ancestry for node, each in self.kept.nodes.items()}
        self.kept = copy.deepcopy(backup)
        self.kept.epoch = epoch + 1
        self.kept.epoch_heads.append((epoch + 1, dict(self.kept.heads)))
        for node, mission in known.items():  # devices are restored from their own register
            self.kept.nodes.setdefault(node, Node(mission)).ancestry.update(ancestries[node])
        if not self.mutations.journal_forgotten:
            for node, forms in self.journal:
                self._park(node, forms)

    def surface_parked(self, *, unless_pending: set[str]) -> None:
        """Write unclaimed parked operations as recovered, as after 14 days or an empty outbox."""
        for key, form in sorted(self.kept.parked.items(), key=lambda each: each[0][:2]):
            node = key[0]
            if node in unless_pending:
                continue
            del self.kept.parked[key]
            if self._origin(node, form) in self.kept.taken or form["k"] not in (
                "put",
                "move",
                "recover",
            ):
                continue
            mission = self.kept.nodes[node].mission if node in self.kept.nodes else "TOK"
            recovering = Operation.read({**form, "k": "recover"})
            author = node if self.mutations.offers_as_its_author else NOBODY
            self.apply(recovering, author, mission, {}, lost_as=ConflictKind.RECOVERED)
            self.kept.taken.add(self._origin(node, form))
            self.kept.accepted.add(written_key(form))

    # What laptops ask

    def reidentify(self, request: ReidentifyRequest) -> None:
        old, agreed = request.pred
        before = self.kept.nodes[old]
        self.kept.nodes[request.node] = Node(
            before.mission, ancestry={**before.ancestry, old: agreed}
        )

    def exchange(self, request: ExchangeRequest) -> ExchangeAnswer:
        """Take operations and answer with state, in one transaction.

        Raises:
            RefusedRequestError: As SYNC 3.10 names it.
        """
        node = self.kept.nodes.get(request.node)
        if node is None:
            raise _refusal(self.now_ms, ProblemCode.NOT_FOUND)
        forms = list(unpacked([each.short for each in request.ops], request.at + 1))
        if forms:
            self.journal.append((request.node, forms))
        self._check(request, node, forms)
        results = self._take(request.node, node, forms)
        return ExchangeAnswer(
            hub_id=HUB_ID,
            epoch=self.kept.epoch,
            now_ms=self.now_ms,
            last=node.last,
            last_hash=node.links[-1],
            results=tuple(results),
            scopes={
                sid: page_of(self.kept, self.mutations, sid, request)
                for sid in request.want.sids or scopes_of(node.mission)
            },
        )

    def _check(self, request: ExchangeRequest, node: Node, forms: list[dict[str, Any]]) -> None:
        """Compare the chains; whatever is refused is parked first."""
        offered = tuple((each, node.links[each]) for each in offered_links(node.last))
        code: ProblemCode | None = None
        if request.epoch != self.kept.epoch:
            code = ProblemCode.EPOCH
        elif request.nseq < node.last and not self.mutations.rollback_undetected:
            code = ProblemCode.ROLLED_BACK
        elif request.at > node.last:
            code = ProblemCode.GAP
        elif not self.mutations.chain_unchecked and not self._continues(request, node, forms):
            code = ProblemCode.FORK
        if code is None:
            return
        if not self.mutations.refused_is_dropped:
            self._park(request.node, forms)
        raise _refusal(self.now_ms, code, last=node.last, links=offered, epoch=self.kept.epoch)

    def _continues(self, request: ExchangeRequest, node: Node, forms: list[dict[str, Any]]) -> bool:
        if node.links[request.at] != request.hash:
            return False
        known = node.digests[request.at + 1 :]
        return all(
            operation_digest(canonical(form)) == digest
            for form, digest in zip(forms, known, strict=False)
        )

    def _park(self, node: str, forms: Iterable[dict[str, Any]]) -> None:
        for form in forms:
            origin = self._origin(node, form)
            if not self._has(node, form) and origin not in self.kept.taken:
                self.kept.parked[origin] = form

    def _origin(self, node: str, form: dict[str, Any]) -> tuple[str, int, bytes]:
        """Return who wrote an operation first, under which number, and what it says."""
        operation = Operation.read(form)
        essence = b"" if self.mutations.origin_without_essence else operation.essence
        return *operation.origin(node), essence

    def _has(self, node: str, form: dict[str, Any]) -> bool:
        known = self.kept.nodes.get(node)
        if known is None or form["n"] > known.last:
            return False
        return known.digests[form["n"]] == operation_digest(canonical(form))

    def _take(self, name: str, node: Node, forms: list[dict[str, Any]]) -> list[OperationResult]:
        results = []
        for form in forms:
            if form["n"] <= node.last:
                continue
            operation = Operation.read(form)
            digest = operation_digest(operation.canonical)
            origin = self._origin(name, form)
            code = self.apply(operation, name, node.mission, node.ancestry)
            node.digests.append(digest)
            node.links.append(chain_link(bytes.fromhex(node.links[-1]), digest).hex())
            self.kept.taken.add(origin)
            self.kept.accepted.add(written_key(form))
            self.kept.parked.pop(origin, None)
            if code is not None:
                results.append(OperationResult(n=operation.n, code=code))
        return results

    def apply(
        self, operation: Operation, node: str, mission: str, ancestry: dict[str, int], **more: Any
    ) -> ResultCode | None:
        return Taking(self.kept, self.mutations, self.now_ms).apply(
            operation, node, mission, ancestry, **more
        )

    def everything(self) -> str:
        """Return all values that stand anywhere at headquarters, as text."""
        rows = [[leaf.value for leaf in row.all_leaves()] for row in self.kept.rows.values()]
        conflicts = [each.conflict.fields for each in self.kept.conflicts.values()]
        return json.dumps([rows, conflicts])


def scopes_of(mission: str) -> list[str]:
    """Return the scopes that a laptop of a mission reads."""
    return [mission_scope(mission), mission_scope(mission, is_restricted=True)]


def _refusal(now_ms: int, code: ProblemCode, **more: Any) -> RefusedRequestError:
    problem = ProblemDocument(
        type=PROBLEM_TYPE + code.value, status=STATUS[code], now_ms=now_ms, **more
    )
    return RefusedRequestError(problem)
