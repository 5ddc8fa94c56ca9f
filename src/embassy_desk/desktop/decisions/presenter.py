"""Shows what waits for a decision, and decides. No Qt."""

from collections.abc import Callable
from typing import Protocol

from embassy_desk.application.office import Office
from embassy_desk.application.questions import Question, decide_all, questions
from embassy_desk.desktop.kit.notice import Notice
from embassy_desk.texts import N_


class DecisionsView(Protocol):
    """What the page needs from its screen."""

    def show_questions(self, found: tuple[Question, ...]) -> None:
        """Show what waits for a decision."""


class DecisionsPresenter:
    """Reads the questions; answers that were overtaken are dropped."""

    def __init__(
        self, office: Office, view: DecisionsView, *, tell: Callable[[Notice], None]
    ) -> None:
        """Begin without questions; `tell` shows what was done."""
        self._office = office
        self._view = view
        self._tell = tell
        self._asked = 0

    async def refresh(self) -> None:
        """Show the questions anew."""
        self._asked += 1
        asked = self._asked
        found = await self._office.ask(questions)
        if asked == self._asked:
            self._view.show_questions(found)

    async def decide(self, conflict_ids: tuple[str, ...], takes_other: bool) -> None:  # noqa: FBT001  what a signal carries
        """Close conflicts: what is in force stays, or the other value comes into force.

        Raises:
            DeskError: One of them cannot be decided like this; then none is.
        """
        try:
            count = await self._office.do(decide_all, conflict_ids, takes_other=takes_other)
        finally:
            await self.refresh()
        self._tell(Notice(N_("{count} question was decided.", "{count} questions were decided.",
                             count=count)))  # fmt: skip
