"""Where things lie: the files shipped with the program and a person's profile."""

import sys
from pathlib import Path

import platformdirs

import embassy_desk

STORE_FILE = "store.db"
"""The store itself, in a profile's folder."""

MARK_FILE = "store.mark"
"""How far the store had come; where it lies without a store, the store is lost."""

LOG_FOLDER, LOG_FILE = "logs", "desk.log"
"""The log of the desk, in a profile's folder."""

_PACKAGE = Path(embassy_desk.__file__).parent


def resources() -> Path:
    """Return the folder of shipped files: in a bundle, an installed package or a checkout."""
    bundled = getattr(sys, "_MEIPASS", None)
    if bundled is not None:
        return Path(bundled) / "embassy_desk" / "resources"
    installed = _PACKAGE / "resources"
    return installed if installed.is_dir() else _PACKAGE.parents[1] / "resources"


def translations() -> Path:
    """Return the folder of the compiled translations."""
    return resources() / "translations"


def is_set_up(folder: Path) -> bool:
    """Return whether a store lies in a profile's folder, or did and was lost."""
    return any((folder / name).exists() for name in (STORE_FILE, MARK_FILE))


def default_profile() -> Path:
    """Return the folder in which a person's store, settings and logs lie by default."""
    return Path(platformdirs.user_data_dir("embassy-desk", appauthor=False)) / "profile"


def demo_profile() -> Path:
    """Return the folder of the demo store; apart from any real one."""
    return Path(platformdirs.user_data_dir("embassy-desk", appauthor=False)) / "demo"
