"""Tries both installers for Windows on Wine: silent, open desk, upgrade, the way back, removal.

    python packaging/try_windows.py FOLDER

The bundle is a stand-in whose programs only note that they were started: what is tried is the
installer, the starter and the command line's script, word for word as they are handed out but made
for 64 bits, as Wine on Debian has no other. Needs wine64, nsis, wixl and a display; Xvfb will do.
The real bundle is tried on Windows by `.github/workflows/package.yml`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import installers

PROCESSORS = "amd64-unicode"
NOTES = r"C:\notes.txt"
DONE, REFUSED, OPEN = 0, 2, 3
LONGEST_S = 60
TRIES = 3


class FailedError(Exception):
    """Something is not as it must be; the text says what."""


class Windows:
    """A fresh Windows, as Wine makes it.

    Attributes:
        disk: Its drive C.
    """

    def __init__(self, folder: Path) -> None:
        """Make it in a folder; what an earlier try left there goes."""
        home = folder / "wine"
        shutil.rmtree(home, ignore_errors=True)
        self._around = {
            **os.environ,
            "WINEPREFIX": str(home),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=",
        }
        self.run("wineboot", "-i")
        self.disk = home / "drive_c"
        self._seen = 0

    def run(self, *words: str | Path) -> int:
        """Run a program of Windows and return its exit code."""
        done = subprocess.run(
            ["wine", *map(str, words)],
            env=self._around,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            timeout=LONGEST_S,
            check=False,
        )
        return done.returncode

    def started(self) -> list[str]:
        """Return what the stand-ins noted since the last time, oldest first."""
        notes = self.disk / "notes.txt"
        text = notes.read_bytes().decode("utf-16-le") if notes.exists() else ""
        lines = text[: text.rfind("\n") + 1].splitlines()
        found, self._seen = lines[self._seen :], len(lines)
        return found

    def wait_for_start(self) -> str:
        """Return what the next stand-in notes.

        Raises:
            FailedError: None is started.
        """
        end = time.monotonic() + LONGEST_S
        while time.monotonic() < end:
            if found := self.started():
                return found[-1]
            time.sleep(0.05)
        raise FailedError("nothing was started")


def bundle(folder: Path, version: str) -> Path:
    """Return a stand-in of a bundle, with a file that no other version has."""
    shutil.rmtree(folder, ignore_errors=True)
    installers.stand_in(folder)
    (folder / "_internal" / f"only-in-{version}.txt").write_text(version)
    for name in ("embassy-desk.exe", "embassy-desk-cli.exe"):
        defined = {"OUTPUT": str(folder / name), "NOTES": NOTES}
        installers.compile_script("stand_in.nsi", defined, PROCESSORS)
    return folder


def expect(found: object, wanted: object, what: str) -> None:
    """Go on only if something is as it must be, and say so.

    Raises:
        FailedError: It is not.
    """
    if found != wanted:
        raise FailedError(f"{what}: {found!r} instead of {wanted!r}")
    print(f"    {what}")


def expect_that(holds: object, what: str) -> None:
    """Go on only if something holds, and say so.

    Raises:
        FailedError: It does not.
    """
    expect(bool(holds), wanted=True, what=what)


def try_installing(windows: Windows, first: Path, here: Path) -> None:
    """Install silently, start, use the command line."""
    expect(windows.run(first, "/S"), DONE, "installs silently")
    expect((here / "current").read_text(), "0.1.0\n", "names the version")
    expect(windows.run(here / "embassy-desk.exe", "one", "two words"), DONE, "the starter ends")
    noted = windows.wait_for_start()
    expect_that(r"\versions\0.1.0\embassy-desk.exe" in noted, what="the version was started")
    expect_that(noted.endswith('one "two words"'), what="with the words it was given")
    expect(windows.run("cmd", "/c", here / "embassy-desk-cli.cmd", "verify"), DONE, "command line")
    expect_that(
        "embassy-desk-cli.exe verify" in windows.wait_for_start(), what="reaches its program"
    )


def try_open_desk(windows: Windows, second: Path, here: Path) -> None:
    """Refuse an upgrade while the desk is open."""
    (here / "stay").touch()
    windows.run(here / "embassy-desk.exe", "stays")
    windows.wait_for_start()
    expect(windows.run(second, "/S"), OPEN, "an upgrade of an open desk is refused")
    expect((here / "current").read_text(), "0.1.0\n", "the old version stays")
    (here / "stay").unlink()


def try_upgrade(windows: Windows, first: Path, second: Path, here: Path) -> None:
    """Upgrade; the version before stays whole, an older installer is refused."""
    end = time.monotonic() + LONGEST_S
    while (answer := windows.run(second, "/S")) == OPEN and time.monotonic() < end:
        time.sleep(0.1)  # the desk is closing
    expect(answer, DONE, "upgrades")
    expect((here / "current").read_text(), "0.2.0\n", "names the new version")
    expect((here / "previous").read_text(), "0.1.0\n", "and the one before")
    both = [here / "versions" / each / "embassy-desk.exe" for each in ("0.1.0", "0.2.0")]
    expect([each.exists() for each in both], [True, True], "both are there")
    expect(windows.run(first, "/S"), REFUSED, "an older installer is refused")
    windows.started()


def try_way_back(windows: Windows, here: Path) -> None:
    """Leave a version that never shows its window, as the updates of the desk ask for."""
    (here / "trial").write_text("0.2.0\n")
    (here / "tried").write_text("")
    for count in range(1, TRIES + 1):
        windows.run(here / "embassy-desk.exe")
        expect_that("0.2.0" in windows.wait_for_start(), what=f"on trial, start {count}")
    windows.run(here / "embassy-desk.exe")
    expect_that("0.1.0" in windows.wait_for_start(), what="then the one before is started")
    expect((here / "current").read_text(), "0.1.0\n", "and named")
    left = [(here / each).exists() for each in ("trial", "tried", ".current.part")]
    expect(left, [False, False, False], "nothing of the trial is left")
    shutil.rmtree(here / "versions" / "0.1.0")
    (here / "previous").write_text("0.2.0\n")
    windows.run(here / "embassy-desk.exe")
    expect_that(
        "0.2.0" in windows.wait_for_start(), what="where the named one is gone, the other is"
    )


def try_removal(windows: Windows, second: Path, here: Path) -> None:
    """Install anew over it and remove; what others put there and the people's data stay."""
    expect(windows.run(second, "/S"), DONE, "installs over what is there")
    data = windows.disk / "users" / here.parts[here.parts.index("users") + 1] / "AppData" / "Local"
    store = data / "embassy-desk" / "profile" / "store.db"
    store.parent.mkdir(parents=True)
    store.touch()
    foreign = here / "versions" / "of-others" / "note.txt"
    foreign.parent.mkdir(parents=True)
    foreign.touch()
    windows.run(here / "uninstall.exe", "/S")  # it copies itself away and ends at once
    end = time.monotonic() + LONGEST_S
    while (here / "uninstall.exe").exists() and time.monotonic() < end:
        time.sleep(0.1)
    expect(sorted(each.name for each in here.rglob("*") if each.is_file()), ["note.txt"],
           "only what others put there stays")  # fmt: skip
    expect_that(store.exists(), what="the data stay")


def try_package(windows: Windows, packages: list[Path]) -> None:
    """Install, upgrade and remove the package for managed sites."""
    here = windows.disk / "Program Files" / "Embassy Desk"
    older, newer = packages
    for package, version in ((older, "0.1.0"), (newer, "0.2.0")):
        expect(
            windows.run("msiexec", "/i", package, "/qn"), DONE, f"the package {version} installs"
        )
        expect([each.name for each in here.glob("_internal/only-in-*")], [f"only-in-{version}.txt"],
               "and brings its files, no others")  # fmt: skip
    refused = windows.run("msiexec", "/i", older, "/qn")
    expect_that(refused != DONE, what=f"an older package is refused ({refused})")
    expect(windows.run("msiexec", "/x", newer, "/qn"), DONE, "the package is removed")
    expect_that(not here.exists(), what="whole")


def main(words: list[str]) -> int:
    """Try everything and return the exit code."""
    folder = Path(words[0]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        bundles = {each: bundle(folder / each, each) for each in ("0.1.0", "0.2.0")}
        setups = [
            installers.make_exe(each, folder, version, PROCESSORS)
            for version, each in bundles.items()
        ]
        packages = [installers.make_msi(each, folder, version) for version, each in bundles.items()]
        windows = Windows(folder)
        person = next(each for each in (windows.disk / "users").iterdir() if each.name != "Public")
        here = person / "AppData" / "Local" / "Programs" / "Embassy Desk"
        try_installing(windows, setups[0], here)
        try_open_desk(windows, setups[1], here)
        try_upgrade(windows, *setups, here)
        try_way_back(windows, here)
        try_removal(windows, setups[1], here)
        try_package(windows, packages)
    except (FailedError, installers.InstallerError) as error:
        print(f"FAILED: {error}", file=sys.stderr)
        return 1
    print("All of it held")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
