"""The colours of the desk, light and dark, and how well they can be told apart."""

from dataclasses import dataclass, fields

TEXT_CONTRAST = 4.5
"""Least contrast of text on its ground (WCAG 2.2 AA, 1.4.3)."""

EDGE_CONTRAST = 3.0
"""Least contrast of edges that show where a control is (WCAG 2.2 AA, 1.4.11)."""

_LINEAR_UNTIL = 0.04045  # below it sRGB is linear


@dataclass(frozen=True, kw_only=True)
class Colours:
    """One set of colours, each as `#rrggbb`.

    Attributes:
        window: Ground of the window.
        surface: Ground of lists and fields.
        raised: Ground of buttons and headers.
        line: Hairlines between areas; decoration, not needed to see anything.
        edge: Edges of fields and buttons.
        text: Ordinary text.
        muted: Secondary text.
        accent: Focus, links, the chosen section.
        on_accent: Text on the accent.
        chosen: Ground of the chosen line.
        good: Something is in order.
        caution: Something needs a look.
        trouble: Something is wrong.
        banner: Ground of the banner that says these are demo data.
        on_banner: Text on that banner.
    """

    window: str
    surface: str
    raised: str
    line: str
    edge: str
    text: str
    muted: str
    accent: str
    on_accent: str
    chosen: str
    good: str
    caution: str
    trouble: str
    banner: str
    on_banner: str

    def named(self) -> dict[str, str]:
        """Return the colours by name, for the style sheet."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


LIGHT = Colours(
    window="#f5f6f8",
    surface="#ffffff",
    raised="#fbfcfd",
    line="#dde2e8",
    edge="#858f9d",
    text="#1b2430",
    muted="#545f6e",
    accent="#1c5a85",
    on_accent="#ffffff",
    chosen="#dbe9f4",
    good="#24663a",
    caution="#7c4f00",
    trouble="#a8251c",
    banner="#f6dd9b",
    on_banner="#3d2c00",
)

DARK = Colours(
    window="#161a20",
    surface="#1d232b",
    raised="#252c36",
    line="#333c48",
    edge="#778395",
    text="#e7ebf0",
    muted="#a9b4c2",
    accent="#86bde6",
    on_accent="#0e2233",
    chosen="#26415a",
    good="#8fd3a4",
    caution="#efc26a",
    trouble="#f4a9a1",
    banner="#5a4409",
    on_banner="#fbe9bd",
)

TEXT_PAIRS = (
    ("text", "window"),
    ("text", "surface"),
    ("text", "raised"),
    ("text", "chosen"),
    ("muted", "window"),
    ("muted", "surface"),
    ("muted", "raised"),
    ("muted", "chosen"),
    ("accent", "window"),
    ("accent", "surface"),
    ("accent", "chosen"),
    ("on_accent", "accent"),
    ("good", "surface"),
    ("good", "window"),
    ("caution", "surface"),
    ("caution", "window"),
    ("trouble", "surface"),
    ("trouble", "window"),
    ("good", "chosen"),
    ("caution", "chosen"),
    ("trouble", "chosen"),
    ("on_banner", "banner"),
)
"""Text and ground as the style sheet puts them together."""

EDGE_PAIRS = (
    ("edge", "surface"),
    ("edge", "window"),
    ("accent", "surface"),
    ("accent", "window"),
    ("accent", "raised"),
)
"""Edges and grounds as the style sheet puts them together."""


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21, as WCAG 2.2 counts it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= _LINEAR_UNTIL else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
