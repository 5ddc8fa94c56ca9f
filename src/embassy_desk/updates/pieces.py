"""Pieces: a file of a version as it travels, compressed whole or as the change to an older file."""

import hashlib
import math
from collections.abc import Iterator
from pathlib import Path

import zstandard

from embassy_desk.domain.errors import MissingError
from embassy_desk.settings.files import writing_error
from embassy_desk.updates.errors import UnprovedError, UnreachableError
from embassy_desk.updates.names import PIECES
from embassy_desk.updates.sources import CHUNK_BYTES, Source

_LEAST_WINDOW_LOG, _MOST_WINDOW_LOG = 20, 30


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def compressed(content: bytes, level: int) -> bytes:
    """Return content as a piece."""
    return zstandard.ZstdCompressor(level=level).compress(content)


def patched(old: bytes, new: bytes, level: int) -> bytes:
    """Return a piece that makes `new` from `old`."""
    window = max(_LEAST_WINDOW_LOG, min(_MOST_WINDOW_LOG, _bits(len(old) + len(new))))
    how = zstandard.ZstdCompressionParameters.from_level(level, window_log=window, enable_ldm=True)
    return zstandard.ZstdCompressor(dict_data=_as_base(old), compression_params=how).compress(new)


def unpacked(piece: bytes, size: int, base: bytes | None = None) -> bytes:
    """Return the content of a piece; never more than it is said to have.

    Args:
        piece: The piece.
        size: Bytes of its content, as signed.
        base: The older file, for a change to one.

    Raises:
        UnprovedError: It is no such piece, or holds another number of bytes.
    """
    base_data = None if base is None else _as_base(base)
    reader = zstandard.ZstdDecompressor(dict_data=base_data, max_window_size=2**_MOST_WINDOW_LOG)
    try:
        with reader.stream_reader(piece) as stream:
            content = stream.read(size + 1)
    except zstandard.ZstdError as error:
        raise UnprovedError("not a piece") from error
    if len(content) != size:
        raise UnprovedError("a piece of another size")
    return content


def _as_base(old: bytes) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(old, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def _bits(size: int) -> int:
    return math.ceil(math.log2(max(2, size)))


def fetched(source: Source, piece: str, size: int, folder: Path) -> bytes:
    """Return a piece, going on where an earlier try ended; what is not genuine is thrown away.

    Args:
        source: The place.
        piece: SHA-256 of the piece.
        size: Its bytes, as signed; not one more is read.
        folder: Where it is collected.

    Raises:
        UnprovedError: What lies there is something else.
        UnreachableError: The place cannot be reached; what came is kept.
        StoreError: The disk refuses.
    """
    path = folder / piece
    have = path.stat().st_size if path.is_file() else 0
    try:
        if have < size:
            _collect(source, piece, size, path, have)
        if path.stat().st_size == size and digest_of(path) == piece:
            return path.read_bytes()
        path.unlink()
    except OSError as error:
        raise writing_error(path, error) from error
    raise UnprovedError("a piece with another digest")


def _collect(source: Source, piece: str, size: int, path: Path, have: int) -> None:
    try:
        opened = source.open(f"{PIECES}/{piece}", have)
    except MissingError as error:
        raise UnprovedError("a piece is missing") from error
    with path.open("ab" if opened.start else "wb") as stream:
        left = size - opened.start
        for chunk in _no_more_than(left, opened.chunks):
            stream.write(chunk)
            left -= len(chunk)
    if left > 0:
        raise UnreachableError  # cut off; the next try goes on from here


def _no_more_than(left: int, chunks: Iterator[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        if len(chunk) > left:
            raise UnprovedError(f"a piece of endless size, after {CHUNK_BYTES} bytes or more")
        left -= len(chunk)
        yield chunk
