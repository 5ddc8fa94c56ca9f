"""Puts screen and presenter of the page of duplicates together."""

from collections.abc import Callable, Coroutine
from typing import Any

from embassy_desk.application.office import Office
from embassy_desk.desktop.duplicates.presenter import DuplicatesPresenter
from embassy_desk.desktop.duplicates.screen import DuplicatesScreen
from embassy_desk.desktop.kit.notice import Notice
from embassy_desk.desktop.kit.outfit import Outfit

Starter = Callable[[Callable[..., Coroutine[Any, Any, object]], str], Callable[..., None]]
"""Makes a slot that starts a coroutine with what the signal carries; the name is for the log."""


def duplicates_page(
    office: Office,
    outfit: Outfit,
    tell: Callable[[Notice], None],
    starter: Starter,
    open_record: Callable[[str, object], object],
) -> tuple[DuplicatesScreen, DuplicatesPresenter]:
    """Return the page, without pairs yet.

    Args:
        office: Runs what is asked.
        outfit: What every screen is given.
        tell: Shows what was done.
        starter: Makes slots that start coroutines.
        open_record: Opens a record by its kind and identity.
    """
    screen = DuplicatesScreen(outfit)
    presenter = DuplicatesPresenter(office, screen, tell=tell)
    screen.kind_asked.connect(starter(presenter.choose_kind, "duplicates"))
    screen.look_asked.connect(starter(presenter.look, "duplicates"))
    screen.stop_asked.connect(presenter.stop)
    screen.chosen.connect(starter(presenter.choose, "pair"))
    pair = screen.pair
    pair.record_asked.connect(open_record)
    pair.turn_asked.connect(starter(presenter.turn, "pair"))
    pair.apart_asked.connect(starter(presenter.keep_apart, "pair"))
    pair.merge_asked.connect(starter(presenter.merge, "merge"))
    return screen, presenter
