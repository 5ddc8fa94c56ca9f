"""The contracts between the rooms are kept, and each of them can be broken."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from house.sources import PACKAGE, ROOT

VERDICT = re.compile(r"^(?P<contract>\S.*\S) (?P<verdict>KEPT|BROKEN)(?: \(|$)", re.MULTILINE)


@dataclass(frozen=True)
class Plant:
    """Files that break one contract: their place inside the package and their text."""

    contract: str
    files: dict[str, str]

    def __str__(self) -> str:
        return f"{self.contract}: {', '.join(self.files)}"


def plant(contract: str, place: str, text: str) -> Plant:
    """Return one planted file."""
    return Plant(contract, {place: text})


# A layer that is never entered would never be missed: the lowest of every pair is tried.
PLANTS = [
    plant("The rooms of the house", "texts/planted.py", "import embassy_desk.domain.errors\n"),
    plant("The rooms of the house", "domain/planted.py", "import embassy_desk.settings\n"),
    plant("The rooms of the house", "settings/planted.py", "import embassy_desk.sync\n"),
    plant("The rooms of the house", "sync/planted.py", "import embassy_desk.sealing\n"),
    plant("The rooms of the house", "sealing/planted.py", "import embassy_desk.store\n"),
    plant("The rooms of the house", "store/planted.py", "import embassy_desk.vault\n"),
    plant("The rooms of the house", "vault/planted.py", "import embassy_desk.interchange\n"),
    plant("The rooms of the house", "vault/planted.py", "import embassy_desk.application\n"),
    plant("The rooms of the house", "application/planted.py", "import embassy_desk.desktop\n"),
    plant("The rooms of the house", "desktop/planted.py", "import embassy_desk.cli\n"),
    plant("The rooms of the house", "attic/__init__.py", ""),
    Plant(
        "No circles anywhere",
        {
            "domain/planted.py": "import embassy_desk.domain.grown\n",
            "domain/grown.py": "import embassy_desk.domain.planted\n",
        },
    ),
    plant("The inner rooms know no machinery", "domain/planted.py", "import sqlmodel\n"),
    plant("The inner rooms know no machinery", "settings/planted.py", "import sqlalchemy\n"),
    plant("The inner rooms know no machinery", "sync/planted.py", "import sqlite3\n"),
    plant("The inner rooms know no machinery", "texts/planted.py", "import PySide6.QtCore\n"),
    plant(
        "Rules and merge know no files, threads or clocks",
        "domain/planted.py",
        "import threading\n",
    ),
    plant("Rules and merge know no files, threads or clocks", "sync/planted.py", "import time\n"),
    plant("Only the desktop knows Qt", "application/planted.py", "import qasync\n"),
    plant("Only the desktop knows Qt", "store/planted.py", "from PySide6 import QtCore\n"),
    plant(
        "The command line opens the desk but knows no Qt",
        "cli/planted.py",
        "from PySide6 import QtCore\n",
    ),
    plant("Only the store knows SQL", "desktop/planted.py", "import sqlalchemy\n"),
    plant("Only the store knows SQL", "application/planted.py", "from sqlmodel import select\n"),
    plant(
        "Rows never leave the store", "application/planted.py", "import embassy_desk.store.rows\n"
    ),
    plant("Cryptography stays in one room", "vault/planted.py", "import cryptography\n"),
    plant("Cryptography stays in one room", "updates/planted.py", "import cryptography\n"),
    plant("The rooms of the house", "updates/planted.py", "import embassy_desk.transport\n"),
    plant("Only updates know what proves them", "application/planted.py", "import tuf\n"),
    plant(
        "A new version is proved and laid out without the store",
        "updates/planted.py",
        "import embassy_desk.store\n",
    ),
    plant("Only the vault knows the keyring", "desktop/planted.py", "import keyring\n"),
    plant(
        "Foreign files are read in one room, which knows no store",
        "interchange/planted.py",
        "import embassy_desk.store\n",
    ),
    plant("Only that room knows their formats", "application/planted.py", "import vobject\n"),
    plant(
        "Screens reach no further than the application",
        "desktop/shell/planted.py",
        "import embassy_desk.store\n",
    ),
    plant("The rooms of the house", "application/planted.py", "import embassy_desk.headquarters\n"),
    plant("The rooms of the house", "headquarters/planted.py", "import embassy_desk.desktop\n"),
    plant(
        "Headquarters stands on the store, not on the desk",
        "headquarters/planted.py",
        "import embassy_desk.application\n",
    ),
    plant(
        "Only headquarters serves and speaks to PostgreSQL",
        "store/planted.py",
        "import psycopg\n",
    ),
    plant(
        "The kit knows no screen", "desktop/kit/planted.py", "import embassy_desk.desktop.shell\n"
    ),
    Plant(
        "Presenters know no Qt",
        {
            "desktop/planted/__init__.py": "",
            "desktop/planted/presenter.py": "import PySide6.QtCore\n",
        },
    ),
]


@contextmanager
def planted(copy: Path, files: dict[str, str]) -> Iterator[None]:
    """Put files into a copy of the package and take them out again."""
    for place, text in files.items():
        (copy / place).parent.mkdir(parents=True, exist_ok=True)
        (copy / place).write_text(text, encoding="utf-8")
    yield
    for place in files:
        (copy / place).unlink()
        if not any((copy / place).parent.iterdir()):
            (copy / place).parent.rmdir()


def verdicts(copy: Path) -> dict[str, str]:
    """Run the linter over a copy of the package and return what it says of each contract."""
    program = Path(sys.executable).with_name("lint-imports")
    answer = subprocess.run(
        [str(program), "--no-cache", "--no-logo", "--config", str(ROOT / "pyproject.toml")],
        cwd=copy.parent,
        env={**os.environ, "PYTHONPATH": str(copy.parent), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    found = {each["contract"]: each["verdict"] for each in VERDICT.finditer(answer.stdout)}
    assert found, answer.stdout + answer.stderr
    return found


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package's sources."""
    target = tmp_path_factory.mktemp("house") / "embassy_desk"
    shutil.copytree(ROOT / PACKAGE, target, ignore=shutil.ignore_patterns("__pycache__"))
    return target


@pytest.fixture(scope="module")
def contracts() -> set[str]:
    """The names of all contracts."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {each["name"] for each in settings["tool"]["importlinter"]["contracts"]}


def test_every_contract_is_kept(copy: Path, contracts: set[str]) -> None:
    assert verdicts(copy) == dict.fromkeys(contracts, "KEPT")


@pytest.mark.parametrize("broken", PLANTS, ids=str)
def test_the_contract_can_be_broken(copy: Path, broken: Plant) -> None:
    with planted(copy, broken.files):
        found = verdicts(copy)
    assert found[broken.contract] == "BROKEN"


def test_every_contract_has_been_broken_once(contracts: set[str]) -> None:
    assert {each.contract for each in PLANTS} == contracts


def test_the_front_door_may_build_the_parts(copy: Path) -> None:
    door = "import embassy_desk.store\nimport embassy_desk.vault\n"
    if (copy / "desktop" / "app.py").exists():
        door += (copy / "desktop" / "app.py").read_text(encoding="utf-8")
    assert verdicts_with_door(copy, door)["Screens reach no further than the application"] == "KEPT"


def verdicts_with_door(copy: Path, text: str) -> dict[str, str]:
    """Return the verdicts with another `desktop/app.py`."""
    app = copy / "desktop" / "app.py"
    before = app.read_text(encoding="utf-8") if app.exists() else None
    app.write_text(text, encoding="utf-8")
    found = verdicts(copy)
    if before is None:
        app.unlink()
    else:
        app.write_text(before, encoding="utf-8")
    return found
