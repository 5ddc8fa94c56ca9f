"""Who may do what: roles, rights, how far they reach, and the decision with its reason.

Rights travel as a grant that headquarters signs and that expires, so that they hold offline. The
matrix follows what missions are used to: heads see and decide everything at their mission,
officers work on everything but do not read the log of others or erase people, locally engaged
staff never see restricted records and take nothing out of the desk.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Self
from uuid import UUID

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_serializer,
    model_validator,
)

from embassy_desk.domain.entity import Handling, Record, Route, invalid
from embassy_desk.domain.errors import RefusedError
from embassy_desk.texts import N_, LabelledEnum, Text


class Right(LabelledEnum):
    """One thing that a grant allows or does not."""

    SEE_RESTRICTED = "see_restricted", N_("See restricted records")
    CREATE = "create", N_("Enter records")
    EDIT = "edit", N_("Change records")
    ARCHIVE = "archive", N_("Archive records and put them in the trash")
    MERGE = "merge", N_("Merge duplicates")
    EXPORT = "export", N_("Write records to files")
    EXPORT_RESTRICTED = "export_restricted", N_("Print and write restricted records to files")
    SEE_AUDIT = "see_audit", N_("See who changed and exported what")
    SIGN_REPORTS = "sign_reports", N_("Sign reports off")
    ERASE_PERSON = "erase_person", N_("Erase what is kept about a person")


class Role(LabelledEnum):
    """What a person is at a mission or at headquarters."""

    HEAD_OF_MISSION = "head_of_mission", N_("Head of mission")
    DEPUTY = "deputy", N_("Deputy head of mission")
    SECTION_HEAD = "section_head", N_("Head of section")
    OFFICER = "officer", N_("Officer")
    LOCAL_STAFF = "local_staff", N_("Locally engaged staff")
    MISSION_ADMIN = "mission_admin", N_("Administrator of the mission")
    AUDITOR = "auditor", N_("Auditor")


class Reach(StrEnum):
    """On whose records a right to change holds."""

    OWN = "own"
    MISSION = "mission"


_EVERYTHING = frozenset(Right)
_OFFICER = _EVERYTHING - {Right.ERASE_PERSON, Right.SEE_AUDIT, Right.SIGN_REPORTS}

RIGHTS_OF_ROLES: Mapping[Role, frozenset[Right]] = MappingProxyType(
    {
        Role.HEAD_OF_MISSION: _EVERYTHING,
        Role.DEPUTY: _EVERYTHING,
        Role.SECTION_HEAD: _OFFICER | {Right.SEE_AUDIT, Right.SIGN_REPORTS},
        Role.OFFICER: _OFFICER,
        Role.LOCAL_STAFF: frozenset({Right.CREATE, Right.EDIT}),
        Role.MISSION_ADMIN: frozenset(
            {Right.CREATE, Right.EDIT, Right.ARCHIVE, Right.MERGE, Right.EXPORT, Right.SEE_AUDIT}
        ),
        Role.AUDITOR: frozenset({Right.SEE_RESTRICTED, Right.SEE_AUDIT, Right.EXPORT}),
    }
)
"""What each role may do unless its grant says otherwise; defaults that policy can narrow."""


RIGHTS_OF_KINDS: Mapping[str, Right] = MappingProxyType({"export": Right.SEE_AUDIT})
"""Kinds that are seen only by whoever has a right of their own: the log of who took out what."""


@dataclass(frozen=True)
class Decision:
    """Whether something may be done, and if not, why not.

    Attributes:
        is_allowed: Whether it may.
        reason: The reason in a sentence; nothing when it may.
    """

    is_allowed: bool
    reason: Text | None = None

    def require(self) -> None:
        """Go on only if it may be done.

        Raises:
            RefusedError: It may not; says why.
        """
        if not self.is_allowed:
            raise RefusedError(self.reason or N_("This is not allowed here."))


YES = Decision(is_allowed=True)


class Grant(BaseModel):
    """What one person may do at one mission, from one day to another.

    Attributes:
        staff_id: The person.
        mission: Three-letter code of the mission.
        role: What the person is there.
        withheld: Rights of the role that this person does not have.
        reach: On whose records the person may change something.
        valid_from: First day on which it holds.
        valid_to: Last day on which it holds; afterwards everything is read-only.
        serial: Counts up; an older grant never replaces a newer one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    staff_id: UUID
    mission: str = Field(pattern=r"^[A-Z]{3}$|^HQ$")
    role: Role
    withheld: frozenset[Right] = frozenset()
    reach: Reach = Reach.MISSION
    valid_from: date
    valid_to: date
    serial: int = Field(ge=1)

    @model_validator(mode="after")
    def _ends_after_it_began(self) -> Self:
        if self.valid_to < self.valid_from:
            raise ValueError(N_("The grant ends before it begins."))
        return self

    @field_serializer("withheld")
    def _in_order(self, withheld: frozenset[Right]) -> list[str]:
        """Write the rights in one order, so that a signature over them holds."""
        return sorted(str(each) for each in withheld)

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Self:
        """Return the grant that plain values describe.

        Raises:
            InvalidError: Some values are wrong; every problem is named.
        """
        try:
            return cls.model_validate(dict(values))
        except ValidationError as error:
            raise invalid(error) from error

    def holds(self, on: date) -> bool:
        """Say whether the grant holds on a day."""
        return self.valid_from <= on <= self.valid_to


@dataclass(frozen=True)
class Rights:
    """What the person at the desk may do now.

    Without a grant the person who made the store may do everything: there is nobody else whose
    rules could hold before the desk is enrolled.

    Attributes:
        grant: The grant that was accepted, or nothing.
        on: The mission's calendar day.
    """

    grant: Grant | None
    on: date

    @property
    def handlings(self) -> frozenset[str] | None:
        """Which records may be seen, by handling; nothing when all of them may.

        An expired grant goes on to say what may be seen: it is read-only, not blind.
        """
        if self._has(Right.SEE_RESTRICTED):
            return None
        return frozenset({Handling.PUBLIC.value, Handling.INTERNAL.value})

    @property
    def hidden_kinds(self) -> Mapping[str, Text]:
        """Kinds of which nothing may be seen, each with the reason."""
        found = {kind: self.decide(right).reason for kind, right in RIGHTS_OF_KINDS.items()}
        return {kind: reason for kind, reason in found.items() if reason is not None}

    def decide(self, right: Right, record: Record | None = None) -> Decision:
        """Say whether something may be done, to a record if it is about one.

        Args:
            right: What is to be done.
            record: The record as it is stored; nothing for what concerns none, or a new one.
        """
        if record is not None and right in _CHANGING_RIGHTS and is_shipped(record):
            text = N_(
                "“{heading}” comes with the program, the same for every mission, and is not"
                " changed here.",
                heading=record.heading,
            )
            return Decision(is_allowed=False, reason=text)
        grant = self.grant
        if grant is None:
            return YES
        if right not in _READING_RIGHTS and not grant.holds(self.on):
            return Decision(is_allowed=False, reason=_expired(grant, self.on))
        if not self._has(right):
            text = N_(
                "“{right}” is not among the rights of “{role}” here.",
                right=right.label,
                role=grant.role.label,
            )
            return Decision(is_allowed=False, reason=text)
        if record is not None and right in _CHANGING_RIGHTS and not self._reaches(record):
            text = N_("You may change the records that you look after; this one is a colleague's.")
            return Decision(is_allowed=False, reason=text)
        return YES

    def _has(self, right: Right) -> bool:
        grant = self.grant
        if grant is None:
            return True
        return right in RIGHTS_OF_ROLES[grant.role] and right not in grant.withheld

    def _reaches(self, record: Record) -> bool:
        grant = self.grant
        if grant is None or grant.reach is Reach.MISSION:
            return True
        return grant.staff_id in {record.owner, record.backup, record.created_by}


_READING_RIGHTS = frozenset({Right.SEE_RESTRICTED, Right.SEE_AUDIT})
_CHANGING_RIGHTS = frozenset({Right.EDIT, Right.ARCHIVE, Right.MERGE, Right.ERASE_PERSON})


def is_shipped(record: Record) -> bool:
    """Say whether a record came with the program.

    Every store has it without anybody having told it, headquarters does not: a change would reach
    headquarters as a record that has nothing but the changed fields, and come back as such.
    """
    return record.created_via is Route.REFERENCE


def _expired(grant: Grant, on: date) -> Text:
    if on < grant.valid_from:
        return N_("Your rights begin on {day}; until then you can read.", day=grant.valid_from)
    return N_(
        "Your rights ended on {day}. You can read, but not change anything until headquarters"
        " renews them.",
        day=grant.valid_to,
    )
