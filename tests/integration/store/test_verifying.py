"""The check names the first thing that is wrong, and finds nothing wrong with a whole store."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from embassy_desk.domain.errors import StoreError
from embassy_desk.sealing.digests import chain_link, operation_digest
from embassy_desk.store.connections import connect
from embassy_desk.store.opening import STORE_FILE
from embassy_desk.store.verifying import Verification, verify
from makers import identity, make_contact, make_contact_email
from makers.stores import KEY, make_store

Tampering = Callable[[Any], Any]


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """The file of a store with five operations: a contact, two addresses and two edits."""
    with closing(make_store(tmp_path)) as store:
        contact = make_contact()
        for entity in (
            contact,
            make_contact_email(),
            make_contact_email(id=identity("second")),
            contact.changed(notes="x"),
            contact.changed(notes="y"),
        ):
            with store.work() as work:
                work.save(entity)
                work.commit()
    return tmp_path / STORE_FILE


def _verified(path: Path, tampering: Tampering | None = None) -> Verification:
    with closing(connect(path, KEY)) as raw:
        if tampering is not None:
            raw.execute("BEGIN")
            tampering(raw)
            raw.execute("COMMIT")
        return verify(raw)


def _sql(statement: str, *values: object) -> Tampering:
    return lambda raw: raw.execute(statement, values)


def _rewritten(raw: Any, *, first: int, last: int) -> None:
    """Change an operation and recompute digests and links, as somebody skilful would."""
    raw.execute(
        "UPDATE sync_op SET operation = replace(operation, '\"t\":1', '\"t\":2') WHERE nseq = ?",
        (first,),
    )
    for nseq in range(first, last + 1):
        (before,) = raw.execute("SELECT chain FROM sync_op WHERE nseq = ?", (nseq - 1,)).fetchone()
        (text,) = raw.execute("SELECT operation FROM sync_op WHERE nseq = ?", (nseq,)).fetchone()
        digest = operation_digest(text.encode())
        raw.execute(
            "UPDATE sync_op SET digest = ?, chain = ? WHERE nseq = ?",
            (digest, chain_link(before, digest), nseq),
        )


def _swapped_numbers(raw: Any) -> None:
    for old, new in ((3, 99), (4, 3), (99, 4)):
        raw.execute("UPDATE sync_op SET nseq = ? WHERE nseq = ?", (new, old))


def _swapped_texts(raw: Any) -> None:
    raw.execute(
        "UPDATE sync_op SET (operation, digest) ="
        " (SELECT operation, digest FROM sync_op o WHERE o.nseq = 7 - sync_op.nseq)"
        " WHERE nseq IN (3, 4)"
    )


def test_a_whole_store_has_no_problem(closed: Path) -> None:
    result = _verified(closed)
    assert (result.records, result.operations, result.problems) == (1, 5, ())
    with closing(connect(closed, KEY)) as raw:
        assert result.chain == raw.execute("SELECT chain FROM sync_node").fetchone()[0].hex()


def test_a_reader_may_check_while_the_store_is_open(tmp_path: Path) -> None:
    with closing(make_store(tmp_path)) as store, store.reading() as work:
        assert verify(work.raw).problems == ()


@pytest.mark.parametrize(
    ("tampering", "problem"),
    [
        (
            _sql("UPDATE sync_op SET operation = replace(operation, 'h', 'H') WHERE nseq = 3"),
            "Change 3 in the log was altered.",
        ),
        (
            _sql("UPDATE sync_op SET operation = 'nonsense' WHERE nseq = 3"),
            "Change 3 in the log was altered.",
        ),
        (
            _sql("UPDATE sync_op SET digest = zeroblob(16) WHERE nseq = 3"),
            "Change 3 in the log was altered.",
        ),
        (
            _sql("UPDATE sync_op SET row_id = 'somebody else' WHERE nseq = 3"),
            "Change 3 in the log was altered.",
        ),
        (
            _sql("UPDATE sync_op SET entity = 'task' WHERE nseq = 3"),
            "Change 3 in the log was altered.",
        ),
        (_swapped_numbers, "Change 3 in the log was altered."),
        (_swapped_texts, "Change 3 in the log was altered."),
        (
            _sql("UPDATE sync_op SET chain = zeroblob(16) WHERE nseq = 3"),
            "The chain of the log breaks at change 3.",
        ),
        (
            _sql("UPDATE sync_op SET operation = NULL, digest = zeroblob(16) WHERE nseq = 3"),
            "The chain of the log breaks at change 3.",
        ),
        (
            _sql("UPDATE sync_op SET operation = NULL, digest = x'00' WHERE nseq = 3"),
            "The chain of the log breaks at change 3.",
        ),
        (
            lambda raw: _rewritten(raw, first=3, last=3),
            "The chain of the log breaks at change 4.",
        ),
        (
            lambda raw: _rewritten(raw, first=3, last=5),
            "The chain of the log breaks at change 5.",
        ),
        (
            _sql("UPDATE sync_op SET nseq = 30 WHERE nseq = 3"),
            "Change 3 is missing from the log.",
        ),
        (_sql("DELETE FROM sync_op WHERE nseq = 3"), "Change 3 is missing from the log."),
        (_sql("DELETE FROM sync_op WHERE nseq = 1"), "Change 1 is missing from the log."),
        (
            _sql("DELETE FROM sync_op WHERE nseq = 5"),
            "The log of this device ends at change 4; 5 were made.",
        ),
        (_sql("DELETE FROM sync_op"), "The log of this device ends at change 0; 5 were made."),
        (
            _sql("UPDATE sync_op SET node_no = 2 WHERE nseq = 1"),
            "Change 1 is missing from the log.",
        ),
        (
            _sql("UPDATE sync_node SET chain = zeroblob(16)"),
            "The chain of the log breaks at change 5.",
        ),
        (
            _sql("UPDATE sync_node SET nseq = 4"),
            "The log of this device ends at change 5; 4 were made.",
        ),
        (
            _sql("DELETE FROM record_entry"),
            "1 records of “Contact” are not in the index.",
        ),
        (_sql("DELETE FROM search_index"), "Some records cannot be found by the search."),
        (
            _sql("INSERT INTO search_index (rowid, name) VALUES (77, 'nobody')"),
            "The search finds records that are gone.",
        ),
        (_sql("DELETE FROM sync_ctx"), "The log does not know for whom it is written."),
        (
            _sql("UPDATE sync_ctx SET user = 'somebody'"),
            "The log does not know for whom it is written.",
        ),
        (
            _sql("DROP TRIGGER capture_contact_update"),
            "The trigger capture_contact_update is missing or was altered.",
        ),
        (
            lambda raw: [
                raw.execute("DROP TRIGGER capture_tag_insert"),
                raw.execute(
                    "CREATE TRIGGER capture_tag_insert AFTER INSERT ON tag BEGIN SELECT 1; END"
                ),
            ],
            "The trigger capture_tag_insert is missing or was altered.",
        ),
    ],
)
def test_the_first_bad_thing_is_named(closed: Path, tampering: Tampering, problem: str) -> None:
    assert str(_verified(closed, tampering).problems[0]) == problem


def test_an_erased_operation_leaves_the_chain_provable(closed: Path) -> None:
    erased = _sql("UPDATE sync_op SET operation = NULL, before = NULL WHERE nseq = 3")
    assert _verified(closed, erased).problems == ()


def test_damage_in_any_page_is_found(closed: Path) -> None:
    whole = closed.read_bytes()
    for place in range(2000, len(whole), 9 * 4096):
        damaged = bytearray(whole)
        damaged[place] ^= 1
        closed.write_bytes(damaged)
        assert "damaged" in _report(closed), place


def _report(path: Path) -> str:
    try:
        return " ".join(map(str, _verified(path).problems))
    except StoreError as error:
        return str(error)
