<<<<<<< HEAD
"""Bodies on the wire: zstd, read within bounds (SYNC 3.10, decision 4)."""
=======
"""Bodies on the wire: compressed with zstd, decompressed with bounded memory."""

import io
>>>>>>> 6c7fafd (Let headquarters have a home, keys, a database and devices)

import zstandard

from embassy_desk.domain.errors import InvalidError, Problem
from embassy_desk.texts import N_

<<<<<<< HEAD
LEVEL = 9
"""Level 9: about a sixth smaller than level 3 for our bodies, and still milliseconds."""

LARGEST_WINDOW_BYTES = 8 * 1024 * 1024
ENCODING = "zstd"


def compressed(body: bytes) -> bytes:
    """Return a body as one zstd frame that tells its length and ends with a checksum."""
    return zstandard.ZstdCompressor(level=LEVEL, write_checksum=True).compress(body)


def decompressed(body: bytes, limit_bytes: int) -> bytes:
    """Return what was compressed; memory stays within the window, the limit and a little more.

    Args:
        body: One whole zstd frame with nothing behind it.
        limit_bytes: How long the content may be.

    Raises:
        InvalidError: The frame is damaged, cut, too long, or needs a larger window.
    """
    reader = zstandard.ZstdDecompressor(max_window_size=LARGEST_WINDOW_BYTES).decompressobj()
    parts: list[bytes] = []
    size = 0
    try:
        for start in range(0, len(body), _FED_BYTES):
            part = reader.decompress(body[start : start + _FED_BYTES])
            size += len(part)
            if size > limit_bytes:
                raise _refusal()
            parts.append(part)
    except zstandard.ZstdError as error:
        raise _refusal() from error
    if not reader.eof or reader.unused_data:
        raise _refusal()
    return b"".join(parts)


_FED_BYTES = 256
"""Fed in small pieces, because each may grow ten-thousandfold."""


def _refusal() -> InvalidError:
    return InvalidError([Problem("body", N_("The compressed body is damaged or too large."))])
=======
ENCODING = "zstd"
LEVEL = 9
LARGEST_COMPRESSED = 1024 * 1024
"""1 MiB: no larger body goes either way in one request."""

LARGEST_DECOMPRESSED = 16 * 1024 * 1024
"""16 MiB: what a body may become; reading stops there, whatever the sender claims."""

LARGEST_WINDOW = 8 * 1024 * 1024
"""8 MiB: memory a decoder may be asked for; level 9 asks for at most 4."""


def compressed(content: bytes, *, level: int = LEVEL) -> bytes:
    """Return the content as one zstd frame with a checksum."""
    return zstandard.ZstdCompressor(level=level, write_checksum=True).compress(content)


def decompressed(frame: bytes, *, largest: int = LARGEST_DECOMPRESSED) -> bytes:
    """Return what was compressed.

    Raises:
        InvalidError: It is no zstd frame, is damaged or cut, needs too large a window, or becomes
            larger than allowed.
    """
    reader = zstandard.ZstdDecompressor(max_window_size=LARGEST_WINDOW).stream_reader(
        io.BytesIO(frame)
    )
    try:
        content = reader.read(largest + 1)
        is_whole = len(content) <= largest and _ends(frame)
    except zstandard.ZstdError as error:
        raise InvalidError([Problem("", N_("The message is damaged."))]) from error
    if len(content) > largest:
        raise InvalidError([Problem("", N_("The message is larger than allowed."))])
    if not is_whole:
        raise InvalidError([Problem("", N_("The message is damaged."))])
    return content


def _ends(frame: bytes) -> bool:
    """Return whether the frame is whole and nothing follows it; call it after bounding its size."""
    decoder = zstandard.ZstdDecompressor(max_window_size=LARGEST_WINDOW).decompressobj()
    decoder.decompress(frame)
    return decoder.eof and not decoder.unused_data
>>>>>>> 6c7fafd (Let headquarters have a home, keys, a database and devices)
