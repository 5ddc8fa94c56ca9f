"""What the operating system has to bring, and how to get it where apt is at hand.

Debian and its descendants are served fully. On other Linux systems the missing libraries are
named; on Windows and macOS nothing is needed.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

APT_TRIES = 3
PAUSE_BEFORE_RETRY_S = 5
LINES_OF_LOG_SHOWN = 25


class SetupError(Exception):
    """The set-up cannot go on; the text says what to do."""


@dataclass(frozen=True)
class Part:
    """One thing the system has to bring.

    Attributes:
        package: Name of the Debian package.
        library: File name of the shared library it is needed for, or nothing.
        program: Name of the program it is needed for, or nothing.
    """

    package: str
    library: str = ""
    program: str = ""


# What Qt's widgets load on a bare system, offscreen and in a window of X or Wayland.
PARTS_TO_RUN: tuple[Part, ...] = (
    Part("libbrotli1", library="libbrotlidec.so.1"),
    Part("libdbus-1-3", library="libdbus-1.so.3"),
    Part("libegl1", library="libEGL.so.1"),
    Part("libfontconfig1", library="libfontconfig.so.1"),
    Part("libgl1", library="libGL.so.1"),
    Part("libglib2.0-0", library="libgthread-2.0.so.0"),
    Part("libgssapi-krb5-2", library="libgssapi_krb5.so.2"),
    Part("libwayland-cursor0", library="libwayland-cursor.so.0"),
    Part("libwayland-egl1", library="libwayland-egl.so.1"),
    Part("libx11-6", library="libX11.so.6"),
    Part("libx11-xcb1", library="libX11-xcb.so.1"),
    Part("libxcb-cursor0", library="libxcb-cursor.so.0"),
    Part("libxcb-icccm4", library="libxcb-icccm.so.4"),
    Part("libxcb-image0", library="libxcb-image.so.0"),
    Part("libxcb-keysyms1", library="libxcb-keysyms.so.1"),
    Part("libxcb-randr0", library="libxcb-randr.so.0"),
    Part("libxcb-render-util0", library="libxcb-render-util.so.0"),
    Part("libxcb-shape0", library="libxcb-shape.so.0"),
    Part("libxcb-sync1", library="libxcb-sync.so.1"),
    Part("libxcb-xfixes0", library="libxcb-xfixes.so.0"),
    Part("libxcb-xkb1", library="libxcb-xkb.so.1"),
    Part("libxkbcommon-x11-0", library="libxkbcommon-x11.so.0"),
    Part("libxkbcommon0", library="libxkbcommon.so.0"),
)

# What the tests need besides: a display that nobody sees, what screen readers stand on, and the
# engine of headquarters.
PARTS_TO_TEST: tuple[Part, ...] = (
    Part("at-spi2-core"),
    Part("dbus-daemon", program="dbus-run-session"),
    Part("gir1.2-atspi-2.0"),
    Part("ibus", program="ibus-daemon"),
    Part("ibus-unikey"),
    Part("postgresql", program="initdb"),
    Part("python3-gi"),
    Part("strace", program="strace"),
    Part("xauth", program="xauth"),
    Part("xdotool", program="xdotool"),
    Part("xvfb", program="Xvfb"),
)

# What building bundles, packages and installers needs besides. The library is that of the Python
# that runs this, which the bundle brings along; Debian ships it apart.
PARTS_TO_PACKAGE: tuple[Part, ...] = (
    Part("appstream", program="appstreamcli"),
    Part("binutils", program="strip"),
    Part("desktop-file-utils", program="desktop-file-validate"),
    Part("nsis", program="makensis"),
    Part("wixl", program="wixl"),
    Part(
        "libpython{}.{}".format(*sys.version_info),
        library="libpython{}.{}.so.1.0".format(*sys.version_info),
    ),
)


def is_debian() -> bool:
    """Say whether packages can be asked for and installed with dpkg and apt."""
    return bool(shutil.which("dpkg-query") and shutil.which("apt-get"))


def missing(parts: tuple[Part, ...]) -> list[Part]:
    """Return the parts this system lacks.

    A part is there when its package is installed or when its library or program is found, for
    descendants of Debian give some packages other names.
    """
    if not sys.platform.startswith("linux"):
        return []
    installed = _installed([part.package for part in parts]) if is_debian() else set()
    return [part for part in parts if part.package not in installed and not _is_found(part)]


def install(parts: list[Part], log: Path) -> None:
    """Install the packages of these parts with apt, as root or through sudo.

    Args:
        parts: What is missing; with nothing missing nothing happens.
        log: File that receives what apt says.

    Raises:
        SetupError: There is no apt, no right to use it, or it failed repeatedly.
    """
    if not parts:
        return
    names = [part.package for part in parts]
    if not is_debian():
        files = ", ".join(part.library or part.program for part in parts)
        raise SetupError(
            f"This system lacks {files}.\n"
            "Install them with its package manager and start again. Debian calls the packages:\n"
            f"    {' '.join(names)}"
        )
    become_root = _way_to_root(names)
    print(f"==> Installing {len(names)} system packages: {' '.join(names)}", flush=True)
    apt = [*become_root, "env", *_environment_of_apt(), "apt-get", "-q", "-o", "Dpkg::Use-Pty=0"]
    install_names = [*apt, "install", "--yes", "--no-install-recommends", *names]
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w", encoding="utf-8") as said:
        if _has_lists() and _succeeds(install_names, said.fileno()):
            return
        for attempt in range(APT_TRIES):
            if attempt:
                print(f"    apt failed, trying again ({attempt + 1} of {APT_TRIES})", flush=True)
                time.sleep(PAUSE_BEFORE_RETRY_S * attempt)
            # A source that cannot be reached spoils the update but often not the installation.
            _succeeds([*apt, "update"], said.fileno())
            if _succeeds(install_names, said.fileno()):
                return
    tail = log.read_text(encoding="utf-8", errors="replace").splitlines()[-LINES_OF_LOG_SHOWN:]
    raise SetupError(
        "\n".join([*tail, "", f"apt could not install the packages. Its words are in {log}."])
    )


def _installed(names: list[str]) -> set[str]:
    """Return which of these packages dpkg reports as installed."""
    answer = subprocess.run(
        ["dpkg-query", "--show", "--showformat", "${Package} ${db:Status-Status}\n", *names],
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line.split() for line in answer.stdout.splitlines()]
    return {line[0] for line in lines if line[1:] == ["installed"]}


def _is_found(part: Part) -> bool:
    """Say whether the library loads or the program is in PATH."""
    if part.program:
        return shutil.which(part.program) is not None
    if not part.library:
        return False
    try:
        ctypes.CDLL(part.library)
    except OSError:
        return False
    return True


def _way_to_root(names: list[str]) -> list[str]:
    """Return the words before a command that make it run as root; none when we are root."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and _succeeds([sudo, "-n", "true"]):
        return [sudo, "-n"]
    if sudo and sys.stdin.isatty():
        return [sudo]
    raise SetupError(
        "System packages are missing, and installing them needs an administrator:\n"
        "    apt-get update && apt-get install --yes --no-install-recommends "
        f"{' '.join(names)}\n"
        "Start again afterwards."
    )


def _environment_of_apt() -> list[str]:
    """Return what apt has to know that sudo would drop: no questions, and the proxies."""
    proxies = ("http_proxy", "https_proxy", "ftp_proxy", "no_proxy")
    kept = [f"{name}={os.environ[name]}" for name in proxies if name in os.environ]
    return ["DEBIAN_FRONTEND=noninteractive", *kept]


def _has_lists() -> bool:
    """Say whether apt has ever fetched its package lists."""
    return any(Path("/var/lib/apt/lists").glob("*_Packages*"))


def _succeeds(command: list[str], output: int = subprocess.DEVNULL) -> bool:
    """Run a command without input and say whether it ended well."""
    answer = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False
    )
    return answer.returncode == 0
