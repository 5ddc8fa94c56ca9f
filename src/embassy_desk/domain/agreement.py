"""Agreements: what was concluded with whom, what it is in law, and for how long it holds."""

from datetime import date
from typing import Annotated, ClassVar, Self
from uuid import UUID

from pydantic import Field, model_validator

from embassy_desk.domain.choices import TREATY_CLASSES, LegalClass, OwingSide
from embassy_desk.domain.entity import Part, Record
from embassy_desk.domain.required import CountryCode, NeededLine
from embassy_desk.domain.spans import in_order
from embassy_desk.domain.values import Code, Codes, Line, LongText, Months, Name
from embassy_desk.texts import N_, LabelledEnum, Text

NoticeMonths = Annotated[int, Field(ge=0, le=120)]
"""A period of notice in calendar months, 0 to 120."""

_TITLES_OF_TREATIES = ("công ước", "hiệp ước", "định ước", "hiệp định")


class AgreementForm(LabelledEnum):
    """The name an instrument goes by; says nothing about what it is in law."""

    MOU = "mou", N_("Memorandum of understanding")
    MEMORANDUM_OF_COOPERATION = "memorandum_of_cooperation", N_("Memorandum of cooperation")
    AGREEMENT = "agreement", N_("Formal agreement")
    PROTOCOL = "protocol", N_("Protocol")
    EXCHANGE_OF_NOTES = "exchange_of_notes", N_("Exchange of notes")
    ACTION_PLAN = "action_plan", N_("Action plan")
    LETTER_OF_INTENT = "letter_of_intent", N_("Letter of intent")
    JOINT_STATEMENT = "joint_statement", N_("Joint statement")
    TREATY = "treaty", N_("Treaty")
    CONVENTION = "convention", N_("Convention")
    ARRANGEMENT = "arrangement", N_("Arrangement")
    MINUTES = "minutes", N_("Minutes")
    CONTRACT = "contract", N_("Contract")
    OTHER = "other", N_("Other")


class Binding(LabelledEnum):
    """Whether the instrument binds."""

    YES = "yes", N_("Binding")
    NO = "no", N_("Not binding")
    PARTLY = "partly", N_("Binding in part")
    UNKNOWN = "unknown", N_("Not known")


class EntryMode(LabelledEnum):
    """How the instrument enters into force."""

    ON_SIGNATURE = "on_signature", N_("On signature")
    FIXED_DATE = "fixed_date", N_("On a fixed date")
    EXCHANGE_OF_NOTES = "exchange_of_notes", N_("After an exchange of notes")
    AFTER_NOTIFICATION = "after_notification", N_("Some days after the last notification")
    RATIFICATION = "ratification", N_("On ratification or approval")
    UNKNOWN = "unknown", N_("Not known")


class RenewalType(LabelledEnum):
    """What happens at the end of a term."""

    NONE = "none", N_("No renewal")
    TACIT = "tacit", N_("Tacit renewal")
    EXPRESS = "express", N_("Renewal in writing only")
    REVIEW = "review", N_("Renewal after a review")


class AgreementState(LabelledEnum):
    """How far an agreement is. Whether it has run out is told by its dates, not by a state."""

    IDEA = "idea", N_("Idea")
    SCOPING = "scoping", N_("Scoping")
    MANDATE_SOUGHT = "mandate_sought", N_("Mandate sought")
    MANDATE_GIVEN = "mandate_given", N_("Mandate given")
    NEGOTIATING = "negotiating", N_("Negotiating")
    TEXT_AGREED = "text_agreed", N_("Text agreed")
    DOMESTIC_CLEARANCE = "domestic_clearance", N_("Domestic clearance")
    AUTHORISED_TO_SIGN = "authorised_to_sign", N_("Authorised to sign")
    SIGNED = "signed", N_("Signed")
    AWAITING_ENTRY = "awaiting_entry", N_("Awaiting entry into force")
    PROVISIONALLY_APPLIED = "provisionally_applied", N_("Provisionally applied")
    IN_FORCE = "in_force", N_("In force")
    SUSPENDED = "suspended", N_("Suspended")
    TERMINATED = "terminated", N_("Terminated")
    WITHDRAWN = "withdrawn", N_("Withdrawn from")
    SUPERSEDED = "superseded", N_("Superseded")
    PARKED = "parked", N_("Parked")
    ABANDONED = "abandoned", N_("Abandoned")


ON_THE_WAY = (
    AgreementState.IDEA,
    AgreementState.SCOPING,
    AgreementState.MANDATE_SOUGHT,
    AgreementState.MANDATE_GIVEN,
    AgreementState.NEGOTIATING,
    AgreementState.TEXT_AGREED,
    AgreementState.DOMESTIC_CLEARANCE,
    AgreementState.AUTHORISED_TO_SIGN,
)
"""States before signature, in their order."""

SIGNED_NOT_IN_FORCE = (
    AgreementState.SIGNED,
    AgreementState.AWAITING_ENTRY,
    AgreementState.PROVISIONALLY_APPLIED,
)
"""States from signature up to entry into force."""

RUNNING = (AgreementState.IN_FORCE, AgreementState.SUSPENDED)
"""States from entry into force until the agreement is over."""

CONCLUDED = (*SIGNED_NOT_IN_FORCE, *RUNNING)
"""States in which dates tell something of what is to come."""


class PartySide(LabelledEnum):
    """On which side a party stands."""

    OURS = "ours", N_("Our side")
    THEIRS = "theirs", N_("Their side")
    THIRD = "third", N_("Third party")


class PartyRole(LabelledEnum):
    """What a party is to the instrument."""

    SIGNATORY = "signatory", N_("Signing party")
    COMPETENT_AUTHORITY = "competent_authority", N_("Competent authority")
    DEPOSITARY = "depositary", N_("Depositary")
    OBSERVER = "observer", N_("Observer")


class TermOrigin(LabelledEnum):
    """How a term came about."""

    INITIAL = "initial", N_("Initial term")
    TACIT = "tacit", N_("Renewed tacitly")
    EXPRESS = "express", N_("Renewed in writing")
    EXTENSION = "extension", N_("Extended")
    AMENDMENT = "amendment", N_("Amended")


class LinkKind(LabelledEnum):
    """What one agreement does to another."""

    ELEVATES = "elevates", N_("elevates")
    AMENDS = "amends", N_("amends")
    SUPPLEMENTS = "supplements", N_("supplements")
    IMPLEMENTS = "implements", N_("implements")
    RENEWS = "renews", N_("renews")
    SUPERSEDES = "supersedes", N_("supersedes")
    MENTIONS = "mentions", N_("mentions")


class Agreement(Record):
    """An instrument between the country, or a body of it, and others.

    `form` is the name it goes by, `legal_class` what it is in law; neither follows from the other.
    All its days are legal facts: calendar dates without zone.

    Attributes:
        country: The partner's country; further parties are parts of their own.
        lead_ministry_then: Name of our lead ministry as it signed.
        reason: Why it is pursued.
        entry_days: Days from the last notification to entry into force.
        entry_evidence: What shows that it entered into force.
        initial_term_months: Length of the first term; excludes `fixed_end_on` and `open_ended`.
        notice_months: Notice before the end of a term, in months, 0 to 120.
        notice_served_by: Which side served notice.
        review_months: A review is due every so many months.
        text_reference: Where the final text lies, or its digest.
    """

    title_vi: Name = ""
    title_en: Name = ""
    title_other: Name = ""
    short_title: Name = ""
    form: AgreementForm = AgreementForm.OTHER
    legal_class: LegalClass = LegalClass.UNKNOWN
    binding: Binding = Binding.UNKNOWN
    country: CountryCode = ""
    topics: Line = ""
    summary: LongText = ""
    lead_ministry_id: UUID | None = None
    lead_ministry_then: Line = ""
    partner_lead_id: UUID | None = None
    partner_lead_then: Line = ""
    languages: Codes = ""
    authentic_texts: Codes = ""
    prevailing_language: Code = ""
    reason: LongText = ""
    mandate_reference: Line = ""
    our_head_of_negotiation: Line = ""
    partner_head_of_negotiation: Line = ""
    full_powers_reference: Line = ""
    full_powers_needed: bool = False
    signed_on: date | None = None
    signed_at_place: Line = ""
    entry_mode: EntryMode = EntryMode.UNKNOWN
    entry_days: Annotated[int, Field(ge=0, le=3650)] | None = None
    notification_sent_on: date | None = None
    notification_received_on: date | None = None
    in_force_on: date | None = None
    entry_evidence: Line = ""
    provisional_from: date | None = None
    provisional_to: date | None = None
    initial_term_months: Months | None = None
    fixed_end_on: date | None = None
    open_ended: bool = False
    renewal_type: RenewalType = RenewalType.NONE
    renewal_months: Months | None = None
    notice_months: NoticeMonths | None = None
    notice_served_on: date | None = None
    notice_served_by: OwingSide | None = None
    terminated_on: date | None = None
    suspended_on: date | None = None
    review_months: Months | None = None
    next_review_on: date | None = None
    originals_held_at: Line = ""
    text_reference: Line = ""
    un_registration: Line = ""
    publication_reference: Line = ""
    termination_clause: LongText = ""
    dispute_clause: LongText = ""
    state: AgreementState = AgreementState.IDEA

    @model_validator(mode="after")
    def _has_a_title_and_one_term(self) -> Self:
        if not self.heading:
            raise ValueError(N_("An agreement needs a title, in any language."))
        if terms_given(self.initial_term_months, self.fixed_end_on, open_ended=self.open_ended) > 1:
            raise ValueError(
                N_("Give the first term in months, or a fixed end, or say that it is open-ended.")
            )
        in_order(self.provisional_from, self.provisional_to)
        return self

    @property
    def heading(self) -> str:
        """The short title, else the Vietnamese, the English or the other one."""
        return self.short_title or self.title_vi or self.title_en or self.title_other

    @property
    def has_one_term(self) -> bool:
        """Whether exactly one of first term, fixed end and open end is given."""
        given = terms_given(self.initial_term_months, self.fixed_end_on, open_ended=self.open_ended)
        return given == 1


def terms_given(months: int | None, end_on: date | None, *, open_ended: bool) -> int:
    """Return how many of the three ways to say how long a term lasts are used."""
    return (months is not None) + (end_on is not None) + open_ended


def name_warnings(agreement: Agreement) -> tuple[Text, ...]:
    """Return warnings about a name that the legal class does not bear.

    Four Vietnamese names are reserved for treaties (law 108/2016/QH13): công ước, hiệp ước,
    định ước, hiệp định. A clash is a warning, never a refusal or a silent correction.
    """
    title = " ".join(agreement.title_vi.casefold().split())
    if agreement.legal_class in TREATY_CLASSES:
        return ()
    return tuple(
        N_(
            "“{title}” begins with “{name}”, a name reserved for treaties, but its legal class "
            "is “{legal_class}”.",
            title=agreement.title_vi,
            name=name,
            legal_class=agreement.legal_class,
        )
        for name in _TITLES_OF_TREATIES
        if title == name or title.startswith(f"{name} ")
    )


class AgreementParty(Part):
    """One party, with who signed for it, when and where.

    Attributes:
        name: Name of the party as signed.
    """

    parent_field: ClassVar[str] = "agreement_id"

    agreement_id: UUID
    country: CountryCode = ""
    organisation_id: UUID | None = None
    name: Line = ""
    side: PartySide = PartySide.THEIRS
    role: PartyRole = PartyRole.SIGNATORY
    signatory_name: Line = ""
    signatory_position: Line = ""
    signed_on: date | None = None
    signed_at_place: Line = ""

    @model_validator(mode="after")
    def _is_somebody(self) -> Self:
        if not (self.country or self.organisation_id or self.name):
            raise ValueError(N_("A party needs a name, an organisation or a country."))
        return self


class AgreementTerm(Part):
    """A term that replaces the rule of the agreement from its first day on."""

    parent_field: ClassVar[str] = "agreement_id"

    agreement_id: UUID
    from_on: date
    months: Months | None = None
    end_on: date | None = None
    open_ended: bool = False
    renewal_type: RenewalType = RenewalType.NONE
    renewal_months: Months | None = None
    notice_months: NoticeMonths | None = None
    how: TermOrigin = TermOrigin.INITIAL
    evidence: Line = ""

    @model_validator(mode="after")
    def _has_one_length(self) -> Self:
        if terms_given(self.months, self.end_on, open_ended=self.open_ended) != 1:
            raise ValueError(
                N_("Give the term in months, or its end, or say that it is open-ended.")
            )
        in_order(self.from_on, self.end_on)
        return self


class AgreementLink(Part):
    """What this agreement does to another, such as superseding it."""

    parent_field: ClassVar[str] = "agreement_id"

    agreement_id: UUID
    to_agreement_id: UUID
    kind: LinkKind
    on: date | None = None

    @model_validator(mode="after")
    def _leads_elsewhere(self) -> Self:
        if self.agreement_id == self.to_agreement_id:
            raise ValueError(N_("An agreement cannot be linked to itself."))
        return self


class ClearanceStep(Part):
    """One body's part in domestic clearance.

    Attributes:
        kind: Code of what is asked: consultation, inspection, appraisal, approval, full powers.
    """

    parent_field: ClassVar[str] = "agreement_id"

    agreement_id: UUID
    body: NeededLine
    kind: Code = ""
    sent_on: date | None = None
    due_on: date | None = None
    returned_on: date | None = None
    result: Line = ""

    @model_validator(mode="after")
    def _returns_after_it_left(self) -> Self:
        in_order(self.sent_on, self.returned_on)
        return self
