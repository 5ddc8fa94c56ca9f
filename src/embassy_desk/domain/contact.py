"""People outside the mission: who they are, how to reach them, what they agreed to."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Annotated, ClassVar, Self
from uuid import UUID

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, Field, model_validator

from embassy_desk.domain.days import covers
from embassy_desk.domain.entity import Part, Record
from embassy_desk.domain.names import DisplayOrder, full_name, name_in_address
from embassy_desk.domain.phones import national_digits
from embassy_desk.domain.required import CountryCode, NeededLine
from embassy_desk.domain.spans import in_order, partly_in_order
from embassy_desk.domain.values import Code, Codes, Count, Line, LongText, Name, PartialDay
from embassy_desk.domain.vietnamese import name_sort_keys
from embassy_desk.texts import N_, LabelledEnum


class EmailValidity(LabelledEnum):
    """What is known about an e-mail address."""

    UNTESTED = "untested", N_("Not tested")
    OK = "ok", N_("Works")
    BOUNCED = "bounced", N_("Came back")
    RETIRED = "retired", N_("No longer used")


class ConsentPurpose(LabelledEnum):
    """What a person agreed to."""

    OUTREACH = "outreach", N_("Outreach")
    EVENT = "event", N_("Invitations to events")
    REFERRAL = "referral", N_("Referral to others")
    STORY = "story", N_("Success story")
    IMAGE = "image", N_("Use of the image")


class Contact(Record):
    """A person the mission knows.

    No political views, religion, health, family or numbers of identity papers belong here.

    Attributes:
        written_name: The whole name as the person writes it; comes before the parts.
        original_name: The name in its own script.
        form_of_address: Words before the name in letters, such as “Your Excellency”.
        languages: Codes of the languages spoken.
        precedence: Place in the order of protocol; lower comes first.
        cadence_days: In touch at least every so many days, 1 to 3650; nothing means no rule.
    """

    family_name: Name = ""
    middle_name: Name = ""
    given_name: Name = ""
    display_order: DisplayOrder = DisplayOrder.FAMILY_FIRST
    written_name: Name = ""
    original_name: Name = ""
    romanised_name: Name = ""
    alias: Name = ""
    honorific: Code = ""
    form_of_address: Line = ""
    languages: Codes = ""
    preferred_language: Code = ""
    rank: Code = ""
    precedence: Count | None = None
    nationality: CountryCode = ""
    preferred_channel: Code = ""
    do_not_contact: bool = False
    cadence_days: Annotated[int, Field(ge=1, le=3650)] | None = None
    notes: LongText = ""

    @model_validator(mode="after")
    def _has_a_name(self) -> Self:
        if not self.display_name:
            raise ValueError(N_("A contact needs a name; any part of it is enough."))
        return self

    @property
    def display_name(self) -> str:
        """The name as it is shown: as written, else its parts in their order."""
        parts = full_name(self.family_name, self.middle_name, self.given_name, self.display_order)
        return self.written_name or parts or self.original_name or self.romanised_name or self.alias

    @property
    def heading(self) -> str:
        """The name as it is shown."""
        return self.display_name

    @property
    def sort_keys(self) -> tuple[str, str]:
        """Return the keys for lists by given name and by family name."""
        if not (self.family_name or self.middle_name or self.given_name):
            return super().sort_keys
        return name_sort_keys(self.family_name, self.middle_name, self.given_name)

    def subtitle(self, parts: Sequence[Part]) -> str:
        """Return the title and organisation of the position that stands for the contact."""
        lasting = [each for each in parts if isinstance(each, Position) and not each.to_on]
        if not lasting:
            return ""
        position = max(lasting, key=lambda each: (each.is_primary, each.from_on, each.id))
        return ", ".join(word for word in (position.title, position.organisation_name) if word)

    @property
    def is_vietnamese_custom(self) -> bool:
        """Whether the person is addressed the Vietnamese way, by the given name."""
        if self.display_order is not DisplayOrder.FAMILY_FIRST:
            return False
        return self.nationality in {"", "VN"} or self.preferred_language == "vi"

    @property
    def address_name(self) -> str:
        """The name after the honorific: the given name by Vietnamese custom (Ông Hùng)."""
        name = name_in_address(
            self.family_name,
            self.given_name,
            self.display_order,
            is_vietnamese=self.is_vietnamese_custom,
        )
        return name or self.display_name


def _email(value: str) -> str:
    plain = _PLAIN_ADDRESS.fullmatch(value)
    try:
        if plain is None or len(plain[1]) > _MOST_BEFORE_AT:
            return _checked_email(value)
        return f"{plain[1]}@{_checked_host(plain[2])}"
    except EmailNotValidError as error:
        raise ValueError(N_("“{address}” is not an e-mail address.", address=value)) from error


_PLAIN_ADDRESS = re.compile(r"([a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*)@([A-Za-z0-9.-]{1,180})")
_MOST_BEFORE_AT = 64
"""Of an address whose first part needs no second look only the host is checked: a file of fifty
thousand names few hosts."""


def _checked_email(value: str) -> str:
    # The test environment lets names under .test pass, which rehearsals and demo data use.
    return validate_email(value, check_deliverability=False, test_environment=True).normalized


@lru_cache(maxsize=4_096)
def _checked_host(host: str) -> str:
    """Return a host as addresses write it; raises what the library raises."""
    return _checked_email(f"a@{host}").removeprefix("a@")


class ContactEmail(Part):
    """An e-mail address of a contact; keeps its Unicode letters.

    Attributes:
        label: What an address book called it in words of its own; beside the kind or instead.
    """

    parent_field: ClassVar[str] = "contact_id"

    contact_id: UUID
    address: Annotated[NeededLine, AfterValidator(_email)]
    kind: Code = ""
    label: Line = ""
    validity: EmailValidity = EmailValidity.UNTESTED
    checked_on: date | None = None
    is_primary: bool = False


class ContactPhone(Part):
    """A telephone number of a contact.

    Attributes:
        typed: The number as it was written down.
        e164: The number for the network, from `phones.phone`; empty when it cannot be read.
        label: What an address book called it in words of its own; beside the kind or instead.
    """

    parent_field: ClassVar[str] = "contact_id"

    contact_id: UUID
    typed: NeededLine
    e164: Code = ""
    kind: Code = ""
    label: Line = ""
    is_primary: bool = False

    @property
    def search_words(self) -> tuple[str, ...]:
        """The digits without signs and spaces: as typed, for the network, within the country."""
        typed, network = ("".join(filter(str.isdecimal, each)) for each in (self.typed, self.e164))
        forms = (typed, network, national_digits(self.e164))
        return tuple(dict.fromkeys(form for form in forms if form))


class ContactAddress(Part):
    """A postal address of a contact, in the seven pieces in which address books keep it.

    Attributes:
        street: Street and number; may have several lines.
        extended: What comes before the street, such as floor or building.
        country_name: The country as it is written on a letter, which is no code.
        label: What an address book called it in words of its own; beside the kind or instead.
    """

    parent_field: ClassVar[str] = "contact_id"

    contact_id: UUID
    street: LongText = ""
    extended: Line = ""
    po_box: Line = ""
    city: Line = ""
    region: Line = ""
    postal_code: Line = ""
    country_name: Line = ""
    kind: Code = ""
    label: Line = ""
    is_primary: bool = False

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (
            self.street or self.extended or self.po_box or self.city or self.region
            or self.postal_code or self.country_name
        ):  # fmt: skip
            raise ValueError(N_("An address needs a street, a place or a country."))
        return self


class CardProperty(Part):
    """A property of an address book's card for which the desk has no field; kept to be given back.

    Attributes:
        name: Its name, with what ties it to other properties before a point: `ITEM1.URL`.
        parameters: What stands between name and value, as a card of version 3.0 writes it.
        value: Its value, as a card of version 3.0 writes it.
    """

    parent_field: ClassVar[str] = "contact_id"

    contact_id: UUID
    name: NeededLine
    parameters: Line = ""
    value: LongText = ""


class Position(Part):
    """What a contact is, or was, at an organisation; several may run at once.

    Attributes:
        organisation_name: Name as known then, also for an organisation that is not on record.
        from_on: First day, as far as known.
        to_on: Last day, as far as known; empty while it lasts.
        confirmed_on: Day on which somebody last made sure of it.
    """

    parent_field: ClassVar[str] = "contact_id"

    contact_id: UUID
    organisation_id: UUID | None = None
    organisation_name: Line = ""
    title_vi: Line = ""
    title_en: Line = ""
    title_original: Line = ""
    unit: Line = ""
    rank: Code = ""
    from_on: PartialDay = ""
    to_on: PartialDay = ""
    source: Line = ""
    confirmed_on: date | None = None
    is_primary: bool = False

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.organisation_id or self.organisation_name or self.title):
            raise ValueError(N_("A position needs an organisation or a title."))
        partly_in_order(self.from_on, self.to_on)
        return self

    @property
    def title(self) -> str:
        """The title, Vietnamese before English before the original; may be empty."""
        return self.title_vi or self.title_en or self.title_original

    def is_current(self, on: date) -> bool:
        """Say whether the position is held on a day, read as widely as its days allow."""
        return covers(self.from_on, self.to_on, on)


class Consent(Part):
    """What a contact agreed to, when, and how it is known.

    Attributes:
        basis: On what ground, such as “asked in person”.
        means: By what means it was given.
        evidence: Where the proof lies.
        expires_on: Last day on which it holds; nothing while it has no end.
    """

    parent_field: ClassVar[str] = "contact_id"

    contact_id: UUID
    purpose: ConsentPurpose
    basis: Line = ""
    given_on: date
    means: Line = ""
    evidence: Line = ""
    expires_on: date | None = None
    withdrawn_on: date | None = None

    @model_validator(mode="after")
    def _ends_after_it_began(self) -> Self:
        in_order(self.given_on, self.expires_on)
        in_order(self.given_on, self.withdrawn_on)
        return self

    def is_valid(self, on: date) -> bool:
        """Say whether the consent holds on a day; it no longer does on the day of withdrawal."""
        if self.withdrawn_on is not None and self.withdrawn_on <= on:
            return False
        return self.given_on <= on and (self.expires_on is None or on <= self.expires_on)
