"""Makers of agreements, obligations, elevation cases and what belongs to them."""

from datetime import date
from typing import Any

from embassy_desk.domain.agreement import (
    Agreement,
    AgreementForm,
    AgreementLink,
    AgreementParty,
    AgreementTerm,
    ClearanceStep,
    LinkKind,
)
from embassy_desk.domain.choices import LegalClass
from embassy_desk.domain.elevation import Elevation
from embassy_desk.domain.obligation import Obligation
from makers.identities import identity, made


def make_agreement(**values: Any) -> Agreement:
    """Return a memorandum on digital cooperation, still an idea."""
    defaults = {
        "ref": "TOK-AGR-A7-0001",
        "mission": "TOK",
        "title_vi": "Bản ghi nhớ về hợp tác số",
        "title_en": "Memorandum of Understanding on Digital Cooperation",
        "form": AgreementForm.MOU,
        "legal_class": LegalClass.AGREEMENT_MINISTRY,
        "country": "JP",
    }
    return made(Agreement, defaults, values)


def make_agreement_party(**values: Any) -> AgreementParty:
    """Return the partner's ministry as a party."""
    defaults = {
        "agreement_id": identity("agreement"),
        "country": "JP",
        "name": "Ministry of Internal Affairs and Communications",
    }
    return made(AgreementParty, defaults, values)


def make_agreement_term(**values: Any) -> AgreementTerm:
    """Return a first term of three years from 1 August 2020."""
    defaults = {
        "agreement_id": identity("agreement"),
        "from_on": date(2020, 8, 1),
        "months": 36,
    }
    return made(AgreementTerm, defaults, values)


def make_agreement_link(**values: Any) -> AgreementLink:
    """Return the link by which the agreement supersedes the `old agreement`."""
    defaults = {
        "agreement_id": identity("agreement"),
        "to_agreement_id": identity("old agreement"),
        "kind": LinkKind.SUPERSEDES,
    }
    return made(AgreementLink, defaults, values)


def make_clearance_step(**values: Any) -> ClearanceStep:
    """Return the Ministry of Justice's appraisal, sent but not returned."""
    defaults = {
        "agreement_id": identity("agreement"),
        "body": "Bộ Tư pháp",
        "kind": "appraisal",
        "sent_on": date(2026, 2, 2),
    }
    return made(ClearanceStep, defaults, values)


def make_obligation(**values: Any) -> Obligation:
    """Return the duty to exchange experts once, by the end of June 2026."""
    defaults = {
        "ref": "TOK-OBL-A7-0001",
        "mission": "TOK",
        "agreement_id": identity("agreement"),
        "article": "Điều 4",
        "text": "Hai bên trao đổi chuyên gia về chính phủ số.",
        "due_on": date(2026, 6, 30),
    }
    return made(Obligation, defaults, values)


def make_elevation(**values: Any) -> Elevation:
    """Return the case for elevating the agreement, just identified."""
    defaults = {
        "ref": "TOK-ELE-A7-0001",
        "mission": "TOK",
        "title": "Nâng cấp Bản ghi nhớ về hợp tác số",
        "from_agreement_id": identity("agreement"),
    }
    return made(Elevation, defaults, values)
