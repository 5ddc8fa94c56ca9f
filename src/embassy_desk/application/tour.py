"""Which steps of the tour were done at this desk."""

from embassy_desk.store.local_values import forget_local, keep_local, local_value
from embassy_desk.store.reading import Reading
from embassy_desk.store.work import UnitOfWork

_TOPIC, _NAME = "tour", "done"


def steps_done(work: Reading) -> frozenset[str]:
    """Return the codes of the steps that were done."""
    kept = local_value(work, _TOPIC, _NAME)
    found = kept.value if kept is not None and isinstance(kept.value, list) else []
    return frozenset(each for each in found if isinstance(each, str))


def note_step(work: UnitOfWork, code: str) -> frozenset[str]:
    """Keep that a step was done, and return all that were."""
    done = steps_done(work) | {code}
    keep_local(work, _TOPIC, _NAME, sorted(done))
    return done


def begin_anew(work: UnitOfWork) -> None:
    """Forget what was done."""
    forget_local(work, _TOPIC, _NAME)
