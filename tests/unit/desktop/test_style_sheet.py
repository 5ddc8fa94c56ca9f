"""Every pair of colours that meets in the style sheet can be told apart, light and dark."""

import re
from collections.abc import Iterator

import pytest

from embassy_desk.desktop.kit.colours import (
    DARK,
    EDGE_CONTRAST,
    LIGHT,
    TEXT_CONTRAST,
    TEXT_PAIRS,
    Colours,
    contrast,
)
from embassy_desk.desktop.kit.style import style_sheet

GROUNDS = ("window", "surface")
"""On these stands what has no ground of its own."""


def markers() -> Colours:
    """Return colours that are their own names, so that the sheet tells which one it uses."""
    return Colours(**{name: f"@{name}" for name in LIGHT.named()})


def rules() -> Iterator[tuple[str, dict[str, str]]]:
    """Yield selector and properties of every rule of the style sheet."""
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", style_sheet(markers())):
        told = (each.partition(":") for each in body.split(";") if ":" in each)
        yield " ".join(selector.split()), {key.strip(): value.strip() for key, _, value in told}


def colour(value: str) -> str:
    """Return the name of the colour in a value; empty for none."""
    found = re.search(r"@([a-z_]+)", value)
    return found[1] if found and found[1] in LIGHT.named() else ""


def text_pairs() -> set[tuple[str, str, str]]:
    """Return text, ground and selector wherever the sheet puts one on the other."""
    found = set()
    for selector, told in rules():
        ground = colour(told.get("background", ""))
        text = colour(told.get("color", ""))
        for on in (ground,) if ground else GROUNDS:
            found.add((text or "text", on, selector))
        chosen = colour(told.get("selection-background-color", ""))
        if chosen:
            found.add((colour(told.get("selection-color", "")) or "text", chosen, selector))
    return found


BARS = re.compile(r"handle|chunk|indicator|::item:disabled|drop-down|separator")
"""Rules that paint bars and marks without words."""


def words_on() -> set[tuple[str, str, str]]:
    return {each for each in text_pairs() if not BARS.search(each[2])}


def test_the_sheet_is_read_rightly() -> None:
    found = {(text, ground) for text, ground, _ in words_on()}
    assert {("on_accent", "accent"), ("on_banner", "banner"), ("muted", "raised")} <= found
    assert len(list(rules())) > 80


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read_wherever_the_sheet_puts_it(colours: Colours) -> None:
    named = colours.named()
    faint = {
        (text, ground, selector): round(contrast(named[text], named[ground]), 2)
        for text, ground, selector in words_on()
        if contrast(named[text], named[ground]) < TEXT_CONTRAST
    }
    assert faint == {}


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_focus_and_edges_of_fields_stand_out_from_every_ground(colours: Colours) -> None:
    named = colours.named()
    edges = set()
    for selector, told in rules():
        edge = colour(told.get("border", "") or told.get("border-color", ""))
        if edge in {"accent", "edge", "trouble"}:
            grounds = (colour(told.get("background", "")), *GROUNDS)
            edges |= {(edge, ground, selector) for ground in grounds if ground not in {"", edge}}
    assert len(edges) > 20
    faint = {
        each: contrast(named[each[0]], named[each[1]])
        for each in edges
        if contrast(named[each[0]], named[each[1]]) < EDGE_CONTRAST
    }
    assert faint == {}


def test_signs_of_lists_can_be_read_on_a_chosen_line_too() -> None:
    tones = [(tone, ground) for tone in ("good", "caution", "trouble") for ground in ("chosen",)]
    assert set(tones) <= set(TEXT_PAIRS)
