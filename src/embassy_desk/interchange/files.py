"""Foreign files as bytes, after a look at their size."""

from pathlib import Path

from embassy_desk.domain.errors import StoreError
from embassy_desk.interchange.errors import whole_file
from embassy_desk.interchange.limits import MAX_FILE_BYTES
from embassy_desk.texts import N_

_BYTES_IN_A_MEBIBYTE = 1024 * 1024


def content_of(path: Path) -> bytes:
    """Return a file's bytes.

    Raises:
        UnreadableFileError: It is empty or larger than we read.
        StoreError: It cannot be opened.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise StoreError(
            N_("“{file}” cannot be read: {reason}.", file=path.name, reason=error.strerror or "")
        ) from error
    if len(content) > MAX_FILE_BYTES:
        limit = MAX_FILE_BYTES // _BYTES_IN_A_MEBIBYTE
        raise whole_file(N_("The file is larger than {limit} MiB.", limit=limit))
    if not content.strip():
        raise whole_file(N_("The file is empty."))
    return content
