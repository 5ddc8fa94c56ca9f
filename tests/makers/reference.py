"""Makers of reference data and of the parts that may hang on any record."""

from datetime import UTC, date, datetime
from typing import Any

from embassy_desk.domain.accreditation import Accreditation
from embassy_desk.domain.country import Country, CountryGrouping, CountryTier
from embassy_desk.domain.kept_apart import KeptApart
from embassy_desk.domain.list_entry import ListEntry
from embassy_desk.domain.mission import Mission
from embassy_desk.domain.parts import DateChange, StageStep, Tag
from embassy_desk.domain.policy_goal import PolicyGoal
from makers.identities import identity, made


def make_mission(**values: Any) -> Mission:
    """Return the embassy in Tokyo."""
    defaults = {
        "code": "TOK",
        "name_vi": "Đại sứ quán Việt Nam tại Nhật Bản",
        "name_en": "Embassy of Viet Nam in Japan",
        "country": "JP",
        "zone": "Asia/Tokyo",
    }
    return made(Mission, defaults, values)


def make_accreditation(**values: Any) -> Accreditation:
    """Return the resident accreditation of Tokyo to Japan."""
    return made(Accreditation, {"mission_code": "TOK", "country": "JP"}, values)


def make_country(**values: Any) -> Country:
    """Return Japan."""
    defaults = {
        "alpha2": "JP",
        "alpha3": "JPN",
        "name_vi": "Nhật Bản",
        "name_en": "Japan",
    }
    return made(Country, defaults, values)


def make_country_tier(**values: Any) -> CountryTier:
    """Return a comprehensive strategic partnership since November 2023."""
    defaults = {
        "country_id": identity("country"),
        "tier": "comprehensive_strategic",
        "from_on": "2023-11-27",
    }
    return made(CountryTier, defaults, values)


def make_country_grouping(**values: Any) -> CountryGrouping:
    """Return membership in CPTPP."""
    defaults = {"country_id": identity("country"), "grouping": "CPTPP", "from_on": "2018-12-30"}
    return made(CountryGrouping, defaults, values)


def make_policy_goal(**values: Any) -> PolicyGoal:
    """Return a goal of technology diplomacy."""
    defaults = {"code": "G1", "title_vi": "Ngoại giao công nghệ"}
    return made(PolicyGoal, defaults, values)


def make_list_entry(**values: Any) -> ListEntry:
    """Return the kind of organisation `ministry`."""
    defaults = {
        "list_code": "organisation_kind",
        "code": "ministry",
        "label_vi": "Bộ",
        "label_en": "Ministry",
    }
    return made(ListEntry, defaults, values)


def make_tag(**values: Any) -> Tag:
    """Return a tag on the contact."""
    defaults = {"record_kind": "contact", "record_id": identity("contact"), "label": "bán dẫn"}
    return made(Tag, defaults, values)


def make_kept_apart(**values: Any) -> KeptApart:
    """Return the word that the contact and another one are two people."""
    defaults = {
        "record_kind": "contact",
        "record_id": identity("contact"),
        "other_id": identity("another contact"),
    }
    return made(KeptApart, defaults, values)


def make_stage_step(**values: Any) -> StageStep:
    """Return the agreement's step from idea to scoping."""
    defaults = {
        "record_kind": "agreement",
        "record_id": identity("agreement"),
        "from_state": "idea",
        "to_state": "scoping",
        "on": date(2026, 1, 5),
        "at": datetime(2026, 1, 5, 3, 0, tzinfo=UTC),
    }
    return made(StageStep, defaults, values)


def make_date_change(**values: Any) -> DateChange:
    """Return a change of the obligation's day."""
    defaults = {
        "record_kind": "obligation",
        "record_id": identity("obligation"),
        "field": "due_on",
        "old_on": date(2026, 6, 30),
        "new_on": date(2026, 9, 30),
        "reason": "Phía bạn đề nghị lùi.",
        "on": date(2026, 5, 1),
    }
    return made(DateChange, defaults, values)
