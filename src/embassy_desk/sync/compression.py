"""Bodies on the wire: zstd, read within bounds (SYNC 3.10, decision 4)."""

import zstandard

from embassy_desk.domain.errors import InvalidError, Problem
from embassy_desk.texts import N_

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
