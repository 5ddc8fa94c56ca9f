"""Fills a demo store: a fictitious mission with everything that a desk officer meets."""

from collections.abc import Callable
from datetime import date

from embassy_desk.application.demo.agreements import tell_of_agreements
from embassy_desk.application.demo.bodies import tell_of_bodies
from embassy_desk.application.demo.chores import tell_of_chores
from embassy_desk.application.demo.elevations import tell_of_elevations
from embassy_desk.application.demo.fiction import Fiction, size_for
from embassy_desk.application.demo.meetings import tell_of_meetings
from embassy_desk.application.demo.outreach import tell_of_outreach
from embassy_desk.application.demo.pen import Pen
from embassy_desk.application.demo.people import tell_of_people
from embassy_desk.application.demo.staffing import tell_of_staff
from embassy_desk.application.reference_data import apply_reference_data
from embassy_desk.domain.contact import Contact
from embassy_desk.domain.errors import InvalidError, Problem, RefusedError
from embassy_desk.store.opening import Store
from embassy_desk.texts import N_

USUAL_CONTACTS = 3000
MOST_CONTACTS = 1_000_000
_CHAPTERS = (
    tell_of_bodies,
    tell_of_people,
    tell_of_agreements,
    tell_of_elevations,
    tell_of_meetings,
    tell_of_outreach,
    tell_of_chores,
)


def fill_demo(
    store: Store,
    *,
    on: date,
    seed: int = 1,
    contacts: int = USUAL_CONTACTS,
    report: Callable[[int, int], None] | None = None,
) -> None:
    """Fill a demo store with a mission that does not exist.

    The same seed, size and day give the same content; identities and references are the store's.
    Everything lies around the day: some things are due on it, some are late, some end soon.

    Args:
        store: An open store made for demo data, without contacts.
        on: The day on which the story is told.
        seed: Decides every choice.
        contacts: How many contacts, 1 to 1,000,000; the other kinds go with them.
        report: Is told after each chapter how many there are; may raise to stop.

    Raises:
        InvalidError: The number of contacts is out of range.
        RefusedError: The store is a real one, or has contacts already.
        StoreError: The disk refuses.
    """
    _check(store, contacts)
    apply_reference_data(store)
    story = Fiction(seed=seed, on=on, size=size_for(contacts))
    with Pen(store) as pen:
        tell_of_staff(pen, story)
        pen.written_by([each.id for each in story.staff])
        for done, chapter in enumerate(_CHAPTERS):
            if report is not None:
                report(done, len(_CHAPTERS))
            chapter(pen, story)


def _check(store: Store, contacts: int) -> None:
    if not 1 <= contacts <= MOST_CONTACTS:
        text = N_("Between 1 and {most} contacts.", most=MOST_CONTACTS)
        raise InvalidError([Problem("contacts", text)])
    if not store.identity.is_demo:
        raise RefusedError(N_("Demo data goes into a demo store only."))
    with store.reading() as work:
        if work.count(Contact):
            raise RefusedError(N_("This store has contacts already."))
