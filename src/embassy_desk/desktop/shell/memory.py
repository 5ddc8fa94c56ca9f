"""What the window remembers from one start to the next: language, theme. No setting, no record."""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from embassy_desk.desktop.kit.theme import ThemeChoice
from embassy_desk.settings.files import write_whole
from embassy_desk.texts.words import LANGUAGES

MEMORY_FILE = "window.json"


@dataclass(frozen=True)
class Remembered:
    """What is remembered; empty words stand for what the system says."""

    language: str = ""
    theme: str = str(ThemeChoice.SYSTEM)


class Memory:
    """Reads and writes the file in a profile's folder; a damaged one is as good as none."""

    def __init__(self, folder: Path) -> None:
        """Read what was remembered."""
        self._path = folder / MEMORY_FILE
        self.remembered = _read(self._path)

    def remember(self, **values: str) -> None:
        """Keep some values; nothing is written before the profile's folder exists.

        Raises:
            StoreError: The file cannot be written.
        """
        self.remembered = replace(self.remembered, **values)
        if self._path.parent.is_dir():
            write_whole(self._path, json.dumps(asdict(self.remembered), indent=1).encode())


def _read(path: Path) -> Remembered:
    try:
        found: Any = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError):
        return Remembered()
    values = found if isinstance(found, dict) else {}
    language, theme = str(values.get("language")), str(values.get("theme"))
    return Remembered(
        language=language if language in LANGUAGES else "",
        theme=theme if theme in set(ThemeChoice) else str(ThemeChoice.SYSTEM),
    )
