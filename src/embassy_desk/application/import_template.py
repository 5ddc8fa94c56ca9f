"""An empty workbook that people fill in and import: headings in their language, one example."""

from pathlib import Path

from embassy_desk.interchange.headings import HEADINGS
from embassy_desk.interchange.table_writer import write_table

_COLUMNS: dict[str, dict[str, str]] = {
    "contact": {
        "full_name": "Nguyễn Văn An", "organisation": "Sở Ngoại vụ thành phố Hà Nội",
        "position": "Chuyên viên", "emails": "an@example.vn; van.thu@example.vn",
        "phones": "+84 24 3825 1234", "nationality": "VN", "tags": "hội thảo 2026",
        "notes": "Dòng này là ví dụ; hãy xóa đi. / This line is an example; delete it.",
    },
    "organisation": {
        "name_vi": "Sở Ngoại vụ thành phố Hà Nội", "name_en": "Hanoi Department of Foreign Affairs",
        "short_name": "", "country": "VN", "website": "", "notes": "",
    },
    "task": {"title": "Gửi công hàm", "due_on": "2026-12-31", "detail": "", "tags": ""},
    "agreement": {
        "title_vi": "Bản ghi nhớ", "title_en": "Memorandum", "country": "JP",
        "signed_on": "2026-03-07", "in_force_on": "", "summary": "", "tags": "",
    },
}  # fmt: skip


def write_template(path: Path, kind: str, language: str) -> None:
    """Write an empty workbook for records of a kind, which the import reads without a mapping.

    Args:
        path: An `.xlsx` file.
        kind: What its rows are.
        language: `vi` for Vietnamese headings, anything else for English ones.

    Raises:
        KeyError: There is no such workbook.
        StoreError: It cannot be written.
    """
    columns = _COLUMNS[kind]
    headings = [_heading(kind, name, language) for name in columns]
    write_table(path, headings, [list(columns.values())])


def _heading(kind: str, name: str, language: str) -> str:
    """Return a heading that the import knows."""
    words = HEADINGS[kind].get(name, ())
    if language == "vi" and words:
        return words[0]
    return name.replace("_", " ").capitalize()
