"""Random histories end in agreement, and nothing that left a disk is gone without an excuse."""

from collections import Counter

from model.histories import run
from model.oracle import KNOWN_EXCUSES, LOST

FOUND_LATER = (1033, 4342, 4594, 4210, 7114, 13698, 19192)
"""Seeds that once ended badly: what came after one's own deletion counted as seen; two operations
of one number, after a restoration, shared one conflict; what headquarters offered under the name of
an identity that lived on looked to it like an echo of its own; a deletion that both sides agreed on
was forgotten when an identity parted; what lay beneath a deletion counted as seen as soon as the
deletion was acknowledged, before it was told that it had lost."""

HISTORIES = 60
"""Of the quick tier; `bench/histories.py` runs thousands."""


def test_histories_converge_and_every_excuse_is_known() -> None:
    counts: Counter[str] = Counter()
    for seed in (*range(HISTORIES), *FOUND_LATER):
        counts += run(seed)

    assert counts[LOST] == 0
    assert sum(counts[each] for each in KNOWN_EXCUSES) == counts["writes"]
    for event in (
        "moves",
        "deletions",
        "pouches",
        "clones",
        "restored laptops",
        "restored servers",
        "joined",
        "snapshots taken over",
    ):
        assert counts[event] > 0, event
    for refusal in ("fork", "rolled_back", "epoch"):
        assert counts[f"refused: {refusal}"] > 0, refusal
