r"""Sets up what a goal needs and carries the goal out, from a bare system on.

    python3 packaging/bootstrap.py GOAL [words for the goal …]

Needs nothing but Python's standard library. `make GOAL` is the short form; on Windows, where make
is rare, type `py packaging\bootstrap.py run`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import environment
import system

EXIT_REFUSED = 1
EXIT_USAGE = 2
PYTEST_FOUND_NO_TEST = 5
TEST_WORKERS = "2"
SOAKED = (
    "fuzz", "hardening", "interrupting", "histories", "simulations", "killing", "besieging",
    "enduring",
)  # fmt: skip


def set_up_everything(_words: list[str]) -> int:
    """Set up the environment for running and testing."""
    environment.set_up("test")
    print("Everything is set up.")
    return 0


def run(words: list[str]) -> int:
    """Open the desk on demo data."""
    environment.set_up("run")
    return _call(str(environment.program("embassy-desk")), "demo", *words)


def test(words: list[str]) -> int:
    """Check the code, then run every test; those of the whole program come last and alone."""
    environment.set_up("test")
    failed = _check_code()
    pytest = [str(environment.python()), "-m", "pytest"]
    started = time.monotonic()
    print("==> Tests side by side", flush=True)
    together = _call(*pytest, "-n", TEST_WORKERS, "-m", "not e2e", *words)
    print("==> Tests of the whole program, one after the other", flush=True)
    alone = _call(*pytest, "-m", "e2e", *words)
    print(f"==> Tests took {time.monotonic() - started:.0f} s", flush=True)
    if together == PYTEST_FOUND_NO_TEST == alone:
        print("No test was found.", file=sys.stderr)
        return EXIT_REFUSED
    failed += [
        name
        for name, code in (("tests side by side", together), ("tests of the whole", alone))
        if code not in (0, PYTEST_FOUND_NO_TEST)
    ]
    return _verdict(failed)


def lint(_words: list[str]) -> int:
    """Check style, imports and types."""
    environment.set_up("test")
    return _verdict(_check_code())


def bench(words: list[str]) -> int:
    """Measure speed and size, each beside its floor or a peer."""
    environment.set_up("test")
    return _call(str(environment.python()), "bench/run.py", *words)


def soak(words: list[str]) -> int:
    """Let the desk work for long; read broken files; take power, disk and bits away; lock it.

    Then run histories of synchronisation, first those of the model, then of the real code; and
    besiege headquarters.
    """
    environment.set_up("test")
    code = _call(str(environment.python()), "bench/soak.py", *words)
    for name in SOAKED:
        code = code or _call(str(environment.python()), f"bench/{name}.py")
    return code


def package(words: list[str]) -> int:
    """Build everything that is handed out: bundles, packages, installers."""
    environment.set_up("test")
    system.install(system.missing(system.PARTS_TO_PACKAGE), environment.APT_LOG)
    return _call(str(environment.python()), "packaging/package.py", *words)


def audit(_words: list[str]) -> int:
    """Ask the vulnerability lists about every locked package; one that nobody knows counts."""
    environment.set_up("test")
    audited = [
        _call(str(environment.program("pip-audit")), "--strict", "--disable-pip",
              "--require-hashes", "--requirement", each.name)
        for each in environment.LOCKS.values()
    ]  # fmt: skip
    return max(audited)


def lock(words: list[str]) -> int:
    """Choose the versions of all packages anew and write both locks."""
    return _call(sys.executable, "packaging/lock.py", *words)


def strings(words: list[str]) -> int:
    """Collect the texts of the sources and compile the translations."""
    environment.set_up("test")
    return _call(str(environment.python()), "packaging/strings.py", *(words or ["update"]))


def clean(_words: list[str]) -> int:
    """Remove what was made here: the environment, caches and built packages."""
    made = (".venv", ".setup", "build", "dist", ".mypy_cache", ".ruff_cache", ".pytest_cache",
            ".hypothesis", ".import_linter_cache")  # fmt: skip
    for name in made:
        shutil.rmtree(environment.ROOT / name, ignore_errors=True)
    return 0


GOALS: dict[str, Callable[[list[str]], int]] = {
    "setup": set_up_everything,
    "run": run,
    "test": test,
    "lint": lint,
    "bench": bench,
    "soak": soak,
    "package": package,
    "audit": audit,
    "lock": lock,
    "strings": strings,
    "clean": clean,
}


def _check_code() -> list[str]:
    """Run the checkers, quickest first, and return the names of those that complained.

    Only complaints are shown.
    """
    ruff = str(environment.program("ruff"))
    checks = {
        "ruff check": [ruff, "check", "--quiet", "--output-format", "concise"],
        "ruff format": [ruff, "format", "--check", "--quiet"],
        "lint-imports": [
            str(environment.program("lint-imports")),
            "--no-cache",
            "--no-logo",
        ],
        "mypy": [str(environment.python()), "-m", "mypy"],
    }
    failed = []
    for name, command in checks.items():
        started = time.monotonic()
        answer = subprocess.run(
            command, cwd=environment.ROOT, capture_output=True, text=True, check=False
        )
        verdict = "COMPLAINS" if answer.returncode else "fine"
        print(f"==> {name}: {verdict} ({time.monotonic() - started:.1f} s)", flush=True)
        if answer.returncode:
            print(answer.stdout + answer.stderr, flush=True)
            failed.append(name)
    return failed


def _verdict(failed: list[str]) -> int:
    """Print the names of what failed, if any, and return the exit code."""
    if not failed:
        return 0
    print(f"Failed: {', '.join(failed)}", file=sys.stderr)
    return EXIT_REFUSED


def _call(*command: str) -> int:
    """Run a command in the root of the project, its words shown, and return its exit code."""
    folder = str(environment.program("python").parent)
    paths = os.pathsep.join([folder, os.environ.get("PATH", os.defpath)])
    return subprocess.run(
        command, cwd=environment.ROOT, env={**os.environ, "PATH": paths}, check=False
    ).returncode


def main(words: list[str]) -> int:
    """Carry out one goal and return the exit code."""
    goal = GOALS.get(words[0]) if words else None
    if goal is None:
        print(__doc__, file=sys.stderr)
        for name, each in GOALS.items():
            print(f"    {name:8} {each.__doc__}", file=sys.stderr)
        return EXIT_USAGE
    try:
        return goal(words[1:])
    except system.SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return EXIT_REFUSED
    except KeyboardInterrupt:
        return EXIT_REFUSED


if __name__ == "__main__":
    if not Path("packaging").is_dir():
        os.chdir(environment.ROOT)
    sys.exit(main(sys.argv[1:]))
