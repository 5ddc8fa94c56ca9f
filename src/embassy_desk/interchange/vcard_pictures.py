"""Pictures on cards: looked at within limits, and drawn anew as small ones.

What is kept is a picture that this program made, without places, times and whatever else a camera
or an attacker put into the file.
"""

import base64
import binascii
import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from embassy_desk.interchange.limits import MAX_PICTURE_PIXELS, PICTURE_EDGE_PX
from embassy_desk.interchange.vcard_properties import Property
from embassy_desk.texts import N_, Text

_FORMS = ("JPEG", "PNG", "GIF", "BMP", "WEBP")
_DATA = ";base64,"
_QUALITY = 85
_UNREADABLE = (
    UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, MemoryError, OverflowError,
    Image.DecompressionBombError, Image.DecompressionBombWarning, binascii.Error, KeyError,
    IndexError, TypeError,
)  # fmt: skip
"""What Pillow raises over damaged pictures."""


def small_picture(photo: Property) -> tuple[str, Text | None]:
    """Return the picture of a card as a JPEG of at most 512 pixels in base64, or why there is none.

    A picture that only stands on the web is not fetched.

    Args:
        photo: The property, with its value as the card has it.
    """
    value = "".join(photo.value.split())
    if not value:
        return "", N_("The picture is too large and was left out.")
    if value.lower().startswith(("http:", "https:", "file:", "cid:")):
        return "", N_("The picture lies on the web and was left out.")
    if value[:5].lower() == "data:":
        value = value.partition(_DATA)[2]
    try:
        return _drawn(base64.b64decode(value)), None
    except _UNREADABLE:
        return "", N_("The picture cannot be read and was left out.")


def _drawn(content: bytes) -> str:
    """Return a picture drawn anew.

    Raises:
        ValueError: It has too many pixels.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(content), formats=_FORMS) as opened:
            if opened.width * opened.height > MAX_PICTURE_PIXELS:
                raise ValueError("too many pixels")
            opened.draft("RGB", (PICTURE_EDGE_PX, PICTURE_EDGE_PX))
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    picture.thumbnail((PICTURE_EDGE_PX, PICTURE_EDGE_PX))
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=_QUALITY)
    return base64.b64encode(target.getvalue()).decode()
