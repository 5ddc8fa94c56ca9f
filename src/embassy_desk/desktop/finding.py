"""Opens the palette and gathers what it offers: every act of the menus, and every setting."""

from collections.abc import Callable, Iterator
from functools import partial
from uuid import UUID

from embassy_desk.application.office import Office
from embassy_desk.desktop.kit.acts import Listed, acts_of
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.palette.presenter import Entry, PalettePresenter
from embassy_desk.desktop.palette.screen import Palette
from embassy_desk.desktop.settings.presenter import WORDS
from embassy_desk.desktop.shell.frame import Frame
from embassy_desk.settings.places import translations
from embassy_desk.texts import N_, Words
from embassy_desk.texts.words import LANGUAGES

_SETTINGS = N_("Settings")


class Finding:
    """Holds the palette of a window."""

    def __init__(
        self,
        frame: Frame,
        office: Office,
        keeper: Keeper,
        open_record: Callable[[str, UUID], None],
    ) -> None:
        """Offer what stands in the menus of the window."""
        self._frame = frame
        self._keeper = keeper
        languages = [Words(each, translations()) for each in LANGUAGES]
        self._presenter = PalettePresenter(office, keeper, self.entries, open_record, languages)

    def show(self) -> None:
        """Open the palette."""
        palette = Palette(self._frame, self._frame.phrases.words)
        palette.typed.connect(self._presenter.find)
        palette.chosen.connect(self._presenter.choose)
        palette.finished.connect(partial(self._on_closed, palette))
        palette.open()
        self._keeper.start(self._presenter.open(palette), name="palette")

    def _on_closed(self, palette: Palette, _result: int) -> None:
        self._presenter.close()
        palette.deleteLater()
        self._frame.activateWindow()

    def entries(self) -> Iterator[Entry]:
        """Yield every act of the menus, then every setting."""
        for listed in acts_of(self._frame.menuBar()):
            yield _entry(listed)
        for name, (label, _) in WORDS.items():
            ask = partial(self._frame.settings_asked.emit, name)
            yield Entry(f"setting:{name}", label, _SETTINGS, ask)


def _entry(listed: Listed) -> Entry:
    """Return an act as the palette offers it."""
    act = listed.act
    return Entry(
        f"act:{listed.key}",
        act.said,
        listed.path[-1],
        act.trigger,
        keys=act.keys[0] if act.keys else "",
        reason=None if act.isEnabled() else act.needs,
    )
