"""The menus behind the passphrase, with their keys; every act of the desk stands in one of them."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from embassy_desk.desktop.kit.acts import Act
from embassy_desk.desktop.kit.plain import action, menu
from embassy_desk.desktop.plans import DAILY_KINDS, PLANS, REFERENCE_KINDS, may_enter
from embassy_desk.desktop.shell.frame import Frame
from embassy_desk.desktop.shell.page_plans import PAGE_PLANS
from embassy_desk.desktop.shell.sections import keys_of, title_of
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.texts import N_, Text


class DeskMenus(QObject):
    """Says which act was chosen from a menu or by its keys.

    Menus and acts belong to the window and go with everything that came into it; see `sweep_since`.

    Attributes:
        asked: An act is wanted; carries its name.
        section_asked: A section is wanted; carries the name of its kind.
        new_asked: A new record is wanted; carries the name of its kind.
        new_menu: The kinds of which new records are entered.
        new_kinds: Its acts.
    """

    asked = Signal(str)
    section_asked = Signal(str)
    new_asked = Signal(str)

    def __init__(self, frame: Frame) -> None:
        """Put the menus into the window."""
        super().__init__(frame)
        self._frame = frame
        self.acts: dict[str, Act] = {}
        record = menu(frame.phrases, N_("&Record"), frame)
        for name, text, keys in _RECORD_ACTS:
            self._add(record, name, text, keys)
        self.new_kinds: list[Act] = []
        self.new_menu = self._kinds()
        record.insertMenu(self.acts["save"], self.new_menu)
        go = menu(frame.phrases, N_("&Go"), frame)
        for name, text, keys in _GO_ACTS:
            self._add(go, name, text, keys)
        go.addSeparator()
        self._add_sections(go)
        frame.insert_menu(record)
        frame.insert_menu(go)
        for name, text, keys in _VIEW_ACTS:
            self._add(frame.view_menu, name, text, keys)
        *_, about = frame.help.menu.actions()  # what the program is stands last
        self._add(frame.help.menu, "tour", N_("A tour of fifteen minutes"), "", before=about)
        for name, text, keys in _DESK_ACTS:
            self._add(frame.desk_menu, name, text, keys, before=frame.settings)

    def _add(
        self, place: QMenu, name: str, text: Text, keys: str, *, before: QAction | None = None
    ) -> None:
        made = action(self._frame.phrases, text, self._frame, keys=keys, needs=_NEEDS.get(name))
        made.setObjectName(name)
        made.triggered.connect(partial(self._on_triggered, name))
        made.refused.connect(self._frame.notices.refuse)
        if before is None:
            place.addAction(made)
        else:
            place.insertAction(before, made)
        self.acts[name] = made

    def _add_sections(self, place: QMenu) -> None:
        for sections in (PAGE_PLANS, DAILY_KINDS, REFERENCE_KINDS):
            for each in sections:
                keys = keys_of(each)
                made = action(self._frame.phrases, title_of(each), self._frame, keys=keys)
                made.triggered.connect(partial(self._on_section, each))
                place.addAction(made)
            place.addSeparator()

    def _kinds(self) -> QMenu:
        """Return the menu of kinds of which people enter new records."""
        made = menu(self._frame.phrases, N_("New of another kind"), self._frame)
        for kind in filter(may_enter, PLANS):
            each = action(self._frame.phrases, kind_named(kind).label, self._frame)
            each.setObjectName(f"new-{kind}")
            each.triggered.connect(partial(self._on_new, kind))
            made.addAction(each)
            self.new_kinds.append(each)
        return made

    def choose_kind(self) -> None:
        """Open the menu of kinds in the middle of the window."""
        self.new_menu.popup(self._frame.mapToGlobal(self._frame.rect().center()))
        self.new_menu.setActiveAction(self.new_menu.actions()[0])

    def _on_new(self, kind: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's
        self.new_asked.emit(kind)

    def _on_triggered(self, name: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's
        self.asked.emit(name)

    def _on_section(self, kind: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's
        self.section_asked.emit(kind)


_DESK_ACTS: tuple[tuple[str, Text, str], ...] = (
    ("lock", N_("Lock now"), "Ctrl+L"),
    ("passphrase", N_("Change the passphrase …"), ""),
    ("recovery", N_("Recovery code …"), ""),
    ("drill", N_("Try the recovery code …"), ""),
    ("back_up", N_("Back up to a file …"), ""),
    ("updates", N_("Updates …"), ""),
)

_RECORD_ACTS: tuple[tuple[str, Text, str], ...] = (
    ("new", N_("New"), "Ctrl+N"),
    ("choose_new", N_("New: choose the kind …"), "Ctrl+Shift+N"),
    ("save", N_("Save"), "Ctrl+S"),
    ("drafts", N_("Continue unsaved work"), ""),
    ("undo", N_("Take back the last change"), "Ctrl+Z"),
    ("redo", N_("Do again what was taken back"), "Ctrl+Y; Ctrl+Shift+Z"),
    ("print_record", N_("Print this record …"), ""),
    ("export_record", N_("Write this record to a file …"), ""),
    ("take_mail", N_("Take in an e-mail …"), ""),
    ("archive", N_("Archive …"), ""),
    ("trash", N_("Put in the trash"), ""),
    ("bring_back", N_("Bring back"), ""),
)

_GO_ACTS: tuple[tuple[str, Text, str], ...] = (
    ("find", N_("Find anything …"), "Ctrl+K"),
    ("back", N_("Back"), "Alt+Left"),
    ("forward", N_("Forward"), "Alt+Right"),
    ("search", N_("Search everything"), "Ctrl+Shift+F"),
    ("filter", N_("Filter this list"), "Ctrl+F"),
    ("next_pane", N_("Next pane"), "F6"),
)

_NEEDS: dict[str, Text] = {
    "new": N_("Records of this section come from headquarters."),
    "save": N_("There is nothing that is not saved."),
    "back": N_("You have been nowhere before."),
    "forward": N_("You have not gone back."),
    "print_record": N_("Open a record first."),
    "export_record": N_("Open a record first."),
    "take_mail": N_("Open a contact first."),
    "archive": N_("Open a record of your mission first."),
    "trash": N_("Open a record of your mission first."),
    "bring_back": N_("Open a record of your mission first."),
}
"""Why an act cannot be done while it is greyed."""

_VIEW_ACTS: tuple[tuple[str, Text, str], ...] = (
    ("by_given", N_("Sort by given name"), ""),
    ("by_family", N_("Sort by family name"), ""),
    ("reload", N_("Reload"), "F5"),
)
