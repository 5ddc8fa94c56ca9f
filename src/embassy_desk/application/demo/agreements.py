"""Agreements of the demo with their parties, terms, links, clearance and the road they came."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from embassy_desk.application.demo.agreement_words import (
    CLAUSES,
    OUTLINES,
    PLACES,
    REASONS,
    short_title,
    title_in_english,
    title_in_vietnamese,
)
from embassy_desk.application.demo.chance import Chance
from embassy_desk.application.demo.fiction import HOME, HOST, Body, Fiction
from embassy_desk.application.demo.names import japanese_name, vietnamese_name
from embassy_desk.application.demo.obligations import add_obligations
from embassy_desk.application.demo.pen import Pen
from embassy_desk.application.demo.plans import LINKS, PLANS, SAME_MATTER, SUPERSEDED_BY, Plan
from embassy_desk.application.demo.roads import Station, enter_at, walk
from embassy_desk.application.demo.roads_of_agreements import road_of
from embassy_desk.application.demo.terms import term_rows, term_values
from embassy_desk.application.demo.topics import TOPICS, Topic
from embassy_desk.domain.agreement import (
    Agreement,
    AgreementLink,
    AgreementParty,
    AgreementState,
    AgreementTerm,
    Binding,
    ClearanceStep,
    EntryMode,
    PartyRole,
    PartySide,
)
from embassy_desk.domain.agreement_file import AgreementFile
from embassy_desk.domain.agreement_machine import AGREEMENT_MACHINE
from embassy_desk.domain.choices import TREATY_CLASSES, LegalClass, OwingSide
from embassy_desk.domain.days import months_after
from embassy_desk.domain.names import full_name
from embassy_desk.domain.parts import StageStep

_S = AgreementState
_MINISTRIES_MERGED_ON = date(2025, 3, 1)
_BEFORE_TEXT = frozenset({_S.IDEA, _S.SCOPING, _S.MANDATE_SOUGHT, _S.MANDATE_GIVEN})
_BEFORE_CLEARANCE = _BEFORE_TEXT | {_S.NEGOTIATING, _S.PARKED, _S.ABANDONED, _S.TEXT_AGREED}
_BEFORE_SIGNATURE = _BEFORE_CLEARANCE | {_S.DOMESTIC_CLEARANCE, _S.AUTHORISED_TO_SIGN}
_NOT_IN_FORCE = _BEFORE_SIGNATURE | {_S.SIGNED, _S.AWAITING_ENTRY, _S.PROVISIONALLY_APPLIED}
_PARTNERS = {
    LegalClass.AGREEMENT_PROVINCE: ("local_authority",),
    LegalClass.AGREEMENT_BODY: ("government_agency", "promotion_agency", "university"),
    LegalClass.FIRM_LEVEL: ("firm",),
}


class _Matter(NamedTuple):
    """What an agreement is about, and with whom."""

    topic: Topic
    partner: Body


def tell_of_agreements(pen: Pen, story: Fiction) -> None:
    """Enter the agreements, and with each its obligations."""
    chance = story.chance("agreements")
    made: dict[str, Agreement] = {}
    matters = {
        plan.key: _Matter(TOPICS[place % len(TOPICS)], _partner(story, chance, plan))
        for place, plan in enumerate(PLANS)
    }
    for plan in PLANS:
        matter = matters[SAME_MATTER.get(plan.key, plan.key)]
        agreement = _enter(pen, story, chance, plan, matter)
        made[plan.key] = agreement
        story.agreements.append(agreement)
    story.by_plan = made
    links = _link(pen, made)
    for plan in PLANS:
        _complete(pen, story, chance, plan, made[plan.key], links)
        pen.rest()


def _enter(
    pen: Pen,
    story: Fiction,
    chance: Chance,
    plan: Plan,
    matter: _Matter,
) -> Agreement:
    topic, partner = matter
    dates = _dates(story, chance, plan)
    lead = _lead(story, topic, plan, dates.get("signed_on"))
    return pen.new(
        Agreement,
        dates.get("signed_on") or story.before(chance.randint(20, 60)),
        title_vi=title_in_vietnamese(plan, topic, lead.name, partner.name),
        title_en=title_in_english(plan.form, topic),
        short_title=short_title(plan.form, topic),
        form=plan.form,
        legal_class=plan.legal_class,
        binding=Binding.YES if plan.legal_class in TREATY_CLASSES else Binding.PARTLY,
        country=HOST,
        topics=topic.vi,
        lead_ministry_id=lead.id,
        lead_ministry_then=lead.name,
        partner_lead_id=partner.id,
        partner_lead_then=partner.name,
        reason=chance.choice(REASONS).format(topic=topic.vi),
        owner=chance.choice(story.mission_staff).id,
        state=plan.state,
        **_preparation(story, chance, plan),
        **dates,
    )


def _lead(story: Fiction, topic: Topic, plan: Plan, signed_on: date | None) -> Body:
    """Return the ministry that led at the time; one agreement lost its lead body since."""
    if plan.key == "f19":
        return story.ministries["gone"]
    key = topic.ministry
    if key == "mic" and (signed_on or story.on) >= _MINISTRIES_MERGED_ON:
        key = "most"
    if key == "mpi" and (signed_on or story.on) >= _MINISTRIES_MERGED_ON:
        key = "mof"
    return story.ministries[key]


def _partner(story: Fiction, chance: Chance, plan: Plan) -> Body:
    kinds = _PARTNERS.get(plan.legal_class, ("ministry",))
    return chance.choice(story.bodies_of(*kinds) or story.bodies)


def _preparation(story: Fiction, chance: Chance, plan: Plan) -> dict[str, Any]:
    """Return what is filled in on the way to the text, as far as the agreement has come."""
    values: dict[str, Any] = {"languages": "vi ja en", "authentic_texts": "vi ja en"}
    if plan.state is _S.IDEA:
        return values
    values["summary"] = "\n".join(chance.sample(OUTLINES, 3))
    if plan.state in {_S.SCOPING, _S.MANDATE_SOUGHT, _S.ABANDONED}:
        return values
    year = story.on.year - (0 if plan.state in _BEFORE_SIGNATURE else 3)
    values["mandate_reference"] = f"Tờ trình {chance.randint(10, 99)}/TTr-HC/{year}"
    if plan.state is not _S.MANDATE_GIVEN:
        values["our_head_of_negotiation"] = _vietnamese(chance)
        values["partner_head_of_negotiation"] = _japanese(chance)
    if plan.state in _BEFORE_TEXT | {_S.NEGOTIATING, _S.PARKED}:
        return values
    values |= {
        "text_reference": f"Dự thảo cuối, hồ sơ {chance.randint(100, 999)}/HS",
        "prevailing_language": "en",
        "termination_clause": CLAUSES[0],
        "dispute_clause": CLAUSES[1],
    }
    if plan.legal_class in TREATY_CLASSES:
        values["full_powers_needed"] = True
        if plan.state not in _BEFORE_CLEARANCE | {_S.DOMESTIC_CLEARANCE}:
            values["full_powers_reference"] = f"Giấy ủy quyền {chance.randint(1, 40)}/UQ/{year}"
    return values


def _dates(story: Fiction, chance: Chance, plan: Plan) -> dict[str, Any]:
    """Return term, signature and entry, as far as the agreement has come."""
    on, values = story.on, term_values(plan.term, story.on)
    is_treaty = plan.legal_class in TREATY_CLASSES
    values["entry_mode"] = EntryMode.EXCHANGE_OF_NOTES if is_treaty else EntryMode.ON_SIGNATURE
    in_force_on: date = values.pop("in_force_on")
    if plan.state in _BEFORE_TEXT | {_S.NEGOTIATING, _S.PARKED, _S.ABANDONED}:
        return {}
    if plan.state in _BEFORE_SIGNATURE:
        return values
    values["signed_at_place"] = chance.choice(PLACES)
    values["originals_held_at"] = "Lưu trữ Bộ Ngoại giao"
    if plan.state in _NOT_IN_FORCE:
        # One agreement has waited for its entry for more than a year.
        waited = 430 if plan.key == "w1" else chance.randint(20, 150)
        values["signed_on"] = story.before(waited)
        if plan.state is not _S.SIGNED:
            values["entry_mode"] = EntryMode.AFTER_NOTIFICATION
            values["entry_days"] = 30
        if plan.state is _S.PROVISIONALLY_APPLIED:
            values["provisional_from"] = values["signed_on"] + timedelta(days=10)
        return values
    if plan.key in SUPERSEDED_BY:
        in_force_on -= timedelta(days=1500)
    values["in_force_on"] = in_force_on
    values["signed_on"] = in_force_on
    if is_treaty:
        values["signed_on"] = in_force_on - timedelta(days=120)
        values["notification_sent_on"] = in_force_on - timedelta(days=50)
        values["notification_received_on"] = in_force_on - timedelta(days=2)
        values["entry_evidence"] = f"Công hàm {chance.randint(100, 900)}/NG-LPQT"
        values["publication_reference"] = f"Công báo số {chance.randint(100, 900)}"
    return values | _ending(on, plan)


def _ending(on: date, plan: Plan) -> dict[str, Any]:
    """Return what says how an agreement ended, or that it rests."""
    if plan.key in SUPERSEDED_BY:
        # Replaced on the day the new one entered into force.
        return {"terminated_on": term_values("open", on)["in_force_on"]}
    if plan.key == "e1":
        return {"suspended_on": on - timedelta(days=75)}
    if plan.key == "e2":
        return {
            "notice_served_on": on - timedelta(days=420),
            "notice_served_by": OwingSide.THEIRS,
            "terminated_on": on - timedelta(days=240),
        }
    if plan.key == "e3":
        ended = on - timedelta(days=150)
        return {"fixed_end_on": ended, "terminated_on": ended}
    if plan.key == "e4":
        served = on - timedelta(days=380)
        return {
            "notice_served_on": served,
            "notice_served_by": OwingSide.OURS,
            "terminated_on": months_after(served, 6),
        }
    return {}


def _link(pen: Pen, made: dict[str, Agreement]) -> list[AgreementLink]:
    return [
        pen.part(
            AgreementLink,
            made[new],
            to_agreement_id=made[old].id,
            kind=kind,
            on=made[old].terminated_on if new in SUPERSEDED_BY.values() else None,
        )
        for new, old, kind in LINKS
    ]


def _complete(
    pen: Pen,
    story: Fiction,
    chance: Chance,
    plan: Plan,
    agreement: Agreement,
    links: list[AgreementLink],
) -> None:
    """Add the parts of an agreement and walk it to its state."""
    terms = [
        pen.part(AgreementTerm, agreement, **values)
        for values in term_rows(plan.term, agreement.in_force_on, story.on)
    ]
    obligations = []
    if plan.state not in _BEFORE_SIGNATURE:
        obligations = add_obligations(pen, story, chance, agreement)
    file = AgreementFile(
        agreement=agreement,
        parties=tuple(_parties(pen, story, chance, plan, agreement)),
        terms=tuple(terms),
        links=tuple(
            each for each in links if agreement.id in {each.agreement_id, each.to_agreement_id}
        ),
        clearance=tuple(_clearance(pen, story, plan, agreement)),
        obligations=tuple(obligations),
    )
    by = agreement.owner or story.staff[0].id
    if plan.is_registered:
        enter_at(pen, agreement, Station(agreement.state, agreement.signed_on or story.on), by)
        return

    def file_of(present: Agreement, stages: tuple[StageStep, ...]) -> AgreementFile:
        return replace(file, agreement=present, stages=stages)

    walk(pen, agreement, AGREEMENT_MACHINE, file_of, road_of(story, chance, plan, agreement), by)


def _parties(
    pen: Pen, story: Fiction, chance: Chance, plan: Plan, agreement: Agreement
) -> list[AgreementParty]:
    """Return both sides; one convention has a third party, one agreement a competent authority."""
    is_signed = plan.state not in _BEFORE_SIGNATURE
    signed = {"signed_on": agreement.signed_on, "signed_at_place": agreement.signed_at_place}
    ours: dict[str, Any] = {
        "country": HOME,
        "organisation_id": agreement.lead_ministry_id,
        "name": agreement.lead_ministry_then,
        "side": PartySide.OURS,
    }
    theirs: dict[str, Any] = {
        "country": HOST,
        "organisation_id": agreement.partner_lead_id,
        "name": agreement.partner_lead_then,
        "side": PartySide.THEIRS,
    }
    if is_signed:
        ours |= {
            "signatory_name": _vietnamese(chance),
            "signatory_position": "Thứ trưởng",
            **signed,
        }
        theirs |= {
            "signatory_name": _japanese(chance),
            "signatory_position": "Vice-Minister",
            **signed,
        }
    rows = [ours, theirs]
    if plan.key in {"f20", "n5"}:
        rows.append(
            {
                "name": "Trung tâm Số khu vực (hư cấu)",
                "side": PartySide.THIRD,
                "role": PartyRole.DEPOSITARY,
            }
        )
    if plan.key == "f5":
        body = chance.choice(story.bodies_of("government_agency"))
        rows.append(
            {
                "country": HOST,
                "organisation_id": body.id,
                "name": body.name,
                "role": PartyRole.COMPETENT_AUTHORITY,
            }
        )
    if plan.key == "f17":
        rows.append(
            {
                "name": "Hiệp hội Nội dung số (hư cấu)",
                "side": PartySide.THIRD,
                "role": PartyRole.OBSERVER,
            }
        )
    return [pen.part(AgreementParty, agreement, **row) for row in rows]


def _clearance(pen: Pen, story: Fiction, plan: Plan, agreement: Agreement) -> list[ClearanceStep]:
    """Return who was asked before signature; in clearance one answer is late."""
    if plan.state in _BEFORE_CLEARANCE or plan.is_registered:
        return []
    last = (agreement.signed_on or story.on) - timedelta(days=40)
    bodies = (
        ("Bộ Ngoại giao", "inspection"),
        ("Bộ Tư pháp", "appraisal"),
        ("Bộ Tài chính", "consultation"),
    )
    steps = []
    for place, (body, kind) in enumerate(bodies):
        sent = last - timedelta(days=35 - place)
        is_waiting = plan.state is _S.DOMESTIC_CLEARANCE and place == len(bodies) - 1
        steps.append(
            pen.part(
                ClearanceStep,
                agreement,
                body=body,
                kind=kind,
                sent_on=sent,
                due_on=sent + timedelta(days=30),
                returned_on=None if is_waiting else sent + timedelta(days=14 + 6 * place),
                result="" if is_waiting else "Nhất trí, có góp ý về câu chữ",
            )
        )
    return steps


def _vietnamese(chance: Chance) -> str:
    values = vietnamese_name(chance).values
    return full_name(
        values["family_name"], values["middle_name"], values["given_name"], values["display_order"]
    )


def _japanese(chance: Chance) -> str:
    return str(japanese_name(chance).values["romanised_name"])
