"""Text can be read on every ground, light and dark, and so can the edges of controls."""

import re

import pytest

from embassy_desk.desktop.kit.colours import (
    DARK,
    EDGE_CONTRAST,
    EDGE_PAIRS,
    LIGHT,
    TEXT_CONTRAST,
    TEXT_PAIRS,
    Colours,
    contrast,
)
from embassy_desk.desktop.kit.style import style_sheet

BOTH = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


@BOTH
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_can_be_read(colours: Colours, text: str, ground: str) -> None:
    named = colours.named()
    assert contrast(named[text], named[ground]) >= TEXT_CONTRAST


@BOTH
@pytest.mark.parametrize(("edge", "ground"), EDGE_PAIRS)
def test_edges_can_be_seen(colours: Colours, edge: str, ground: str) -> None:
    named = colours.named()
    assert contrast(named[edge], named[ground]) >= EDGE_CONTRAST


def test_contrast_is_counted_as_the_guidelines_do() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")


@BOTH
def test_style_sheet_names_no_colour_that_there_is_not(colours: Colours) -> None:
    left = set(re.findall(r"@\w+", style_sheet(colours)))
    assert left == {"@arrow", "@check"}
