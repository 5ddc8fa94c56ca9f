"""Copies for other programs: readable by the person alone, never run, gone afterwards."""

import stat
import sys
from pathlib import Path

import pytest

from embassy_desk.desktop.attachments.opened import FOLDER, OpenedCopies, plain_name
from embassy_desk.domain.errors import RefusedError


def test_a_copy_can_be_read_and_is_wiped(tmp_path: Path) -> None:
    copies = OpenedCopies(tmp_path)
    first, second = copies.put("Công hàm.pdf", b"one"), copies.put("Công hàm.pdf", b"two")
    assert (first.read_bytes(), second.read_bytes()) == (b"one", b"two")
    assert first.name == second.name == "Công hàm.pdf"
    if sys.platform != "win32":
        assert stat.S_IMODE(first.stat().st_mode) == stat.S_IRUSR
        assert stat.S_IMODE((tmp_path / FOLDER).stat().st_mode) == stat.S_IRWXU
    copies.wipe()
    assert not (tmp_path / FOLDER).exists()


def test_what_a_crash_left_behind_is_wiped_at_the_next_start(tmp_path: Path) -> None:
    OpenedCopies(tmp_path).put("a.txt", b"secret")
    OpenedCopies(tmp_path)
    assert not (tmp_path / FOLDER).exists()


@pytest.mark.parametrize("name", ["a.exe", "Bảng kê.PDF.EXE", "x.desktop", "y.lnk"])
def test_programs_are_not_opened(tmp_path: Path, name: str) -> None:
    with pytest.raises(RefusedError, match="is a program"):
        OpenedCopies(tmp_path).put(name, b"")
    assert not list((tmp_path).rglob("*.*"))


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\a.txt", "a.txt"),
        ('a<b>:"c|d?*.txt', "a_b___c_d__.txt"),
        ("...", "file"),
        ("a\n.txt", "a_.txt"),
    ],
)
def test_names_never_leave_the_folder(name: str, plain: str) -> None:
    assert plain_name(name) == plain
