"""What the bar at the bottom says of headquarters: in words about data, never about machinery."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from embassy_desk.store.headquarters_link import ACTIVE, PENDING, REVOKED, headquarters_link
from embassy_desk.store.outgoing import count_pending
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_, Text

_OFFLINE = frozenset({"unreachable", "stalled", "broken", "proxy", "stranger", "busy"})


class SyncMood(StrEnum):
    """How it stands, for a colour and an icon."""

    ALONE = "alone"
    GOOD = "good"
    WAITING = "waiting"
    OFFLINE = "offline"
    DECISION = "decision"
    TROUBLE = "trouble"


@dataclass(frozen=True)
class SyncState:
    """How the desk and headquarters stand.

    Attributes:
        mood: For colour and icon.
        sentence: What the bar says.
        waiting: Changes that headquarters does not have yet.
        decisions: Conflicts that wait for a person.
        rejected: Changes that headquarters did not put in force.
        succeeded_at: When an exchange last ended well.
        problem: Code of what went wrong the last time; empty if nothing did.
    """

    mood: SyncMood
    sentence: Text
    waiting: int = 0
    decisions: int = 0
    rejected: int = 0
    succeeded_at: datetime | None = None
    problem: str = ""


def sync_state(work: UnitOfWork) -> SyncState:
    """Return how the desk and headquarters stand."""
    link = headquarters_link(work.raw)
    waiting, _ = count_pending(work.raw)
    if link is None:
        return SyncState(SyncMood.ALONE, N_("on this computer only"), waiting)
    (decisions,) = work.raw.execute("SELECT count(*) FROM sync_conflict WHERE is_open").fetchone()
    (rejected,) = work.raw.execute("SELECT count(*) FROM sync_tray").fetchone()
    mood, sentence = _said(link.status, link.problem, waiting, decisions)
    return SyncState(mood, sentence, waiting, decisions, rejected, link.succeeded_at, link.problem)


def _said(status: str, problem: str, waiting: int, decisions: int) -> tuple[SyncMood, Text]:
    if status == REVOKED:
        return SyncMood.TROUBLE, N_("headquarters has closed this device out")
    if status == PENDING or status != ACTIVE:
        return SyncMood.WAITING, N_("waiting for headquarters' approval")
    if decisions:
        return SyncMood.DECISION, N_("needs your decision ({count})", count=decisions)
    if problem in _OFFLINE:
        if waiting:
            return SyncMood.OFFLINE, N_("working offline, changes waiting: {count}", count=waiting)
        return SyncMood.OFFLINE, N_("working offline")
    if problem:
        return SyncMood.TROUBLE, N_("the last exchange failed")
    if waiting:
        return SyncMood.WAITING, N_("changes waiting: {count}", count=waiting)
    return SyncMood.GOOD, N_("all at headquarters")
