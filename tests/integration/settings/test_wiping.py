"""S9: a profile that is being destroyed is destroyed, at whatever step the program is killed."""

import os
import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from embassy_desk.settings.wiping import UNSENT_FILE, WIPING_FILE, destroy, finish_wiping

KEYS = ("store.key", "store.key2", "kept/20260101/store.key", "kept/20260101/store.key2")
OTHERS = ("store.db", "store.db-wal", "store.mark", "backups/1.backup", "attachments/aa", "logs/x")


class KilledError(BaseException):
    """Stands for SIGKILL: nothing of the program runs after it."""


def filled(folder: Path) -> Path:
    for name in (*KEYS, *OTHERS, UNSENT_FILE):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"what nobody may read")
    return folder


def left(folder: Path) -> set[str]:
    return {each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()}


def killed_at(step: int, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Let the program die before its nth step at the disk; return how many steps it took."""
    taken = count(1)
    last = [0]

    def dying(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*words: Any, **named: Any) -> Any:
            last[0] = next(taken)
            if last[0] == step:
                raise KilledError
            return real(*words, **named)

        return call

    for name in ("unlink", "rmdir", "fsync", "replace", "rename", "open"):
        monkeypatch.setattr(os, name, dying(getattr(os, name)))
    return lambda: last[0]


def test_whatever_step_it_is_killed_at_the_next_start_ends_it(tmp_path: Path) -> None:
    for step in count(1):
        folder = filled(tmp_path / str(step))
        with pytest.MonkeyPatch.context() as patch:
            steps = killed_at(step, patch)
            try:
                destroy(folder)
            except KilledError:
                pass
            else:
                break
        if (folder / WIPING_FILE).exists():
            assert finish_wiping(folder)
            assert left(folder) == {UNSENT_FILE}
        else:  # it had not begun, or had ended
            assert left(folder) in ({*KEYS, *OTHERS, UNSENT_FILE}, {UNSENT_FILE})
        shutil.rmtree(folder)
    assert steps() > len(KEYS) + len(OTHERS)


def test_keys_go_before_what_they_open(tmp_path: Path) -> None:
    folder = filled(tmp_path)
    gone: list[set[str]] = []
    with pytest.MonkeyPatch.context() as patch:
        unlink = os.unlink

        def watched(path: Any, **named: Any) -> None:
            gone.append(left(folder))
            unlink(path, **named)

        patch.setattr(os, "unlink", watched)
        destroy(folder)
    held_keys = [bool(names & set(KEYS)) for names in gone]
    assert held_keys == sorted(held_keys, reverse=True)
    assert {*OTHERS} <= gone[held_keys.index(False)]


def test_a_key_file_is_written_over_before_it_goes(tmp_path: Path) -> None:
    folder = filled(tmp_path)
    (tmp_path.parent / "link").hardlink_to(folder / "store.key")
    destroy(folder)
    assert b"nobody may read" not in (tmp_path.parent / "link").read_bytes()


def test_where_nothing_was_begun_nothing_goes(tmp_path: Path) -> None:
    folder = filled(tmp_path)
    before = left(folder)
    assert not finish_wiping(folder)
    assert left(folder) == before
