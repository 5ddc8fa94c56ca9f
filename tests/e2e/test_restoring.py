"""Old stores, backups and restoring on the command line."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from embassy_desk.application.backups import BACKUPS_FOLDER, Why
from embassy_desk.application.profile import create_profile
from embassy_desk.cli.main import main
from embassy_desk.sealing.derivation import FLOOR

pytestmark = pytest.mark.e2e

PASSPHRASE = "six quiet words are more than enough"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    clock = lambda: datetime.now(UTC)  # noqa: E731, TID251  as the command line itself does
    profile = create_profile(
        tmp_path / "profile", PASSPHRASE, clock, mission="TOK", person="An", parameters=FLOOR
    )
    profile.back_up_beside(Why.DAILY, clock())
    profile.close()
    (tmp_path / "passphrase").write_text(PASSPHRASE + "\n", encoding="utf-8")
    options = ["--profile", tmp_path / "profile", "--passphrase-file", tmp_path / "passphrase"]

    def command(*words: object) -> tuple[int, str, str]:
        code = main([str(each) for each in (*words, *options, "--language", "en")])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def test_old_store_is_refused_with_two_ways_out(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "profile" / "store.db"
    shutil.copy(store, tmp_path / "old.db")
    assert run("add", "contact", "given_name=An")[0] == 0
    shutil.copy(tmp_path / "old.db", store)
    code, out, err = run("list", "contact")
    assert (code, out) == (1, "")
    assert "1 change is missing" in err
    assert "embassy-desk restore" in err
    shutil.rmtree(tmp_path / "profile" / BACKUPS_FOLDER)
    without = run("list", "contact")[2]
    assert "embassy-desk restore FILE" in without
    assert "embassy-desk accept" in without
    assert run("accept")[0] == 0
    assert run("list", "contact")[0] == 0


def test_store_comes_back_from_the_newest_backup(run: Run, tmp_path: Path) -> None:
    run("add", "contact", "given_name=An")
    (listed,) = json.loads(run("backups", "--json")[1])
    code, out, _ = run("restore", listed["file"], "--json")
    assert code == 0
    restored = json.loads(out)
    assert restored["operations"] == listed["operations"]
    assert Path(restored["kept"]).is_dir()
    assert json.loads(run("list", "contact", "--json")[1]) == []
    assert run("verify")[0] == 0


def test_backup_by_hand_is_restored(run: Run, tmp_path: Path) -> None:
    run("add", "contact", "given_name=An")
    assert run("backup", tmp_path / "stick.zip")[0] == 0
    run("add", "contact", "given_name=Binh")
    assert run("restore", tmp_path / "stick.zip")[0] == 0
    assert len(json.loads(run("list", "contact", "--json")[1])) == 1


def test_emptied_store_is_told_and_the_backup_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "profile" / "store.db").write_bytes(b"")
    code, _, err = run("list", "contact")
    assert (code, "is empty" in err, "restore" in err) == (1, True, True)


def test_missing_backup_is_no_traceback(run: Run, tmp_path: Path) -> None:
    code, out, err = run("restore", tmp_path / "nothing.zip")
    assert (code, out) == (1, "")
    assert "nothing.zip" in err
