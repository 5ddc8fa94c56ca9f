"""An answer of headquarters is taken over in portions: between two of them somebody may save."""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from embassy_desk.application.exchange import (
    Planned,
    answered_node,
    note_answer,
    note_duration,
    still_answered,
    told_of,
)
from embassy_desk.application.places import Announce, Places, applying
from embassy_desk.store.opening import Store
from embassy_desk.store.outgoing import Node
from embassy_desk.store.portions import portions
from embassy_desk.store.takeover import Taken, Takeover, Told
from embassy_desk.store.work import Changes, UnitOfWork
from embassy_desk.sync.exchange import ExchangeAnswer


@dataclass
class _Answered:
    """An answer on its way into the store."""

    planned: Planned
    answer: ExchangeAnswer
    took: timedelta
    may_hide_many: bool
    taken: Taken = field(default_factory=Taken)

    def first(self, store: Store, told: Told) -> tuple[list[Told], Changes]:
        """Take over what must come first, and return what is left to take over."""
        with store.work(applying(store)) as work:
            node = answered_node(work, self.planned, self.answer)
            first, *left = portions(work.raw, node, told)
            return left, self._over(work, node, first, is_last=not left)

    def next(self, store: Store, portion: Told, *, is_last: bool) -> Changes:
        """Take over one more portion; what hides something came with the first."""
        with store.work(applying(store)) as work:
            node = still_answered(work, self.planned, self.answer.last)
            return self._over(work, node, portion, is_last=is_last)

    def _over(self, work: UnitOfWork, node: Node, portion: Told, *, is_last: bool) -> Changes:
        taken = Takeover(work, node, portion, may_hide_many=self.may_hide_many).take()
        self.taken.add(taken)
        if is_last:
            note_answer(work, self.planned, self.answer, self.taken)
            note_duration(work, self.planned, self.took, self.answer.now_ms)
        return work.commit()


async def take_over(
    places: Places,
    planned: Planned,
    carried: tuple[ExchangeAnswer, timedelta],
    announce: Announce,
    *,
    may_hide_many: bool = False,
) -> Taken:
    """Take an answer over, portion by portion; the last one moves the cursors.

    Args:
        places: Where the steps are done.
        planned: The exchange.
        carried: The answer, and how long it took.
        announce: Told of every portion.
        may_hide_many: A person agreed that many records vanish.

    Raises:
        StaleAnswerError: Something else moved the store on; what was taken over is told again.
        DeskError: As `take_answer`; then nothing was changed.
    """
    answer, took = carried
    answered = _Answered(planned, answer, took, may_hide_many)
    told = await places.on_the_road(partial(told_of, answer, planned))
    left, changes = await places.by_the_clerk(partial(answered.first, told=told))
    announce(changes)
    for number, portion in enumerate(left, 1):
        step = partial(answered.next, portion=portion, is_last=number == len(left))
        announce(await places.by_the_clerk(step))
    return answered.taken
