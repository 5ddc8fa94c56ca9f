"""What a Word template of a mission may hold, and what a look at one found."""

from dataclasses import dataclass

from embassy_desk.interchange.answers import SentText

FIELDS = (
    "superior", "body", "number", "place_and_date", "kind", "subject", "addressees", "authority",
    "signatory", "recipients", "handling",
)  # fmt: skip
"""Placeholders for a text: the boxes of the decree, and the handling."""

PARTS = ("content", "annexes")
"""Placeholders for running text, each alone in a paragraph: `{{p content }}`."""

NEEDED = ("number", "subject", *PARTS)
NAMED_STYLES = ("Normal", "Heading 1", "Heading 2", "Caption", "List Bullet")
"""Styles that the running text uses."""

LARGEST_TEMPLATE_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True)
class TemplateFindings:
    """What a look at a template found.

    Attributes:
        problems: What is missing or unsafe, a sentence each; none if it can be used.
        placeholders: The known placeholders in it, in the order of `FIELDS` and `PARTS`.
        styles: The styles that it defines for the running text.
    """

    problems: tuple[SentText, ...]
    placeholders: tuple[str, ...]
    styles: tuple[str, ...]
