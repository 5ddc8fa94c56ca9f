"""Whose records are here: the mission's own, or those of the missions an officer follows."""

from embassy_desk.store.borders import translated
from embassy_desk.store.work import UnitOfWork
from embassy_desk.sync.scopes import mission_of


def missions_here(work: UnitOfWork) -> tuple[str, ...]:
    """Return the missions whose records come to this desk, in the order of their codes.

    Before the first exchange there is only the mission of whoever made the store.
    """
    with translated():
        rows = work.raw.execute("SELECT sid FROM sync_scope").fetchall()
    found = {code for code in (mission_of(sid) for (sid,) in rows) if code}
    return tuple(sorted(found)) or (work.author.mission,)
