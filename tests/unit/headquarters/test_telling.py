"""A row that is told as it lies there is told as if it had been taken apart."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from embassy_desk.headquarters.rows import state_of, stored
from embassy_desk.headquarters.telling import Asker, told_row, told_stored_row
from embassy_desk.sync.clock import Stamp
from embassy_desk.sync.merging import Leaf, RowState, Version

SCOPE, ROW = "m:TOK", "a" * 32


def version(node: str, sseq: int, ms: int, user: str) -> Version:
    return Version(node, sseq, SCOPE, sseq, Stamp(ms, 3).packed, user)


FIRST, LATER = version("one", 5, 1_000, "u1"), version("other", 6, 2_000, "u2")
PLAIN = RowState("contact", ROW, SCOPE, 5, 6, None, {"a": Leaf("x", FIRST), "b": Leaf(None, FIRST)})
ROWS = {
    "plain": PLAIN,
    "two writers": replace(PLAIN, leaves={**PLAIN.leaves, "c": Leaf(7, LATER)}),
    "deleted": replace(PLAIN, deleted=LATER),
    "with a loser": replace(PLAIN, losers={"a": (Leaf("y", LATER),)}),
    "empty": replace(PLAIN, leaves={}),
}
ASKERS = {
    "stranger": Asker("nobody", 0),
    "author": Asker("one", 0),
    "author of more": Asker("one", 9),
    "who wrote it now": Asker("one", 4, {("contact", ROW): frozenset({"a"})}),
    "who deleted it": Asker("nobody", 0, {("contact", ROW): None}),
}


@pytest.mark.parametrize("base", [0, 5, 6])
@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("asker", ASKERS)
def test_both_ways_tell_the_same(row: str, asker: str, base: int) -> None:
    lying: Any = SimpleNamespace(**stored(ROWS[row], None))
    expected = told_row(state_of(lying), base, ASKERS[asker], base=base)
    assert told_stored_row(lying, base, ASKERS[asker], base=base) == expected
