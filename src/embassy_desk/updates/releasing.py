"""Makes a version out of a bundle: its manifest, its pieces, and short ways from older versions."""

import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from embassy_desk.domain.errors import InvalidError, Problem, RefusedError
from embassy_desk.texts import N_
from embassy_desk.updates.manifest import (
    VERSION,
    FileEntry,
    LinkEntry,
    Manifest,
    Patch,
    version_key,
)
from embassy_desk.updates.names import PACKAGES, PIECES
from embassy_desk.updates.pieces import compressed, patched
from embassy_desk.updates.repository import Repository

LEVEL = 15
_LEAST_PATCHED_BYTES = 16 * 1024
_WORTH = 0.5
"""A change is kept where it has at most so much of the bytes of the whole piece."""


@dataclass(frozen=True)
class Described:
    """What a bundle is to become.

    Attributes:
        version: Such as `0.2.0`.
        platform: Such as `linux-x86_64`.
        program: Path of the program that answers to `--version`; empty for a package.
    """

    version: str
    platform: str
    program: str


def manifest_of(
    repository: Repository, bundle: Path, about: Described, earlier: Sequence[Path], level: int
) -> Manifest:
    """Put the pieces of a bundle into a place with updates and return its manifest.

    Args:
        repository: The place.
        bundle: The folder that PyInstaller made; for a package its file.
        about: Version, platform, program.
        earlier: Bundles from which a short way is wanted.
        level: How hard to compress, 1 to 22.

    Raises:
        InvalidError: The bundle is not what it is said to be.
        StoreError: The disk refuses.
    """
    files, links = [], []
    paths, above = (
        ([bundle], bundle.parent) if bundle.is_file() else (sorted(bundle.rglob("*")), bundle)
    )
    for path in paths:
        name = path.relative_to(above).as_posix()
        if path.is_symlink():
            links.append(LinkEntry(path=name, to=str(path.readlink())))
        elif path.is_file():
            files.append(_entry(repository, path, name, earlier, level))
    try:
        return Manifest(
            version=about.version,
            platform=about.platform,
            program=about.program,
            files=tuple(files),
            links=tuple(links),
        )
    except ValueError as error:
        text = N_("This folder cannot become a version: {reason}.", reason=str(error))
        raise InvalidError([Problem("bundle", text)]) from error


def _entry(
    repository: Repository, path: Path, name: str, earlier: Sequence[Path], level: int
) -> FileEntry:
    content = path.read_bytes()
    piece = compressed(content, level)
    patches = []
    for base in _bases(name, content, earlier):
        change = patched(base, content, level)
        if len(change) <= _WORTH * len(piece):
            patches.append(
                Patch(base=_digest(base), piece=_put(repository, change), piece_size=len(change))
            )
    return FileEntry(
        path=name,
        sha256=_digest(content),
        size=len(content),
        piece=_put(repository, piece),
        piece_size=len(piece),
        is_program=path.suffix == ".exe" or os.access(path, os.X_OK),
        patches=tuple(patches),
    )


def _bases(name: str, content: bytes, earlier: Sequence[Path]) -> list[bytes]:
    if len(content) < _LEAST_PATCHED_BYTES:
        return []
    found = [each if each.is_file() else each / name for each in earlier]
    older = {each.read_bytes() for each in found if each.is_file() and not each.is_symlink()}
    return [] if content in older else sorted(older)


def _put(repository: Repository, piece: bytes) -> str:
    digest = _digest(piece)
    if not (repository.folder / PIECES / digest).is_file():
        repository.put(f"{PIECES}/{digest}", piece)
    return digest


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def refuse_older(repository: Repository, target: str, version: str) -> None:
    """Refuse to publish what no desk would take: a version that is not higher.

    Raises:
        InvalidError: It is no version.
        RefusedError: It is not higher than the one before.
    """
    if not re.fullmatch(VERSION, version):
        raise InvalidError([Problem("release", N_("Write the version like 0.2.0."))])
    published = repository.targets.targets.get(target)
    custom = (published.custom if published is not None else None) or {}
    if version_key(version) <= version_key(str(custom.get("version", "0.0.0"))):
        raise RefusedError(N_("A version as high as this one was published already."))


def refuse_unreadable(bundle: Path, platform: str) -> None:
    """Refuse what is no folder, or for a package no file.

    Raises:
        RefusedError: It is none.
    """
    if platform in PACKAGES:
        if not bundle.is_file():
            raise RefusedError(N_("“{name}” is no file.", name=bundle.name))
    elif not bundle.is_dir():
        raise RefusedError(N_("“{name}” is no folder.", name=bundle.name))
