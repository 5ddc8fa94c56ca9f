"""A mission's own DOCX template: what is missing in it or unsafe, and filling it in.

Meant to be run by `apart`: the file is foreign. A template holds plain placeholders such as
`{{ number }}`; nothing in it is ever evaluated. The running text comes as DOCX documents of our own
whose named styles (`Heading 1`, `Caption`, `List Bullet` …) look as the template defines them. The
libraries are loaded with `template_files` when there is work for them.
"""

from collections.abc import Mapping
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


def look_at_template(content: bytes) -> TemplateFindings:
    """Return what is missing in a template or unsafe.

    Raises:
        UnreadableFileError: It is no DOCX document.
    """
    from embassy_desk.interchange import template_files  # noqa: PLC0415  loaded when it is used

    return template_files.look_at(content)


def fill_template(content: bytes, fields: Mapping[str, str], parts: Mapping[str, bytes]) -> str:
    """Return a template filled in, as DOCX in base64.

    Args:
        content: The template.
        fields: A text for each of `FIELDS`; lines are kept apart.
        parts: A DOCX document of our own for each of `PARTS`.

    Raises:
        InvalidError: Something is missing in the template or unsafe.
        UnreadableFileError: It is no DOCX document.
    """
    from embassy_desk.interchange import template_files  # noqa: PLC0415  loaded when it is used

    return template_files.fill(content, fields, parts)
