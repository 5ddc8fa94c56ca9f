"""Lays a new version beside the old one: what did not change is copied, the rest is fetched.

It is laid out in a folder of its own, file by file; what lies there already with the right digest
is not fetched again, so that a kill costs one file. Only the whole version gets its name.
"""

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from embassy_desk.domain.errors import FullDiskError
from embassy_desk.settings.files import force_folder, write_whole, writing_error
from embassy_desk.texts import N_
from embassy_desk.updates.errors import UnprovedError
from embassy_desk.updates.installation import Installation
from embassy_desk.updates.manifest import FileEntry, Manifest
from embassy_desk.updates.pieces import digest_of, fetched, unpacked
from embassy_desk.updates.sources import Source

STAGING, COLLECTED = "staging", "pieces"
_FILE_MODE, _PROGRAM_MODE = 0o644, 0o755
_SPARE = 2
"""So many times the size of the new version must be free: the version, and what is collected."""

Tell = Callable[[int, int], object]
"""Told after each file: how many of how many are there. May raise to stop."""


@dataclass
class Fetched:
    """How much had to be fetched.

    Attributes:
        files: Files that were not on this computer.
        byte_count: Bytes of the pieces that came.
    """

    files: int = 0
    byte_count: int = 0


@dataclass
class _Bench:
    """What is at hand while a version is laid out."""

    source: Source
    collected: Path
    old: dict[str, Path]
    count: Fetched = field(default_factory=Fetched)


def assemble(home: Installation, manifest: Manifest, source: Source, tell: Tell) -> Fetched:
    """Lay a version into its folder, whole; return how much of it had to be fetched.

    Args:
        home: The installation.
        manifest: What the version consists of, proved.
        source: Where pieces are fetched.
        tell: Told of each file.

    Raises:
        UnprovedError: A piece is not genuine.
        UnreachableError: The place cannot be reached; the next try goes on.
        FullDiskError: There is not room enough.
        StoreError: The disk refuses.
    """
    final, staging = home.folder(manifest.version), home.updates / STAGING / manifest.version
    try:
        if not is_whole(manifest, final):
            _refuse_without_room(home, manifest)
            bench = _bench(home, source)
            _lay_out(manifest, staging, bench, tell)
            if not is_whole(manifest, staging):
                raise UnprovedError("not as it was described")
            shutil.rmtree(final, ignore_errors=True)
            staging.rename(final)
            force_folder(final.parent)
            return bench.count
    except OSError as error:
        raise writing_error(final, error) from error
    return Fetched()


def clear(home: Installation) -> None:
    """Remove what is only needed while an update is under way."""
    for name in (STAGING, COLLECTED):
        shutil.rmtree(home.updates / name, ignore_errors=True)


def is_whole(manifest: Manifest, folder: Path) -> bool:
    """Return whether a folder holds exactly this version.

    Raises:
        OSError: Something cannot be read.
    """
    if not folder.is_dir() or folder.is_symlink():
        return False
    there = {each for each in folder.rglob("*") if each.is_symlink() or not each.is_dir()}
    wanted = {folder / each for each in manifest.paths}
    return (
        there == wanted
        and all(is_there(each, folder / each.path) for each in manifest.files)
        and all(
            (folder / each.path).is_symlink() and str((folder / each.path).readlink()) == each.to
            for each in manifest.links
        )
    )


def is_there(entry: FileEntry, path: Path) -> bool:
    """Return whether a file lies there with the content that was described.

    Raises:
        OSError: It cannot be read.
    """
    return (
        path.is_file()
        and not path.is_symlink()
        and path.stat().st_size == entry.size
        and digest_of(path) == entry.sha256
    )


def _refuse_without_room(home: Installation, manifest: Manifest) -> None:
    if shutil.disk_usage(home.root).free < _SPARE * manifest.size:
        needed = _SPARE * manifest.size // 1_000_000 + 1
        raise FullDiskError(
            N_("An update needs {size} MB of free space where the program lies.", size=needed)
        )


def _bench(home: Installation, source: Source) -> _Bench:
    collected = home.updates / COLLECTED
    collected.mkdir(mode=0o700, parents=True, exist_ok=True)
    present = home.folder(home.current)
    files = (each for each in present.rglob("*") if each.is_file() and not each.is_symlink())
    return _Bench(source, collected, {digest_of(each): each for each in files})


def _lay_out(manifest: Manifest, staging: Path, bench: _Bench, tell: Tell) -> None:
    for each in staging.parent.glob("*"):
        if each != staging:
            shutil.rmtree(each, ignore_errors=True)
    staging.mkdir(parents=True, exist_ok=True)
    _remove_strangers(manifest, staging)
    for number, entry in enumerate(manifest.files, start=1):
        path = staging / entry.path
        path.parent.mkdir(parents=True, exist_ok=True)
        if not is_there(entry, path):
            mode = _PROGRAM_MODE if entry.is_program else _FILE_MODE
            write_whole(path, _content(entry, bench), mode=mode)
            path.chmod(mode)  # whatever mask the person has
        tell(number, len(manifest.files))
    for link in manifest.links:
        path = staging / link.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.symlink_to(link.to)


def _remove_strangers(manifest: Manifest, staging: Path) -> None:
    """Remove what an update that was killed left half written."""
    wanted = {staging / each for each in manifest.paths}
    for each in tuple(staging.rglob("*")):
        if each not in wanted and (each.is_symlink() or not each.is_dir()):
            each.unlink()


def _content(entry: FileEntry, bench: _Bench) -> bytes:
    """Return the content of a file: from the version here, as a change to it, or as a piece."""
    if entry.sha256 in bench.old:
        return proved(entry, bench.old[entry.sha256].read_bytes())
    base = None
    piece, size = entry.piece, entry.piece_size
    for patch in entry.patches:
        if patch.base in bench.old and patch.piece_size < size:
            base = bench.old[patch.base].read_bytes()
            piece, size = patch.piece, patch.piece_size
    content = unpacked(fetched(bench.source, piece, size, bench.collected), entry.size, base)
    bench.count.files += 1
    bench.count.byte_count += size
    proved(entry, content)
    (bench.collected / piece).unlink()
    return content


def proved(entry: FileEntry, content: bytes) -> bytes:
    """Return the content of a file.

    Raises:
        UnprovedError: It is another than was described.
    """
    if hashlib.sha256(content).hexdigest() != entry.sha256:
        raise UnprovedError("a file with another digest")
    return content
