"""Qt: a version that loses no references, the modules we may ship, the libraries it loads."""

import ast
import gc
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import distribution, version
from pathlib import Path

import PySide6
import pytest
from PySide6.QtCore import QObject, Signal

from house.rules import Rule
from house.sources import ROOT, Source

PINNED_VERSION = "6.11.3"
EMISSIONS = 20_000
# Other tests' leftovers may come and go while we count; the defect loses one per emission.
TOLERATED_LOSS = 50
NOT_INSTALLED = {"PySide6-Addons", "PySide6"}


class Bell(QObject):
    """Something that rings."""

    rung = Signal()


def test_signals_keep_the_references_of_true_and_none() -> None:
    bell = Bell()
    heard: list[bool] = []
    bell.rung.connect(lambda: heard.append(True))
    gc.collect()
    before = {value: sys.getrefcount(value) for value in (True, None)}
    for _ in range(EMISSIONS):
        bell.rung.emit()
        bell.setObjectName("bell")
    assert len(heard) == EMISSIONS
    heard.clear()
    after = {value: sys.getrefcount(value) for value in (True, None)}
    assert {value: count for value, count in after.items() if lost(before[value], count)} == {}


def lost(before: int, after: int) -> bool:
    """Say whether more references are gone than chance explains."""
    return before - after > TOLERATED_LOSS


def test_a_reference_lost_with_each_emission_would_be_noticed() -> None:
    assert lost(100_000, 100_000 - EMISSIONS)
    assert not lost(100_000, 100_000 + 3)


def test_the_version_without_the_defect_is_pinned() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = f"PySide6-Essentials=={PINNED_VERSION}"
    assert wanted in settings["project"]["dependencies"]
    assert version("PySide6-Essentials") == PINNED_VERSION
    for lock in ("requirements.lock", "requirements-dev.lock"):
        assert wanted.lower() in (ROOT / lock).read_text(encoding="utf-8")


def test_only_the_essentials_are_locked() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        names = (ROOT / lock).read_text(encoding="utf-8")
        assert not any(f"\n{name.lower()}==" in f"\n{names}" for name in NOT_INSTALLED)


@cache
def essential_modules() -> set[str]:
    """Return the Qt modules that PySide6-Essentials brings."""
    files = distribution("PySide6-Essentials").files or []
    return {
        path.name.partition(".")[0]
        for path in files
        if path.parent.name == "PySide6" and path.suffix in {".so", ".pyd"}
    }


def foreign_modules(source: Source) -> Iterator[str]:
    essential = essential_modules()
    for node in source.nodes:
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "PySide6":
            names = [f"PySide6.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        for name in names:
            package, _, module = name.partition(".")
            if package == "PySide6" and module and module.partition(".")[0] not in essential:
                yield f"{source.place} imports {name}, which Essentials does not hold"


ESSENTIALS_ONLY = Rule(
    name="Only modules of the Essentials are imported",
    complaints=foreign_modules,
    offender="from PySide6.QtCharts import QChart\n",
    innocent="from PySide6 import QtCore\nfrom PySide6.QtWidgets import QLabel\n",
)


def test_only_modules_of_the_essentials_are_imported() -> None:
    ESSENTIALS_ONLY.enforce()


def test_a_module_beyond_the_essentials_is_noticed() -> None:
    assert ESSENTIALS_ONLY.broken_by(ESSENTIALS_ONLY.offender)
    assert ESSENTIALS_ONLY.broken_by("from PySide6 import QtPdf\n")
    assert ESSENTIALS_ONLY.broken_by("import PySide6.QtWebEngineCore\n")
    assert ESSENTIALS_ONLY.broken_by(ESSENTIALS_ONLY.innocent) == []


def libraries_not_found(library: Path) -> list[str]:
    """Return the shared libraries that a library asks for and the system does not have."""
    answer = subprocess.run(["ldd", str(library)], capture_output=True, text=True, check=False)
    return [line.split()[0] for line in answer.stdout.splitlines() if "not found" in line]


@pytest.mark.skipif(not shutil.which("ldd"), reason="asks the loader of Linux")
@pytest.mark.parametrize(
    "library",
    [
        "plugins/platforms/libqoffscreen.so",
        "plugins/platforms/libqxcb.so",
        "plugins/platforms/libqwayland.so",
        "lib/libQt6Network.so.6",
    ],
)
def test_the_system_brings_every_library_of_a_window(library: str) -> None:
    path = Path(PySide6.__file__).parent / "Qt" / library
    assert path.is_file()
    assert libraries_not_found(path) == []
