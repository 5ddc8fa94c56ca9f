"""A Word template to begin with: our layout of an official paper, its boxes as placeholders.

A mission opens it in Word, changes fonts, margins and whatever else its office asks for, and takes
it in with `template use`.
"""

import io
from datetime import UTC, date, datetime
from pathlib import Path

from docx.enum.text import WD_ALIGN_PARAGRAPH

from embassy_desk.domain.watching import Watched, unwatched
from embassy_desk.reports import official
from embassy_desk.reports.document import Letterhead, Report
from embassy_desk.reports.shown import Shown
from embassy_desk.reports.writers.docx_official import add_official_foot, add_official_head
from embassy_desk.reports.writers.docx_page import DocxPage
from embassy_desk.reports.writers.fonts import register_fonts
from embassy_desk.texts import Words

_NO_DAY = date(2026, 1, 1)
_BOXES = official.Boxes(
    superior="{{ superior }}",
    body="{{ body }}",
    number="{{ number }}",
    place_and_date="{{ place_and_date }}",
    kind="{{ kind }}",
    subject="{{ subject }}",
    addressees=(),
    authority="{{ authority }}",
    signatory="{{ signatory }}",
    recipients=("{{ recipients }}",),
)
_ADDRESSEES, _CONTENT, _ANNEXES = "{{ addressees }}", "{{p content }}", "{{p annexes }}"
_HANDLING = "{{ handling }}"
_SUBJECT_LIKE = "Tình hình công tác từ 01/01/2026 đến 31/12/2026"


def starter_template(words: Words, fonts: Path, letterhead: Letterhead) -> bytes:
    """Return a template to begin with, as DOCX.

    Args:
        words: The reader's language.
        fonts: Folder of the shipped fonts, for measuring.
        letterhead: That of the mission, by whose name the rules are as long as they should be.
    """
    register_fonts(fonts)
    page = DocxPage(_nothing(), Shown(words), letterhead, Watched(unwatched, 0))
    page.set_up()
    section = page.document.sections[0]
    for footer in (section.footer, section.first_page_footer):
        footer.paragraphs[0].runs[0].text = _HANDLING
    add_official_head(page, _BOXES, official.boxes(letterhead, _SUBJECT_LIKE, _NO_DAY))
    page.document.add_paragraph(_ADDRESSEES).alignment = WD_ALIGN_PARAGRAPH.CENTER
    page.document.add_paragraph(_CONTENT)
    add_official_foot(page, _BOXES)
    page.document.add_paragraph(_ANNEXES)
    made = io.BytesIO()
    page.document.save(made)
    return made.getvalue()


def _nothing() -> Report:
    as_of = datetime(_NO_DAY.year, _NO_DAY.month, _NO_DAY.day, tzinfo=UTC)
    return Report(name="", title="", as_of=as_of, on=_NO_DAY)
