"""Every kind of record there is, said once."""

import difflib
import re
from functools import cache

from embassy_desk.domain.accreditation import Accreditation
from embassy_desk.domain.agreement import (
    Agreement,
    AgreementLink,
    AgreementParty,
    AgreementTerm,
    ClearanceStep,
)
from embassy_desk.domain.attachment import Attachment
from embassy_desk.domain.campaign import Campaign, CampaignStep, CampaignTarget
from embassy_desk.domain.contact import (
    CardProperty,
    Consent,
    Contact,
    ContactAddress,
    ContactEmail,
    ContactPhone,
    Position,
)
from embassy_desk.domain.contact_list import ContactList, ListMember
from embassy_desk.domain.country import Country, CountryGrouping, CountryTier
from embassy_desk.domain.elevation import Elevation
from embassy_desk.domain.engagement import (
    Commitment,
    Engagement,
    EngagementPillar,
    EngagementSubject,
    OurParticipant,
    TheirParticipant,
)
from embassy_desk.domain.entity import Entity, Part
from embassy_desk.domain.errors import MissingError
from embassy_desk.domain.export import Export
from embassy_desk.domain.kept_apart import KeptApart
from embassy_desk.domain.kind import Kind, Scope
from embassy_desk.domain.letterhead import Letterhead
from embassy_desk.domain.list_entry import ListEntry
from embassy_desk.domain.mission import Mission
from embassy_desk.domain.obligation import Obligation
from embassy_desk.domain.organisation import Organisation, OrganisationAlias
from embassy_desk.domain.parts import DateChange, StageStep, Tag
from embassy_desk.domain.policy_goal import PolicyGoal
from embassy_desk.domain.report_duty import ReportDuty
from embassy_desk.domain.signed_report import (
    ReportContent,
    ReportFigure,
    ReportNumber,
    ReportText,
    SignedReport,
)
from embassy_desk.domain.staff import Posting, Staff
from embassy_desk.domain.task import ChecklistItem, Task, TaskParent, TaskReminder
from embassy_desk.texts import N_

GENERAL_PARTS: tuple[type[Part], ...] = (Tag, StageStep, DateChange, KeptApart)
"""Parts that may hang on a record of any kind; they name it in `record_kind`."""

KINDS: tuple[Kind, ...] = (
    Kind(
        entity=Contact,
        name="contact",
        code="CON",
        label=N_("Contact"),
        plural=N_("Contacts"),
        parts=(ContactEmail, ContactPhone, ContactAddress, Position, Consent, CardProperty),
    ),
    Kind(
        entity=Organisation,
        name="organisation",
        code="ORG",
        label=N_("Organisation"),
        plural=N_("Organisations"),
        parts=(OrganisationAlias,),
    ),
    Kind(
        entity=Engagement,
        name="engagement",
        code="ENG",
        label=N_("Engagement"),
        plural=N_("Engagements"),
        parts=(OurParticipant, TheirParticipant, Commitment, EngagementSubject, EngagementPillar),
    ),
    Kind(
        entity=Agreement,
        name="agreement",
        code="AGR",
        label=N_("Agreement"),
        plural=N_("Agreements"),
        parts=(AgreementParty, AgreementTerm, AgreementLink, ClearanceStep),
    ),
    Kind(
        entity=Obligation,
        name="obligation",
        code="OBL",
        label=N_("Obligation"),
        plural=N_("Obligations"),
    ),
    Kind(
        entity=Elevation,
        name="elevation",
        code="ELE",
        label=N_("Elevation case"),
        plural=N_("Elevation cases"),
    ),
    Kind(
        entity=Task,
        name="task",
        code="TSK",
        label=N_("Task"),
        plural=N_("Tasks"),
        parts=(ChecklistItem, TaskParent, TaskReminder),
    ),
    Kind(
        entity=Campaign,
        name="campaign",
        code="CAM",
        label=N_("Campaign"),
        plural=N_("Campaigns"),
        parts=(CampaignStep, CampaignTarget),
    ),
    Kind(
        entity=ContactList,
        name="contact_list",
        code="LST",
        label=N_("Contact list"),
        plural=N_("Contact lists"),
        parts=(ListMember,),
    ),
    Kind(
        entity=Staff,
        name="staff",
        code="STF",
        label=N_("Member of staff"),
        plural=N_("Members of staff"),
        parts=(Posting,),
    ),
    Kind(
        entity=Attachment,
        name="attachment",
        code="ATT",
        label=N_("Attachment"),
        plural=N_("Attachments"),
    ),
    Kind(
        entity=Mission,
        name="mission",
        code="MIS",
        label=N_("Mission"),
        plural=N_("Missions"),
        scope=Scope.SHARED,
    ),
    Kind(
        entity=Accreditation,
        name="accreditation",
        code="ACC",
        label=N_("Accreditation"),
        plural=N_("Accreditations"),
        scope=Scope.SHARED,
    ),
    Kind(
        entity=Country,
        name="country",
        code="CTY",
        label=N_("Country"),
        plural=N_("Countries"),
        parts=(CountryTier, CountryGrouping),
        scope=Scope.SHARED,
    ),
    Kind(
        entity=PolicyGoal,
        name="policy_goal",
        code="GOL",
        label=N_("Policy goal"),
        plural=N_("Policy goals"),
        scope=Scope.SHARED,
    ),
    Kind(
        entity=ListEntry,
        name="list_entry",
        code="LEN",
        label=N_("List entry"),
        plural=N_("List entries"),
        scope=Scope.SHARED,
    ),
    Kind(
        entity=SignedReport,
        name="signed_report",
        code="RPT",
        label=N_("Signed report"),
        plural=N_("Signed reports"),
        parts=(ReportNumber, ReportText, ReportFigure, ReportContent),
        is_log=True,
    ),
    Kind(
        entity=Letterhead,
        name="letterhead",
        code="LTR",
        label=N_("Letterhead"),
        plural=N_("Letterheads"),
    ),
    Kind(
        entity=ReportDuty,
        name="report_duty",
        code="DUT",
        label=N_("Duty to report"),
        plural=N_("Duties to report"),
        scope=Scope.SHARED,
    ),
    Kind(
        entity=Export,
        name="export",
        code="XPT",
        label=N_("Export"),
        plural=N_("Log of exports"),
        is_log=True,
    ),
)

ENTITIES: tuple[type[Entity], ...] = (
    *(entity for kind in KINDS for entity in kind.entities),
    *GENERAL_PARTS,
)
"""The class of every record and every part."""


@cache
def entity_name(cls: type[Entity]) -> str:
    """Return the name of an entity's class in snake case: its table and its name on the wire."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", cls.__name__).lower()


def kind_named(name: str) -> Kind:
    """Return the kind with a name.

    Raises:
        MissingError: There is none; names the nearest one.
    """
    for kind in KINDS:
        if kind.name == name:
            return kind
    near = difflib.get_close_matches(name.lower(), [kind.name for kind in KINDS], n=1)
    if near:
        raise MissingError(
            N_("There is no kind “{name}”. Did you mean “{near}”?", name=name, near=near[0])
        )
    raise MissingError(N_("There is no kind “{name}”.", name=name))


def kind_of(entity: Entity | type[Entity]) -> Kind:
    """Return the kind that a record, a part or a class belongs to.

    Raises:
        MissingError: The class is not in the catalogue, or is a general part, of which only a
            value knows its kind.
    """
    cls = entity if isinstance(entity, type) else type(entity)
    if (kind := _kind_of_class(cls)) is not None:
        return kind
    if isinstance(entity, Tag | StageStep | DateChange | KeptApart):
        return kind_named(entity.record_kind)
    raise MissingError(N_("“{name}” belongs to no kind.", name=entity_name(cls)))


@cache
def _kind_of_class(cls: type[Entity]) -> Kind | None:
    return next((kind for kind in KINDS if issubclass(cls, kind.entities)), None)
