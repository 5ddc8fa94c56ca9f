"""What opens with the desk stays light: each part is loaded when it is needed, not before."""

import json
import os
import subprocess
import sys
from pathlib import Path

HEAVY = {
    "docx",
    "docxtpl",
    "icalendar",
    "openpyxl",
    "pypdfium2",
    "reportlab",
    "securesystemslib",
    "tuf",
    "urllib3",
    "vobject",
    "xlsxwriter",
}
"""Libraries that read and write files, and that prove updates."""

NOT_PAINTED = {
    "PySide6.QtNetwork",
    "PySide6.QtSvg",
    "asyncio",
    "embassy_desk.application",
    "embassy_desk.desktop.help.screen",
    "embassy_desk.desktop.settings.screen",
    "embassy_desk.desktop.shell.about",
    "embassy_desk.desktop.shell.shortcuts",
    "embassy_desk.domain.entity",
    "embassy_desk.store",
    "hashlib",
    "platform",
    "pydantic",
    "qasync",
    "secrets",
    "sqlalchemy",
    "ssl",
    "uuid",
}
"""What the page that is painted first does without; each of these cost 2 to 60 ms before it."""

TELL = """
import json, sys, embassy_desk.cli.main
from embassy_desk.{room} import {name}
print(json.dumps(sorted(sys.modules)))
"""

TELL_SOURCES = """
import linecache
from embassy_desk.desktop.kit.loading import load_quickly
{begin}
import embassy_desk.desktop.desk
print(len(linecache.cache))
"""


TELL_PAINTED = """
import sys
from pathlib import Path
from types import SimpleNamespace
from embassy_desk.cli.opening import loaded_window
app = loaded_window()
import PySide6.QtCore

def asked(*_arguments, **_wishes):
    print("Qt" in vars(PySide6.QtCore), PySide6.QtCore.Qt.Key.Key_A.name)
    print("Qt" in vars(PySide6.QtCore))
    return 0

app.loaded_front_door = lambda: SimpleNamespace(serve=asked)
app.run_desk(Path(sys.argv[1]), language="vi", is_demo=True)
"""


def kept_sources(begin: str) -> int:
    """Return how many sources lie in memory once the desk is loaded, in a process of its own."""
    told = subprocess.run(
        [sys.executable, "-c", TELL_SOURCES.format(begin=begin)],
        capture_output=True,
        text=True,
        check=True,
    )
    return int(told.stdout)


def loaded_with(room: str, name: str) -> set[str]:
    """Return the names of all modules that come with one, in a process of its own."""
    told = subprocess.run(
        [sys.executable, "-c", TELL.format(room=room, name=name)],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(told.stdout))


def test_opening_the_desk_loads_no_library_for_files() -> None:
    loaded = {name.partition(".")[0] for name in loaded_with("desktop", "desk")}
    assert "PySide6" in loaded
    assert not HEAVY & loaded


def test_first_page_is_painted_before_anything_else_is_loaded() -> None:
    loaded = loaded_with("desktop", "app")
    assert "PySide6.QtWidgets" in loaded
    assert not NOT_PAINTED & loaded


def test_desk_behind_the_first_page_needs_what_that_does_without() -> None:
    """A name that was mistyped or has gone would forbid nothing."""
    later = loaded_with("desktop", "desk") | loaded_with("desktop", "front_door")
    asked_for = {
        "embassy_desk.desktop.help.screen",
        "embassy_desk.desktop.settings.screen",
        "embassy_desk.desktop.shell.about",
        "embassy_desk.desktop.shell.shortcuts",
    }
    assert NOT_PAINTED - later <= asked_for | {"PySide6.QtNetwork"}


def test_sources_are_not_read_when_the_desk_is_loaded() -> None:
    """PySide would read and keep them all; see `kit/loading.py`."""
    control, quick = kept_sources(""), kept_sources("load_quickly()")
    assert control > 1_000, "PySide reads nothing any more: kit/loading.py can go"
    assert quick < control / 3  # some libraries make sources up and keep them


def test_first_page_is_painted_without_a_name_of_qts_enumerations(tmp_path: Path) -> None:
    """The first one makes a hundred classes of Python; see `kit/by_name.py`."""
    told = subprocess.run(
        [sys.executable, "-c", TELL_PAINTED, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert told.stdout.split() == ["False", "Key_A", "True"]
