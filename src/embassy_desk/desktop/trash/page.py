"""Puts screen and presenter of the page of the trash together."""

from collections.abc import Callable

from embassy_desk.application.office import Office
from embassy_desk.desktop.duplicates.page import Starter
from embassy_desk.desktop.kit.notice import Notice
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.trash.presenter import TrashPresenter
from embassy_desk.desktop.trash.screen import TrashScreen


def trash_page(
    office: Office,
    outfit: Outfit,
    tell: Callable[[Notice], None],
    starter: Starter,
    open_record: Callable[[str, object], object],
) -> tuple[TrashScreen, TrashPresenter]:
    """Return the page, without lines yet; the arguments are those of `duplicates_page`."""
    screen = TrashScreen(outfit)
    presenter = TrashPresenter(office, screen, tell=tell)
    screen.record_asked.connect(open_record)
    screen.back_asked.connect(starter(presenter.bring_back, "bring back"))
    return screen, presenter
