"""The sections at the left: pages, the kinds of daily work, then reference data."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QWidget

from embassy_desk.desktop.kit.chosen_lines import ChosenLine
from embassy_desk.desktop.kit.colours import Colours
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import named, safe_tooltip
from embassy_desk.desktop.kit.theme import line_height
from embassy_desk.desktop.plans import DAILY_KINDS, REFERENCE_KINDS
from embassy_desk.desktop.shell.page_plans import PAGE_PLANS
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.texts import N_, Text, Words

_ICON_PX = 20
_WIDTH_PX = 208
_AROUND_PX = 40  # margins, the gap behind the icon, the ring of the focus
_WIDEST_PX = 280
_FREE = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
_INDENT = "\u2003\u2003"  # saved views stand below the word of their section


class Sections(QListWidget):
    """Shows the kinds and says which one is wanted.

    Attributes:
        kind_chosen: A section was chosen; carries the name of its kind.
        view_chosen: A saved view below a section was chosen; carries its identity.
    """

    kind_chosen = Signal(str)
    view_chosen = Signal(str)

    def __init__(self, outfit: Outfit, parent: QWidget | None = None) -> None:
        """Make one line for each kind."""
        super().__init__(parent)
        self._outfit = outfit
        self._phrases = Phrases(outfit.words)
        self.setProperty("role", "sections")
        self.setObjectName("sections")
        named(self._phrases, self, N_("Sections"))
        self.setIconSize(QSize(_ICON_PX, _ICON_PX))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._reasons: Mapping[str, Text] = {}
        self._kinds: dict[str, QListWidgetItem] = {}
        for section in (*PAGE_PLANS, *DAILY_KINDS):
            self._kinds[section] = self._line()
        self._views: dict[str, QListWidgetItem] = {}
        self._kinds_of_views: dict[str, str] = {}
        self._caption = self._line()
        self._caption.setFlags(Qt.ItemFlag.NoItemFlags)
        for kind in REFERENCE_KINDS:
            self._kinds[kind] = self._line()
        self._say()
        self.currentItemChanged.connect(self._on_current)
        ChosenLine(self)

    def _line(self) -> QListWidgetItem:
        made = QListWidgetItem(self)
        made.setSizeHint(QSize(0, line_height(self)))
        return made

    def changeEvent(self, event: QEvent) -> None:
        """Give the lines the height of another font or spacing."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            for at in range(self.count()):
                self.item(at).setSizeHint(QSize(0, line_height(self)))
            self._make_room()

    def sizeHint(self) -> QSize:
        """Return room for the longest word."""
        return QSize(_WIDTH_PX, 400)

    @property
    def pages(self) -> dict[str, Text]:
        """The sections that the desk may open with, by code, in their order."""
        return {section: title_of(section) for section in (*PAGE_PLANS, *DAILY_KINDS)}

    def choose(self, kind: str) -> None:
        """Choose a section, as if it was clicked."""
        self.setCurrentItem(self._kinds[kind])

    def show_chosen(self, kind: str) -> None:
        """Show a section as chosen without asking for it."""
        self.blockSignals(True)  # noqa: FBT003  Qt's signature
        self.setCurrentItem(self._kinds[kind])
        self.blockSignals(False)  # noqa: FBT003  Qt's signature

    def show_views(self, views: Iterable[tuple[str, str, str]], shown: str) -> None:
        """Show saved views below their sections.

        Args:
            views: Identity, kind and name of each.
            shown: Identity of the one that is shown; empty for none.
        """
        current = self.currentItem()
        places = {**self._kinds, **self._views}
        kind = next((name for name, item in places.items() if item is current), "")
        kind = self._kinds_of_views.get(kind, kind)
        self.blockSignals(True)  # noqa: FBT003  Qt's signature
        for item in self._views.values():
            self.takeItem(self.row(item))
        self._views.clear()
        for view_id, of_kind, name in reversed(tuple(views)):
            item = QListWidgetItem(f"{_INDENT}{name}")
            item.setToolTip(safe_tooltip(name))
            item.setSizeHint(QSize(0, line_height(self)))
            self.insertItem(self.row(self._kinds[of_kind]) + 1, item)
            self._views[view_id] = item
            self._kinds_of_views[view_id] = of_kind
        wanted = self._views.get(shown) or self._kinds.get(kind)
        if wanted is not None:
            self.setCurrentItem(wanted)
        self.blockSignals(False)  # noqa: FBT003  Qt's signature

    def forbid(self, reasons: Mapping[str, Text]) -> None:
        """Grey the sections of which nothing may be seen, each with the reason; free the others."""
        self._reasons = reasons
        for kind, item in self._kinds.items():
            is_free = kind not in reasons
            item.setFlags(_FREE if is_free else Qt.ItemFlag.NoItemFlags)
        self._say()

    def recolour(self, _colours: Colours) -> None:
        """Draw the icons in the colours of the theme."""
        icons = self._outfit.icons
        for kind, item in self._kinds.items():
            name = kind if kind in DAILY_KINDS else "reference"
            item.setIcon(icons.icon(PAGE_PLANS[kind].icon if kind in PAGE_PLANS else name))

    def retranslate(self, words: Words) -> None:
        """Show the sections in another language."""
        self._phrases.retranslate(words)
        self._say()

    def _say(self) -> None:
        words = self._outfit.words
        self._caption.setText(words(N_("Staff and reference")))
        for section, item in self._kinds.items():
            item.setText(words(title_of(section)))
            reason = self._reasons.get(section)
            told = words(reason) if reason is not None else keys_of(section)
            item.setToolTip(safe_tooltip(told))
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, told)
        self._make_room()

    def _make_room(self) -> None:
        """Be wide enough for the longest section, also chosen and beside a scroll bar."""
        font = self.font()
        font.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(font)
        titles = (self._outfit.words(title_of(each)) for each in self._kinds)
        longest = max(map(metrics.horizontalAdvance, titles))
        beside = _ICON_PX + _AROUND_PX + self.verticalScrollBar().sizeHint().width()
        self.setMinimumWidth(min(longest + beside, _WIDEST_PX))

    def _on_current(self, current: QListWidgetItem | None, _before: object) -> None:
        for kind, item in self._kinds.items():
            if item is current:
                self.kind_chosen.emit(kind)
        for view_id, item in self._views.items():
            if item is current:
                self.view_chosen.emit(view_id)


def title_of(section: str) -> Text:
    """Return what a section is called."""
    return PAGE_PLANS[section].title if section in PAGE_PLANS else kind_named(section).plural


def keys_of(section: str) -> str:
    """Return the shortcut of a section; empty for none."""
    if section in PAGE_PLANS:
        return PAGE_PLANS[section].keys
    return f"Ctrl+{DAILY_KINDS.index(section) + 1}" if section in DAILY_KINDS else ""
