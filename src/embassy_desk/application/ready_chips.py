"""Filters that each kind offers ready made."""

from collections.abc import Iterator
from dataclasses import dataclass

from embassy_desk.application.findings import findings_of
from embassy_desk.application.wishes import ME, Chip, ChipTest
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.domain.kind import Scope
from embassy_desk.texts import N_, Text


@dataclass(frozen=True)
class Ready:
    """A filter that is chosen by its name.

    Attributes:
        label: What the menu says.
        chips: What it adds to the list.
    """

    label: Text
    chips: tuple[Chip, ...]


def ready_filters(kind: str) -> tuple[Ready, ...]:
    """Return the filters that are offered for a kind: its own, what is computed, the general."""
    return (*_OWN.get(kind, ()), *_computed(kind), *_general(kind))


def _computed(kind: str) -> Iterator[Ready]:
    for each in findings_of(kind):
        yield Ready(each.label, (Chip(each.name, ChipTest.HOLDS),))


def _general(kind: str) -> Iterator[Ready]:
    if kind_named(kind).scope is Scope.SHARED:
        return
    if kind != "task":
        yield Ready(N_("Mine"), (Chip("owner", ChipTest.ANY_OF, (ME,)),))
    yield Ready(N_("Where I stand in"), (Chip("backup", ChipTest.ANY_OF, (ME,)),))
    yield Ready(N_("Nobody responsible"), (Chip("owner", ChipTest.EMPTY),))
    yield Ready(N_("To be checked again"), (Chip("review_on", ChipTest.PAST),))
    yield Ready(N_("Changed within 7 days"), (Chip("changed_at", ChipTest.LAST_DAYS, 7),))
    yield Ready(N_("Restricted"), (Chip("handling", ChipTest.ANY_OF, ("restricted",)),))


def _open(*closed: str) -> Chip:
    return Chip("state", ChipTest.NONE_OF, closed)


_OWN: dict[str, tuple[Ready, ...]] = {
    "contact": (
        Ready(
            N_("Without e-mail and telephone"),
            (
                Chip("contact_email.address", ChipTest.EMPTY),
                Chip("contact_phone.typed", ChipTest.EMPTY),
            ),
        ),
        Ready(N_("Not to be contacted"), (Chip("do_not_contact", ChipTest.ANY_OF, (True,)),)),
    ),
    "engagement": (
        Ready(N_("Within the next 14 days"), (Chip("held_on", ChipTest.NEXT_DAYS, 14),)),
        Ready(N_("Within the last 30 days"), (Chip("held_on", ChipTest.LAST_DAYS, 30),)),
        Ready(
            N_("Past and not recorded yet"),
            (
                Chip("held_on", ChipTest.PAST),
                Chip("state", ChipTest.ANY_OF, ("planned", "held")),
            ),
        ),
        Ready(N_("Report needed"), (Chip("reporting", ChipTest.ANY_OF, ("needed",)),)),
    ),
    "agreement": (
        Ready(N_("In force"), (Chip("state", ChipTest.ANY_OF, ("in_force",)),)),
        Ready(
            N_("Being negotiated"),
            (
                Chip(
                    "state",
                    ChipTest.ANY_OF,
                    (
                        "mandate_sought",
                        "mandate_given",
                        "negotiating",
                        "text_agreed",
                        "domestic_clearance",
                        "authorised_to_sign",
                    ),
                ),
            ),
        ),
        Ready(
            N_("Signed, not in force yet"),
            (
                Chip(
                    "state",
                    ChipTest.ANY_OF,
                    ("signed", "awaiting_entry", "provisionally_applied"),
                ),
            ),
        ),
    ),
    "obligation": (
        Ready(N_("Still owed"), (_open("fulfilled", "waived"),)),
        Ready(
            N_("Owed by us"),
            (Chip("owing_side", ChipTest.ANY_OF, ("ours",)), _open("fulfilled", "waived")),
        ),
        Ready(N_("Due within 30 days"), (Chip("due_on", ChipTest.NEXT_DAYS, 30),)),
    ),
    "task": (
        Ready(
            N_("Mine, still open"),
            (Chip("assignee", ChipTest.ANY_OF, (ME,)), _open("done", "cancelled")),
        ),
        Ready(N_("Still open"), (_open("done", "cancelled"),)),
        Ready(
            N_("Due within 7 days"),
            (Chip("due_on", ChipTest.NEXT_DAYS, 7), _open("done", "cancelled")),
        ),
        Ready(N_("Waiting"), (Chip("state", ChipTest.ANY_OF, ("waiting",)),)),
        Ready(N_("Urgent"), (Chip("priority", ChipTest.ANY_OF, ("urgent", "high")),)),
        Ready(N_("Nobody assigned"), (Chip("assignee", ChipTest.EMPTY),)),
    ),
}
