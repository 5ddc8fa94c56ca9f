"""Charts as drawings, for PDF as they are and for DOCX as a picture.

Every chart stands beside a table with the same numbers; the picture is for looking, never the only
place of a number. Colours keep 3:1 against white and differ in lightness, for readers who see no
hues and for printers without colour.
"""

import io
import math
from functools import cache

import pypdfium2
from reportlab.graphics.charts.barcharts import HorizontalBarChart
from reportlab.graphics.charts.legends import Legend
from reportlab.graphics.renderPDF import drawToString
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.utils import simpleSplit

from embassy_desk.reports.document import Chart, ChartForm
from embassy_desk.reports.shown import Shown
from embassy_desk.reports.writers.fonts import Family, width_pt
from embassy_desk.settings.natives import PDFIUM

_COLOURS = ("#1f4e79", "#c05a00", "#4f7f3f", "#7a3b8f", "#8a6d00", "#2f8a8a", "#5a5a5a")
_LABEL_PT = 9.0
_BAR_PT = 15.0
_TALL_BAR_PT = 24.0
_HEAD_PT = 18.0
_LEGEND_LINE_PT = 13.0
_LEGEND_MARK_PT = 30.0
_LONGEST_LABEL_PT = 170.0
_MOST_LINES = 2
_PICTURE_SCALE = 3.0
_STEPS_OF_AXIS = 5


def drawing_of(chart: Chart, shown: Shown, family: Family, width: float) -> Drawing:
    """Return a chart as a drawing of horizontal bars, a bar for each category.

    Horizontal, because names of stages and pillars are long and must be read level.

    Args:
        chart: The numbers.
        shown: The reader's language.
        family: Names of the registered fonts.
        width: How wide it may be, in points.
    """
    labels = [_broken(shown.text(each), family.regular) for each in chart.categories]
    series = [each for each in chart.series if any(each.values)] or list(chart.series[:1])
    has_legend = len(series) > 1
    left = _widest([line for each in labels for line in each.splitlines()], family) + 10
    legend = _legend([shown.text(each.label) for each in series], family, left, width - left)
    foot = _HEAD_PT + (legend.y if has_legend else 0)
    bar = _TALL_BAR_PT if any("\n" in each for each in labels) else _BAR_PT
    drawing = Drawing(width, bar * len(labels) + foot + _HEAD_PT)
    bars = HorizontalBarChart()
    bars.x, bars.y = left, foot
    bars.width, bars.height = width - left - 24, bar * len(labels)
    # The library begins at the bottom; people begin at the top.
    bars.data = [list(reversed(each.values)) for each in series]
    bars.categoryAxis.categoryNames = labels[::-1]
    _lay_axes(bars, chart, family)
    for no, _ in enumerate(series):
        bars.bars[no].fillColor = _colour(no)
        bars.bars[no].strokeColor = None
    if not has_legend:
        bars.barLabelFormat = "%d"
        bars.barLabels.fontName, bars.barLabels.fontSize = family.regular, _LABEL_PT
        bars.barLabels.nudge = 10
    drawing.add(bars)
    if has_legend:
        drawing.add(legend)
    return drawing


def _lay_axes(bars: HorizontalBarChart, chart: Chart, family: Family) -> None:
    bars.categoryAxis.style = "stacked" if chart.form is ChartForm.STACKED else "parallel"
    bars.categoryAxis.labels.fontName = bars.valueAxis.labels.fontName = family.regular
    bars.categoryAxis.labels.fontSize = bars.valueAxis.labels.fontSize = _LABEL_PT
    bars.categoryAxis.labels.textAnchor = "end"
    bars.categoryAxis.strokeColor = bars.valueAxis.strokeColor = HexColor("#777777")
    bars.valueAxis.valueMin = 0
    bars.valueAxis.valueStep = _step(chart)
    bars.valueAxis.valueMax = bars.valueAxis.valueStep * math.ceil(
        _highest(chart) / bars.valueAxis.valueStep
    )
    bars.valueAxis.labelTextFormat = "%d"


def picture_of(chart: Chart, shown: Shown, family: Family, width: float) -> bytes:
    """Return a chart as a PNG picture, sharp enough for print."""
    drawn = drawToString(drawing_of(chart, shown, family, width))
    with PDFIUM:
        document = pypdfium2.PdfDocument(drawn)
        try:
            image = document[0].render(scale=_PICTURE_SCALE).to_pil()
        finally:
            document.close()
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def _legend(labels: list[str], family: Family, left: float, width: float) -> Legend:
    """Return what the colours stand for, in as many columns as fit, to be read line by line."""
    columns = max(1, min(len(labels), int(width // (_widest(labels, family) + _LEGEND_MARK_PT))))
    legend = Legend()
    legend.columnMaximum = math.ceil(len(labels) / columns)
    legend.x, legend.y = left, _LEGEND_LINE_PT * legend.columnMaximum
    legend.fontName, legend.fontSize = family.regular, _LABEL_PT
    legend.dx = legend.dy = 7
    legend.deltay = _LEGEND_LINE_PT
    legend.deltax = _LEGEND_MARK_PT - legend.dx - legend.dxTextSpace
    legend.variColumn = 1
    legend.alignment = "right"
    legend.colorNamePairs = [(_colour(no), label) for no, label in enumerate(labels)]
    return legend


def _widest(labels: list[str], family: Family) -> float:
    return max((width_pt(each, family.regular, _LABEL_PT) for each in labels), default=0.0)


def _highest(chart: Chart) -> float:
    """Return how far the axis must reach, a little above the highest bar."""
    if chart.form is ChartForm.STACKED:
        heights = [sum(values) for values in zip(*(x.values for x in chart.series), strict=True)]
    else:
        heights = [value for each in chart.series for value in each.values]
    return max(1.0, max(heights, default=0) * 1.05)


def _step(chart: Chart) -> int:
    """Return a step people count in – 1, 2, 5, 10, 20 … – that at most five times is enough of."""
    least = _highest(chart) / _STEPS_OF_AXIS
    power = 10 ** max(0, math.floor(math.log10(least)))
    return int(next(power * each for each in (1, 2, 5, 10) if power * each >= least))


@cache
def _colour(no: int) -> Color:
    return HexColor(_COLOURS[no % len(_COLOURS)])


def _broken(label: str, font: str) -> str:
    """Return a label in lines beside the bars, cut where two are not enough.

    The table beside the chart has it whole.
    """
    lines = simpleSplit(label, font, _LABEL_PT, _LONGEST_LABEL_PT)
    if len(lines) > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], " ".join(lines[_MOST_LINES - 1 :])]
    return "\n".join(_cut(each, font) for each in lines)


def _cut(line: str, font: str) -> str:
    """Return a line cut to what fits beside the bars."""
    if width_pt(line, font, _LABEL_PT) <= _LONGEST_LABEL_PT:
        return line
    while line and width_pt(line + "…", font, _LABEL_PT) > _LONGEST_LABEL_PT:
        line = line[:-1]
    return line.rstrip() + "…"
