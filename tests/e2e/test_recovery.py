"""Forgotten passphrases on the command line, as the guide tells administrators to do it."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from embassy_desk.application.profile import create_profile
from embassy_desk.cli.main import main
from embassy_desk.sealing.derivation import FLOOR

PASSPHRASE = "six quiet words are more than enough"
pytestmark = pytest.mark.e2e

NEW = "seven other words that nobody else knows"
OF_FIRST, OF_SECOND = "the first custodian keeps this one", "the second custodian keeps another"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recovery") / "profile"
    clock = lambda: datetime.now(UTC)  # noqa: E731, TID251  as the command line itself does
    create_profile(folder, PASSPHRASE, clock, mission="TOK", person="An", parameters=FLOOR).close()
    return folder


@pytest.fixture
def run(template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    shutil.copytree(template, tmp_path / "profile")

    def command(passphrase: str, *words: object) -> tuple[int, str, str]:
        (tmp_path / "passphrase").write_text(passphrase + "\n", encoding="utf-8")
        options = ["--profile", tmp_path / "profile", "--passphrase-file", tmp_path / "passphrase"]
        code = main([str(each) for each in (*words, *options, "--language", "en")])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def kept(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text + "\n", encoding="utf-8")
    return folder / name


def test_changed_passphrase_opens_and_the_old_one_does_not(run: Run, tmp_path: Path) -> None:
    new = kept(tmp_path, "new", NEW)
    assert run(PASSPHRASE, "passphrase", "--new-passphrase-file", new)[0] == 0
    assert run(NEW, "verify")[0] == 0
    code, _, reason = run(PASSPHRASE, "verify")
    assert (code, "passphrase is not right" in reason) == (1, True)


@pytest.mark.parametrize(("old", "new"), [("wrong", NEW), (PASSPHRASE, "short"), (PASSPHRASE,) * 2])
def test_refused_change_leaves_the_passphrase(run: Run, tmp_path: Path, old: str, new: str) -> None:
    code, _, reason = run(old, "passphrase", "--new-passphrase-file", kept(tmp_path, "new", new))
    assert code == 1
    assert reason
    assert run(PASSPHRASE, "verify")[0] == 0


def test_recovery_code_is_proved_and_gets_back_in_once(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    code, out, _ = run(PASSPHRASE, "recovery", "code", "--page", page, "--json")
    assert code == 0
    recovery_code = json.loads(out)["recovery_code"]
    assert recovery_code in page.read_text(encoding="utf-8")
    on_paper = kept(tmp_path, "code", recovery_code.lower().replace("-", " "))
    assert run(PASSPHRASE, "recovery", "drill", "--code-file", on_paper)[0] == 0
    new = kept(tmp_path, "new", NEW)
    used = ("recovery", "use", "--code-file", on_paper, "--new-passphrase-file", new, "--json")
    code, out, _ = run("forgotten", *used)
    assert code == 0
    assert json.loads(out)["recovery_code"] != recovery_code
    assert run(NEW, "verify")[0] == 0
    assert run("forgotten", *used)[0] == 1  # it works once


def test_drill_with_a_wrong_code_fails(run: Run, tmp_path: Path) -> None:
    run(PASSPHRASE, "recovery", "code")
    wrong = kept(tmp_path, "code", "0000-0000-0000-0000-0000-0000-0000")
    code, _, reason = run(PASSPHRASE, "recovery", "drill", "--code-file", wrong)
    assert (code, "mistyped" in reason) == (1, True)


def test_custodians_get_a_mission_back_into_its_store(run: Run, tmp_path: Path) -> None:
    publics = [
        run(passphrase, "recovery", "custodian", "--to", tmp_path / name)[1].strip()
        for passphrase, name in ((OF_FIRST, "first.key"), (OF_SECOND, "second.key"))
    ]
    file = kept(
        tmp_path, "custodians.txt", "\n".join(f"{each}  # of headquarters" for each in publics)
    )
    assert run(PASSPHRASE, "recovery", "custodians", file)[0] == 0
    request, half, answer = (tmp_path / name for name in ("request", "half", "answer"))
    assert run("", "recovery", "request", "--to", request)[0] == 0
    opening = ("recovery", "open", request, "--key", tmp_path / "first.key", "--to", half)
    code, _, reason = run(OF_FIRST, *opening)
    assert (code, "other custodian" in reason) == (1, True)  # the second comes first
    keys = (tmp_path / "second.key", tmp_path / "first.key")
    assert run(OF_SECOND, "recovery", "open", request, "--key", keys[0], "--to", half)[0] == 0
    said = run(OF_FIRST, "recovery", "open", half, "--key", keys[1], "--to", answer, "--json")[1]
    told = kept(tmp_path, "told", json.loads(said)["code"])
    new = kept(tmp_path, "new", NEW)
    helped = ("--code-file", told, "--answer", answer)
    assert run(PASSPHRASE, "recovery", "drill", *helped)[0] == 0
    assert run("", "recovery", "use", *helped, "--new-passphrase-file", new)[0] == 0
    assert run(NEW, "verify")[0] == 0


def test_set_up_prints_the_code_where_it_is_asked_for(tmp_path: Path, run: Run) -> None:
    place = tmp_path / "new desk"
    making = ("init", "--mission", "TOK", "--person", "An", "--profile", place)
    passphrase = kept(tmp_path, "own", PASSPHRASE)
    page = tmp_path / "page.html"
    words = [*making, "--passphrase-file", passphrase, "--recovery-code", "--recovery-page", page]
    assert main([str(each) for each in words]) == 0
    assert "Recovery code of Embassy Desk" in page.read_text(encoding="utf-8")
    assert "TOK" in page.read_text(encoding="utf-8")


def test_set_up_without_a_way_of_recovery_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    passphrase = kept(tmp_path, "own", PASSPHRASE)
    words = ("init", "--mission", "TOK", "--person", "An", "--profile", tmp_path / "desk")
    options = ("--passphrase-file", passphrase, "--language", "en")
    assert main([str(each) for each in (*words, *options)]) == 0
    assert "nobody can open this store" in capsys.readouterr().err


def test_set_up_refuses_one_custodian_before_it_makes_anything(tmp_path: Path) -> None:
    passphrase, file = kept(tmp_path, "own", PASSPHRASE), kept(tmp_path, "custodians", "age1abc")
    words = ("init", "--mission", "TOK", "--person", "An", "--profile", tmp_path / "desk")
    options = ("--passphrase-file", passphrase, "--custodians", file)
    assert main([str(each) for each in (*words, *options)]) == 1
    assert not (tmp_path / "desk").exists()
