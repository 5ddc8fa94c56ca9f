"""Measures a built bundle: its size, and how soon its window stands beside a bare one of PySide6.

    python bench/bundle.py [--bundle DIR] [--rounds N]

Needs Xvfb, xdotool and xev, which tells at once when a window is mapped. Both programs are started
in turns on a screen of their own, with the files already in memory. The clock counts other programs
of a shared machine too, the processor's time until the window stands does not.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GOAL_MB, GOAL_PACKAGE_MB, GOAL_RATIO = 220, 70, 1.5
SCREEN = ":77"
BARE = """
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
app = QApplication(["bare"])
window = QMainWindow()
window.setWindowTitle("Bare window")
window.setCentralWidget(QLabel("bare"))
window.resize(1000, 700)
window.show()
app.exec()
"""


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """Give the surroundings of a screen that nobody sees."""
    command = ["Xvfb", SCREEN, "-screen", "0", "1366x768x24"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        surroundings = {**os.environ, "DISPLAY": SCREEN, "QT_QPA_PLATFORM": "xcb"}
        try:
            asked = ["xdotool", "getdisplaygeometry"]
            while subprocess.run(
                asked, env=surroundings, capture_output=True, check=False
            ).returncode:
                time.sleep(0.1)
            yield surroundings
        finally:
            server.terminate()


def until_window(command: list[str], surroundings: dict[str, str]) -> tuple[float, float]:
    """Return the milliseconds until the first window stands, by clock and by processor."""
    look = ["xev", "-root", "-event", "substructure"]
    with subprocess.Popen(look, env=surroundings, stdout=subprocess.PIPE, text=True) as watch:
        assert watch.stdout is not None
        started = time.perf_counter()
        with subprocess.Popen(command, env=surroundings, stderr=subprocess.DEVNULL) as program:
            for line in watch.stdout:
                if line.startswith("MapNotify"):
                    break
            clock_ms = (time.perf_counter() - started) * 1000
            processor_ms = _processor_ms(program.pid)
            program.terminate()
        watch.terminate()
    return clock_ms, processor_ms


def _processor_ms(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def size_mb(folder: Path) -> float:
    """Return the bytes of all files in millions; links count nothing."""
    files = (each for each in folder.rglob("*") if each.is_file() and not each.is_symlink())
    return sum(each.stat().st_size for each in files) / 1e6


def main(words: list[str]) -> int:
    """Measure, print, and return the exit code: 1 where a goal is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--bundle", type=Path, default=ROOT / "dist" / "embassy-desk")
    parser.add_argument("--rounds", type=int, default=7)
    wishes = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as folder, screen() as surroundings:
        ours = [str(wishes.bundle / "embassy-desk"), "--profile", f"{folder}/profile"]
        bare = [sys.executable, "-c", BARE]
        pairs = []
        for turn in range(wishes.rounds + 1):
            floor = until_window(bare, surroundings)
            desk = until_window(ours, surroundings)
            if turn:  # the first one warms the disk
                pairs.append((desk, floor))
    clock = statistics.median(desk[0] / floor[0] for desk, floor in pairs)
    processor = statistics.median(desk[1] / floor[1] for desk, floor in pairs)
    for name, index in (("clock", 0), ("processor", 1)):
        middle = [statistics.median(pair[which][index] for pair in pairs) for which in (0, 1)]
        print(f"window, by the {name}: {middle[0]:.0f} ms, bare window {middle[1]:.0f} ms")
    print(f"ratio: {clock:.2f} by the clock, {processor:.2f} by the processor; goal {GOAL_RATIO}")
    size = size_mb(wishes.bundle)
    print(f"size: {size:.1f} MB; goal {GOAL_MB} MB")
    packages = sorted(wishes.bundle.parent.glob("embassy-desk_*.deb"))
    sizes = [each.stat().st_size / 1e6 for each in packages]
    for package, package_mb in zip(packages, sizes, strict=True):
        print(f"{package.name}: {package_mb:.1f} MB; goal {GOAL_PACKAGE_MB} MB")
    is_small = size <= GOAL_MB and all(each <= GOAL_PACKAGE_MB for each in sizes)
    return 0 if is_small and clock <= GOAL_RATIO else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
