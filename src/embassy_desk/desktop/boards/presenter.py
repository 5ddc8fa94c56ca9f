"""Shows a board and takes the step of a card that was moved. No Qt."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Protocol
from uuid import UUID

from embassy_desk.application.boards import BOARD_KINDS, Board, Card, board, step_towards
from embassy_desk.application.office import Office
from embassy_desk.application.sheets import StepOffer, take_step
from embassy_desk.desktop.kit.notice import Notice
from embassy_desk.texts import N_, LabelledEnum

Reason = tuple[date, str]
AskReason = Callable[[StepOffer], Awaitable[Reason | None]]
"""Asks for the day of a step and why it is taken; answers with nothing when it was given up."""


class BoardView(Protocol):
    """What a board needs from its screen."""

    def show_board(self, shown: Board, *, who: UUID | None, mission: str) -> None:
        """Show a board."""

    def focus_card(self, record_id: UUID) -> None:
        """Put the focus on a card, wherever it is now."""


class BoardPresenter:
    """Keeps which board is shown and for whom; answers that were overtaken are dropped."""

    def __init__(
        self,
        office: Office,
        view: BoardView,
        *,
        today: Callable[[], date],
        tell: Callable[[Notice], None],
        ask_reason: AskReason,
    ) -> None:
        """Begin with everybody's tasks."""
        self._office = office
        self._view = view
        self._today = today
        self._tell = tell
        self._ask_reason = ask_reason
        self._asked = 0
        self._followed: UUID | None = None
        self.kind = BOARD_KINDS[0]
        self.who: UUID | None = None
        self.mission = ""

    async def choose_kind(self, kind: str) -> None:
        """Show the board of another kind."""
        self.kind, self.who, self.mission = kind, None, ""
        await self.refresh()

    async def choose_cards(self, who: UUID | None, mission: str) -> None:
        """Show only the cards of a person, of a mission, or of both."""
        self.who, self.mission = who, mission
        await self.refresh()

    async def refresh(self) -> None:
        """Show the board anew."""
        self._asked += 1
        asked = self._asked
        shown = await self._office.ask(
            board, self.kind, self._today(), who=self.who, mission=self.mission
        )
        if asked == self._asked:
            self._view.show_board(shown, who=self.who, mission=self.mission)
            if self._followed is not None:
                self._view.focus_card(self._followed)
                self._followed = None

    async def move(self, card: Card, target: LabelledEnum) -> None:
        """Take the step that leads a card to a column; the focus follows the card.

        Raises:
            MissingError: The record is gone.
            RefusedError: The step may not be taken now; says what is missing.
        """
        if card.state == target:
            return
        offer = await self._office.ask(step_towards, card.kind, card.id, str(target))
        how: Reason | None = (self._today(), "")
        if offer.needs_reason:
            how = await self._ask_reason(offer)
        if how is None:
            return
        on, reason = how
        await self._office.do(take_step, card.kind, card.id, str(target), on=on, reason=reason)
        self._followed = card.id  # whichever refresh comes first shows where it went
        await self.refresh()
        text = N_("“{heading}” is now “{state}”.", heading=card.heading, state=target.label)
        self._tell(Notice(text, can_undo=True))
