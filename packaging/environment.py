"""The environment in `.venv`: made once, brought up to date when the lock changes.

What was installed is remembered in a stamp inside `.venv`, so that a second start costs nothing
and removing the folder is all it takes to begin anew. Where packages come from is the business of
the person's own pip configuration; nothing here names a place.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import system

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "embassy-desk-setup.json"
APT_LOG = ROOT / ".setup" / "apt.log"
LOCKS = {"run": ROOT / "requirements.lock", "test": ROOT / "requirements-dev.lock"}

OLDEST_PYTHON = (3, 11)
FIRST_PYTHON_TOO_NEW = (3, 15)
PIP_TRIES = 4
PAUSE_BEFORE_RETRY_S = 5


def set_up(purpose: str) -> None:
    """Bring everything there that the desk (`run`) or its tests (`test`) need.

    Raises:
        system.SetupError: Something is missing that cannot be brought; the text says what to do.
    """
    parts = system.PARTS_TO_RUN
    if purpose == "test":
        parts = (*parts, *system.PARTS_TO_TEST)
    missing = system.missing(parts)
    known = _stamp()
    has_environment = _works(python()) and known.get("place") == str(VENV)
    if not has_environment:
        missing = [*_missing_for_environments(), *missing]
    system.install(missing, APT_LOG)
    wanted = _wanted(purpose, known)
    if has_environment and known.get(purpose) == wanted[purpose]:
        return
    started = time.monotonic()
    _make_environment()
    _install_packages(LOCKS["test" if "test" in wanted else "run"])
    _check_windows_can_open()
    STAMP.write_text(json.dumps({"place": str(VENV), **wanted}, indent=2), encoding="utf-8")
    print(f"==> Set up in {time.monotonic() - started:.0f} s", flush=True)


def python() -> Path:
    """Return the interpreter of the environment, whether it is there or not."""
    return program("python")


def program(name: str) -> Path:
    """Return a program of the environment, whether it is there or not."""
    if os.name == "nt":
        return VENV / "Scripts" / f"{name}.exe"
    return VENV / "bin" / name


def _stamp() -> dict[str, str]:
    """Return what the last set-up wrote down; nothing when there was none."""
    if not STAMP.is_file():
        return {}
    try:
        known = json.loads(STAMP.read_text(encoding="utf-8"))
    except ValueError:
        return {}
    return known if isinstance(known, dict) else {}


def _wanted(purpose: str, known: dict[str, str]) -> dict[str, str]:
    """Return the stamp of an environment for this purpose.

    The packages for tests include those for running, and an environment that once served tests
    goes on serving them.
    """
    purposes = ["run", "test"] if purpose == "test" or "test" in known else ["run"]
    return {each: _digest(LOCKS[each]) for each in purposes}


def _digest(lock: Path) -> str:
    """Return a digest of all that decides what is installed."""
    digest = hashlib.sha256()
    for path in (lock, ROOT / "pyproject.toml", Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _works(interpreter: Path) -> bool:
    """Say whether this interpreter starts and fits; an upgrade of the system may take it away."""
    if not interpreter.is_file():
        return False
    fits = f"{OLDEST_PYTHON} <= sys.version_info < {FIRST_PYTHON_TOO_NEW}"
    answer = subprocess.run(
        [str(interpreter), "-I", "-c", f"import ssl, sys; sys.exit(not {fits})"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return answer.returncode == 0


def _missing_for_environments() -> list[system.Part]:
    """Return what Python lacks for making an environment; Debian ships that part apart.

    Raises:
        system.SetupError: This Python does not fit.
    """
    version = sys.version_info[:2]
    fits = (
        OLDEST_PYTHON <= version < FIRST_PYTHON_TOO_NEW
        and sys.implementation.name == "cpython"
        and not sysconfig.get_config_var("Py_GIL_DISABLED")
    )
    if not fits:
        raise system.SetupError(
            "An ordinary CPython from 3.11 to 3.14 is needed; this is "
            f"{sys.implementation.name} {sys.version.split()[0]} at {sys.executable}.\n"
            "Start packaging/bootstrap.py with another one."
        )
    if importlib.util.find_spec("ensurepip"):
        return []
    if Path(sys.base_prefix) == Path("/usr") and system.is_debian():
        return [system.Part(f"python{version[0]}.{version[1]}-venv")]
    raise system.SetupError(
        f"The Python at {sys.executable} lacks the module ensurepip, so it cannot make an "
        "environment.\nInstall that part of it, or start packaging/bootstrap.py with another one."
    )


def _make_environment() -> None:
    """Make `.venv`, or mend one whose interpreter is gone or whose pip is missing."""
    if not _works(python()):
        print(f"==> Making the environment with Python {sys.version.split()[0]}", flush=True)
        # A child process sees ensurepip even when apt has only just brought it.
        _run([sys.executable, "-m", "venv", "--clear", str(VENV)], "venv could not make .venv.")
    elif not _has_pip():
        _run([str(python()), "-m", "ensurepip"], "ensurepip could not bring pip into .venv.")


def _has_pip() -> bool:
    """Say whether the environment has pip; those made by other tools may not."""
    found = "import importlib.util as u, sys; sys.exit(u.find_spec('pip') is None)"
    answer = subprocess.run([str(python()), "-I", "-c", found], check=False)
    return answer.returncode == 0


def _install_packages(lock: Path) -> None:
    """Install exactly the locked packages, then the desk itself from this folder.

    Only built packages are taken: building one would fetch tools that no lock holds.
    """
    print(f"==> Installing the packages of {lock.name}", flush=True)
    pip = [str(python()), "-m", "pip", "--disable-pip-version-check", "install"]
    if not sys.stdout.isatty():
        pip += ["--quiet", "--progress-bar", "off"]
    _run_again_and_again(
        [*pip, "--require-hashes", "--only-binary", ":all:", "--requirement", str(lock)],
        "pip could not install the packages. Look at the connection and at `pip config list`,\n"
        "then start again; what has been downloaded is not downloaded twice.",
    )
    ourselves = ["--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT)]
    _run([*pip, *ourselves], "pip could not install the desk itself.")


def _check_windows_can_open() -> None:
    """Load Qt's widgets once, so that a missing library is named here and not later.

    Raises:
        system.SetupError: Qt does not load; the text carries its reason.
    """
    answer = subprocess.run(
        [str(python()), "-I", "-c", "import PySide6.QtWidgets"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode:
        raise system.SetupError(f"{answer.stderr.strip()}\nQt does not load on this system.")


def _run_again_and_again(command: list[str], failure: str) -> None:
    """Run a command that downloads; a line that breaks gets more tries."""
    for attempt in range(1, PIP_TRIES):
        if _returns_zero(command):
            return
        pause_s = PAUSE_BEFORE_RETRY_S * attempt
        print(f"    failed, trying again in {pause_s} s ({attempt + 1} of {PIP_TRIES})", flush=True)
        time.sleep(pause_s)
    _run(command, failure)


def _run(command: list[str], failure: str) -> None:
    """Run a command and raise `SetupError` with this sentence when it fails."""
    if not _returns_zero(command):
        raise system.SetupError(failure)


def _returns_zero(command: list[str]) -> bool:
    """Run a command of pip or venv, its words shown, and say whether it ended well.

    The person's pip configuration holds, but installing beside the environment would miss it.
    """
    environment = {**os.environ, "PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"}
    environment.pop("PYTHONPATH", None)
    environment.pop("PYTHONHOME", None)
    answer = subprocess.run(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=False
    )
    return answer.returncode == 0
