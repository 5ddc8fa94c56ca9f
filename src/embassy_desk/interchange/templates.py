"""A mission's own DOCX template: what is missing in it or unsafe, and filling it in.

Meant to be run by `apart`: the file is foreign. A template holds plain placeholders such as
`{{ number }}`; nothing in it is ever evaluated. The running text comes as DOCX documents of our own
whose named styles (`Heading 1`, `Caption`, `List Bullet` …) look as the template defines them. The
libraries are loaded with `template_files` when there is work for them.
"""

from collections.abc import Mapping

from embassy_desk.interchange.placeholders import TemplateFindings


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
