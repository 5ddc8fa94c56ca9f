"""How agreements lie in the store."""

from embassy_desk.domain.agreement import (
    Agreement,
    AgreementLink,
    AgreementParty,
    AgreementTerm,
    ClearanceStep,
)
from embassy_desk.store.rows.base import StoreRow, stored


@stored(Agreement, "state", "signed_on")
class AgreementRow(StoreRow, Agreement, table=True):
    """An instrument between the country, or a body of it, and others."""

    __tablename__ = "agreement"


@stored(AgreementParty, "agreement_id", "organisation_id")
class AgreementPartyRow(StoreRow, AgreementParty, table=True):
    """One party, with who signed for it, when and where."""

    __tablename__ = "agreement_party"


@stored(AgreementTerm, "agreement_id")
class AgreementTermRow(StoreRow, AgreementTerm, table=True):
    """A term that replaces the rule of the agreement from its first day on."""

    __tablename__ = "agreement_term"


@stored(AgreementLink, "agreement_id", "to_agreement_id")
class AgreementLinkRow(StoreRow, AgreementLink, table=True):
    """What this agreement does to another, such as superseding it."""

    __tablename__ = "agreement_link"


@stored(ClearanceStep, "agreement_id")
class ClearanceStepRow(StoreRow, ClearanceStep, table=True):
    """One body's part in domestic clearance."""

    __tablename__ = "clearance_step"
