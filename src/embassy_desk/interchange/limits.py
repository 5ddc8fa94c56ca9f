"""How large a foreign file may be. More is refused in words, before it is read."""

MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_ROWS = 100_000
MAX_COLUMNS = 200
MAX_CARDS = 20_000
MAX_LINE_CHARACTERS = 64 * 1024
"""Longest unfolded line of a vCard that is kept; pictures, which are not, may be longer."""

MAX_NESTED = 8
"""Parts of a calendar inside one another; ordinary ones have three."""

MAX_PICTURE_CHARACTERS = 3 * 1024 * 1024
"""Longest picture of a card as it is encoded; a larger one is left out."""

MAX_PICTURE_PIXELS = 40_000_000
"""Pixels of a picture that is looked at."""

PICTURE_EDGE_PX = 512
"""Longest edge of a picture that is kept."""

MAX_KEPT_PROPERTIES = 60
"""Properties without a field that are kept of one card."""

MAX_ARCHIVE_MEMBERS = 2_000
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_UNPACKED_RATIO = 200
"""Unpacked bytes for each packed one; ordinary workbooks stay under 30."""

LARGEST_DOCUMENT_BYTES = 50_000_000
"""Larger documents are kept unread; nobody types a heading into them by hand."""

MAX_PROBLEMS = 1_000
"""After so many problems the rest of a file is not looked at."""
