"""Proves that a store is whole: every page, every link of the change log, every index line."""

from dataclasses import dataclass
from typing import Any

from embassy_desk.domain.catalogue import ENTITIES, KINDS
from embassy_desk.sealing.digests import CHAIN_START, chain_link, operation_digest
from embassy_desk.store.borders import translated
from embassy_desk.store.capture import trigger_names
from embassy_desk.texts import N_, Text


@dataclass(frozen=True)
class Verification:
    """What a check found.

    Attributes:
        records: How many records there are, in all kinds.
        operations: How many operations the log has.
        chain: The last link, 32 hexadecimal digits.
        problems: What is wrong, in words; empty when the store is whole.
    """

    records: int
    operations: int
    chain: str
    problems: tuple[Text, ...]


def verify(raw: Any) -> Verification:
    """Check a store on an open connection; changes nothing.

    Args:
        raw: A keyed connection.

    Raises:
        StoreError: The file is too damaged to be read at all.
    """
    with translated():
        operations, chain, problems = _check_chain(raw)
        problems = [
            *_check_pages(raw),
            *problems,
            *_check_entries(raw),
            *_check_triggers(raw),
        ]
        (records,) = raw.execute("SELECT count(*) FROM record_entry").fetchone()
    return Verification(records, operations, chain.hex(), tuple(problems))


def _check_pages(raw: Any) -> list[Text]:
    problems = [str(row[0]) for row in raw.execute("PRAGMA cipher_integrity_check")]
    problems += [str(row[0]) for row in raw.execute("PRAGMA integrity_check") if row[0] != "ok"]
    return [N_("The file is damaged: {report}.", report=each) for each in problems]


def _check_chain(raw: Any) -> tuple[int, bytes, list[Text]]:
    count, chain = 0, CHAIN_START
    node_no, expected = None, 1
    heads: dict[int, tuple[int, bytes]] = {}
    for no, nseq, text, digest, link in raw.execute(
        "SELECT node_no, nseq, operation, digest, chain FROM sync_op ORDER BY node_no, nseq"
    ):
        if no != node_no:
            node_no, expected, chain = no, 1, CHAIN_START
        problem = _chain_problem(nseq, expected, text, digest, link, chain)
        if problem is not None:
            return count, chain, [problem]
        count, chain, expected = count + 1, link, nseq + 1
        heads[no] = (nseq, link)
    problems = [
        N_(
            "The log of this device ends at change {found}; {known} were made.",
            found=found,
            known=nseq,
        )
        for no, nseq, known_chain in raw.execute("SELECT no, nseq, chain FROM sync_node")
        if (found := heads.get(no, (0, CHAIN_START))[0]) != nseq
        or heads.get(no, (0, CHAIN_START))[1] != known_chain
    ]
    return count, chain, problems


def _chain_problem(
    nseq: int, expected: int, text: str | None, digest: bytes, link: bytes, before: bytes
) -> Text | None:
    if nseq != expected:
        return N_("Change {number} is missing from the log.", number=expected)
    # An erased operation keeps its digest, so that the chain stays provable.
    if text is not None and operation_digest(text.encode()) != digest:
        return N_("Change {number} in the log was altered.", number=nseq)
    if chain_link(before, digest) != link:
        return N_("The chain of the log breaks at change {number}.", number=nseq)
    return None


def _check_entries(raw: Any) -> list[Text]:
    problems = []
    for kind in KINDS:
        (lost,) = raw.execute(
            f"SELECT count(*) FROM {kind.name} k WHERE NOT EXISTS"  # noqa: S608 our own names
            " (SELECT 1 FROM record_entry e WHERE e.record_id = k.id)"
        ).fetchone()
        if lost:
            problems.append(
                N_("{count} records of “{kind}” are not in the index.", count=lost, kind=kind.label)
            )
    (strays,) = raw.execute("SELECT count(*) FROM sync_capture").fetchone()
    if strays:
        problems.append(N_("{count} writes went round the log.", count=strays))
    return problems


def _check_triggers(raw: Any) -> list[Text]:
    present = {row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type='trigger'")}
    missing = [each for each in trigger_names(ENTITIES) if each not in present]
    return [N_("The trigger {name} is missing.", name=each) for each in missing]
