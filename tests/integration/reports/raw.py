"""The demo's tables as plain rows, and what follows from them by schoolbook arithmetic.

Nothing here goes through entities, the term engine or the queries of reports: values are what
SQLite holds, days are ISO texts, and a month later is what dateutil says. So a count made here can
tell that a report counts wrongly.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrulestr

from embassy_desk.store.opening import Store

RawRow = dict[str, Any]

BEFORE = {
    "idea", "scoping", "mandate_sought", "mandate_given", "negotiating", "text_agreed",
    "domestic_clearance", "authorised_to_sign",
}  # fmt: skip
SIGNED = {"signed", "awaiting_entry", "provisionally_applied"}
RUNNING = {"in_force", "suspended"}
OVER = {"terminated", "withdrawn", "superseded", "parked", "abandoned"}
CONCLUDED = SIGNED | RUNNING


class Raw:
    """The tables of a store."""

    def __init__(self, store: Store) -> None:
        """Read from a store."""
        self._store = store
        self._read: dict[str, list[RawRow]] = {}

    def table(self, name: str) -> list[RawRow]:
        """Return the rows of a table; those in the trash are left out."""
        if name not in self._read:
            with self._store.reading() as work:
                found = work.raw.execute(f'SELECT * FROM "{name}"')
                heads = [each[0] for each in found.description]
                rows = [dict(zip(heads, each, strict=True)) for each in found.fetchall()]
            self._read[name] = [each for each in rows if not each.get("trashed_at")]
        return self._read[name]

    def of(self, name: str, field: str, owner: str) -> list[RawRow]:
        """Return the rows of a table that belong to a record."""
        return [each for each in self.table(name) if each[field] == owner]

    def agreements(self, country: str = "") -> list[RawRow]:
        """Return all agreements, or those with a country."""
        return [each for each in self.table("agreement") if country in {"", each["country"]}]

    def held(self, first: date, last: date, country: str = "") -> list[RawRow]:
        """Return the engagements that took place in a range of days, both included."""
        return [
            each
            for each in self.table("engagement")
            if each["state"] in {"held", "recorded"}
            and first.isoformat() <= each["held_on"] <= last.isoformat()
            and country in {"", each["country"]}
        ]

    def owed(self, agreements: list[RawRow]) -> list[RawRow]:
        """Return the obligations of some agreements that are still open."""
        ids = {each["id"] for each in agreements}
        return [
            each
            for each in self.table("obligation")
            if each["agreement_id"] in ids and each["state"] not in {"fulfilled", "waived"}
        ]

    def terms(self, agreement: RawRow, on: date) -> "list[RawTerm]":
        """Return the whole course of an agreement as it is known on a day."""
        recorded = [
            each for each in self.table("agreement_term") if each["agreement_id"] == agreement["id"]
        ]
        return list(_course(agreement, sorted(recorded, key=lambda each: each["from_on"]), on))

    def ends_and_notice(self, agreement: RawRow, on: date) -> tuple[date | None, date | None]:
        """Return the day on which it ends if nothing happens, and the last day for notice."""
        terms = self.terms(agreement, on)
        if not terms:
            return None, None
        day = on
        if agreement["terminated_on"]:
            day = min(on, day_of(agreement["terminated_on"]) - timedelta(days=1))
        begun = [each for each in terms if each.from_on <= day] or terms[:1]
        last = begun[-1]
        ends = last.to_on
        for following in terms[len(begun) :]:
            if not last.is_replaced:
                break
            last, ends = following, following.to_on
        return ends, begun[-1].notice_by

    def deadlines(self, agreement: RawRow, first: date, last: date) -> list[tuple[date, str]]:
        """Return what happens to a concluded agreement in a range of days, both included."""
        if agreement["state"] not in CONCLUDED:
            return []
        terms = self.terms(agreement, first)
        found = {(each.notice_by, "notice") for each in terms if each.notice_by}
        found |= {
            (each.to_on, "renewal" if each.renews or each.is_replaced else "end")
            for each in terms
            if each.to_on
        }
        start = start_of(agreement)
        review = day_of(agreement["next_review_on"])
        if review is None and start and agreement["review_months"]:
            review = start + relativedelta(months=agreement["review_months"])
        found |= {(start, "entry"), (review, "review")}
        return [(day, what) for day, what in found if day and first <= day <= last]

    def due(self, obligation: RawRow, on: date) -> date | None:
        """Return the day on which an obligation is due."""
        (agreement,) = (
            each for each in self.table("agreement") if each["id"] == obligation["agreement_id"]
        )
        due_on, entry = day_of(obligation["due_on"]), day_of(agreement["in_force_on"])
        months = relativedelta(months=obligation["due_months"] or 0)
        rule = obligation["due_rule"]
        if rule == "months_after_entry":
            return entry + months if entry else None
        if rule == "on_event":
            event_on = day_of(obligation["event_on"])
            return event_on + months if event_on else due_on
        if rule == "recurrence" and due_on is None and entry:
            start = _midnight(entry)
            found = rrulestr(obligation["recurrence"], dtstart=start).after(_midnight(on), inc=True)
            return found.date() if found else None
        return due_on

    def is_late(self, obligation: RawRow, on: date) -> bool:
        """Say whether an obligation is open after its day."""
        due = self.due(obligation, on)
        return bool(due and due < on and obligation["state"] not in {"fulfilled", "waived"})


class RawTerm(NamedTuple):
    """One term of an agreement."""

    from_on: date
    to_on: date | None
    renews: bool
    is_replaced: bool
    notice_by: date | None


@dataclass(frozen=True)
class _Rule:
    start: date
    months: int | None
    fixed_end: date | None
    is_tacit: bool
    renewal_months: int | None
    notice_months: int | None

    def end(self, term: int) -> date | None:
        if self.fixed_end:
            return self.fixed_end + relativedelta(months=term * (self.renewal_months or 0))
        if self.months is None:
            return None
        return self.start + relativedelta(months=self.months + term * (self.renewal_months or 0))


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001


def day_of(text: str | None) -> date | None:
    """Return the day that a text says; nothing for none."""
    return date.fromisoformat(text) if text else None


def start_of(agreement: RawRow) -> date | None:
    """Return the first day of a concluded agreement; nothing if it is not known."""
    on_signature = agreement["signed_on"] if agreement["entry_mode"] == "on_signature" else None
    return day_of(agreement["in_force_on"] or on_signature)


def _course(agreement: RawRow, recorded: list[RawRow], on: date) -> Iterator[RawTerm]:
    """Yield term after term until the agreement ends, or for a century."""
    start, terminated = start_of(agreement), day_of(agreement["terminated_on"])
    is_over = agreement["state"] in {"terminated", "withdrawn", "superseded"}
    if start is None or agreement["state"] in BEFORE | {"parked", "abandoned"}:
        return
    if is_over and terminated is None:
        return
    served = day_of(agreement["notice_served_on"])
    served = served if served and served <= on else None
    rules = [
        _Rule(start, agreement["initial_term_months"], day_of(agreement["fixed_end_on"]),
              agreement["renewal_type"] == "tacit", agreement["renewal_months"],
              agreement["notice_months"]),
        *(_Rule(date.fromisoformat(each["from_on"]), each["months"], day_of(each["end_on"]),
                each["renewal_type"] == "tacit", each["renewal_months"], each["notice_months"])
          for each in recorded),
    ]  # fmt: skip
    for place, rule in enumerate(rules):
        replaced_on = rules[place + 1].start if place + 1 < len(rules) else None
        yield from _terms_of_rule(rule, replaced_on, served, terminated)


def _terms_of_rule(
    rule: _Rule, replaced_on: date | None, served: date | None, terminated: date | None
) -> Iterator[RawTerm]:
    first = rule.start
    for number in range(1200):
        end = rule.end(number)
        is_served = served is not None and first <= served and (end is None or served < end)
        if end is None and is_served and rule.notice_months is not None:
            assert served is not None
            end = served + relativedelta(months=rule.notice_months)
        if terminated and (end is None or terminated <= end):
            yield RawTerm(first, terminated, False, False, None)  # noqa: FBT003
            return
        if replaced_on and (end is None or replaced_on <= end):
            yield RawTerm(first, replaced_on, False, True, None)  # noqa: FBT003
            return
        renews = rule.is_tacit and not is_served and end is not None
        notice = None
        if renews and rule.notice_months is not None:
            assert end is not None
            notice = end - relativedelta(months=rule.notice_months)
        yield RawTerm(first, end, renews, False, notice)  # noqa: FBT003
        if not renews or rule.renewal_months is None or end is None or end.year > 2090:
            return
        first = end
