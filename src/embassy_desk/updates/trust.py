"""What may be believed of a place with updates: `tuf` decides, over the line and from a stick.

The trust begins with the `root.json` that came with the program and follows every change of keys
from there. What was believed before is kept beside the program, where no update writes, and
nothing older is believed afterwards. The line and the stick each keep a past of their own: their
time stamps are signed apart, for 30 days and for 180.
"""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tuf.api.exceptions import (
    DownloadError,
    DownloadHTTPError,
    ExpiredMetadataError,
    RepositoryError,
)
from tuf.ngclient import FetcherInterface, Updater, UpdaterConfig

from embassy_desk.domain.errors import MissingError
from embassy_desk.settings.files import writing_error
from embassy_desk.updates.errors import (
    NoUpdatesError,
    StaleError,
    UnprovedError,
    UnreachableError,
)
from embassy_desk.updates.manifest import LARGEST_MANIFEST_BYTES, Offer, read_manifest
from embassy_desk.updates.names import MANIFEST_NAME, METADATA, STICK, TARGETS, TIMESTAMP, target_of
from embassy_desk.updates.sources import Source

CARRIED_MARK = "for_sticks"
"""A field of time stamps that live longer because somebody carries them."""

_LIMITS = UpdaterConfig(
    max_root_rotations=64,
    max_delegations=1,
    root_max_length=64 * 1024,
    timestamp_max_length=16 * 1024,
    snapshot_max_length=64 * 1024,
    targets_max_length=256 * 1024,
)
_BASE = "updates:/"
_NOT_FOUND = 404


def newest_offer(source: Source, state: Path, root: bytes, platform: str) -> Offer | None:
    """Return what a place offers, proved from the root on; nothing if it has no such platform.

    Args:
        source: The place.
        state: Folder in which is kept what was believed before; made if need be.
        root: The `root.json` that came with the program.
        platform: Such as `linux-x86_64`.

    Raises:
        UnprovedError: Something is not signed as it must be, or older than what was seen before.
        StaleError: Signatures are past their day.
        NoUpdatesError: The place knows nothing of updates.
        UnreachableError: It cannot be reached.
        StoreError: What is believed cannot be kept, such as on a full disk.
    """
    known = state / (STICK if source.is_carried else METADATA)
    known.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        updater = Updater(
            str(known), f"{_BASE}{METADATA}", str(known), f"{_BASE}{TARGETS}",
            _Fetcher(source), _LIMITS, bootstrap=root,
        )  # fmt: skip
        updater.refresh()
        target = updater.get_targetinfo(target_of(platform))
        if target is None:
            return None
        if target.length > LARGEST_MANIFEST_BYTES:
            raise UnprovedError("manifest too large")
        content = Path(updater.download_target(target)).read_bytes()
        custom = target.custom
    except ExpiredMetadataError as error:
        raise StaleError(str(error)) from error
    except DownloadHTTPError as error:
        raise NoUpdatesError from error
    except (RepositoryError, DownloadError) as error:
        raise UnprovedError(f"{type(error).__name__}: {error}") from error
    except OSError as error:
        raise writing_error(known, error) from error
    manifest = read_manifest(content)
    if manifest.platform != platform:
        raise UnprovedError("another platform")
    share, missions = _meant_for(custom or {})
    name = f"{TARGETS}/{platform}/{target.hashes['sha256']}.{MANIFEST_NAME}"
    return Offer(manifest, share, missions, name)


def _meant_for(custom: dict[str, Any]) -> tuple[int, tuple[str, ...]]:
    """Return share and missions; what is not understood means nobody yet."""
    share, missions = custom.get("share", 100), custom.get("missions", [])
    if type(share) is not int or not isinstance(missions, list):
        return 0, ()
    return max(0, min(100, share)), tuple(str(each) for each in missions)


class _Fetcher(FetcherInterface):
    """Fetches for `tuf` from a place; how much at most, `tuf` watches."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def _fetch(self, url: str) -> Iterator[bytes]:
        name = url.removeprefix(_BASE)
        try:
            chunks = self._source.open(name).chunks
        except MissingError as error:
            raise DownloadHTTPError(name, _NOT_FOUND) from error
        if name == TIMESTAMP and not self._source.is_carried:
            return iter((_for_the_line(chunks),))
        return chunks

    def fetch(self, url: str) -> Iterator[bytes]:
        """Fetch; that the place cannot be reached goes through as it is."""
        try:
            return super().fetch(url)
        except DownloadError as error:
            if isinstance(error.__cause__, UnreachableError):
                raise error.__cause__ from error
            raise


def _for_the_line(chunks: Iterator[bytes]) -> bytes:
    """Return a time stamp, unless it is one of those that live long because they are carried.

    Who serves a stick's over the line could hold newer versions back for half a year.
    """
    content = b""
    for chunk in chunks:
        content += chunk
        if len(content) > _LIMITS.timestamp_max_length:
            raise DownloadError("time stamp too large")
    with contextlib.suppress(ValueError, RecursionError, AttributeError):
        if CARRIED_MARK in json.loads(content).get("signed", {}):
            raise DownloadError("a stick's time stamp on the line")
    return content
