"""Locks the real window in the middle of everything; part of `make soak`.

    .venv/bin/python bench/interrupting.py [--rounds 50] [--seed S]

In every round somebody types into a record and begins something: more typing, a dialog, an import,
an export, a backup, an exchange, a report. At a random moment of it the desk is locked. Then no
text of a record is in any widget, model or object; the key is wiped; the store is whole and holds
everything that was saved; what was being imported is there whole or not at all, and so is a file or
a backup; and what was typed is kept to the letter, and shown again after unlocking. The control
locks without keeping drafts, and must lose them.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))

from PySide6.QtWidgets import QApplication

from embassy_desk.desktop.kit.collector import Collector
from embassy_desk.desktop.kit.theme import STYLE
from faults.found import Result, table
from faults.interrupting import CONTROL, SITUATIONS, interrupt


def main() -> int:
    """Lock so often, print what came of it, and return the exit code: 1 for any failure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=50, help="how often the desk is locked")
    parser.add_argument("--seed", type=int, default=1, help="chooses the moments")
    wanted = parser.parse_args()
    app = QApplication(["embassy-desk", *STYLE])
    app.setQuitOnLastWindowClosed(False)
    collector = Collector(app)
    with tempfile.TemporaryDirectory() as room:
        found = interrupt(Path(room), wanted.rounds, SITUATIONS, _tell, seed=wanted.seed)
    with tempfile.TemporaryDirectory() as room:
        found += interrupt(Path(room), 5, CONTROL, _tell, seed=wanted.seed)
    collector.stop()
    print(table(found))
    return 0 if all(each.is_as_it_should_be for each in found) else 1


def _tell(result: Result) -> None:
    print(table([result]).splitlines()[-1], file=sys.stderr, flush=True)
    for failure in () if result.is_control else result.failures:
        print(f"    {failure}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
