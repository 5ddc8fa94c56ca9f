"""Builds the bundles with PyInstaller so that the same sources always give the same bytes.

    python packaging/bundling.py [--twice]

What could differ between two builds is fixed: the seed of hashes, the date (that of the last
change), the order of files, the folder of work. `--twice` builds again elsewhere and compares.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import inventory
from origin import DIST, ROOT, WORK, present_version, source_date

DESK = DIST / "embassy-desk"
HQ = DIST / "embassy-desk-hq"


def build(dist: Path = DIST) -> None:
    """Build the bundles into a folder.

    Raises:
        CalledProcessError: PyInstaller refused; its words were shown.
    """
    notices = WORK / "notices"
    inventory.write(notices / "desk", present_version(), has_window=True)
    inventory.write(notices / "hq", present_version(), ("headquarters",), has_window=False)
    surroundings = {
        **os.environ,
        "PYTHONHASHSEED": "1",
        "SOURCE_DATE_EPOCH": str(source_date()),
        "EMBASSY_DESK_VERSION": present_version(),
        "EMBASSY_DESK_NOTICES": str(notices),
        "EMBASSY_DESK_WORK": str(WORK),
        "PYTHONPATH": str(ROOT / "src"),
    }
    command = [
        sys.executable, "-m", "PyInstaller", str(ROOT / "packaging" / "bundle" / "desk.spec"),
        "--noconfirm", "--clean", "--log-level", "WARN",
        "--distpath", str(dist), "--workpath", str(WORK / "pyinstaller"),
    ]  # fmt: skip
    subprocess.run(command, cwd=ROOT, env=surroundings, check=True)
    for bundle in (dist / DESK.name, dist / HQ.name):
        if bundle.is_dir():
            settle(bundle)


def settle(bundle: Path) -> None:
    """Give every file of a bundle the date of the sources and plain permissions."""
    for path in sorted(bundle.rglob("*"), reverse=True):
        if path.is_symlink():
            continue
        if path.is_dir() or os.access(path, os.X_OK):
            path.chmod(0o755)
        else:
            path.chmod(0o644)
        os.utime(path, (source_date(), source_date()))


def digests(bundle: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below a folder; of a link, where it leads."""
    found = {}
    for path in sorted(bundle.rglob("*")):
        name = path.relative_to(bundle).as_posix()
        if path.is_symlink():
            found[name] = f"-> {path.readlink()}"
        elif path.is_file():
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def differences(one: Path, other: Path) -> list[str]:
    """Return the names that two folders do not hold alike."""
    first, second = digests(one), digests(other)
    return sorted(
        name for name in first.keys() | second.keys() if first.get(name) != second.get(name)
    )


def size_mb(bundle: Path) -> float:
    """Return the bytes of all files of a folder in millions; a link counts nothing."""
    files = (each for each in bundle.rglob("*") if each.is_file() and not each.is_symlink())
    return sum(each.stat().st_size for each in files) / 1e6


def main(words: list[str]) -> int:
    """Build, show the size, and compare with a second build where asked; return the exit code."""
    build()
    for bundle in (each for each in (DESK, HQ) if each.is_dir()):
        print(f"{bundle.name}: {size_mb(bundle):.1f} MB, {len(digests(bundle))} files")
    if "--twice" not in words:
        return 0
    again = WORK / "again"
    shutil.rmtree(again, ignore_errors=True)
    build(again)
    different = [
        f"{bundle.name}/{name}"
        for bundle in (DESK, HQ)
        if bundle.is_dir()
        for name in differences(bundle, again / bundle.name)
    ]
    print("\n".join(different) or "Both builds are equal, byte for byte.")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
