"""Files as chance changes them: pieces cut or doubled, and signs that readers stumble over."""

import random

_SIGNS = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"=\r\n", b"=3D", b"\r", b"\n ", b'"', b";;;;", b"::",
    b"BEGIN:VCARD\r\n", b"END:VCARD\r\n", b"VERSION:2.1\r\n", b";ENCODING=QUOTED-PRINTABLE",
    b";CHARSET=utf-7", b";ENCODING=b", b"\\", b"\\;", b"item1.", b"X-ABLabel:", b"9" * 40,
    b"A" * 5_000, "ắ".encode(), b"\xc3", b"{0.__class__}", b"=1+1", b"\t", b" ::: ", b"N:", b"ADR:",
)  # fmt: skip


def mutant(chance: random.Random, content: bytes) -> bytes:
    """Return a content with one to six changes.

    Args:
        chance: Decides; the same one gives the same again.
        content: A file that can be read.
    """
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(content) + 1)
        length = chance.choice((0, 0, 1, 2, 8, 60))
        piece = chance.choice((
            b"",
            chance.choice(_SIGNS),
            chance.randbytes(chance.randint(1, 6)),
            content[at : at + length] * 2,
        ))  # fmt: skip
        content = content[:at] + piece + content[at + length :]
    return content
