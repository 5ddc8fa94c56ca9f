"""The parts of reports that a person writes: how each is called, and what belongs there."""

from dataclasses import dataclass

from embassy_desk.texts import N_, Text


@dataclass(frozen=True)
class WrittenPart:
    """One part that a person writes.

    Attributes:
        name: By which the text is kept; never changed.
        title: What it is called where it is written.
        prompt: What belongs here; stands in place of a text that is missing.
    """

    name: str
    title: Text
    prompt: Text


GENERAL = WrittenPart(
    "general",
    N_("General situation"),
    N_("What happened in the host country that matters here."),
)
AGREEMENTS = WrittenPart("agreements", N_("Results: agreements"), N_("What the steps above mean."))
OUTREACH = WrittenPart(
    "outreach", N_("Results: outreach"), N_("The engagements that counted most.")
)
DIFFICULTIES = WrittenPart(
    "difficulties",
    N_("Difficulties and their causes"),
    N_("What hindered the work, and why."),
)
NEXT = WrittenPart("next", N_("The next period"), N_("What the mission will do next."))
PROPOSALS = WrittenPart("proposals", N_("Proposals"), N_("What is asked of headquarters."))

PERIODIC = (GENERAL, AGREEMENTS, OUTREACH, DIFFICULTIES, NEXT, PROPOSALS)
"""Parts of the periodic report, in their order."""

ASSESSMENT = WrittenPart(
    "assessment", N_("Assessment"), N_("How relations stand, in a few sentences.")
)
TALKING_POINTS = WrittenPart(
    "talking_points", N_("Talking points"), N_("What to raise, and what to avoid.")
)
ADVICE = WrittenPart("advice", N_("Advice"), N_("What the next officer should know first."))
