"""What every part of the packaging needs to know of the sources: where, which version, when."""

from __future__ import annotations

import os
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "package"
DIST = ROOT / "dist"


def present_version() -> str:
    """Return the version of the desk as pyproject.toml says it."""
    read = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(read["project"]["version"])


def source_date() -> int:
    """Return the second of the last change of the sources; fixed where there is no git."""
    named = os.environ.get("SOURCE_DATE_EPOCH")
    if named:
        return int(named)
    answer = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return int(answer.stdout) if answer.returncode == 0 and answer.stdout.strip() else 1_700_000_000
