"""What is imported is declared, and what is declared is imported."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest

from house.sources import FOLDERS, PACKAGE, ROOT, Source, sources

# Declared although nothing of ours imports them, each with the reason.
IMPORTED_BY_NOBODY = {
    "psycopg": "loaded by SQLAlchemy when the address of a database names it",
    "tzdata": "the time zones, for systems that bring none",
}
# Modules of ours that are found without a package.
OURS = {"embassy_desk", "fakes", "faults", "house", "makers", "model", "tests"} | {
    each.stem
    for folder in ("bench", "packaging", "tests/e2e/walks")
    for each in (ROOT / folder).glob("*.py")
}
# Modules that the system brings, each with the reason; packaging/system.py names their packages.
OF_THE_SYSTEM = {
    "gi": "a walk as an assistive program runs under Debian's own Python",
}
# Packages that are the inside of a declared one.
INSIDES = {"pydantic-core": "pydantic", "shiboken6": "pyside6-essentials"}


def normalised(name: str) -> str:
    """Return the name of a package in the one way that packages are compared."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(requirements: list[str]) -> set[str]:
    """Return the names in a list of requirements."""
    return {normalised(re.split(r"[^A-Za-z0-9._-]", each)[0]) for each in requirements}


def imported(source: Source) -> set[str]:
    """Return the modules outside the standard library that a source imports, first name only."""
    names: set[str] = set()
    for node in source.nodes:
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names - sys.stdlib_module_names - OURS - set(OF_THE_SYSTEM)


def packages_of(modules: set[str]) -> set[str]:
    """Return the packages that bring these modules; a module nobody brings stands for itself."""
    known = packages_distributions()
    names = {normalised(name) for module in modules for name in known.get(module, [module])[:1]}
    return {INSIDES.get(name, name) for name in names}


@pytest.fixture(scope="module")
def settings() -> dict[str, list[str]]:
    """The requirements of the desk and of its tools."""
    read = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups: dict[str, list[str]] = read["dependency-groups"]
    extras = read["project"].get("optional-dependencies", {}).values()
    run = [*read["project"]["dependencies"], *(each for extra in extras for each in extra)]
    return {"run": run, "all": [*run, *(each for group in groups.values() for each in group)]}


def test_what_the_desk_imports_is_declared(settings: dict[str, list[str]]) -> None:
    needed = packages_of(set().union(*(imported(source) for source in sources(PACKAGE))))
    assert needed - declared(settings["run"]) == set()


def test_what_tests_and_tools_import_is_declared(settings: dict[str, list[str]]) -> None:
    folders = [folder for folder in FOLDERS if folder != PACKAGE]
    needed = packages_of(set().union(*(imported(source) for source in sources(*folders))))
    assert needed - declared(settings["all"]) == set()


def test_what_is_declared_is_imported(settings: dict[str, list[str]]) -> None:
    needed = packages_of(set().union(*(imported(source) for source in sources(PACKAGE))))
    assert declared(settings["run"]) - needed - set(IMPORTED_BY_NOBODY) == set()


def test_an_undeclared_import_is_noticed() -> None:
    planted = Source("planted.py", "import os\nimport numpy.linalg\nfrom dateutil import tz\n")
    needed = packages_of(imported(planted))
    assert needed == {"numpy", "python-dateutil"}
    assert needed - declared(["python-dateutil>=2.9,<3", "RapidFuzz>=3"]) == {"numpy"}
