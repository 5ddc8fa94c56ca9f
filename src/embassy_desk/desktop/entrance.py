"""What is painted first: the window, dressed as the person chose, with one page in it."""

from pathlib import Path

from PySide6.QtWidgets import QApplication

from embassy_desk.desktop.following import Following
from embassy_desk.desktop.shell.frame import Frame, appear
from embassy_desk.desktop.unlock.welcome import NoStorePage
from embassy_desk.settings.places import is_set_up, translations
from embassy_desk.settings.policy import Governed, machine_folder


class Entrance:
    """Holds the parts that the unlock page needs.

    Attributes:
        folder: The profile's folder.
        is_demo: The store holds demonstration data and unlocks by itself.
        following: What follows the settings.
        frame: The window.
        welcome: The page where nothing was set up yet, while it is shown.
    """

    welcome: NoStorePage | None = None

    def __init__(
        self,
        app: QApplication,
        folder: Path,
        *,
        language: str | None = None,
        is_demo: bool = False,
        catalogue: Path | None = None,
        policies: Path | None = None,
    ) -> None:
        """Make the window; catalogue and policies are the system's by default."""
        self.folder, self.is_demo = folder, is_demo
        governed = Governed(folder, policies or machine_folder())
        self.following = Following(app, governed, catalogue or translations(), language=language)
        self.frame = Frame(self.following.words, is_demo=is_demo)

    def show(self, *, may_begin: bool = True) -> None:
        """Show the unlock page; where nothing was set up yet, the page that says so.

        Args:
            may_begin: Whether a person is asked to set something up at all.
        """
        if may_begin and not is_set_up(self.folder):
            self.welcome = NoStorePage(self.following.words)
        self.frame.show_page(self.welcome or self.frame.unlock)
        appear(self.frame)
        self.frame.unlock.line.setFocus()
