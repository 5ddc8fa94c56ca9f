"""The search for duplicates through whole stores: its cost, and how it grows with the records.

Usage: python bench/duplicates.py [SIZE …]
"""

import sys
import time
from itertools import pairwise

from stores import ROOT, Stores

from embassy_desk.application.office import answer
from embassy_desk.application.traits import known_traits
from embassy_desk.domain.blocking import Blocks

_FILE = 20_000
_SIZES = (10_000, 30_000, 100_000)


def main(words: list[str]) -> int:
    """Print seconds of the processor for each size, and for the questions that a file asks."""
    stores = Stores(ROOT / "build" / "bench")
    first = 0.0
    print(
        "contacts      read   blocks    pairs      all  µs each  to the first  found  20,000 asked"
    )
    for size in [int(word) for word in words] or _SIZES:
        with stores.opened(size) as profile:
            marks = [time.process_time()]
            traits = answer(profile.store, lambda work: list(known_traits(work, "contact")))
            marks.append(time.process_time())
            blocks = Blocks(traits)
            marks.append(time.process_time())
            found = sum(1 for _ in blocks.pairs())
            marks.append(time.process_time())
            for at in range(_FILE):
                blocks.like(traits[at % len(traits)][1])
            asked = time.process_time() - marks[-1]
        read, made, compared = (b - a for a, b in pairwise(marks))
        each = (marks[-1] - marks[0]) / size
        first = first or each
        print(
            f"{size:>8,} {read:>7.2f} s {made:>6.2f} s {compared:>6.2f} s {each * size:>6.2f} s"
            f" {each * 1e6:>8.0f} {each / first:>10.2f} × {found:>8,} {asked:>8.2f} s"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
