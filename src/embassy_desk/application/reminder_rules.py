"""The rules of reminders as the person at this desk wants them, in the place of the usual ones.

They lie among the local values of the desk: each person is reminded as it suits them, nobody else
is, and headquarters is not told. Whether there are reminders at all is a setting that headquarters
may lock.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from embassy_desk.domain.reminders import RULES, ReminderRule, ReminderTopic
from embassy_desk.store.local_values import forget_local, keep_local, local_values
from embassy_desk.store.work import UnitOfWork

Rules = Mapping[ReminderTopic, ReminderRule]

_KEPT = "reminder_rule"


def reminder_rules(work: UnitOfWork) -> Rules:
    """Return the rule of each topic; one that cannot be read gives way to the usual one."""
    known = {str(topic): topic for topic in RULES}
    own = {
        known[each.name]: _read(known[each.name], each.value)
        for each in local_values(work, _KEPT)
        if each.name in known
    }
    return {**RULES, **{topic: rule for topic, rule in own.items() if rule is not None}}


def keep_rules(work: UnitOfWork, rules: Iterable[ReminderRule]) -> None:
    """Follow these rules from now on; those that are as usual are not kept.

    Raises:
        InvalidError: Nobody could follow one of them; nothing is kept.
    """
    wanted = tuple(rules)
    for each in wanted:
        each.require()
    for each in wanted:
        if each == RULES[each.topic]:
            forget_local(work, _KEPT, str(each.topic))
        else:
            value = {"before": sorted(each.days_before, reverse=True), "again": each.again_days}
            keep_local(work, _KEPT, str(each.topic), value)


def _read(topic: ReminderTopic, value: Any) -> ReminderRule | None:
    """Return the rule that was kept, or nothing where it is none."""
    if not isinstance(value, dict):
        return None
    before, again = value.get("before"), value.get("again")
    if not isinstance(before, list) or not all(isinstance(each, int) for each in before):
        return None
    if again is not None and not isinstance(again, int):
        return None
    return ReminderRule(topic=topic, days_before=tuple(before), again_days=again)
