"""One run of a window, started by `window.py`: the desk on a store, or a bare window as its floor.

Usage: python bench/window_child.py bare|start|use [FOLDER]

Prints one JSON object. Moments count from the start of the process by the monotonic clock of the
machine; `busy` is the processor's time of all threads, of the same stretch. Nothing is imported
here that a bare window does without.
"""

import json
import os
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from window_memory import memory_mib

# httpx loads them where they are installed; that is here, for developers, and on no desk.
for tool in ("click", "pygments", "rich"):
    sys.modules[tool] = None  # type: ignore[assignment]  # Python's own sign for “not there”

_STARTED = float(os.environ["BENCH_STARTED"])


def main(words: list[str]) -> int:
    """Run what is asked for and print its figures."""
    found = _bare() if words[0] == "bare" else _desk(Path(words[1]), is_used=words[0] == "use")
    print(json.dumps(found))
    return 0


def _moment() -> dict[str, float]:
    return {"ms": (time.monotonic() - _STARTED) * 1000, "busy_ms": time.process_time() * 1000}


def _bare() -> dict[str, Any]:
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow  # noqa: PLC0415  timed

    app = QApplication(["bare"])
    found: dict[str, Any] = {}

    class Window(QMainWindow):
        def paintEvent(self, event: Any) -> None:
            super().paintEvent(event)
            found.setdefault("painted", _moment())
            app.quit()

    window = Window()
    window.resize(1366, 768)
    window.setCentralWidget(QLabel("bare"))
    window.show()
    app.exec()
    return {**found, "memory_mib": memory_mib()}


def _desk(folder: Path, *, is_used: bool) -> dict[str, Any]:
    from embassy_desk.cli.opening import loaded_window  # noqa: PLC0415  timed

    app = loaded_window()
    found: dict[str, Any] = {}
    loaded = app.loaded_front_door

    def watched() -> ModuleType:
        found["painted"] = _moment()
        import window_acts  # noqa: PLC0415  timed

        return window_acts.watched(loaded(), found, _moment, is_used=is_used)

    app.loaded_front_door = watched
    app.run_desk(folder, language="vi", is_demo=True)
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
