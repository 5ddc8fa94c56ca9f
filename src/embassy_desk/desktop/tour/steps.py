"""The steps of the tour, in their order; help on the first day tells the same. No Qt."""

from dataclasses import dataclass

from embassy_desk.texts import N_, Text


@dataclass(frozen=True)
class Step:
    """One thing to try.

    Attributes:
        code: Under which it is kept that it was done.
        title: What it is called.
        task: What to do, in a sentence or two.
        section: Where it is done.
    """

    code: str
    title: Text
    task: Text
    section: str


STEPS = (
    Step(
        "home",
        N_("What needs me today"),
        N_("Read the home page. Choose one of its lines and open it with Enter."),
        "home",
    ),
    Step(
        "find",
        N_("Find somebody"),
        N_("Press Ctrl+Shift+F, type part of a name without marks, and open a hit with Enter."),
        "contact",
    ),
    Step(
        "contact",
        N_("Enter a contact"),
        N_("Press Ctrl+N among the contacts, type a name, and save with Ctrl+S."),
        "contact",
    ),
    Step(
        "undo",
        N_("Take it back"),
        N_("In the list (F6) press Ctrl+Z: the last change is taken back. Ctrl+Y does it again."),
        "contact",
    ),
    Step(
        "engagement",
        N_("Note a meeting"),
        N_("Press Ctrl+N among the engagements: the subject, whom you met, what was promised."),
        "engagement",
    ),
    Step(
        "agreement",
        N_("Read an agreement"),
        N_("Open an agreement: its stages, its dates with reasons, what the next step lacks."),
        "agreement",
    ),
    Step(
        "card",
        N_("Move a card"),
        N_("Move a card of the board to the next column, with the mouse or by its menu."),
        "board",
    ),
    Step(
        "report",
        N_("Make a report"),
        N_("Choose “Country in brief”, choose a country, and press Show."),
        "reports",
    ),
)
"""What fifteen minutes are enough for."""


def step_named(code: str) -> Step:
    """Return the step of a code.

    Raises:
        KeyError: There is none.
    """
    return {each.code: each for each in STEPS}[code]
