"""Nothing that was entered can be read from a file: not the store's, its log's, nor a copy's."""

import io
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import makers
from embassy_desk.domain.catalogue import ENTITIES, KINDS, entity_name
from embassy_desk.domain.entity import Entity, Part, Record, text_fields
from embassy_desk.domain.errors import InvalidError
from embassy_desk.sealing.files import encrypt_file
from embassy_desk.store.backups import back_up, copy_store
from embassy_desk.store.finders.search import search
from embassy_desk.store.logs import note_in_log, note_part_in_log
from embassy_desk.store.opening import Store
from embassy_desk.store.work import UnitOfWork
from makers import make_contact_email
from makers.stores import KEY

FEWEST_CANARIES = 40
OF_A_LOG = {entity for kind in KINDS if kind.is_log for entity in kind.entities}
OF_EVERY_STORE = (b"SQLite format 3", b"CREATE TABLE", b"search_index", b"capture_contact")


def _canary(entity: type[Entity], field: str, round_: int) -> str:
    return f"canary-{round_}.{entity_name(entity)}.{field}"


def _made(entity: type[Entity], round_: int) -> tuple[Entity, list[str]]:
    """Return an entity with a canary in every text that takes one, and the canaries."""
    made: Entity = getattr(makers, f"make_{entity_name(entity)}")()
    canaries = []
    for field in sorted(text_fields(entity)):
        canary = _canary(entity, field, round_)
        try:
            made = made.changed(**{field: canary})
        except InvalidError:
            continue  # a code of fixed shape, such as a country
        canaries.append(canary)
    return made, canaries


def _saved(store: Store) -> list[str]:
    """Save every entity twice, so that the log holds what was replaced; return all canaries."""
    canaries: list[str] = []
    for round_ in (1, 2):
        with store.work() as work:
            for entity in ENTITIES:
                if round_ > 1 and entity in OF_A_LOG:
                    continue  # written once, never replaced
                made, found = _made(entity, round_)
                _save(work, made)
                canaries += found
            work.commit()
    return canaries


def _save(work: UnitOfWork, made: Entity) -> None:
    if type(made) not in OF_A_LOG:
        work.save(made)
    elif isinstance(made, Part):
        note_part_in_log(work, made)
    else:
        assert isinstance(made, Record)
        note_in_log(work, made)


def _files(folder: Path) -> Iterator[Path]:
    return (each for each in folder.rglob("*") if each.is_file())


@pytest.fixture
def canaries(store: Store, tmp_path: Path) -> list[str]:
    """Canaries in a store that is still open, in its copies and in an attachment."""
    found = _saved(store)
    (tmp_path / "attachments").mkdir()
    content = b"canary-in-the-content" * 1000
    encrypt_file(io.BytesIO(content), tmp_path / "attachments" / "ab12")
    copy_store(store.path, KEY, tmp_path / "copy.db")
    back_up(store.path, KEY, [], tmp_path / "backup.zip")
    return [*found, make_contact_email().address, "canary-in-the-content"]


def test_no_file_shows_what_was_entered(store: Store, canaries: list[str], tmp_path: Path) -> None:
    assert len(canaries) >= FEWEST_CANARIES
    names = {each.name for each in _files(tmp_path)}
    assert names >= {"store.db", "store.db-wal", "store.db-shm", "copy.db", "backup.zip", "ab12"}
    _assert_silent(tmp_path, canaries)
    store.close()
    _assert_silent(tmp_path, canaries)


def _assert_silent(folder: Path, canaries: list[str]) -> None:
    forms = [canary.encode(encoding) for canary in canaries for encoding in ("utf-8", "utf-16-le")]
    for path in _files(folder):
        content = path.read_bytes()
        assert [each for each in (*forms, *OF_EVERY_STORE) if each in content] == [], path.name


@pytest.mark.usefixtures("canaries")
def test_names_and_notes_are_among_the_canaries(store: Store) -> None:
    with store.reading() as work:
        for field in ("notes", "family_name", "alias"):
            assert len(search(work, f"canary-2.contact.{field}")) == 1


def test_an_open_text_would_be_noticed(tmp_path: Path) -> None:
    (tmp_path / "leak.log").write_text("saved canary-1.contact.notes")
    with pytest.raises(AssertionError, match=r"leak\.log"):
        _assert_silent(tmp_path, ["canary-1.contact.notes"])


def test_temporary_files_stay_in_memory(store: Store) -> None:
    with closing(store), store.reading() as work:
        assert work.raw.execute("PRAGMA temp_store").fetchone() == (2,)
