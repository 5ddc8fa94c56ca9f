"""Where updates come from: the line to headquarters, or a folder or file that somebody carried.

All three hold the same names: `metadata/…`, `stick/timestamp.json`, `targets/…`, `pieces/…`.
Nothing a source says is believed here; see `trust.py`.
"""

import stat
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol

import httpx

from embassy_desk.domain.errors import MissingError
from embassy_desk.texts import N_
from embassy_desk.updates.errors import NoUpdatesError, UnreachableError

CHUNK_BYTES = 64 * 1024
MOST_TRIES = 4
_OK, _PARTIAL, _NOT_FOUND = 200, 206, 404


@dataclass(frozen=True)
class Opened:
    """What lies under a name.

    Attributes:
        start: From which byte on it is given; a source may begin at 0 all the same.
        chunks: Its bytes, to be read once.
    """

    start: int
    chunks: Iterator[bytes]


class Source(Protocol):
    """A place with updates.

    Attributes:
        is_carried: Whether somebody carried it here; its signatures live longer then.
    """

    is_carried: bool

    def open(self, name: str, start: int = 0) -> Opened:
        """Return what lies under a name.

        Raises:
            MissingError: Nothing does.
            UnreachableError: The place cannot be reached.
        """


def carried_source(path: Path) -> Source:
    """Return the updates in a folder or in one file.

    Raises:
        NoUpdatesError: There are none.
    """
    if path.is_dir():
        return FolderSource(path)
    if path.is_file() and zipfile.is_zipfile(path):
        return ZippedSource(path)
    raise NoUpdatesError


class FolderSource:
    """A folder, such as on a stick."""

    is_carried = True

    def __init__(self, folder: Path) -> None:
        """Read from a folder."""
        self._folder = folder

    def open(self, name: str, start: int = 0) -> Opened:
        """Return a file; nothing but a plain file is opened."""
        path = self._folder / name
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                raise _missing(name)
            stream = path.open("rb")
            stream.seek(start)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise _missing(name) from error
        except OSError as error:
            raise UnreachableError from error
        return Opened(start, _chunks(stream))


class ZippedSource:
    """One file that holds the folder; it is never unpacked, only asked for names."""

    is_carried = True

    def __init__(self, path: Path) -> None:
        """Read from a ZIP file."""
        self._path = path

    def open(self, name: str, start: int = 0) -> Opened:  # noqa: ARG002  a place may begin at 0
        """Return a member; from its beginning in any case."""
        try:
            archive = zipfile.ZipFile(self._path)
            return Opened(0, _members_chunks(archive, name))
        except KeyError as error:
            raise _missing(name) from error
        except (OSError, zipfile.BadZipFile) as error:
            raise UnreachableError from error


def _members_chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    archive.getinfo(name)

    def read() -> Iterator[bytes]:
        try:
            with archive, archive.open(name) as stream:
                while chunk := stream.read(CHUNK_BYTES):
                    yield chunk
        except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
            raise UnreachableError from error

    return read()


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    try:
        with stream:
            while chunk := stream.read(CHUNK_BYTES):
                yield chunk
    except OSError as error:  # a stick that was pulled out
        raise UnreachableError from error


@dataclass
class Pace:
    """How fast a line may be used, over the whole of a download.

    Attributes:
        most_bytes_per_s: The cap; none by default.
        clock: Seconds that only grow.
        sleep: Waits some seconds.
    """

    most_bytes_per_s: int | None = None
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _began: float = field(default=-1.0, init=False)
    _bytes: int = field(default=0, init=False)

    def took(self, size: int) -> None:
        """Wait until so many more bytes are due."""
        if self.most_bytes_per_s is None:
            return
        if self._began < 0:
            self._began = self.clock()
        self._bytes += size
        ahead = self._bytes / self.most_bytes_per_s - (self.clock() - self._began)
        if ahead > 0:
            self.sleep(ahead)


class LineSource:
    """The line to headquarters, or to another computer of the mission that passes updates on."""

    is_carried = False

    def __init__(self, client: httpx.Client, url: str, pace: Pace) -> None:
        """Ask at an address.

        Args:
            client: Carries requests; knows the proxy and whom to trust.
            url: Below which the names lie.
            pace: How fast.
        """
        self._client, self._url, self._pace = client, url.rstrip("/"), pace

    def open(self, name: str, start: int = 0) -> Opened:
        """Ask for a file, from a byte on if some of it is already here."""
        headers = {"Accept-Encoding": "identity"}
        if start:
            headers["Range"] = f"bytes={start}-"
        try:
            request = self._client.build_request("GET", f"{self._url}/{name}", headers=headers)
            response = self._client.send(request, stream=True)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise UnreachableError from error
        if response.status_code not in {_OK, _PARTIAL}:
            response.close()
            if response.status_code == _NOT_FOUND:
                raise _missing(name)
            raise UnreachableError
        is_partial = response.status_code == _PARTIAL and _begins_at(response) == start
        return Opened(start if is_partial else 0, self._read(response))

    def _read(self, response: httpx.Response) -> Iterator[bytes]:
        try:
            for chunk in response.iter_raw(CHUNK_BYTES):
                self._pace.took(len(chunk))
                yield chunk
        except httpx.HTTPError as error:
            raise UnreachableError from error
        finally:
            response.close()


def _begins_at(response: httpx.Response) -> int:
    told = response.headers.get("content-range", "").removeprefix("bytes ").partition("-")[0]
    return int(told) if told.isdecimal() else -1


def _missing(name: str) -> MissingError:
    return MissingError(N_("“{name}” is not there.", name=name))
