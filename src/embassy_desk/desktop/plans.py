"""The plans of every kind, one line each, and the order of the sections at the left."""

from dataclasses import dataclass

from embassy_desk.desktop.accreditations import plan as accreditations
from embassy_desk.desktop.agreements import plan as agreements
from embassy_desk.desktop.attachments import plan as attachments
from embassy_desk.desktop.campaigns import plan as campaigns
from embassy_desk.desktop.contact_lists import plan as contact_lists
from embassy_desk.desktop.contacts import plan as contacts
from embassy_desk.desktop.countries import plan as countries
from embassy_desk.desktop.elevations import plan as elevations
from embassy_desk.desktop.engagements import plan as engagements
from embassy_desk.desktop.exports import plan as exports
from embassy_desk.desktop.kit.plans import FormPlan, TablePlan
from embassy_desk.desktop.letterheads import plan as letterheads
from embassy_desk.desktop.list_entries import plan as list_entries
from embassy_desk.desktop.missions import plan as missions
from embassy_desk.desktop.obligations import plan as obligations
from embassy_desk.desktop.organisations import plan as organisations
from embassy_desk.desktop.policy_goals import plan as policy_goals
from embassy_desk.desktop.report_duties import plan as report_duties
from embassy_desk.desktop.signed_reports import plan as signed_reports
from embassy_desk.desktop.staff import plan as staff
from embassy_desk.desktop.tasks import plan as tasks
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.domain.kind import Scope


@dataclass(frozen=True)
class KindPlans:
    """The plans of one kind."""

    form: FormPlan
    table: TablePlan


PLANS: dict[str, KindPlans] = {
    "contact": KindPlans(contacts.FORM, contacts.TABLE),
    "organisation": KindPlans(organisations.FORM, organisations.TABLE),
    "engagement": KindPlans(engagements.FORM, engagements.TABLE),
    "agreement": KindPlans(agreements.FORM, agreements.TABLE),
    "obligation": KindPlans(obligations.FORM, obligations.TABLE),
    "elevation": KindPlans(elevations.FORM, elevations.TABLE),
    "task": KindPlans(tasks.FORM, tasks.TABLE),
    "campaign": KindPlans(campaigns.FORM, campaigns.TABLE),
    "contact_list": KindPlans(contact_lists.FORM, contact_lists.TABLE),
    "staff": KindPlans(staff.FORM, staff.TABLE),
    "attachment": KindPlans(attachments.FORM, attachments.TABLE),
    "letterhead": KindPlans(letterheads.FORM, letterheads.TABLE),
    "signed_report": KindPlans(signed_reports.FORM, signed_reports.TABLE),
    "export": KindPlans(exports.FORM, exports.TABLE),
    "mission": KindPlans(missions.FORM, missions.TABLE),
    "accreditation": KindPlans(accreditations.FORM, accreditations.TABLE),
    "country": KindPlans(countries.FORM, countries.TABLE),
    "policy_goal": KindPlans(policy_goals.FORM, policy_goals.TABLE),
    "report_duty": KindPlans(report_duties.FORM, report_duties.TABLE),
    "list_entry": KindPlans(list_entries.FORM, list_entries.TABLE),
}

DAILY_KINDS = (
    "contact",
    "organisation",
    "engagement",
    "agreement",
    "obligation",
    "elevation",
    "task",
    "campaign",
    "contact_list",
)
"""Kinds of the daily work, in the order of the sections; Ctrl+1 to Ctrl+9 lead to them."""

REFERENCE_KINDS = tuple(name for name in PLANS if name not in DAILY_KINDS)
"""Everything else: the mission's own people and files, and reference data."""

_NOT_TYPED = frozenset({"attachment"})  # made when a file is added to a record


def may_change(kind: str) -> bool:
    """Say whether the mission changes records of a kind; reference data is headquarters' own."""
    known = kind_named(kind)
    return known.scope is Scope.MISSION and not known.is_log


def may_enter(kind: str) -> bool:
    """Say whether people enter new records of a kind in the window."""
    return kind not in _NOT_TYPED and may_change(kind)
