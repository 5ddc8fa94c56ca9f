"""When somebody is reminded of a day: so many days before it, and again while it is overdue.

No bell is stored, only what a person changed about the rules: a desk that slept for a month rings,
for each day, the last bell that it missed and no other. The offsets are the defaults of the domain
pages for each sort of day.
"""

from dataclasses import dataclass
from datetime import date

from embassy_desk.domain.days import days_after
from embassy_desk.domain.errors import InvalidError, Problem
from embassy_desk.texts import N_, LabelledEnum, Text

KEPT_DAYS = 30
"""A reminder whose day has passed, and that does not come again, is shown so many days more."""

MOST_OFFSETS = 5
MOST_DAYS = 730
"""Days before a day, or between two bells, at most: two years, longer than any notice."""


class ReminderTopic(LabelledEnum):
    """What the day is that people are reminded of."""

    NOTICE = "notice", N_("Days for notice")
    END = "end", N_("Ends of agreements")
    REVIEW = "review", N_("Reviews of agreements")
    ENTRY = "entry", N_("Signed and not in force")
    OBLIGATION = "obligation", N_("Obligations")
    TASK = "task", N_("Tasks")
    QUIET = "quiet", N_("Contacts gone quiet")


@dataclass(frozen=True, kw_only=True)
class ReminderRule:
    """When a bell rings for a day.

    Attributes:
        topic: What the day is.
        days_before: It rings so many days before, at most five; 0 is the day itself.
        again_days: It rings again every so many days after the day; nothing if it does not.
    """

    topic: ReminderTopic
    days_before: tuple[int, ...] = ()
    again_days: int | None = None

    def require(self) -> None:
        """Refuse a rule that nobody could follow.

        Raises:
            InvalidError: More than five offsets, one of them twice, or days beyond two years.
        """
        before = self.days_before
        problems = []
        if len(before) > MOST_OFFSETS or len(set(before)) < len(before):
            problems.append(N_("At most five different numbers of days, please."))
        if any(not 0 <= each <= MOST_DAYS for each in before):
            problems.append(N_("Days before are whole numbers from 0 to {most}.", most=MOST_DAYS))
        if self.again_days is not None and not 1 <= self.again_days <= MOST_DAYS:
            problems.append(N_("Days between are whole numbers from 1 to {most}.", most=MOST_DAYS))
        if problems:
            raise InvalidError(Problem(str(self.topic), each) for each in problems)

    @property
    def sentence(self) -> Text:
        """What the rule does, in a plain sentence."""
        days = ", ".join(str(each) for each in sorted(self.days_before, reverse=True))
        if not days and self.again_days is None:
            return N_("Never reminds.")
        if not days:
            return N_("Reminds every {again} days after the day.", again=self.again_days)
        if self.again_days is None:
            return N_("Reminds {days} days before (0 is the day itself).", days=days)
        return N_(
            "Reminds {days} days before (0 is the day itself), and every {again} days after it.",
            days=days,
            again=self.again_days,
        )

    def rang_on(self, day: date, today: date) -> date | None:
        """Return the last day up to today on which it rang for a day; nothing if it has not."""
        rings = [days_after(day, -each) for each in self.days_before]
        if self.again_days is not None and today > day:
            late = (today - day).days // self.again_days * self.again_days
            rings.append(days_after(day, late))
        elif days_after(day, KEPT_DAYS) < today:
            return None
        return max((each for each in rings if each <= today), default=None)


RULES: dict[ReminderTopic, ReminderRule] = {
    each.topic: each
    for each in (
        ReminderRule(topic=ReminderTopic.NOTICE, days_before=(90, 60, 30, 14, 7)),
        ReminderRule(topic=ReminderTopic.END, days_before=(365, 180, 90, 60, 30)),
        ReminderRule(topic=ReminderTopic.REVIEW, days_before=(60, 14)),
        ReminderRule(topic=ReminderTopic.ENTRY, again_days=60),
        ReminderRule(topic=ReminderTopic.OBLIGATION, days_before=(30, 14, 3), again_days=7),
        ReminderRule(topic=ReminderTopic.TASK, days_before=(1, 0), again_days=7),
    )
}
"""The default rules; a task's own reminders take the place of the days before it."""
