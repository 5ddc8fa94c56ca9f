"""What a person had on screen when they changed something (SYNC 3.3).

A change replaces knowingly only what its author saw. A page therefore keeps the moment at which it
read a record, and runs what is done there `seeing` that moment.
"""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from embassy_desk.store.screens import present_moment
from embassy_desk.store.work import UnitOfWork

__all__ = ["moment_of", "seeing"]

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def moment_of(work: UnitOfWork) -> int:
    """Return the moment that a page keeps which is read in this unit of work."""
    return present_moment(work.raw)


def seeing(
    moment: int, command: Callable[Concatenate[UnitOfWork, Asked], Answer]
) -> Callable[Concatenate[UnitOfWork, Asked], Answer]:
    """Return a command that changes what was on screen at a moment.

    Args:
        moment: What `moment_of` told when the page was read; 0 for now.
        command: The command.
    """

    def based(work: UnitOfWork, /, *args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        work.base_on(moment)
        return command(work, *args, **kwargs)

    return based
