"""The tree names no machine and no place where packages lie, and every package has its digest."""

import re
import subprocess
from pathlib import Path

import pytest

from house.sources import ROOT

# Written in pieces, so that this file does not name them either.
HOSTS = [
    name.replace(" ", ".")
    for name in (
        "pypi org", "pythonhosted org", "deb debian org", "security debian org", "npmjs org",
        "npmjs com", "proxy golang org", "crates io", "rubygems org", "repo maven apache org",
        "conda anaconda org", "docker io", "ghcr io",
    )
]  # fmt: skip
FOLDERS_OF_MACHINES = [f"/{name}/" for name in ("work", "root", "home", "tmp", "Users", "opt/pypi")]
LOCKS = ["requirements.lock", "requirements-dev.lock"]
PINNED = re.compile(r"^[a-z0-9-]+==[^ ]+( ;.*)?$")


def tracked_files() -> list[Path]:
    """Return the files that git keeps."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    paths = [ROOT / name for name in answer.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


def named_in(content: bytes, names: list[str]) -> list[str]:
    """Return which of these names stand in a file's content."""
    return [name for name in names if name.encode() in content]


def loose_requirements(lock: str) -> list[str]:
    """Return the requirements of a lock that are not pinned to one version and a digest."""
    entries = re.split(r"\n(?=\S)", lock.strip().replace(" \\\n", "\n"))
    return [
        entry.splitlines()[0]
        for entry in entries
        if not PINNED.match(entry.splitlines()[0]) or "--hash=sha256:" not in entry
    ]


@pytest.mark.parametrize("names", [HOSTS, FOLDERS_OF_MACHINES], ids=["hosts", "folders"])
def test_no_file_names_a_place(names: list[str]) -> None:
    found = {
        path.relative_to(ROOT).as_posix(): named
        for path in tracked_files()
        if (named := named_in(path.read_bytes(), names))
    }
    assert found == {}


@pytest.mark.parametrize("name", [*HOSTS, *FOLDERS_OF_MACHINES])
def test_a_named_place_is_found(name: str) -> None:
    assert named_in(f"--index-url {name}simple".encode(), [*HOSTS, *FOLDERS_OF_MACHINES])


def test_the_files_of_git_are_read() -> None:
    assert {ROOT / "pyproject.toml", ROOT / "Makefile"} <= set(tracked_files())


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_pinned_with_a_digest(name: str) -> None:
    lock = (ROOT / name).read_text(encoding="utf-8")
    assert loose_requirements(lock) == []
    assert lock.count("==") > 20


@pytest.mark.parametrize(
    "loose",
    [
        "six==1.17.0",
        "six>=1.17 \\\n    --hash=sha256:00",
        "--index-url somewhere",
        "six==1.17.0 \\\n    --hash=sha256:00\nattrs==26.1.0 ; sys_platform == 'win32'",
    ],
)
def test_a_loose_requirement_is_found(loose: str) -> None:
    assert len(loose_requirements(loose)) == 1


def test_the_lock_for_tests_holds_all_that_runs() -> None:
    run, test = (
        set(re.findall(r"^\S+==\S+", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
        for name in LOCKS
    )
    assert run < test


def test_nothing_lies_at_the_top_but_what_belongs_there() -> None:
    """Downloads and drafts are easily taken along, and then stay in every clone."""
    assert {each.name for each in tracked_files() if each.parent == ROOT} == {
        ".gitattributes",
        ".gitignore",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "Makefile",
        "README.md",
        "pyproject.toml",
        *LOCKS,
    }
