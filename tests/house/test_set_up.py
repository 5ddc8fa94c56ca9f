"""The set-up: what it finds missing, how it asks apt, and that it does nothing twice."""

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from house.programs import program
from house.sources import ROOT

system = program("system")
environment = program("environment")
bootstrap = program("bootstrap")

NOWHERE = system.Part("libnowhere9", library="libnowhere.so.9")
NO_PROGRAM = system.Part("nowhere", program="no-such-program")
LIBC_UNDER_ANOTHER_NAME = system.Part("libc-renamed", library="libc.so.6")

SYSTEM_PYTHON = Path("/usr/bin/python3")

on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="apt is of Debian")


@pytest.fixture
def fakes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of programs that stands for the whole PATH, with sudo and a dpkg without packages.

    apt-get writes its words into `said` and fails as many times as `failures` has lines.
    """
    folder = tmp_path / "bin"
    folder.mkdir()
    _script(folder / "dpkg-query", "exit 1")
    _script(folder / "sudo", 'shift; exec "$@"')
    _script(
        folder / "apt-get",
        f'echo "$*" >> "{tmp_path}/said"\n'
        f'test -s "{tmp_path}/failures" || exit 0\n'
        f"sed -i 1d '{tmp_path}/failures'\n"
        'echo "E: a mirror is out of step"; exit 100',
    )
    for name in ("env", "sed", "sh", "true"):
        (folder / name).symlink_to(f"/usr/bin/{name}")
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(system, "PAUSE_BEFORE_RETRY_S", 0)
    monkeypatch.setattr(system, "_has_lists", lambda: True)
    return tmp_path


def _script(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def _said(folder: Path) -> list[str]:
    """Return the word that tells what each call of apt-get was for."""
    lines = (folder / "said").read_text(encoding="utf-8").splitlines()
    return [re.search(r"install|update", line)[0] for line in lines]  # type: ignore[index]


@on_linux
def test_what_is_not_there_is_missing() -> None:
    assert system.missing((NOWHERE, NO_PROGRAM)) == [NOWHERE, NO_PROGRAM]


@on_linux
def test_a_library_in_a_renamed_package_is_not_missing() -> None:
    assert system.missing((LIBC_UNDER_ANOTHER_NAME,)) == []


@on_linux
def test_this_system_brings_what_running_and_testing_need() -> None:
    assert system.missing((*system.PARTS_TO_RUN, *system.PARTS_TO_TEST)) == []


@on_linux
def test_missing_packages_are_installed_in_one_call(fakes: Path) -> None:
    system.install([NOWHERE, NO_PROGRAM], fakes / "apt.log")
    line = (fakes / "said").read_text(encoding="utf-8")
    assert line.endswith("install --yes --no-install-recommends libnowhere9 nowhere\n")


@on_linux
def test_with_nothing_missing_apt_is_not_asked(fakes: Path) -> None:
    system.install([], fakes / "apt.log")
    assert not (fakes / "said").exists()


@on_linux
def test_lists_are_fetched_when_the_packages_are_not_found(fakes: Path) -> None:
    (fakes / "failures").write_text("1\n", encoding="utf-8")
    system.install([NOWHERE], fakes / "apt.log")
    assert _said(fakes) == ["install", "update", "install"]


@on_linux
def test_lists_that_are_not_there_are_fetched_first(
    fakes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "_has_lists", lambda: False)
    system.install([NOWHERE], fakes / "apt.log")
    assert _said(fakes) == ["update", "install"]


@on_linux
def test_a_mirror_that_fails_for_a_while_is_asked_again(fakes: Path) -> None:
    (fakes / "failures").write_text("1\n2\n3\n4\n5\n", encoding="utf-8")
    system.install([NOWHERE], fakes / "apt.log")
    assert _said(fakes).count("install") == 4


@on_linux
def test_what_apt_said_is_shown_when_it_gives_up(fakes: Path) -> None:
    (fakes / "failures").write_text("no\n" * 99, encoding="utf-8")
    with pytest.raises(system.SetupError, match="a mirror is out of step"):
        system.install([NOWHERE], fakes / "apt.log")
    assert _said(fakes).count("install") == 1 + system.APT_TRIES


@on_linux
def test_without_rights_the_line_for_the_administrator_is_given(
    fakes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (fakes / "bin" / "sudo").unlink()
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(system.SetupError, match=r"apt-get install .* libnowhere9"):
        system.install([NOWHERE], fakes / "apt.log")


@on_linux
def test_an_ordinary_user_goes_through_sudo(fakes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    system.install([NOWHERE], fakes / "apt.log")
    assert _said(fakes) == ["install"]


@on_linux
def test_other_systems_are_told_what_is_missing(fakes: Path) -> None:
    (fakes / "bin" / "apt-get").unlink()
    with pytest.raises(system.SetupError, match=r"lacks libnowhere\.so\.9"):
        system.install([NOWHERE], fakes / "apt.log")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """An environment that works, and the list of what the set-up installs into it."""
    monkeypatch.setattr(environment, "VENV", tmp_path)
    monkeypatch.setattr(environment, "STAMP", tmp_path / "stamp.json")
    installed: list[str] = []
    environment.python().parent.mkdir(parents=True)
    environment.python().symlink_to(sys.executable)
    monkeypatch.setattr(environment, "_has_pip", lambda: True)
    monkeypatch.setattr(environment, "_check_windows_can_open", lambda: None)
    monkeypatch.setattr(environment, "_install_packages", lambda lock: installed.append(lock.name))
    return installed


def test_what_is_set_up_is_left_alone(place: list[str]) -> None:
    environment.set_up("run")
    environment.set_up("run")
    assert place == ["requirements.lock"]


def test_an_environment_for_tests_also_runs_the_desk(place: list[str]) -> None:
    environment.set_up("test")
    environment.set_up("run")
    environment.set_up("test")
    assert place == ["requirements-dev.lock"]


def test_tests_need_more_than_running(place: list[str]) -> None:
    environment.set_up("run")
    environment.set_up("test")
    assert place == ["requirements.lock", "requirements-dev.lock"]


def test_a_changed_lock_is_installed(
    place: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.set_up("run")
    changed = tmp_path / "requirements.lock"
    changed.write_text("six==1.17.0\n", encoding="utf-8")
    monkeypatch.setitem(environment.LOCKS, "run", changed)
    environment.set_up("run")
    assert len(place) == 2


def test_an_environment_that_was_moved_is_set_up_again(place: list[str]) -> None:
    environment.set_up("run")
    known = json.loads(environment.STAMP.read_text(encoding="utf-8"))
    environment.STAMP.write_text(json.dumps(known | {"place": "elsewhere"}), encoding="utf-8")
    environment.set_up("run")
    assert len(place) == 2


def test_a_damaged_stamp_is_no_stamp(place: list[str]) -> None:
    environment.set_up("run")
    environment.STAMP.write_text("{", encoding="utf-8")
    environment.set_up("run")
    assert len(place) == 2


def test_make_offers_the_goals_of_the_program() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    goals = re.search(r"^GOALS := (.*)$", makefile, re.MULTILINE)
    assert goals is not None
    assert goals[1].split() == list(bootstrap.GOALS)
    assert all(f"make {goal} " in makefile for goal in bootstrap.GOALS)


@on_linux
@pytest.mark.skipif(not SYSTEM_PYTHON.exists(), reason="needs the Python of the system")
def test_a_broken_python_in_front_is_passed_over(tmp_path: Path) -> None:
    _script(tmp_path / "python3", "echo 'no version is chosen' >&2; exit 127")
    answer = subprocess.run(
        ["make", "--dry-run", "setup"],
        cwd=ROOT,
        env={"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"{SYSTEM_PYTHON} packaging/bootstrap.py setup" in answer.stdout


def test_an_unknown_goal_is_refused_with_a_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert bootstrap.main(["fly"]) == bootstrap.EXIT_USAGE
    said = capsys.readouterr().err
    assert all(f"    {goal} " in said for goal in bootstrap.GOALS)


def test_integration_runs_what_a_person_types() -> None:
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
