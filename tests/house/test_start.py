"""What opens with the desk stays light: libraries that read and write files come when needed."""

import json
import subprocess
import sys

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
TELL = "import json, sys, embassy_desk.desktop.desk; print(json.dumps(sorted(sys.modules)))"


def test_opening_the_desk_loads_no_library_for_files() -> None:
    told = subprocess.run([sys.executable, "-c", TELL], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in json.loads(told.stdout)}
    assert "PySide6" in loaded
    assert not HEAVY & loaded
