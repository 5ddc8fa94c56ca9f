"""Reports about people and bodies: who has gone quiet, and what to know before a visit."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from embassy_desk.domain.choices import OwingSide
from embassy_desk.domain.conditions import ContactSilence, contact_silence
from embassy_desk.domain.contact import Contact, Position
from embassy_desk.domain.engagement import Commitment, TheirParticipant, last_dealings
from embassy_desk.domain.organisation import Organisation
from embassy_desk.reports import narratives
from embassy_desk.reports.about_dealings import engagement_table
from embassy_desk.reports.about_promises import commitment_table
from embassy_desk.reports.asked import Asked, Built
from embassy_desk.reports.document import (
    Align,
    Behind,
    Block,
    Both,
    Column,
    Facts,
    Figure,
    Figures,
    Heading,
    Pair,
    Paragraph,
    Row,
    Table,
)
from embassy_desk.reports.holdings import Holdings, strictest
from embassy_desk.texts import N_, Text

_UNMET = N_("Never contacted, without a rhythm")


def quiet_contacts(holdings: Holdings, asked: Asked) -> Built:
    """Return whom the mission has not spoken to for longer than it meant to, or never at all.

    Who has a rhythm of contact stands first, the longest silence first; who has none was never
    meant to be called again, so only those stand there with whom nobody has spoken yet.
    """
    last = last_dealings(holdings.engagements, holdings.work.all(TheirParticipant), asked.on)
    contacts = [
        each
        for each in holdings.work.all(Contact)
        if not (each.is_trashed or each.is_archived or each.do_not_contact)
        and asked.country in {"", each.nationality}
    ]
    quiet: list[Contact] = []
    unmet: list[Contact] = []
    for each in sorted(contacts, key=lambda each: each.sort_keys[0]):
        silence = contact_silence(
            each.cadence_days, last.get(each.id), _entered_on(each, asked.on), asked.on
        )
        if silence in {ContactSilence.QUIET, ContactSilence.NEVER_CONTACTED}:
            (unmet if each.cadence_days is None else quiet).append(each)
    quiet.sort(key=lambda each: last.get(each.id) or _entered_on(each, asked.on))
    holdings.learn_names(each.owner for each in (*quiet, *unmet))
    return Built(
        blocks=(
            Figures((_contacts(N_("Gone quiet"), quiet), _contacts(_UNMET, unmet))),
            _quiet_table(holdings, quiet, last),
            _unmet_table(holdings, unmet, asked.on),
        ),
        handling=strictest((*quiet, *unmet)),
        counts=((N_("Contacts"), len(contacts)),),
        completeness=(
            N_("{missing} of {all} contacts have no rhythm of contact.",
               missing=sum(each.cadence_days is None for each in contacts), all=len(contacts)),
        ),
    )  # fmt: skip


def _entered_on(contact: Contact, on: date) -> date:
    return contact.created_at.date() if contact.created_at else on


def _contacts(label: Text, found: Sequence[Contact]) -> Figure:
    return Figure(label, len(found), Behind("contact", tuple(each.id for each in found)))


def _quiet_table(
    holdings: Holdings, contacts: Iterable[Contact], last: Mapping[UUID, date]
) -> Table:
    return Table(
        N_("Contacts gone quiet"),
        (
            Column(N_("Contact"), 24),
            Column(N_("Looked after by"), 18),
            Column(N_("Last contact"), 14),
            Column(N_("Every (days)"), 8, Align.RIGHT),
            Column(N_("Reference"), 14),
        ),
        tuple(
            Row(
                (
                    each.heading,
                    holdings.name(each.owner),
                    last.get(each.id, ContactSilence.NEVER_CONTACTED),
                    each.cadence_days,
                    each.ref,
                ),
                "contact",
                each.id,
            )
            for each in contacts
        ),
        N_("Nobody has been waiting too long."),
    )


def _unmet_table(holdings: Holdings, contacts: Iterable[Contact], on: date) -> Table:
    return Table(
        _UNMET,
        (
            Column(N_("Contact"), 24),
            Column(N_("Looked after by"), 18),
            Column(N_("Entered on"), 14),
            Column(N_("Reference"), 14),
        ),
        tuple(
            Row(
                (each.heading, holdings.name(each.owner), _entered_on(each, on), each.ref),
                "contact",
                each.id,
            )
            for each in contacts
        ),
        N_("Nobody."),
    )


def visit_brief(holdings: Holdings, asked: Asked) -> Built:
    """Return what to know before meeting a person or a body: posts, dealings, promises, tasks.

    Raises:
        InvalidError: Nobody was named.
        MissingError: The contact or organisation is gone, or may not be seen.
    """
    subject = asked.needed_subject()
    contact = holdings.work.find(Contact, subject)
    counterpart = contact or holdings.work.get(Organisation, subject)
    met = [
        each
        for each in holdings.engagements
        if each.has_taken_place(asked.on) and _took_part(holdings, each.id, subject)
    ]
    by_id = {each.id: each for each in met}
    promises = [
        each for key in by_id for each in holdings.of(Commitment, "engagement_id").get(key, [])
    ]
    blocks: list[Block] = [_who(holdings, contact or counterpart)]
    if contact is not None:
        blocks += [Heading(N_("Posts"), 2), _positions(holdings, contact)]
        if contact.notes:
            blocks += [Heading(N_("Notes"), 2), Paragraph(contact.notes)]
    blocks += [
        Heading(N_("Dealings so far, the last one first"), 2),
        engagement_table(holdings, met[::-1]),
        Heading(N_("Promises"), 2),
        commitment_table(holdings, N_("What we owe"), promises, by_id, OwingSide.OURS),
        commitment_table(holdings, N_("What is owed to us"), promises, by_id, OwingSide.THEIRS),
        Heading(narratives.TALKING_POINTS.title, 2),
        asked.written(narratives.TALKING_POINTS),
    ]
    return Built(
        blocks=tuple(blocks),
        handling=strictest([counterpart, *met]),
        counts=((N_("Engagements"), len(met)),),
        completeness=(
            N_("This record was last checked on {day}.", day=counterpart.verified_on)
            if counterpart.verified_on
            else N_("Nobody has noted when this record was last checked."),
        ),
        subject=counterpart.heading,
    )


def _took_part(holdings: Holdings, engagement_id: UUID, subject: UUID) -> bool:
    seats = holdings.of(TheirParticipant, "engagement_id").get(engagement_id, [])
    return any(subject in {each.contact_id, each.organisation_id} for each in seats)


def _who(holdings: Holdings, counterpart: Contact | Organisation) -> Facts:
    if isinstance(counterpart, Contact):
        return Facts(
            (
                Pair(N_("Name"), counterpart.display_name),
                Pair(N_("Name in its own script"), counterpart.original_name),
                Pair(N_("Form of address"), counterpart.form_of_address),
                Pair(N_("Country"), _country(holdings, counterpart.nationality)),
                Pair(N_("Languages"), _languages(holdings, counterpart)),
                Pair(N_("Reference"), counterpart.ref),
            )
        )
    return Facts(
        (
            Pair(N_("Vietnamese name"), counterpart.name_vi),
            Pair(N_("English name"), counterpart.name_en),
            Pair(N_("Country"), _country(holdings, counterpart.country)),
            Pair(N_("Website"), counterpart.website),
            Pair(N_("Reference"), counterpart.ref),
        )
    )


def _country(holdings: Holdings, code: str) -> Both | None:
    return holdings.country(code) if code else None


def _languages(holdings: Holdings, contact: Contact) -> Both | None:
    codes = contact.languages.replace(",", " ").split()
    names = [holdings.choice("language", each) for each in codes]
    return Both(", ".join(x.vi for x in names), ", ".join(x.en for x in names)) if names else None


def _positions(holdings: Holdings, contact: Contact) -> Table:
    posts = sorted(
        holdings.work.parts(Position, contact),
        key=lambda each: (each.to_on == "", each.from_on),
        reverse=True,
    )
    return Table(
        N_("Posts"),
        (
            Column(N_("Post"), 26),
            Column(N_("Organisation"), 28),
            Column(N_("From"), 10),
            Column(N_("Until"), 10),
        ),
        tuple(
            Row((x.title, x.organisation_name, _as_known(x.from_on), _as_known(x.to_on)))
            for x in posts
        ),
    )


def _as_known(day: str) -> str:
    """Return a day of which perhaps only month or year is known, as tables write days."""
    return "/".join(reversed(day.split("-")))
