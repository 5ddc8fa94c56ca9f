"""Chooses the versions of all packages and writes them, with their digests, into two locks.

`requirements.lock` is what the desk needs to run, `requirements-dev.lock` that and the tools. Both
hold for Linux, Windows and macOS and name no place where packages lie, so each machine asks the
place its own configuration names. The resolver is uv, from PATH or from a throw-away environment.

Words given are passed on: `--upgrade` for all newest versions, `--upgrade-package NAME` for one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXPORTS = {
    "requirements.lock": ("--no-default-groups", "--group", "build"),
    "requirements-dev.lock": ("--all-extras", "--all-groups"),
}
EXPORT = ("export", "--frozen", "--quiet", "--no-emit-project", "--no-header", "--no-annotate",
          "--format", "requirements-txt", "--output-file")  # fmt: skip


def main(words: list[str]) -> int:
    """Write both locks; raises `CalledProcessError` when the resolver finds no solution."""
    with tempfile.TemporaryDirectory() as folder:
        uv = shutil.which("uv") or _fetched_uv(Path(folder))
        subprocess.run([uv, "lock", *words], cwd=ROOT, check=True)
        for name, selection in EXPORTS.items():
            subprocess.run([uv, *EXPORT, name, *selection], cwd=ROOT, check=True)
            print(f"wrote {name}")
    return 0


def _fetched_uv(folder: Path) -> str:
    """Install uv into a new environment in this folder and return its program."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    bin_folder = folder / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run([str(bin_folder / "python"), "-m", "pip", "-q", "install", "uv"], check=True)
    return str(bin_folder / "uv")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
