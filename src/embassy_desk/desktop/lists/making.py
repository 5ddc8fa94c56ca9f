"""Puts the list together with the day and the zone of the window."""

from embassy_desk.application.office import Office
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.lists.presenter import ListPresenter
from embassy_desk.desktop.lists.screen import ListScreen


def list_presenter(office: Office, screen: ListScreen, outfit: Outfit) -> ListPresenter:
    """Return what answers the questions of a list."""
    return ListPresenter(office, screen, today=outfit.today, zone=lambda: outfit.zone)
