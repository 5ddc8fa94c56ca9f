"""What PyInstaller finds but the desk never uses, and what Info.plist says on macOS.

Each name left out was looked for in a running bundle; `packaging/try_bundle.py` does a day's work
with what is left, `packaging/try_debian.sh` opens the window as well.
"""

from __future__ import annotations

import re
from typing import Any

NEVER_IMPORTED = (
    "tkinter", "test", "unittest", "pydoc_data", "lib2to3", "idlelib", "ensurepip", "pip", "wheel",
    "setuptools", "pkg_resources", "_pytest", "pytest", "mypy", "hypothesis", "IPython", "numpy",
    "rich", "pygments", "markdown_it", "requests", "httpx2", "httpcore2", "dns",
    "curses", "readline", "pydoc",
    "phonenumbers.geodata", "phonenumbers.carrierdata", "phonenumbers.tzdata",
    "PIL.ImageTk", "PIL.ImageQt", "PIL.ImageShow", "PIL._avif", "PIL._webp", "PIL._imagingft",
    "PIL._imagingcms", "PIL._imagingtk", "rlPyCairo",
    "sqlalchemy.dialects.mysql", "sqlalchemy.dialects.oracle", "sqlalchemy.dialects.mssql",
    "PySide6.QtOpenGL", "PySide6.QtQml", "PySide6.QtQuick",
)  # fmt: skip

# Parts of a path within the bundle.
_UNUSED = (
    # GTK's looks would bring GTK, GDK, cairo and pango along.
    "platformthemes/libqgtk3",
    # Screens and roads that no desk has.
    "platforms/libqeglfs", "platforms/libqlinuxfb", "platforms/libqvnc", "platforms/libqvkkhr",
    "platforms/libqminimal", "egldeviceintegrations/", "libQt6EglF", "libQt6Eglfs",
    "plugins/generic/", "plugins/networkinformation/", "plugins/tls/", "plugins/qmltooling/",
    "virtualkeyboard", "libQt6VirtualKeyboard", "libQt6Qml", "libQt6Quick",
    "plugins/xcbglintegrations/", "wayland-graphics-integration-server",
    "libvulkan-server", "libivi-shell", "libfullscreen-shell",
    # Pictures that nobody shows.
    "imageformats/libqtga", "imageformats/libqtiff", "imageformats/libqwbmp",
    "imageformats/libqicns", "imageformats/libqpdf", "imageformats/libqwebp",
    "libavif-", "libharfbuzz-", "libfreetype-", "libraqm-", "liblcms2-", "libwebpdemux-",
    "libwebpmux-", "PIL/_avif", "PIL/_webp", "PIL/_imagingft", "PIL/_imagingcms",
    # Qt speaks through our own words; English is built in.
    "PySide6/Qt/translations/", "PySide6/translations/",
    # Templates that python-docx keeps unpacked, fonts of reportlab, zones of pytz (we have tzdata).
    "docx/templates/default-docx-template/", "reportlab/fonts/", "pytz/zoneinfo/",
)  # fmt: skip

# Of the languages of babel, which writes dates in templates, the two of ours.
_LANGUAGES = re.compile(r"babel/locale-data/(?!(root|en|vi)\.dat$)")

# Libraries that a Linux system brings and keeps up to date: drivers must fit them. The package
# for Debian depends on what is left out here (packaging/debian.py).
_OF_THE_SYSTEM = ("/lib/", "/lib64/", "/usr/lib/")
_BROUGHT_ALONG = (
    "libcrypto", "libssl", "libffi", "libbz2", "liblzma", "libz.", "libuuid", "libexpat",
    "libpython", "libsqlite3", "libxcb-cursor", "libxcb-util.",
)  # fmt: skip

MAC_PROPERTIES: dict[str, Any] = {
    "CFBundleDevelopmentRegion": "vi",
    "CFBundleLocalizations": ["vi", "en"],
    "LSMinimumSystemVersion": "12.0",
    "NSHighResolutionCapable": True,
    "NSRequiresAquaSystemAppearance": False,
}


def kept(found: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Return what stays of the files that PyInstaller found: name, place on this machine, type."""
    return sorted(
        each for each in found if not is_unused(each[0]) and not is_of_the_system(each[0], each[1])
    )


def is_unused(name: str) -> bool:
    """Say whether nothing of ours opens a file of this name within the bundle."""
    path = name.replace("\\", "/")
    return any(each in path for each in _UNUSED) or _LANGUAGES.search(path) is not None


def is_of_the_system(name: str, place: str) -> bool:
    """Say whether this is a library that a Linux system brings itself.

    Extension modules of a Python that belongs to the system lie in folders and are ours.
    """
    is_library = "/" not in name and ".so" in name
    return is_library and place.startswith(_OF_THE_SYSTEM) and not name.startswith(_BROUGHT_ALONG)
