"""Makes places with updates, installations that take them, and a server that may cheat."""

import functools
import http.server
import shutil
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from embassy_desk.sealing.keys import DeviceKey
from embassy_desk.updates.installation import Installation
from embassy_desk.updates.installing import Asker, Outcome, install
from embassy_desk.updates.names import STICK_TIMESTAMP, TIMESTAMP, program_of, target_of
from embassy_desk.updates.releasing import Described, manifest_of
from embassy_desk.updates.repository import Repository
from embassy_desk.updates.signing import Trusted
from embassy_desk.updates.sources import LineSource, Pace, Source, carried_source

PLATFORM = "linux-x86_64"
STARTER = Path(__file__).parents[2] / "packaging" / "linux" / "starter.sh"
ROADS = ("line", "folder", "file")
_PROGRAM = """#!/bin/sh
case "${{1-}}" in
  --version) echo "Embassy Desk {version}" ;;
  probe) {probe} ;;
  *) echo "window of {version}" ;;
esac
"""


def bundle(folder: Path, version: str, *, probe: str = "exit 0", bulk: int = 12) -> Path:
    """Make a program that says its version, with some files that differ between versions."""
    (folder / "_internal").mkdir(parents=True)
    program = folder / "embassy-desk"
    program.write_text(_PROGRAM.format(version=version, probe=probe))
    program.chmod(0o755)
    for number in range(bulk):
        told = f"{number} " * 4_000 + (version if number % 3 == 0 else "the same")
        (folder / "_internal" / f"lib{number}.so").write_text(told)
    (folder / "_internal" / "lib.so").symlink_to("lib0.so")
    return folder


@dataclass
class Keys:
    """The keys of a headquarters."""

    roots: list[DeviceKey] = field(default_factory=lambda: [DeviceKey.made() for _ in range(3)])
    release: DeviceKey = field(default_factory=DeviceKey.made)
    line: DeviceKey = field(default_factory=DeviceKey.made)

    @property
    def trusted(self) -> Trusted:
        """What the root names."""
        roots = tuple(each.public for each in self.roots)
        return Trusted(roots, 2, self.release.public, self.line.public)


@dataclass
class Place:
    """A place with updates, and what it is reached by."""

    folder: Path
    at: datetime
    keys: Keys = field(default_factory=Keys)
    root: bytes = b""

    def __post_init__(self) -> None:
        self.repository = Repository(self.folder)
        self.root = self.repository.begin(
            self.keys.trusted, self.keys.roots[:2], self.keys.release, self.keys.line, self.at
        )

    def publish(self, made: Path, version: str, *, earlier: tuple[Path, ...] = (),
                change: Callable[[str], str] = str, platform: str = PLATFORM,
                **custom: Any) -> None:  # fmt: skip
        """Publish a bundle or a package; `change` may spoil the manifest before it is signed."""
        about = Described(version, platform, program_of(platform))
        manifest = manifest_of(self.repository, made, about, earlier, 3)
        custom = {"version": version, "share": 100, **custom}
        content = change(manifest.model_dump_json()).encode()
        keys = self.keys
        self.repository.publish(
            target_of(platform), content, custom, keys.release, keys.line, self.at
        )

    def renew(self) -> None:
        """Sign everything anew."""
        self.repository.renew(self.keys.release, self.keys.line, self.at)

    def as_stick(self, folder: Path) -> Path:
        """Return a copy as it lies on a stick."""
        shutil.copytree(self.folder, folder)
        if (folder / STICK_TIMESTAMP).exists():
            shutil.copy(folder / STICK_TIMESTAMP, folder / TIMESTAMP)
        return folder

    @contextmanager
    def reached_by(self, road: str, scratch: Path) -> Iterator[Source]:
        """Reach the place over the line, in a folder, or in one file."""
        if road == "line":
            with served(self.folder) as url, httpx.Client() as client:
                yield LineSource(client, url, Pace())
            return
        number = len(list(scratch.iterdir())) if scratch.is_dir() else 0
        stick = self.as_stick(scratch / f"stick-{number}")
        yield carried_source(stick if road == "folder" else zipped(stick))


def zipped(folder: Path) -> Path:
    """Return one file with everything of a folder."""
    target = folder.with_suffix(".embassy-update")
    with zipfile.ZipFile(target, "w") as archive:
        for each in folder.rglob("*"):
            archive.write(each, each.relative_to(folder))
    return target


def installation(root: Path, made: Path, version: str) -> Installation:
    """Install a bundle as the archive for Linux lays it out."""
    (root / "versions").mkdir(parents=True)
    shutil.copytree(made, root / "versions" / version, symlinks=True)
    shutil.copy(STARTER, root / "embassy-desk")
    (root / "embassy-desk").chmod(0o755)
    (root / "current").write_text(f"{version}\n")
    return Installation(root)


@dataclass
class Desk:
    """An installation at version 0.1.0 and what it trusts."""

    home: Installation
    root: bytes
    at: datetime
    backups: list[datetime] = field(default_factory=list)

    @property
    def asker(self) -> Asker:
        """Who asks for updates here."""
        return Asker(self.home, self.root, PLATFORM, self.at, "TOK")

    def install(self, source: Source, tell: Callable[[int, int], object] | None = None,
                **changed: Any) -> Outcome | None:  # fmt: skip
        """Bring the installation up to date."""
        asker = replace(self.asker, **changed)
        return install(asker, source, lambda: self.backups.append(self.at), tell or _quiet)


def _quiet(_done: int, _all: int) -> None:
    return


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, with pieces from a byte on; `spoil` may change an answer."""

    spoil: Callable[[str, bytes], bytes]
    asked: list[tuple[str, str]]

    def do_GET(self) -> None:
        name, told = self.path.lstrip("/"), self.headers.get("Range", "")
        self.asked.append((name, told))
        path = Path(self.directory) / name
        if not path.is_file():
            self.send_error(404)
            return
        content = path.read_bytes()
        start = int(told.removeprefix("bytes=").rstrip("-") or 0)
        sent = self.spoil(name, content[start:])
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(max(len(sent), len(content) - start)))
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        self.end_headers()
        try:
            self.wfile.write(sent)
        except ConnectionError:  # who asked has heard enough
            self.close_connection = True

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@contextmanager
def served(
    folder: Path,
    spoil: Callable[[str, bytes], bytes] = lambda _name, content: content,
    asked: list[tuple[str, str]] | None = None,
) -> Iterator[str]:
    """Serve a folder on this computer and return its address."""
    words = {"spoil": staticmethod(spoil), "asked": [] if asked is None else asked}
    handler = type("Handler", (_Handler,), words)
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(handler, directory=str(folder))
    )
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def present() -> datetime:
    """Return the present time; `tuf` looks at the clock itself."""
    return datetime.now(UTC)  # noqa: TID251  what signatures are compared with


def long_ago(days: int) -> datetime:
    """Return a time so many days back."""
    return present() - timedelta(days=days)
