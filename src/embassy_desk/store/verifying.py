"""Proves that a store is whole: every page, every link of the change log, every index line."""

import json
from dataclasses import dataclass
from typing import Any

from embassy_desk.domain.catalogue import ENTITIES, KINDS
from embassy_desk.sealing.digests import CHAIN_START, DIGEST_BYTES, chain_link, operation_digest
from embassy_desk.store.borders import translated
from embassy_desk.store.capture import trigger_names, trigger_statements
from embassy_desk.store.change_log import NEUTRAL_CONTEXT
from embassy_desk.store.schema import HEAD_REVISION, revision_of
from embassy_desk.texts import N_, Text


@dataclass(frozen=True)
class Verification:
    """What a check found.

    Attributes:
        records: How many records there are, in all kinds.
        operations: How many operations the log has.
        chain: The last link, 32 hexadecimal digits.
        problems: What is wrong, in words; empty when the store is whole.
        strays: How many writes went round every unit of work; no damage, the next one logs them.
    """

    records: int
    operations: int
    chain: str
    problems: tuple[Text, ...]
    strays: int = 0


def verify(raw: Any) -> Verification:
    """Check a store on an open connection; changes nothing.

    Of a store that waits for an upgrade, pages and log are checked, which no upgrade alters.

    Args:
        raw: A keyed connection.

    Raises:
        StoreError: The file is too damaged to be read at all.
    """
    with translated():
        operations, chain, problems = _check_chain(raw)
        problems = [*_check_pages(raw), *problems, *_check_context(raw)]
        if revision_of(raw) == HEAD_REVISION:
            problems += [*_check_entries(raw), *_check_triggers(raw)]
        (records,) = raw.execute("SELECT count(*) FROM record_entry").fetchone()
        (strays,) = raw.execute("SELECT count(*) FROM sync_capture").fetchone()
    return Verification(records, operations, chain.hex(), tuple(problems), strays)


def _check_pages(raw: Any) -> list[Text]:
    problems = [str(row[0]) for row in raw.execute("PRAGMA cipher_integrity_check")]
    problems += [str(row[0]) for row in raw.execute("PRAGMA integrity_check") if row[0] != "ok"]
    return [N_("The file is damaged: {report}.", report=each) for each in problems]


def _check_chain(raw: Any) -> tuple[int, bytes, list[Text]]:
    """Return how many operations there are, the last link, and the first problem of the log."""
    count, chain = 0, CHAIN_START
    heads: dict[int, tuple[int, bytes]] = {}
    for no, *row in raw.execute(
        "SELECT node_no, nseq, entity, row_id, operation, digest, chain FROM sync_op"
        " ORDER BY node_no, nseq"
    ):
        last, before = heads.get(no, (0, CHAIN_START))
        problem = _operation_problem(*row, last=last, before=before)
        if problem is not None:
            return count, chain, [problem]
        count, chain = count + 1, row[-1]
        heads[no] = (row[0], chain)
    return count, chain, _head_problems(raw, heads)


def _operation_problem(
    nseq: int,
    entity: str,
    row_id: str,
    text: str | None,
    digest: bytes,
    link: bytes,
    *,
    last: int,
    before: bytes,
) -> Text | None:
    if nseq != last + 1:
        return N_("Change {number} is missing from the log.", number=last + 1)
    # An erased operation keeps its digest, so that the chain stays provable.
    if text is not None:
        if operation_digest(text.encode()) != digest:
            return N_("Change {number} in the log was altered.", number=nseq)
        operation = json.loads(text)
        if (operation["n"], operation["e"], operation["r"]) != (nseq, entity, row_id):
            return N_("Change {number} in the log was altered.", number=nseq)
    if len(digest) != DIGEST_BYTES or chain_link(before, digest) != link:
        return N_("The chain of the log breaks at change {number}.", number=nseq)
    return None


def _head_problems(raw: Any, heads: dict[int, tuple[int, bytes]]) -> list[Text]:
    """Compare where the log ends with where each identity of this device says that it ends."""
    problems = []
    known = {no: (nseq, link) for no, nseq, link in raw.execute(_HEADS)}
    for no in sorted(known.keys() | heads.keys()):
        nseq, link = known.get(no, (0, CHAIN_START))
        found, found_link = heads.get(no, (0, CHAIN_START))
        if found != nseq:
            problems.append(
                N_(
                    "The log of this device ends at change {found}; {known} were made.",
                    found=found,
                    known=nseq,
                )
            )
        elif found_link != link:
            problems.append(N_("The chain of the log breaks at change {number}.", number=nseq))
    return problems


def _check_entries(raw: Any) -> list[Text]:
    problems = []
    for kind in KINDS:
        (lost,) = raw.execute(
            f"SELECT count(*) FROM {kind.name} k WHERE NOT EXISTS"  # noqa: S608  our own names
            " (SELECT 1 FROM record_entry e WHERE e.record_id = k.id)"
        ).fetchone()
        if lost:
            problems.append(
                N_("{count} records of “{kind}” are not in the index.", count=lost, kind=kind.label)
            )
    for question, problem in (
        (_ENTRIES_WITHOUT_WORDS, N_("Some records cannot be found by the search.")),
        (_WORDS_WITHOUT_ENTRY, N_("The search finds records that are gone.")),
    ):
        if raw.execute(question).fetchone() is not None:
            problems.append(problem)
    return problems


_HEADS = "SELECT no, nseq, chain FROM sync_node"

# The shadow table of FTS5 has one row per indexed row.
_ENTRIES_WITHOUT_WORDS = (
    "SELECT 1 FROM record_entry WHERE no NOT IN (SELECT id FROM search_index_docsize) LIMIT 1"
)
_WORDS_WITHOUT_ENTRY = (
    "SELECT 1 FROM search_index_docsize WHERE id NOT IN (SELECT no FROM record_entry) LIMIT 1"
)


def _check_triggers(raw: Any) -> list[Text]:
    present = dict(raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    wanted = zip(trigger_names(ENTITIES), trigger_statements(ENTITIES), strict=True)
    return [
        N_("The trigger {name} is missing or was altered.", name=name)
        for name, statement in wanted
        if present.get(name) != statement
    ]


def _check_context(raw: Any) -> list[Text]:
    """Between transactions nobody is signed on; anything else would be read by the triggers."""
    rows = raw.execute("SELECT mode, user, via, seen FROM sync_ctx").fetchall()
    if rows == [NEUTRAL_CONTEXT]:
        return []
    return [N_("The log does not know for whom it is written.")]
