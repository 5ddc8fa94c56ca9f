"""Where drafts come from and go to on the record page: its form, its bar, and the row at work."""

from collections.abc import Callable
from typing import Any

from embassy_desk.application.drafts import Draft
from embassy_desk.desktop.records.drafts import Unsaved
from embassy_desk.desktop.records.offers import DraftOffer
from embassy_desk.desktop.records.presenter import DETAILS
from embassy_desk.desktop.records.screen import RecordScreen


class DraftPlace:
    """Reads what the page holds, and shows what was typed once.

    Attributes:
        row_work: Returns what was typed into a row that is being edited, while one is.
    """

    def __init__(self, screen: RecordScreen) -> None:
        """Serve a page."""
        self._screen = screen
        self.row_work: Callable[[], dict[str, Any]] | None = None

    def unsaved(self) -> Unsaved | None:
        """Return what the page holds that is not saved; nothing when no form is open."""
        form = self._screen.form
        if form is None:
            return None
        return form.unsaved(self.row_work() if self.row_work is not None else {})

    def show_offer(self, offer: DraftOffer | None) -> None:
        """Offer to continue a draft, or nothing."""
        self._screen.draft_bar.show_offer(offer)

    def show_typed(self, draft: Draft) -> None:
        """Show what was typed once, as if it were typed now."""
        if self._screen.form is not None:
            self._screen.tabs.show_tab(DETAILS)
            self._screen.form.show_typed(draft)
