"""A disk that fails or is full: what was saved stays, and the desk does not go on blindly."""

from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from embassy_desk.domain.contact import Contact
from embassy_desk.domain.errors import DiskError, FullDiskError
from embassy_desk.settings.reserve import RESERVE_BYTES, RESERVE_FILE, give_up, lay_up
from embassy_desk.store.opening import Store
from embassy_desk.store.work import UnitOfWork
from makers import identity, make_contact
from makers.stores import reopened


def fail(work: UnitOfWork) -> None:
    """Save, and meet what the engine says of a failing disk."""
    work.save(make_contact())
    raise dbapi2.OperationalError("disk I/O error")


def fill_up(work: UnitOfWork) -> None:
    """Let the file grow no further than a few pages, and save more than that."""
    (pages,) = work.raw.execute("PRAGMA page_count").fetchone()
    work.raw.execute(f"PRAGMA max_page_count = {pages + 5}")
    for number in range(200):
        work.save(make_contact(id=identity(f"{number}"), notes="x" * 50_000))
    work.commit()


def test_after_the_disk_failed_nothing_is_written_until_the_store_is_opened_anew(
    store: Store, tmp_path: Path
) -> None:
    with pytest.raises(DiskError, match="reports an error"), store.work() as work:
        fail(work)
    with pytest.raises(DiskError, match="open it again"), store.work() as work:
        work.save(make_contact())
    with store.reading() as work:
        assert work.count(Contact) == 0
    store.close()
    again = reopened(tmp_path)
    with again.work() as work:
        work.save(make_contact())
        work.commit()
    again.close()


def test_a_full_disk_gives_the_reserve_up_and_the_next_try_does(
    store: Store, tmp_path: Path
) -> None:
    assert lay_up(tmp_path)
    assert (tmp_path / RESERVE_FILE).stat().st_size == RESERVE_BYTES
    with pytest.raises(FullDiskError, match="reserve of 33 MB has been freed"), store.work() as w:
        fill_up(w)
    assert not (tmp_path / RESERVE_FILE).exists()
    with pytest.raises(FullDiskError, match="Free some space"), store.work() as work:
        fill_up(work)
    with store.work() as work:
        work.raw.execute("PRAGMA max_page_count = 1000000")
        work.save(make_contact())
        work.commit()


def test_a_reserve_is_laid_up_once_and_given_up_once(tmp_path: Path) -> None:
    (tmp_path / RESERVE_FILE).write_bytes(b"a part of it")
    assert lay_up(tmp_path)
    assert lay_up(tmp_path)
    assert give_up(tmp_path) == RESERVE_BYTES
    assert give_up(tmp_path) == 0
    assert not lay_up(tmp_path / "nowhere")
