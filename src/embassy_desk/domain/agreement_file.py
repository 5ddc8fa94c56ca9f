"""An agreement with all that its steps depend on, and what each state needs.

The needs follow the table of steps in the domain pages; each is a sentence for the person.
"""

from dataclasses import dataclass
from uuid import UUID

from embassy_desk.domain.agreement import (
    Agreement,
    AgreementLink,
    AgreementParty,
    AgreementState,
    AgreementTerm,
    ClearanceStep,
    EntryMode,
    LinkKind,
    PartyRole,
    PartySide,
    RenewalType,
)
from embassy_desk.domain.choices import LegalClass, OwingSide
from embassy_desk.domain.days import months_after
from embassy_desk.domain.machine import lacking
from embassy_desk.domain.obligation import CLOSED_OBLIGATIONS, Obligation
from embassy_desk.domain.parts import StageStep
from embassy_desk.texts import N_, Text


@dataclass(frozen=True, kw_only=True)
class AgreementFile:
    """An agreement with everything its steps depend on.

    Attributes:
        links: Links from this agreement and to it.
        stages: Steps taken so far, oldest first.
    """

    agreement: Agreement
    parties: tuple[AgreementParty, ...] = ()
    terms: tuple[AgreementTerm, ...] = ()
    links: tuple[AgreementLink, ...] = ()
    clearance: tuple[ClearanceStep, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    stages: tuple[StageStep, ...] = ()

    @property
    def record_id(self) -> UUID:
        """Identity of the agreement."""
        return self.agreement.id

    @property
    def heading(self) -> str:
        """Title of the agreement."""
        return self.agreement.heading

    @property
    def state(self) -> AgreementState:
        """State of the agreement."""
        return self.agreement.state

    @property
    def open_obligations(self) -> tuple[Obligation, ...]:
        """Obligations of this agreement that were neither fulfilled nor waived."""
        return tuple(
            each
            for each in self.obligations
            if each.agreement_id == self.agreement.id and each.state not in CLOSED_OBLIGATIONS
        )


def needs_for_scoping(file: AgreementFile) -> tuple[Text, ...]:
    """Scoping needs country, topic, lead ministry and the reason."""
    agreement = file.agreement
    lead = agreement.lead_ministry_id or agreement.lead_ministry_then
    return lacking(
        (agreement.country, N_("The partner's country is missing.")),
        (agreement.topics, N_("The topic is missing.")),
        (lead, N_("The lead ministry is missing.")),
        (agreement.reason, N_("The reason for pursuing it is missing.")),
    )


def needs_for_mandate_sought(file: AgreementFile) -> tuple[Text, ...]:
    """Seeking a mandate needs the legal class and an outline of the draft."""
    agreement = file.agreement
    return lacking(
        (agreement.legal_class != LegalClass.UNKNOWN, N_("The legal class is missing.")),
        (agreement.summary, N_("The outline of the draft, as its summary, is missing.")),
    )


def needs_for_mandate_given(file: AgreementFile) -> tuple[Text, ...]:
    """A mandate needs its reference."""
    return lacking(
        (file.agreement.mandate_reference, N_("The reference of the mandate is missing."))
    )


def needs_for_negotiating(file: AgreementFile) -> tuple[Text, ...]:
    """Negotiating needs the mandate and the heads of both sides."""
    agreement = file.agreement
    return (
        *needs_for_mandate_given(file),
        *lacking(
            (agreement.our_head_of_negotiation, N_("Our head of negotiation is missing.")),
            (agreement.partner_head_of_negotiation, N_("Their head of negotiation is missing.")),
        ),
    )


def needs_for_text_agreed(file: AgreementFile) -> tuple[Text, ...]:
    """An agreed text needs its reference, languages, entry, term and notice."""
    agreement = file.agreement
    has_period = agreement.renewal_type != RenewalType.TACIT or agreement.renewal_months
    return lacking(
        (agreement.text_reference, N_("The reference of the final text is missing.")),
        (agreement.languages, N_("The languages are missing.")),
        (agreement.entry_mode != EntryMode.UNKNOWN, N_("How it enters into force is missing.")),
        (
            agreement.has_one_term,
            N_("The term is missing: its months, its fixed end, or that it is open-ended."),
        ),
        (has_period, N_("The period of tacit renewal is missing.")),
        (agreement.notice_months is not None, N_("The period of notice is missing.")),
    )


def needs_for_authorised(file: AgreementFile) -> tuple[Text, ...]:
    """Authority to sign needs every answer of the clearance, and full powers if any."""
    agreement = file.agreement
    waiting = tuple(
        N_("The answer of “{body}” in the domestic clearance is missing.", body=each.body)
        for each in file.clearance
        if each.returned_on is None
    )
    has_powers = agreement.full_powers_reference or not agreement.full_powers_needed
    return (*waiting, *lacking((has_powers, N_("The reference of the full powers is missing."))))


def needs_for_signed(file: AgreementFile) -> tuple[Text, ...]:
    """A signature needs date, place and signatories of both sides."""
    agreement = file.agreement
    signatories = [each for each in file.parties if each.role == PartyRole.SIGNATORY]
    signed_by = {each.side for each in signatories if each.signatory_name}
    dated = agreement.signed_on or (signatories and all(each.signed_on for each in signatories))
    placed = agreement.signed_at_place or (
        signatories and all(each.signed_at_place for each in signatories)
    )
    return lacking(
        (dated, N_("The date of signature is missing.")),
        (placed, N_("The place of signature is missing.")),
        (PartySide.OURS in signed_by, N_("The signatory of our side is missing.")),
        (PartySide.THEIRS in signed_by, N_("The signatory of their side is missing.")),
    )


def needs_for_awaiting_entry(file: AgreementFile) -> tuple[Text, ...]:
    """Awaiting entry needs the date of signature and the way of entry."""
    agreement = file.agreement
    return lacking(
        (agreement.signed_on, N_("The date of signature is missing.")),
        (agreement.entry_mode != EntryMode.UNKNOWN, N_("How it enters into force is missing.")),
    )


def needs_for_provisional(file: AgreementFile) -> tuple[Text, ...]:
    """Provisional application needs its first day."""
    return lacking(
        (
            file.agreement.provisional_from,
            N_("The first day of provisional application is missing."),
        )
    )


def needs_for_in_force(file: AgreementFile) -> tuple[Text, ...]:
    """Entry into force needs its date and what shows it."""
    agreement = file.agreement
    notified = agreement.notification_sent_on and agreement.notification_received_on
    by_itself = agreement.entry_mode in {EntryMode.ON_SIGNATURE, EntryMode.FIXED_DATE}
    return lacking(
        (agreement.in_force_on, N_("The date of entry into force is missing.")),
        (
            by_itself or notified or agreement.entry_evidence,
            N_("The evidence of entry into force is missing: both notifications or a reference."),
        ),
    )


def needs_for_suspended(file: AgreementFile) -> tuple[Text, ...]:
    """Suspension needs its date."""
    return lacking((file.agreement.suspended_on, N_("The date of suspension is missing.")))


def _open_obligations(file: AgreementFile) -> tuple[Text, ...]:
    return tuple(
        N_(
            "The obligation “{obligation}” is still open; close it, waive it or move it.",
            obligation=each.heading,
        )
        for each in file.open_obligations
    )


def _ran_out(file: AgreementFile) -> bool:
    """Say whether the agreement ended by its own term, so that no notice is needed."""
    agreement = file.agreement
    ends = [agreement.fixed_end_on, *(each.end_on for each in file.terms)]
    if agreement.in_force_on is not None and agreement.initial_term_months is not None:
        ends.append(months_after(agreement.in_force_on, agreement.initial_term_months))
    ends += [months_after(each.from_on, each.months) for each in file.terms if each.months]
    known = [end for end in ends if end is not None]
    if agreement.terminated_on is None or not known or any(each.open_ended for each in file.terms):
        return False
    return agreement.renewal_type != RenewalType.TACIT and max(known) <= agreement.terminated_on


def needs_for_terminated(file: AgreementFile) -> tuple[Text, ...]:
    """Termination needs its day, notice unless the term ran out, and no open obligation."""
    agreement = file.agreement
    return (
        *lacking(
            (agreement.terminated_on, N_("The date on which it ends is missing.")),
            (
                agreement.notice_served_on or _ran_out(file),
                N_("The date on which notice was served is missing."),
            ),
        ),
        *_open_obligations(file),
    )


def needs_for_withdrawn(file: AgreementFile) -> tuple[Text, ...]:
    """Withdrawal needs its day, our notice and no open obligation."""
    agreement = file.agreement
    ours = agreement.notice_served_by in {OwingSide.OURS, OwingSide.BOTH}
    return (
        *lacking(
            (agreement.terminated_on, N_("The date on which the withdrawal counts is missing.")),
            (
                agreement.notice_served_on and ours,
                N_("The notice by which our side withdrew is missing."),
            ),
        ),
        *_open_obligations(file),
    )


def needs_for_superseded(file: AgreementFile) -> tuple[Text, ...]:
    """Replacement needs the new agreement, its day and no open obligation."""
    agreement = file.agreement
    replacing = [
        each
        for each in file.links
        if each.kind == LinkKind.SUPERSEDES and each.to_agreement_id == agreement.id
    ]
    dated = agreement.terminated_on or any(each.on for each in replacing)
    return (
        *lacking(
            (replacing, N_("The agreement that supersedes it is missing.")),
            (dated, N_("The date on which it was superseded is missing.")),
        ),
        *_open_obligations(file),
    )
