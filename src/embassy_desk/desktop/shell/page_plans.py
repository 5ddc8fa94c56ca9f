"""The pages of the desk that are no list of one kind: what they are called, and their keys."""

from dataclasses import dataclass

from embassy_desk.texts import N_, Text


@dataclass(frozen=True, kw_only=True)
class PagePlan:
    """One page.

    Attributes:
        title: What the section at the left says.
        icon: Name of its drawing.
        keys: Shortcut.
        enters: Kind of the record that “New” enters while the page is shown.
    """

    title: Text
    icon: str
    keys: str
    enters: str = "task"


PAGE_PLANS: dict[str, PagePlan] = {
    "home": PagePlan(title=N_("Home"), icon="home", keys="Ctrl+0"),
    "calendar": PagePlan(title=N_("Calendar"), icon="calendar", keys="Ctrl+Shift+D"),
    "reminder": PagePlan(title=N_("Reminders"), icon="reminder", keys="Ctrl+Shift+R"),
    "board": PagePlan(title=N_("Boards"), icon="board", keys="Ctrl+Shift+B"),
    "duplicates": PagePlan(
        title=N_("Duplicates"), icon="duplicates", keys="Ctrl+Shift+U", enters="contact"
    ),
    "reports": PagePlan(title=N_("Reports"), icon="report", keys="Ctrl+Shift+P"),
    "import": PagePlan(title=N_("Import"), icon="import", keys="Ctrl+Shift+I"),
    "conflict": PagePlan(title=N_("Decisions"), icon="conflict", keys="Ctrl+Shift+J"),
    "headquarters": PagePlan(title=N_("Headquarters"), icon="headquarters", keys="Ctrl+Shift+X"),
    "trash": PagePlan(title=N_("Trash"), icon="trash", keys="Ctrl+Shift+Delete"),
}
"""By the name of the section, in the order of the sections; the first is shown after unlocking."""
