"""What a version consists of: every file with its digest, and the piece it is fetched as.

A manifest is a target of the signed metadata, so all digests in it are as good as signed. Its
paths are looked at all the same: a key may be in the wrong hands for a day, a folder is not to be
left in any case.
"""

import posixpath
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from embassy_desk.updates.errors import UnprovedError
from embassy_desk.updates.names import PACKAGES

LARGEST_MANIFEST_BYTES = 4 * 1024 * 1024
MOST_FILES = 20_000
LARGEST_FILE_BYTES = 512 * 1024 * 1024
LARGESTVERSION_BYTES = 2 * 1024**3
_LONGEST_PATH = 200
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
VERSION = r"^[0-9]{1,5}\.[0-9]{1,5}\.[0-9]{1,5}$"

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Size = Annotated[int, Field(ge=0, le=LARGEST_FILE_BYTES)]


class _Strict(BaseModel):
    """Takes nothing for something else, such as a text for a number."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")


class Patch(_Strict):
    """A piece that makes a file from an older one.

    Attributes:
        base: SHA-256 of the older file.
        piece: SHA-256 of the piece.
        piece_size: Its bytes.
    """

    base: Digest
    piece: Digest
    piece_size: Size


class FileEntry(_Strict):
    """A file of a version.

    Attributes:
        path: Where it lies, with `/`, below the version's folder.
        sha256: Digest of its content.
        size: Bytes of its content.
        piece: SHA-256 of the compressed content, which is what is fetched.
        piece_size: Its bytes.
        is_program: Whether it can be run.
        patches: Shorter ways, from files of older versions.
    """

    path: str
    sha256: Digest
    size: Size
    piece: Digest
    piece_size: Size
    is_program: bool = False
    patches: tuple[Patch, ...] = ()


class LinkEntry(_Strict):
    """A symbolic link of a version; it leads to somewhere in the same version."""

    path: str
    to: str


class Manifest(_Strict):
    """A version for one platform.

    Attributes:
        version: Such as `0.2.0`.
        platform: Such as `linux-x86_64`.
        program: Path of the program that answers to `--version`; empty for a package, which is
            one file for the tools of a site.
        files: Its files.
        links: Its symbolic links.
    """

    version: Annotated[str, StringConstraints(pattern=VERSION)]
    platform: str
    program: str
    files: Annotated[tuple[FileEntry, ...], Field(max_length=MOST_FILES)]
    links: Annotated[tuple[LinkEntry, ...], Field(max_length=MOST_FILES)] = ()

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(each.size for each in self.files)

    @property
    def paths(self) -> list[str]:
        """Paths of its files and links."""
        return [*(each.path for each in self.files), *(each.path for each in self.links)]

    @property
    def is_package(self) -> bool:
        """Whether the tools of a site install it, and no desk by itself."""
        return self.platform in PACKAGES

    @model_validator(mode="after")
    def _stays_inside(self) -> Self:
        refuse_unsafe(self.paths)
        for link in self.links:
            refuse_unsafe(
                [posixpath.normpath(posixpath.join(posixpath.dirname(link.path), link.to))]
            )
            if not link.to or link.to.startswith("/") or _FORBIDDEN.search(link.to):
                raise ValueError(f"leads outside: {link.path}")
        if self.is_package:
            if self.program or self.links or len(self.files) != 1 or "/" in self.files[0].path:
                raise ValueError("not one file")
        elif self.program not in {each.path for each in self.files if each.is_program}:
            raise ValueError("no program")
        if self.size > LARGESTVERSION_BYTES:
            raise ValueError("too large")
        return self


@dataclass(frozen=True)
class Offer:
    """The newest version that a place has for a platform, proved.

    Attributes:
        manifest: What it consists of.
        share: For how many of a hundred devices it is meant at present, 0 to 100.
        missions: Codes of the missions that have it first; empty for all.
        target: Name of the manifest at the place, with its digest.
    """

    manifest: Manifest
    share: int
    missions: tuple[str, ...]
    target: str


def read_manifest(content: bytes) -> Manifest:
    """Return a manifest.

    Raises:
        UnprovedError: It is none, or names a place outside its folder.
    """
    try:
        return Manifest.model_validate_json(content)
    except ValidationError as error:
        raise UnprovedError(f"manifest: {error.error_count()} problems") from error


def refuse_unsafe(paths: Iterable[str]) -> None:
    """Refuse paths that are not the same, safe place on every system, or clash with each other.

    Raises:
        ValueError: Names the first one.
    """
    seen: set[str] = set()
    listed = list(paths)
    for path in listed:
        if not _is_safe(path) or path.casefold() in seen:
            raise ValueError(f"unsafe path: {path!r}")
        seen.add(path.casefold())
    for path in listed:
        if any(parent.casefold() in seen for parent in _parents(path)):
            raise ValueError(f"lies in a file: {path!r}")


def _is_safe(path: str) -> bool:
    parts = path.split("/")
    return (
        0 < len(path) <= _LONGEST_PATH
        and unicodedata.is_normalized("NFC", path)
        and not _FORBIDDEN.search(path)
        and not any(
            each in {"", ".", ".."} or each[-1] in ". " or _RESERVED.fullmatch(each)
            for each in parts
        )
    )


def _parents(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]


def version_key(version: str) -> tuple[int, ...]:
    """Return what orders versions."""
    return tuple(int(each) for each in version.split("."))
