"""Which agreements and elevation cases the demo has: every state, form and kind of term."""

from collections.abc import Iterable
from typing import NamedTuple, TypeVar

from embassy_desk.application.demo.listed import listed
from embassy_desk.domain.agreement import AgreementForm, AgreementState, LinkKind
from embassy_desk.domain.choices import LegalClass
from embassy_desk.domain.elevation import ElevationState
from embassy_desk.texts import LabelledEnum

ChoiceType = TypeVar("ChoiceType", bound=LabelledEnum)


class Plan(NamedTuple):
    """What one agreement is to be.

    Attributes:
        key: By which links and elevation cases name it.
        term: Style of its term, see `terms`.
        is_registered: Taken over from an old register, so that earlier steps are not known.
    """

    key: str
    state: AgreementState
    form: AgreementForm
    legal_class: LegalClass
    term: str
    is_registered: bool


_ROWS = """
i1 idea mou unknown tacit
i2 idea action_plan political_text fixed
i3 idea agreement treaty_government open
s1 scoping mou agreement_ministry tacit
s2 scoping memorandum_of_cooperation agreement_province tacit
s3 scoping letter_of_intent political_text fixed
k1 mandate_sought agreement treaty_government tacit
k2 mandate_sought mou agreement_ministry tacit
g1 mandate_given agreement treaty_government open
g2 mandate_given mou agreement_body express
g3 mandate_given protocol treaty_government open
n1 negotiating agreement treaty_government tacit
n2 negotiating mou agreement_ministry tacit
n3 negotiating mou agreement_province express
n4 negotiating arrangement agreement_government tacit
n5 negotiating convention treaty_state open
t1 text_agreed mou agreement_ministry tacit
t2 text_agreed agreement treaty_government tacit
d1 domestic_clearance agreement treaty_government open
d2 domestic_clearance mou agreement_ministry express
d3 domestic_clearance mou agreement_body tacit
a1 authorised_to_sign mou agreement_ministry tacit
a2 authorised_to_sign agreement treaty_government tacit
x1 signed agreement treaty_government open
x2 signed mou agreement_province tacit
x3 signed joint_statement political_text fixed
w1 awaiting_entry agreement treaty_government tacit
w2 awaiting_entry protocol treaty_government open
w3 awaiting_entry treaty treaty_state tacit
p1 provisionally_applied exchange_of_notes treaty_government fixed
q1 parked mou agreement_ministry tacit
q2 parked agreement treaty_government open
b1 abandoned mou firm_level fixed
f1 in_force mou agreement_ministry notice_near
f2 in_force mou agreement_ministry notice_missed
f3 in_force mou agreement_body expiring
f4 in_force memorandum_of_cooperation agreement_ministry expired
f5 in_force agreement treaty_government open
f6 in_force minutes agreement_body review_due
f7 in_force mou agreement_ministry amended
f8 in_force mou agreement_province extended
f9 in_force mou agreement_ministry notice_served
f10 in_force mou agreement_ministry tacit registered
f11 in_force arrangement agreement_government express
f12 in_force mou agreement_ministry tacit
f13 in_force action_plan political_text fixed
f14 in_force memorandum_of_cooperation agreement_ministry renewed_often registered
f15 in_force agreement treaty_government open
f16 in_force mou firm_level tacit registered
f17 in_force agreement treaty_government long_ago registered
f18 in_force agreement treaty_government open
f19 in_force contract firm_level express registered
f20 in_force convention treaty_state open
e1 suspended mou agreement_ministry tacit
e2 terminated mou agreement_ministry tacit
e3 terminated other agreement_body fixed
e4 withdrawn protocol treaty_government open
e5 superseded mou agreement_ministry tacit
e6 superseded mou agreement_ministry tacit
e7 superseded memorandum_of_cooperation agreement_ministry tacit
"""


def _chosen(choices: Iterable[ChoiceType], value: str) -> ChoiceType:
    """Return the choice with a value."""
    return {str(each): each for each in choices}[value]


def _plan(key: str, state: str, form: str, law: str, term: str, registered: str = "") -> Plan:
    return Plan(
        key=key,
        state=_chosen(AgreementState, state),
        form=_chosen(AgreementForm, form),
        legal_class=_chosen(LegalClass, law),
        term=term,
        is_registered=bool(registered),
    )


PLANS = tuple(_plan(*listed(row)) for row in _ROWS.strip().splitlines())

LINKS = (
    ("f18", "f12", LinkKind.ELEVATES),
    ("x1", "f10", LinkKind.ELEVATES),
    ("n1", "f1", LinkKind.ELEVATES),
    ("t2", "f14", LinkKind.ELEVATES),
    ("g1", "f9", LinkKind.ELEVATES),
    ("f20", "e5", LinkKind.SUPERSEDES),
    ("f5", "e6", LinkKind.SUPERSEDES),
    ("f15", "e7", LinkKind.SUPERSEDES),
    ("g3", "f11", LinkKind.AMENDS),
    ("w2", "f17", LinkKind.SUPPLEMENTS),
    ("f13", "f5", LinkKind.IMPLEMENTS),
    ("n4", "f4", LinkKind.RENEWS),
    ("f6", "f1", LinkKind.MENTIONS),
)
"""From, to, and what the first does to the second."""

SAME_MATTER = {new: old for new, old, kind in LINKS if kind is not LinkKind.MENTIONS}
"""Agreements that are about the same matter, with the same partner, as an older one."""

SUPERSEDED_BY = {old: new for new, old, kind in LINKS if kind is LinkKind.SUPERSEDES}

_E = ElevationState
ELEVATIONS = (
    ("f2", "", _E.IDENTIFIED),
    ("f3", "", _E.JUSTIFIED),
    ("f7", "", _E.PARTNER_SOUNDED),
    ("f8", "", _E.LEAD_MINISTRY_AGREES),
    ("f9", "g1", _E.MANDATE),
    ("f1", "n1", _E.NEGOTIATING),
    ("f14", "t2", _E.NEGOTIATING),
    ("f10", "x1", _E.SIGNED),
    ("f12", "f18", _E.IN_FORCE),
    ("e5", "f20", _E.SUPERSEDED),
    ("f6", "", _E.PARKED),
    ("f4", "", _E.DECLINED),
)
"""Old agreement, new agreement if there is one, and how far the case is."""
