"""What the bar at the bottom says of headquarters: in words about data, never about machinery."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from embassy_desk.application.conflicts import open_conflicts
from embassy_desk.application.continuing import refusal_text
from embassy_desk.application.exchange import RevokedError
from embassy_desk.store.headquarters_link import (
    ACTIVE,
    PENDING,
    REVOKED,
    HeadquartersLink,
    headquarters_link,
)
from embassy_desk.store.outgoing import count_pending
from embassy_desk.store.work import UnitOfWork
from embassy_desk.sync.problems import ProblemCode
from embassy_desk.texts import N_, Text
from embassy_desk.transport.errors import SENTENCES

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
        trouble: The same in a whole sentence.
    """

    mood: SyncMood
    sentence: Text
    waiting: int = 0
    decisions: int = 0
    rejected: int = 0
    succeeded_at: datetime | None = None
    problem: str = ""
    trouble: Text | None = None


def sync_state(work: UnitOfWork) -> SyncState:
    """Return how the desk and headquarters stand."""
    link = headquarters_link(work.raw)
    waiting, _ = count_pending(work.raw)
    if link is None:
        return SyncState(SyncMood.ALONE, N_("on this computer only"), waiting)
    decisions = len(open_conflicts(work))
    (rejected,) = work.raw.execute("SELECT count(*) FROM sync_tray").fetchone()
    mood, sentence = _said(link, waiting, decisions)
    return SyncState(
        mood,
        sentence,
        waiting,
        decisions,
        rejected,
        link.succeeded_at,
        link.problem,
        _trouble(link),
    )


def _said(link: HeadquartersLink, waiting: int, decisions: int) -> tuple[SyncMood, Text]:
    if link.status == REVOKED:
        return SyncMood.TROUBLE, N_("headquarters has closed this device out")
    if link.status != ACTIVE:
        return SyncMood.WAITING, N_("waiting for headquarters' approval")
    if link.problem:
        return _said_of_problem(link.problem, waiting)
    if decisions:
        return SyncMood.DECISION, N_("needs your decision ({count})", count=decisions)
    if waiting:
        return SyncMood.WAITING, N_("changes waiting: {count}", count=waiting)
    if link.succeeded_at is None:
        return SyncMood.WAITING, N_("nothing exchanged yet")
    return SyncMood.GOOD, N_("all at headquarters")


def _said_of_problem(problem: str, waiting: int) -> tuple[SyncMood, Text]:
    if problem not in _OFFLINE:
        return SyncMood.TROUBLE, N_("the last exchange failed")
    if waiting:
        return SyncMood.OFFLINE, N_("working offline, changes waiting: {count}", count=waiting)
    return SyncMood.OFFLINE, N_("working offline")


def _trouble(link: HeadquartersLink) -> Text | None:
    """Return what went wrong the last time in a whole sentence, if anything did."""
    if link.status == REVOKED:
        return RevokedError().text
    if link.status == PENDING:
        return refusal_text(ProblemCode.PENDING)
    if not link.problem:
        return None
    return SENTENCES.get(link.problem) or _OWN.get(link.problem) or refusal_text(link.problem)


_OWN: dict[str, Text] = {
    "brake": N_(
        "An exchange would remove so many records at once that somebody must agree first."
        " Nothing was changed."
    ),
    "digest": N_("Some records differ from headquarters'; they are compared at the next exchange."),
    "refused": N_("The last exchange could not be finished. It will be tried again."),
    "store": N_("What headquarters sent could not be written to this disk."),
}
