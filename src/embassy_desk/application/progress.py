"""How far a long piece of work of several phases is.

Long work calls `going_on(done, total)` as it goes along. Whoever watches may raise `StoppedError`
there: the work then ends and keeps nothing.
"""

from embassy_desk.domain.watching import GoingOn, unwatched

__all__ = ["WHOLE", "GoingOn", "share", "unwatched"]

WHOLE = 1000
"""Steps of work that has several phases."""


def share(going_on: GoingOn, first: int, last: int) -> GoingOn:
    """Return what one phase of the work calls.

    Args:
        going_on: Told how far the whole is, in steps of `WHOLE`.
        first: Step at which the phase begins.
        last: Step at which it ends.
    """

    def told(done: int, total: int) -> None:
        going_on(first + (last - first) * done // max(total, 1), WHOLE)

    return told
