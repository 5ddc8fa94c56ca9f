"""Files are kept once, encrypted, and given back to the byte."""

import zipfile
from pathlib import Path

import pytest
from tests.integration.application.conftest import PASSPHRASE, clock

from embassy_desk.application.attachments import (
    attach,
    attachments_of,
    read_attachment,
    save_attachment,
)
from embassy_desk.application.office import answer, perform
from embassy_desk.application.profile import Profile, open_profile
from embassy_desk.application.records import enter_record
from embassy_desk.domain.entity import Record
from embassy_desk.domain.errors import DeskError, MissingError, RefusedError, StoreError
from embassy_desk.store.attachments import attachments_folder, sweep
from embassy_desk.store.opening import Store

CONTENT = "bản ghi nhớ đã ký, trang 1 ".encode() * 5000


@pytest.fixture
def record(store: Store) -> Record:
    return perform(store, enter_record, "agreement", {"title_vi": "Bản ghi nhớ"})[0]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "Bản ghi nhớ (ký).pdf"
    path.write_bytes(CONTENT)
    return path


def test_file_comes_back_to_the_byte_and_lies_encrypted(
    store: Store, record: Record, file: Path, tmp_path: Path
) -> None:
    attachment, _ = perform(store, attach, store, record, file)
    assert (attachment.name, attachment.size_bytes) == (file.name, len(CONTENT))
    assert attachment.media_type == "application/pdf"
    assert answer(store, read_attachment, store, attachment.id) == CONTENT
    (kept,) = attachments_folder(store.path).iterdir()
    assert "ghi" not in kept.name
    assert CONTENT[:20] not in kept.read_bytes()
    save_attachment(store, attachment.id, tmp_path / "out.pdf")
    assert (tmp_path / "out.pdf").read_bytes() == CONTENT


def test_same_content_is_kept_once_and_same_name_is_a_version(
    store: Store, record: Record, file: Path
) -> None:
    for _ in range(2):
        perform(store, attach, store, record, file)
    assert len(list(attachments_folder(store.path).iterdir())) == 1
    assert [each.version for each in answer(store, attachments_of, record)] == [1, 2]


def test_refused_command_leaves_a_file_that_the_sweep_removes(
    store: Store, record: Record, file: Path
) -> None:
    with store.work() as work:
        attach(work, store, record, file)  # not committed, as after a crash
    folder = attachments_folder(store.path)
    assert len(list(folder.iterdir())) == 1
    with store.work() as work:
        assert sweep(work, folder) == 1
    assert list(folder.iterdir()) == []
    assert answer(store, attachments_of, record) == ()


def test_damaged_and_missing_contents_are_said_in_words(
    store: Store, record: Record, file: Path
) -> None:
    attachment, _ = perform(store, attach, store, record, file)
    (kept,) = attachments_folder(store.path).iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(StoreError):
        answer(store, read_attachment, store, attachment.id)
    kept.unlink()
    with pytest.raises(MissingError):
        answer(store, read_attachment, store, attachment.id)


def test_folder_is_no_file(store: Store, record: Record, tmp_path: Path) -> None:
    with pytest.raises(RefusedError):
        perform(store, attach, store, record, tmp_path)


def test_backup_holds_the_attachments(
    profile: Profile, record: Record, file: Path, tmp_path: Path
) -> None:
    attachment, _ = perform(profile.store, attach, profile.store, record, file)
    profile.back_up(tmp_path / "backup.zip")
    with zipfile.ZipFile(tmp_path / "backup.zip") as archive:
        archive.extractall(tmp_path / "restored")
    copy = open_profile(tmp_path / "restored", PASSPHRASE, clock)
    assert answer(copy.store, read_attachment, copy.store, attachment.id) == CONTENT
    copy.close()


@pytest.mark.parametrize("name", ["Điện_TUYỆT MẬT.pdf", "ghi.txt"])
def test_file_that_carries_a_mark_of_secrecy_is_refused(
    store: Store, record: Record, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_text("Số: 12\nTUYỆT MẬT\n", encoding="utf-8")
    with pytest.raises(DeskError, match="TUYỆT MẬT"):
        perform(store, attach, store, record, path)
    assert answer(store, attachments_of, record) == ()
