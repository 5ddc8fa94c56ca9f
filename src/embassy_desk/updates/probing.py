"""Whether a version runs at all: it is started in a child process and must say what it is."""

import os
import subprocess
from pathlib import Path

from embassy_desk.texts import N_
from embassy_desk.updates.errors import BrokenUpdateError

LONGEST_S = 120.0
PROBE_WORD = "probe"
_LONGEST_TOLD = 2_000
_KEPT = ("HOME", "LANG", "LC_ALL", "PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "USERPROFILE")


def probe(program: Path, version: str) -> None:
    """Start a program twice: it must tell its version, and open everything it is made of.

    Args:
        program: The program.
        version: What it must say it is.

    Raises:
        BrokenUpdateError: It does not.
    """
    if version not in _said(program, "--version").split():
        raise BrokenUpdateError(_BROKEN, "another version")
    _said(program, PROBE_WORD)


def _said(program: Path, word: str) -> str:
    kept = {name: value for name, value in os.environ.items() if name in _KEPT}
    try:
        done = subprocess.run(  # noqa: S603  proved before it is started
            [program, word],
            env={**kept, "QT_QPA_PLATFORM": "offscreen", "EMBASSY_DESK_KEYRING": "off"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=LONGEST_S,
            check=True,
        )
    except subprocess.CalledProcessError as error:
        detail = error.stderr[-_LONGEST_TOLD:].decode(errors="replace")
        raise BrokenUpdateError(_BROKEN, f"exit code {error.returncode}: {detail}") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BrokenUpdateError(_BROKEN, type(error).__name__) from error
    return done.stdout.decode(errors="replace")


_BROKEN = N_("The new version does not run on this computer. The present one stays in use.")
