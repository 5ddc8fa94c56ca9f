"""What the headquarters of the model keeps, and which rules can be broken on purpose."""

import json
from dataclasses import dataclass, field
from typing import Any

from embassy_desk.sealing.digests import CHAIN_START
from embassy_desk.sync.conflicts import Conflict
from embassy_desk.sync.merging import RowState

RowName = tuple[str, str]


@dataclass
class Node:
    """One identity of a laptop, as headquarters knows it."""

    mission: str
    links: list[str] = field(default_factory=lambda: [CHAIN_START.hex()])
    digests: list[bytes] = field(default_factory=lambda: [b""])
    ancestry: dict[str, int] = field(default_factory=dict)

    @property
    def last(self) -> int:
        return len(self.links) - 1


@dataclass
class ConflictRow:
    """A conflict, and where it stands in its scope's log."""

    conflict: Conflict
    created_sseq: int
    head_sseq: int


@dataclass
class Kept:
    """What a backup of the database contains."""

    epoch: int = 1
    nodes: dict[str, Node] = field(default_factory=dict)
    heads: dict[str, int] = field(default_factory=dict)
    epoch_heads: list[tuple[int, dict[str, int]]] = field(default_factory=list)
    rows: dict[RowName, RowState] = field(default_factory=dict)
    conflicts: dict[str, ConflictRow] = field(default_factory=dict)
    exits: dict[tuple[str, str, str], int] = field(default_factory=dict)
    parked: dict[tuple[str, int, bytes], dict[str, Any]] = field(default_factory=dict)
    taken: set[tuple[str, int, bytes]] = field(default_factory=set)
    accepted: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Mutations:
    """Rules that are broken on purpose, to see that the tests notice."""

    chain_unchecked: bool = False
    rollback_undetected: bool = False
    delete_beats_edit: bool = False
    clock_alone: bool = False
    last_arrival_wins: bool = False
    seen_unlimited: bool = False
    refused_is_dropped: bool = False
    journal_forgotten: bool = False
    move_is_silent: bool = False
    echo_by_author: bool = False
    page_splits_position: bool = False
    fields_after_cursor: bool = False
    origin_without_essence: bool = False
    offers_as_its_author: bool = False


def written_key(form: dict[str, Any]) -> str:
    """Return what tells one act of writing from every other, however it was numbered later."""
    return json.dumps([form["u"], form["t"], form.get("c", 0), form["r"], form.get("f")])
