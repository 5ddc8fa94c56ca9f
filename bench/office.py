"""Lets LibreOffice open a workbook of ours and says what it made of it.

    .venv/bin/python bench/office.py

Texts like formulas must stay texts, days days, numbers numbers, and the charts must be there. The
exit code is 1 where something is not as it should be. Needs `soffice` on the path.
"""

import shutil
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from lxml import etree

from embassy_desk.reports import document as model
from embassy_desk.reports.writers.xlsx_writer import write_xlsx
from embassy_desk.settings.places import translations
from embassy_desk.texts import Words

HOSTILE = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "{=1+1}", '=HYPERLINK("http://host.test")', "\t=1")
NUMBERS = (1, 1_000, 0)
DAY = date(2026, 2, 5)
CHARTS = 2
PATIENCE_S = 300
_CELL = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}table-cell"
_FORMULA = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}formula"
_TYPE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"
_DAY = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}date-value"
_CHART = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}chart"


def report() -> model.Report:
    """Return a report of hostile texts, days, numbers and two charts."""
    columns = tuple(model.Column(each, 20) for each in ("Text", "Day", "Number"))
    rows = tuple(
        model.Row((text, DAY, NUMBERS[no % len(NUMBERS)])) for no, text in enumerate(HOSTILE)
    )
    charts = tuple(
        model.Chart(f"Chart {no}", HOSTILE, (model.Series("=1", tuple(range(len(HOSTILE)))),), form)
        for no, form in enumerate((model.ChartForm.BARS, model.ChartForm.STACKED))
    )
    return model.Report(
        name="office",
        title="=1+1",
        as_of=datetime(2026, 2, 5, tzinfo=UTC),
        on=DAY,
        blocks=(*charts, model.Table("Table", columns, rows)),
    )


def opened(folder: Path) -> etree._Element:
    """Return what LibreOffice holds after opening the workbook, as flat XML."""
    office = shutil.which("soffice")
    if office is None:
        raise SystemExit("soffice is not on the path")
    write_xlsx(folder / "report.xlsx", report(), Words("en", translations()))
    home = f"-env:UserInstallation=file://{folder}/home"
    words = [office, home, "--headless", "--convert-to", "fods", "--outdir", str(folder)]
    words.append(str(folder / "report.xlsx"))
    subprocess.run(words, check=True, capture_output=True, timeout=PATIENCE_S)
    reader = etree.XMLParser(huge_tree=True)
    return etree.parse(folder / "report.fods", reader).getroot()


def main() -> int:
    """Open the workbook, print what was found, and say whether all is as it should be."""
    with TemporaryDirectory() as room:
        root = opened(Path(room))
    cells = [*root.iter(_CELL)]
    formulas = [each.get(_FORMULA) for each in cells if each.get(_FORMULA)]
    types = Counter(each.get(_TYPE) for each in cells if each.get(_TYPE))
    texts = ["".join(each.itertext()) for each in cells if each.get(_TYPE) == "string"]
    kept = [each for each in HOSTILE if any(each.strip() in text for text in texts)]
    days = sum(each.get(_DAY) == DAY.isoformat() for each in cells)
    charts = sum(1 for _ in root.iter(_CHART))
    print(f"formulas: {len(formulas)}; texts like formulas: {len(kept)} of {len(HOSTILE)}")
    print(f"cells by type: {dict(types)}; days: {days}; charts: {charts}")
    is_well = not formulas and len(kept) == len(HOSTILE) == days and charts == CHARTS
    return 0 if is_well and types["float"] >= len(HOSTILE) else 1


if __name__ == "__main__":
    sys.exit(main())
