"""Files are whole or not there."""

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from embassy_desk.domain.errors import StoreError
from embassy_desk.settings import files
from embassy_desk.settings.files import replaced, sweep, write_whole, writing_error

ON_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")


def test_a_written_file_holds_what_was_written_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    write_whole(tmp_path / "store.key", b"new")
    assert (tmp_path / "store.key").read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [tmp_path / "store.key"]


def test_an_old_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "store.key").write_bytes(b"old and longer")
    write_whole(tmp_path / "store.key", b"new")
    assert (tmp_path / "store.key").read_bytes() == b"new"


@ON_POSIX
@pytest.mark.parametrize("mode", [0o600, 0o640])
def test_a_file_gets_its_mode_whatever_the_old_one_had(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "store.key"
    path.write_bytes(b"old")
    path.chmod(0o666)
    before = os.umask(0o022)
    try:
        write_whole(path, b"new", mode=mode)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_a_file_name_of_the_greatest_length_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("ệ" * 83 + ".vcf")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"


def write_half_and_fail(path: Path, error: BaseException) -> None:
    with replaced(path) as stream:
        stream.write(b"half")
        raise error


@pytest.mark.parametrize("error", [ValueError("x"), KeyboardInterrupt()])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, error: BaseException
) -> None:
    path = tmp_path / "store.key"
    path.write_bytes(b"old")
    with pytest.raises(type(error)):
        write_half_and_fail(path, error)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_disk_that_fails_at_any_step_leaves_the_old_file(
    tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "store.key"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(*((files, "_force") if step == "fsync" else (Path, "replace")), fail)
    with pytest.raises(StoreError, match="no space"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_file_is_on_the_disk_before_it_is_renamed_and_the_folder_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    force, replace, folder = files._force, Path.replace, files.force_folder

    def noted_force(descriptor: int) -> None:
        steps.append(f"file of {os.fstat(descriptor).st_size}")
        force(descriptor)

    def noted_replace(part: Path, path: Path) -> Path:
        steps.append("rename")
        return replace(part, path)

    def noted_folder(path: Path) -> None:
        steps.append("folder")
        folder(path)

    monkeypatch.setattr(files, "_force", noted_force)
    monkeypatch.setattr(Path, "replace", noted_replace)
    monkeypatch.setattr(files, "force_folder", noted_folder)
    write_whole(tmp_path / "store.key", b"twelve bytes")
    assert steps == ["file of 12", "rename", "folder"]


def test_a_missing_folder_is_named_in_words(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"The folder for “store.key” does not exist"):
        write_whole(tmp_path / "nowhere" / "store.key", b"new")


def test_a_folder_that_is_a_file_is_named_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreError, match="does not exist"):
        write_whole(tmp_path / "file" / "store.key", b"new")


def test_a_target_that_is_a_folder_is_refused_and_kept(tmp_path: Path) -> None:
    (tmp_path / "store.key").mkdir()
    with pytest.raises(StoreError, match="cannot be written"):
        write_whole(tmp_path / "store.key", b"new")
    assert list(tmp_path.iterdir()) == [tmp_path / "store.key"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "no space"),
        (errno.EROFS, "may not write"),
        (errno.EACCES, "may not write"),
        (errno.EIO, "cannot be written: Input/output error"),
    ],
)
def test_each_failure_is_said_in_words(number: int, words: str) -> None:
    assert words in str(writing_error(Path("store.key"), OSError(number, os.strerror(number))))


def test_sweeping_removes_what_a_crash_left_and_nothing_else(tmp_path: Path) -> None:
    kept = {tmp_path / "store.key", tmp_path / ".hidden.part", tmp_path / "film.part"}
    left = {tmp_path / ".0123456789abcdef.part", tmp_path / ".ffffffffffffffff.part"}
    for each in kept | left:
        each.write_bytes(b"x")
    assert sweep(tmp_path) == 2
    assert set(tmp_path.iterdir()) == kept


def test_sweeping_finds_the_names_that_writing_uses(tmp_path: Path) -> None:
    with replaced(tmp_path / "store.key") as stream:
        stream.write(b"x")
        (unfinished,) = tmp_path.iterdir()
        (tmp_path / "copy").mkdir()
        (tmp_path / "copy" / unfinished.name).write_bytes(b"x")
    assert sweep(tmp_path / "copy") == 1


def test_what_cannot_be_swept_is_named(tmp_path: Path) -> None:
    (tmp_path / ".0123456789abcdef.part").mkdir()
    with pytest.raises(StoreError, match="0123456789abcdef"):
        sweep(tmp_path)


def test_a_file_that_a_library_wrote_is_forced_to_the_disk_unchanged(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_bytes(b"written by SQLite")
    files.force_file(tmp_path / "store.db")
    assert (tmp_path / "store.db").read_bytes() == b"written by SQLite"
