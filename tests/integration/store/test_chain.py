"""The log is a chain: every link is recomputed here with nothing but the standard library."""

import hashlib
from contextlib import closing
from pathlib import Path
from typing import Any

from embassy_desk.store.opening import Store
from makers import identity, make_contact
from makers.stores import FIRST_MOMENT, TickingClock, make_store, operations_of, reopened


def _rows(store: Store) -> list[tuple[Any, ...]]:
    with store.reading() as work:
        rows: list[tuple[Any, ...]] = work.raw.execute(
            "SELECT nseq, operation, digest, chain, state FROM sync_op ORDER BY position"
        ).fetchall()
    return rows


def _hash(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()


def _assert_whole(store: Store, *, count: int) -> None:
    """Recompute digests and links, and compare them and their end with what the store says."""
    rows = _rows(store)
    assert [row[0] for row in rows] == list(range(1, count + 1))
    link = bytes(16)
    for _, text, digest, chain, state in rows:
        assert digest == _hash(text.encode())
        link = _hash(link + digest)
        assert chain == link
        assert state == "pending"
    with store.reading() as work:
        assert work.raw.execute("SELECT nseq, chain FROM sync_node").fetchall() == [(count, link)]


def _save(store: Store, name: str, *, times: int = 1) -> None:
    with store.work() as work:
        for number in range(times):
            work.save(make_contact(id=identity(f"{name} {number}"), alias=name))
        work.commit()


def test_every_link_is_the_digest_of_the_one_before_and_the_operation(store: Store) -> None:
    _save(store, "alone")
    _save(store, "together", times=5)
    _assert_whole(store, count=6)


def test_the_chain_goes_on_after_closing_and_opening(tmp_path: Path) -> None:
    for opened in (make_store(tmp_path), reopened(tmp_path), reopened(tmp_path)):
        with closing(opened) as store:
            _save(store, f"{len(_rows(store))}", times=2)
            _assert_whole(store, count=len(_rows(store)))
    with closing(reopened(tmp_path)) as store:
        _assert_whole(store, count=6)


def test_two_open_stores_write_one_chain(tmp_path: Path) -> None:
    with closing(make_store(tmp_path)) as first, closing(reopened(tmp_path)) as second:
        for number in range(5):
            _save(first, f"first {number}")
            _save(second, f"second {number}", times=2)
        _assert_whole(first, count=15)


def test_an_abandoned_unit_of_work_takes_no_number(store: Store) -> None:
    _save(store, "kept")
    with store.work() as work:
        work.save(make_contact(id=identity("abandoned")))
    _save(store, "kept too")
    _assert_whole(store, count=2)


def test_times_in_the_log_never_run_backwards(tmp_path: Path) -> None:
    later = TickingClock(FIRST_MOMENT.replace(year=2031))
    with closing(make_store(tmp_path)) as store:
        _save(store, "before")
    with closing(reopened(tmp_path, later)) as store:
        _save(store, "with a clock set five years on", times=3)
    with closing(reopened(tmp_path)) as store:
        _save(store, "set back again", times=2)
        stamps = [(each["t"], each.get("c", 0)) for each in operations_of(store)]
    assert stamps == sorted(set(stamps))
    assert len(stamps) == 6


def test_operations_of_one_moment_are_told_apart_by_a_counter(store: Store) -> None:
    _save(store, "together", times=3)
    stamps = [(each["t"], each.get("c", 0)) for each in operations_of(store)]
    assert [counter for _, counter in stamps] == [0, 1, 2]
    assert len({moment for moment, _ in stamps}) == 1
