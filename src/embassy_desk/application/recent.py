"""What the person at this desk used last: commands, settings, records; for the palette."""

from dataclasses import asdict, dataclass
from uuid import UUID

from embassy_desk.store.local_values import keep_local, local_value
from embassy_desk.store.reading import Reading
from embassy_desk.store.work import UnitOfWork

MOST_RECENT = 20
_TOPIC, _NAME = "palette", "recent"


@dataclass(frozen=True)
class Used:
    """One thing that was used.

    Attributes:
        key: What it is, as the palette calls it.
        heading: What a record was called then; empty for everything else.
    """

    key: str
    heading: str = ""


def recently_used(work: Reading) -> tuple[Used, ...]:
    """Return what was used, the last first.

    What cannot be understood is left out, and records that may not be seen any more.
    """
    kept = local_value(work, _TOPIC, _NAME)
    entries = kept.value if kept is not None and isinstance(kept.value, list) else []
    used = (
        Used(str(each["key"]), str(each.get("heading", "")))
        for each in entries
        if isinstance(each, dict) and "key" in each
    )
    return tuple(each for each in used if _is_seen(work, each))


def _is_seen(work: Reading, used: Used) -> bool:
    """Say whether a thing that was used is no record, or one that may be seen."""
    try:
        return work.sees_record(UUID(used.key.rpartition(":")[2]))
    except ValueError:  # the name of a command or setting
        return True


def note_use(work: UnitOfWork, used: Used) -> tuple[Used, ...]:
    """Put something before everything that was used earlier, and return it all."""
    others = tuple(each for each in recently_used(work) if each.key != used.key)
    all_used = (used, *others)[:MOST_RECENT]
    keep_local(work, _TOPIC, _NAME, [asdict(each) for each in all_used])
    return all_used
