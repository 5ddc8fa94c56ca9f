"""Makers of Word templates, good ones and bad ones."""

import io
import zipfile
from collections.abc import Mapping

import docx
from docx.shared import Mm, RGBColor

LINES = (
    "{{ superior }}",
    "{{ body }}",
    "{{ number }}",
    "{{ place_and_date }}",
    "{{ kind }}: {{ subject }}",
    "{{p content }}",
    "{{ authority }}",
    "{{ signatory }}",
    "{{ recipients }}",
    "{{p annexes }}",
)


def make_template(*lines: str, without: tuple[str, ...] = (), heading: str = "AA0000") -> bytes:
    """Return a template with headings in red and a mark of the mission in its foot."""
    document = docx.Document()
    document.sections[0].left_margin = Mm(33)
    document.styles["Heading 1"].font.color.rgb = RGBColor.from_string(heading)
    document.sections[0].footer.paragraphs[0].text = "Mẫu của cơ quan – {{ handling }}"
    for line in (*LINES, *lines):
        if line not in without:
            document.add_paragraph(line)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def with_files(content: bytes, files: Mapping[str, str | bytes]) -> bytes:
    """Return a document with files added to it, or put in the place of others."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            if name not in files:
                target.writestr(name, source.read(name))
        for name, text in files.items():
            target.writestr(name, text)
    return made.getvalue()


def file_in(content: bytes, name: str) -> str:
    """Return a file of a document as text."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()
