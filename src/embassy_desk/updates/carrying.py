"""Makes a stick: everything a version needs, fetched and proved, with signatures that live longer.

The result is a folder or one file; the same client reads it by the same rules.
"""

import shutil
import tempfile
import zipfile
from pathlib import Path

from embassy_desk.domain.errors import MissingError, RefusedError
from embassy_desk.settings.files import replaced, writing_error
from embassy_desk.texts import N_
from embassy_desk.updates.errors import UnprovedError
from embassy_desk.updates.manifest import LARGEST_MANIFEST_BYTES, Manifest
from embassy_desk.updates.names import METADATA, PIECES, STICK_TIMESTAMP, TIMESTAMP
from embassy_desk.updates.pieces import fetched
from embassy_desk.updates.sources import FolderSource, Opened, Source
from embassy_desk.updates.trust import newest_offer

SUFFIX = ".embassy-update"
_PUBLIC_MODE = 0o644
_DATE = (2000, 1, 1, 0, 0, 0)


class ForSticks:
    """A place as it is for sticks: with the time stamp that lives longer."""

    is_carried = True

    def __init__(self, source: Source) -> None:
        """Take a place with updates."""
        self._source = source

    def open(self, name: str, start: int = 0) -> Opened:
        """Return what lies under a name, for sticks."""
        if name == TIMESTAMP:
            try:
                return self._source.open(STICK_TIMESTAMP)
            except MissingError:
                if not self._source.is_carried:
                    raise
        return self._source.open(name, start)


class _Kept:
    """A place of which everything that is read is kept in a folder."""

    is_carried = True

    def __init__(self, source: Source, folder: Path) -> None:
        self._source, self._folder = source, folder

    def open(self, name: str, start: int = 0) -> Opened:
        content = b""
        for chunk in self._source.open(name).chunks:
            content += chunk
            if len(content) > LARGEST_MANIFEST_BYTES:
                raise UnprovedError("metadata too large")
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return FolderSource(self._folder).open(name, start)


def make_stick(root: bytes, platform: str, source: Source, target: Path) -> Manifest:
    """Write the newest version of a place into a folder, or one file if it is named so.

    Args:
        root: The `root.json` that is trusted.
        platform: For which a version is wanted.
        source: The place.
        target: A folder, made if need be; or a file that ends in `.embassy-update`.

    Raises:
        RefusedError: There is no version, the target is in the way, or something is not genuine.
        UnreachableError: The place cannot be reached.
        StoreError: The disk refuses.
    """
    is_file = target.suffix == SUFFIX
    if not is_file and (target / METADATA).exists():
        shutil.rmtree(target / METADATA)  # older metadata beside newer would be refused
    try:
        with tempfile.TemporaryDirectory(dir=target.parent) as beside:
            folder = Path(beside) / "stick" if is_file else target
            folder.mkdir(exist_ok=True)
            manifest = _collect(root, platform, ForSticks(source), folder)
            if is_file:
                _zip(folder, target)
    except OSError as error:
        raise writing_error(target, error) from error
    return manifest


def _collect(root: bytes, platform: str, source: Source, folder: Path) -> Manifest:
    (folder / PIECES).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as state:
        offer = newest_offer(_Kept(source, folder), Path(state), root, platform)
        if offer is None:
            raise RefusedError(N_("No version was published for this platform."))
        for each in offer.manifest.files:
            fetched(source, each.piece, each.piece_size, folder / PIECES)
            for patch in each.patches:
                fetched(source, patch.piece, patch.piece_size, folder / PIECES)
        # Proved once more, as the desk that gets it will prove it.
        newest_offer(FolderSource(folder), Path(state), root, platform)
    return offer.manifest


def _zip(folder: Path, target: Path) -> None:
    files = sorted(each for each in folder.rglob("*") if each.is_file())
    with (
        replaced(target, mode=_PUBLIC_MODE) as stream,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive,
    ):
        for each in files:
            member = zipfile.ZipInfo(each.relative_to(folder).as_posix(), _DATE)
            archive.writestr(member, each.read_bytes())
