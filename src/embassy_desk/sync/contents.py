"""Contents of attachments on the line: in pieces, by the hash of the whole (SYNC 3.14).

A record says of its file how long it is and its SHA-256; whoever reads the record may have the
content, and whoever has the content brings it. One address serves both ways:

    PUT /sync/v1/content/{row}/{digest}?start=N    the bytes from N on; answers how many are held
    GET /sync/v1/content/{row}/{digest}?start=N&most=M    at most M bytes from N on

Repeating is always safe. A piece that does not follow on what is held changes nothing, and the
answer says where to go on; so a line that broke costs one piece at most, and an empty one asks.
Each piece is proved by the digest that its signature covers, the whole by its SHA-256 before
anybody sees it.
"""

from pydantic import BaseModel, ConfigDict

from embassy_desk.sync.operations import Count

CONTENT_PATH = "/sync/v1/content"
CONTENT_TYPE = "application/octet-stream"
ATTACHMENT_ENTITY = "attachment"

SMALLEST_PIECE_BYTES = 16 * 1024
FIRST_PIECE_BYTES = 128 * 1024
LARGEST_PIECE_BYTES = 1024 * 1024
PIECE_AIM_S = 5.0
"""How long a piece should take: pieces grow and shrink towards it."""

MOST_OFFERED = 50
"""How many contents an exchange offers; it costs 70 bytes for each."""

MOST_ASKED = 200
"""How many contents a pouch asks for."""


class ContentAnswer(BaseModel):
    """What headquarters has of a content.

    Attributes:
        held: How many bytes, from the beginning.
        is_whole: Whether all of it is there and proved.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    held: Count
    is_whole: bool = False


def content_path(row_id: str, digest: str, start: int, most: int | None = None) -> str:
    """Return the address of a piece."""
    piece = f"?start={start}" + ("" if most is None else f"&most={most}")
    return f"{CONTENT_PATH}/{row_id}/{digest}{piece}"


def next_piece_bytes(size: int, took_s: float) -> int:
    """Return how long the next piece should be after one of a length took so long."""
    if took_s > 2 * PIECE_AIM_S:
        return max(SMALLEST_PIECE_BYTES, size // 2)
    if took_s < PIECE_AIM_S / 2:
        return min(LARGEST_PIECE_BYTES, size * 2)
    return size
