"""What each report must say, counted from the plain tables."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from dateutil.relativedelta import relativedelta
from tests.integration.reports.raw import (
    BEFORE,
    CONCLUDED,
    OVER,
    SIGNED,
    Raw,
    RawRow,
    day_of,
)
from tests.integration.reports.said import Lines, Numbers

from embassy_desk.reports.asked import Asked

UNMET = "Never contacted, without a rhythm"
TARGET_STATES = (
    "not_started", "contacted", "replied", "meeting_set", "agreed", "declined", "no_answer",
)  # fmt: skip
STAGES = (
    "identified", "justified", "partner_sounded", "lead_ministry_agrees", "mandate",
    "negotiating", "signed", "in_force", "superseded", "parked", "declined",
)  # fmt: skip
RESTING_CASES = {"superseded", "parked", "declined"}
YEAR_AHEAD = relativedelta(months=12)


def counted(raw: Raw, name: str, asked: Asked) -> Numbers:
    """Return the numbers that a report should say, counted from the tables."""
    return _COUNTS[name](raw, asked)


def _hex(subject: UUID | None) -> str:
    assert subject is not None
    return subject.hex


def _ids(rows: Iterable[RawRow], field_name: str = "id") -> Counter[str]:
    return Counter(each[field_name] for each in rows)


def _of_lines(lines: Lines) -> Counter[str]:
    return Counter(row_id for row_id, *_ in lines.elements())


def _line(row_id: str, *values: Any) -> tuple[Any, ...]:
    return (row_id, *(each for each in values if each is not None))


def _by_state(agreements: Sequence[RawRow]) -> dict[str, Counter[str]]:
    groups = (
        ("In preparation", BEFORE),
        ("Signed, not yet in force", SIGNED),
        ("In force", {"in_force"}),
        ("Suspended", {"suspended"}),
        ("Ended or given up", OVER),
    )
    return {
        label: _ids(each for each in agreements if each["state"] in states)
        for label, states in groups
    }


def _lacking(agreements: Sequence[RawRow]) -> list[tuple[int, ...]]:
    concluded = [each for each in agreements if each["state"] in CONCLUDED]
    undated = [each for each in concluded if not each["signed_on"]]
    endless = [
        each
        for each in concluded
        if not (each["open_ended"] or each["initial_term_months"] or each["fixed_end_on"])
    ]
    return [(len(undated), len(concluded)), (len(endless), len(concluded))]


def _agreement_lines(raw: Raw, agreements: Iterable[RawRow], on: date) -> Lines:
    return Counter(
        _line(
            each["id"],
            day_of(each["signed_on"]),
            day_of(each["in_force_on"]),
            *raw.ends_and_notice(each, on),
        )
        for each in agreements
    )


def _obligation_lines(raw: Raw, obligations: Iterable[RawRow], on: date) -> Lines:
    return Counter(
        _line(each["id"], raw.due(each, on), "Late" if raw.is_late(each, on) else None)
        for each in obligations
    )


def _dealing_figures(dealings: Sequence[RawRow]) -> dict[str, Counter[str]]:
    return {
        "Engagements held": _ids(dealings),
        "Of these reported home": _ids(each for each in dealings if each["report_reference"]),
    }


def _dealing_lines(dealings: Iterable[RawRow]) -> Lines:
    return Counter(_line(each["id"], day_of(each["held_on"])) for each in dealings)


def _task_lines(tasks: Iterable[RawRow]) -> Lines:
    return Counter(_line(each["id"], day_of(each["due_on"])) for each in tasks)


def _open_tasks(raw: Raw) -> list[RawRow]:
    return [each for each in raw.table("task") if each["state"] not in {"done", "cancelled"}]


def _is_overdue(task: RawRow, on: date) -> bool:
    waits_until = task["deferred_until"] if task["state"] == "deferred" else None
    due = max(task["due_on"] or "9999", waits_until or "")
    return bool(due < on.isoformat())


def _register(raw: Raw, asked: Asked) -> Numbers:
    agreements = raw.agreements(asked.country)
    years = Counter(int(each["signed_on"][:4]) for each in agreements if each["signed_on"])
    span = range(min(years), max(years) + 1) if years else ()
    return Numbers(
        figures=_by_state(agreements),
        counts={"Agreements": len(agreements)},
        completeness=_lacking(agreements),
        charts=[{"Agreements": [years[year] for year in span]}],
        tables=[("Register of agreements", _agreement_lines(raw, agreements, asked.on))],
    )


def _sheet(raw: Raw, asked: Asked) -> Numbers:
    subject = _hex(asked.subject)
    (agreement,) = (each for each in raw.table("agreement") if each["id"] == subject)
    obligations = raw.of("obligation", "agreement_id", subject)
    parties = raw.of("agreement_party", "agreement_id", subject)
    steps = raw.of("stage_step", "record_id", subject)
    links: Lines = Counter()
    for mine, other in (
        ("agreement_id", "to_agreement_id"),
        ("to_agreement_id", "agreement_id"),
    ):
        for each in raw.of("agreement_link", mine, subject):
            links[_line(each[other], day_of(each["on"]))] += 1
    return Numbers(
        counts={"Obligations": len(obligations)},
        completeness=_lacking([agreement]),
        tables=[
            ("Parties", Counter(_line("") for _ in parties)),
            ("Obligations", _obligation_lines(raw, obligations, asked.on)),
            ("Links to other agreements", links),
            ("Steps taken", Counter(_line("", day_of(each["on"])) for each in steps)),
        ],
    )


def _board(raw: Raw, asked: Asked) -> Numbers:
    countries = {each["id"]: each["country"] for each in raw.table("agreement")}
    cases = [
        each
        for each in raw.table("elevation")
        if asked.country in {"", countries.get(each["from_agreement_id"])}
    ]
    states = Counter(each["state"] for each in cases)
    still_open = [each for each in cases if each["state"] not in RESTING_CASES]
    return Numbers(
        counts={"Elevation cases": len(cases)},
        completeness=[(sum(not each["next_step"] for each in still_open), len(still_open))],
        charts=[{"Cases": [states[each] for each in STAGES]}],
        tables=[("Elevation cases", Counter(_line(each["id"]) for each in cases))],
    )


def _deadlines(raw: Raw, asked: Asked) -> Numbers:
    agreements = [each for each in raw.agreements(asked.country) if each["state"] in CONCLUDED]
    coming = [
        (day, each)
        for each in agreements
        for day, _ in raw.deadlines(each, asked.on, asked.on + YEAR_AHEAD)
    ]
    months = Counter((day.year, day.month) for day, _ in coming)
    shown = [asked.on.replace(day=1) + relativedelta(months=ahead) for ahead in range(13)]
    return Numbers(
        counts={"Agreements in force or signed": len(agreements), "Deadlines": len(coming)},
        completeness=_lacking(agreements),
        charts=[{"Deadlines": [months[(each.year, each.month)] for each in shown]}],
        tables=[
            ("Deadlines of the coming year", Counter(_line(x["id"], day) for day, x in coming))
        ],
    )


def _ledger(raw: Raw, asked: Asked) -> Numbers:
    held = raw.held(asked.period.from_on, asked.period.until_on, asked.country)
    kinds = Counter(each["kind"] for each in held)
    pillars = Counter(each["pillar"] for each in held)
    levels = Counter(each["level"] for each in held)
    order = sorted(pillars, key=lambda each: (not each, -pillars[each], each))
    return Numbers(
        figures=_dealing_figures(held),
        counts={"Engagements": len(held)},
        completeness=[
            (sum(not each["pillar"] for each in held), len(held)),
            (sum(not each["readout"] for each in held), len(held)),
        ],
        charts=[{"Engagements": [pillars[each] for each in order]}],
        tables=[
            ("Engagements by kind", Counter(_line("", count) for count in kinds.values())),
            ("Engagements by level", Counter(_line("", count) for count in levels.values())),
            ("Engagements by pillar", Counter(_line("", count) for count in pillars.values())),
            ("Engagements", _dealing_lines(held)),
        ],
    )


def _promise_lines(promises: Iterable[RawRow], side: str, on: date) -> Lines:
    return Counter(
        _line(
            each["engagement_id"],
            day_of(each["due_on"]),
            "Late" if _is_missed(each, on) else None,
        )
        for each in promises
        if each["owed_by"] in {side, "both"}
    )


def _is_missed(promise: RawRow, on: date) -> bool:
    due = promise["due_on"]
    return bool(promise["state"] == "open" and due and due < on.isoformat())


def _commitments(raw: Raw, asked: Asked) -> Numbers:
    last = asked.period.until_on.isoformat()
    made_at = {
        each["id"]
        for each in raw.table("engagement")
        if each["held_on"] <= last and asked.country in {"", each["country"]}
    }
    promises = [each for each in raw.table("commitment") if each["engagement_id"] in made_at]
    open_ones = [each for each in promises if each["state"] == "open"]
    groups = (
        ("Open promises", open_ones),
        ("Open after their day", [each for each in promises if _is_missed(each, asked.on)]),
        ("Kept promises", [each for each in promises if each["state"] == "kept"]),
    )
    return Numbers(
        figures={label: _ids(found, "engagement_id") for label, found in groups},
        counts={"Promises": len(promises)},
        completeness=[(sum(not each["due_on"] for each in open_ones), len(open_ones))],
        tables=[
            ("What we owe", _promise_lines(promises, "ours", asked.on)),
            ("What is owed to us", _promise_lines(promises, "theirs", asked.on)),
        ],
    )


def _campaigns(raw: Raw, asked: Asked) -> Numbers:
    first, last = asked.period.from_on.isoformat(), asked.period.until_on.isoformat()
    ran = [
        each
        for each in raw.table("campaign")
        if (each["starts_on"] or "") <= last and (each["ends_on"] or "9999") >= first
    ]
    per_campaign = {
        each["id"]: Counter(
            target["state"] for target in raw.of("campaign_target", "campaign_id", each["id"])
        )
        for each in ran
    }
    return Numbers(
        counts={"Campaigns": len(ran)},
        charts=[{
            state.replace("_", " ").capitalize(): [per_campaign[each["id"]][state] for each in ran]
            for state in TARGET_STATES
        }],
        tables=[(
            "Campaigns",
            Counter(
                _line(key, sum(found.values()), *(found[state] for state in TARGET_STATES))
                for key, found in per_campaign.items()
            ),
        )],
    )  # fmt: skip


def _quiet(raw: Raw, asked: Asked) -> Numbers:
    contacts = [
        each
        for each in raw.table("contact")
        if not (each["archived_at"] or each["do_not_contact"])
        and asked.country in {"", each["nationality"]}
    ]
    held = {each["id"]: each["held_on"] for each in raw.held(date.min, asked.on)}
    quiet, unmet = Lines(), Lines()
    for each in contacts:
        days = [
            date.fromisoformat(held[seat["engagement_id"]])
            for seat in raw.of("their_participant", "contact_id", each["id"])
            if seat["attended"] and seat["engagement_id"] in held
        ]
        rhythm = each["cadence_days"]
        entered = datetime.fromisoformat(each["created_at"]).date()
        if rhythm and asked.on > max(days, default=entered) + timedelta(days=rhythm):
            quiet[_line(each["id"], max(days, default=None), rhythm)] += 1
        if not (rhythm or days) and asked.on > entered + timedelta(days=30):
            unmet[_line(each["id"], entered)] += 1
    return Numbers(
        figures={"Gone quiet": _of_lines(quiet), UNMET: _of_lines(unmet)},
        counts={"Contacts": len(contacts)},
        completeness=[(sum(x["cadence_days"] is None for x in contacts), len(contacts))],
        tables=[("Contacts gone quiet", quiet), (UNMET, unmet)],
    )


def _visit(raw: Raw, asked: Asked) -> Numbers:
    subject = _hex(asked.subject)
    seats = raw.table("their_participant")
    at = {
        each["engagement_id"]
        for each in seats
        if subject in {each["contact_id"], each["organisation_id"]}
    }
    met = [each for each in raw.held(date.min, asked.on) if each["id"] in at]
    ids = {each["id"] for each in met}
    promises = [each for each in raw.table("commitment") if each["engagement_id"] in ids]
    posts = raw.of("position", "contact_id", subject)
    return Numbers(
        counts={"Engagements": len(met)},
        completeness=[()],
        tables=[
            ("Posts", Counter(_line("") for _ in posts)),
            ("Engagements", _dealing_lines(met)),
            ("What we owe", _promise_lines(promises, "ours", asked.on)),
            ("What is owed to us", _promise_lines(promises, "theirs", asked.on)),
        ],
    )


def _country(raw: Raw, asked: Asked) -> Numbers:
    agreements = raw.agreements(asked.country)
    owed = raw.owed(agreements)
    dealings = raw.held(date.min, asked.on, asked.country)
    last = sorted(dealings, key=lambda each: (each["held_on"], each["ref"]))[-3:]
    year = asked.on + YEAR_AHEAD
    days = sorted(
        (day, each["ref"], each["id"])
        for each in agreements
        for day, _ in raw.deadlines(each, asked.on, year)
    )
    first_owed = sorted(owed, key=lambda each: (raw.due(each, asked.on) or date.max, each["ref"]))
    return Numbers(
        figures=_by_state(agreements),
        counts={
            "Agreements": len(agreements),
            "Open obligations": len(owed),
            "Engagements so far": len(dealings),
        },
        completeness=_lacking(agreements),
        tables=[
            ("Deadlines that come next", Counter(_line(key, day) for day, _, key in days[:3])),
            ("Obligations", _obligation_lines(raw, first_owed[:3], asked.on)),
            ("Engagements", _dealing_lines(last)),
        ],
    )


def _periodic(raw: Raw, asked: Asked) -> Numbers:
    first, last = asked.period.from_on, asked.period.until_on
    agreements = raw.agreements(asked.country)
    held = raw.held(first, last, asked.country)
    tasks = raw.table("task")
    done = [x for x in tasks if first.isoformat() <= (x["completed_on"] or "") <= last.isoformat()]
    late = [each for each in _open_tasks(raw) if _is_overdue(each, asked.on)]
    moved: Lines = Counter(
        _line(each["id"], day_of(step["on"]))
        for each in agreements
        for step in raw.of("stage_step", "record_id", each["id"])
        if not step["is_registered"] and first.isoformat() <= step["on"] <= last.isoformat()
    )
    coming: Lines = Counter(
        _line(each["id"], day)
        for each in agreements
        for day, _ in raw.deadlines(each, last + timedelta(days=1), last + (last - first))
    )
    return Numbers(
        figures={
            **_by_state(agreements),
            **_dealing_figures(held),
            "Steps taken by agreements": _of_lines(moved),
            "Deadlines that come next": _of_lines(coming),
            "Tasks done": _ids(done),
            "Tasks overdue": _ids(late),
        },
        counts={
            "Agreements": len(agreements),
            "Engagements": len(held),
            "Tasks": len(done) + len(late),
        },
        completeness=_lacking(agreements),
        tables=[
            ("Agreements that moved a step", moved),
            ("Engagements", _dealing_lines(held)),
            ("Tasks overdue", _task_lines(late)),
            ("Deadlines that come next", coming),
        ],
    )


def _talking(raw: Raw, asked: Asked) -> Numbers:
    first, last = asked.period.from_on.isoformat(), asked.period.until_on.isoformat()
    agreements = raw.agreements(asked.country)
    running = [each for each in agreements if each["state"] == "in_force"]
    signed = [each for each in agreements if first <= (each["signed_on"] or "") <= last]
    entered = [each for each in agreements if first <= (each["in_force_on"] or "") <= last]
    owed = raw.owed(running)
    held = raw.held(asked.period.from_on, asked.period.until_on, asked.country)
    three = (running, signed, entered)
    return Numbers(
        figures=_dealing_figures(held),
        counts={"Agreements": len(agreements), "Engagements": len(held)},
        completeness=_lacking(agreements),
        sentences=[len(each) for each in (running, signed, entered, owed, held)],
        tables=[
            *(("Agreements", _agreement_lines(raw, each, asked.on)) for each in three),
            ("Obligations", _obligation_lines(raw, owed, asked.on)),
            ("Engagements", _dealing_lines(held)),
        ],
    )


def _handover(raw: Raw, asked: Asked) -> Numbers:
    officer = _hex(asked.subject)

    def mine(row: RawRow) -> bool:
        fields = ("owner", "assignee", "responsible_staff_id")
        return officer in {row.get(each) for each in fields}

    tasks = [each for each in _open_tasks(raw) if mine(each)]
    agreements = [each for each in raw.table("agreement") if mine(each)]
    owed = [each for each in raw.owed(raw.table("agreement")) if mine(each)]
    return Numbers(
        figures={
            "Open tasks": _ids(tasks),
            "Of these waiting for somebody": _ids(x for x in tasks if x["state"] == "waiting"),
        },
        counts={"Open tasks": len(tasks), "Agreements": len(agreements)},
        tables=[
            ("Tasks", _task_lines(tasks)),
            ("Agreements", _agreement_lines(raw, agreements, asked.on)),
            ("Obligations", _obligation_lines(raw, owed, asked.on)),
            ("Elevation cases", Counter(_line(x["id"]) for x in raw.table("elevation") if mine(x))),
        ],
    )


def _health(raw: Raw, asked: Asked) -> Numbers:
    agreements = raw.agreements(asked.country)
    signed = [each for each in agreements if each["signed_on"]]
    open_tasks = _open_tasks(raw)
    today = asked.on.isoformat()
    found = (
        ([each for each in agreements if not each["country"]], agreements),
        ([each for each in signed if each["legal_class"] == "unknown"], signed),
        ([each for each in signed if not each["owner"]], signed),
        ([each for each in agreements if (each["review_on"] or "9999") < today], agreements),
        ([each for each in open_tasks if not each["due_on"]], open_tasks),
    )
    return Numbers(
        counts={"Agreements": len(agreements), "Tasks": len(raw.table("task"))},
        tables=[
            ("What is lacking", Counter(_line("", len(few), len(all_)) for few, all_ in found)),
            ("The records", Counter(_line(each["id"]) for few, _ in found for each in few)),
        ],
    )


_COUNTS: dict[str, Callable[[Raw, Asked], Numbers]] = {
    "periodic": _periodic,
    "agreement_register": _register,
    "agreement_sheet": _sheet,
    "elevation_board": _board,
    "deadlines": _deadlines,
    "country_brief": _country,
    "visit_brief": _visit,
    "engagement_ledger": _ledger,
    "commitments": _commitments,
    "campaign_results": _campaigns,
    "quiet_contacts": _quiet,
    "talking_points": _talking,
    "handover": _handover,
    "data_health": _health,
}
