"""Puts the page of imports together: which sign of its screen starts what."""

from collections.abc import Callable
from typing import Any

from embassy_desk.application.import_template import write_template
from embassy_desk.application.office import Office
from embassy_desk.desktop.importing.presenter import During, ImportPresenter
from embassy_desk.desktop.importing.screen import ImportScreen
from embassy_desk.desktop.kit.file_dialogs import files_to_open, place_to_save
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.kit.notice import Notice
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.texts import N_


def import_page(
    office: Office,
    keeper: Keeper,
    outfit: Outfit,
    during: During,
    tell: Callable[[Notice], None],
    back_up: Callable[[int], object],
) -> tuple[ImportScreen, ImportPresenter]:
    """Return screen and presenter, connected.

    Args:
        office: Where the store is asked.
        keeper: Runs what a sign starts.
        outfit: Language and lists.
        during: Shows long work, as `frame.progress.during` does.
        tell: Shows what was done.
        back_up: Makes a backup before so many records come; few need none.
    """
    screen = ImportScreen(outfit)
    presenter = ImportPresenter(office, screen, during, tell, back_up)
    files = _Files(screen, presenter, outfit, tell)

    def start(work: Callable[..., Any]) -> Callable[..., None]:
        def begin(*carried: Any) -> None:
            keeper.start(work(*carried), name="import")

        return begin

    screen.file_asked.connect(start(files.choose))
    screen.file_given.connect(start(presenter.choose))
    screen.over_asked.connect(start(presenter.look_over))
    screen.take_asked.connect(start(presenter.take))
    screen.errors_asked.connect(start(files.write_errors))
    screen.template_asked.connect(start(files.write_empty))
    screen.mapping.look_asked.connect(start(presenter.look))
    screen.mapping.saved_chosen.connect(start(presenter.use_saved))
    screen.mapping.save_asked.connect(start(presenter.save_mapping))
    return screen, presenter


class _Files:
    """Asks for the files that the page reads and writes."""

    def __init__(
        self,
        screen: ImportScreen,
        presenter: ImportPresenter,
        outfit: Outfit,
        tell: Callable[[Notice], None],
    ) -> None:
        self._screen, self._presenter = screen, presenter
        self._outfit, self._tell = outfit, tell

    async def choose(self) -> None:
        """Ask for the file that is to be taken in."""
        files = await files_to_open(self._screen, self._outfit.words, N_("Choose a file"))
        for path in files[:1]:
            await self._presenter.choose(path)

    async def write_errors(self) -> None:
        """Ask where the refused rows are to go, and write them."""
        words = self._outfit.words
        title = N_("Refused rows to a file")
        target = await place_to_save(self._screen, words, title, "refused.csv")
        if target is not None:
            await self._presenter.write_errors(target, words)

    async def write_empty(self) -> None:
        """Ask where the empty workbook is to go, and write it."""
        words = self._outfit.words
        name = f"contacts-{words.language}.xlsx"
        target = await place_to_save(self._screen, words, N_("Empty workbook"), name)
        if target is not None:
            write_template(target.with_suffix(".xlsx"), "contact", words.language)
            self._tell(Notice(N_("The workbook was written to “{name}”.", name=target.name)))
