"""Takes a picture of every screen, to be looked at: languages, themes, sizes, empty, long, many.

    .venv/bin/python bench/pictures.py FOLDER [--only demo-vi-light,none-en-dark] [--contacts N]

Writes FOLDER/VARIANT/SCREEN.png, and beside them sheets of four screens each. A variant is the
state of the store, a language and a theme, with `-200` at 200 % and `-largest` with the largest
text: `demo-vi-light`, `empty-en-dark`, `long-vi-light-largest` … Every window is 1366 × 768.
`many` holds 50,000 contacts, which takes minutes to make the first time.
"""

import argparse
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from PIL import Image, ImageDraw

ROOT = Path(__file__).resolve().parent.parent
CHILD = ROOT / "bench" / "pictures_child.py"
LANGUAGES, THEMES = ("vi", "en"), ("light", "dark")
COLUMNS, ROWS = 2, 2
THUMB_PX = (683, 384)
CAPTION_PX = 20
PATIENCE_S = 1800
SCREEN = {"name": "small", "x": 0, "y": 0, "width": 1366, "height": 768, "logicalDpi": 96}
LARGE_SCREEN = {**SCREEN, "width": 2732, "height": 1536}


@dataclass(frozen=True)
class Variant:
    """How the window is shown.

    Attributes:
        state: What the store holds: `none`, `empty`, `long`, `demo` or `many`.
        size: `100`, `200` per cent, or `largest` text.
    """

    state: str
    language: str
    theme: str
    size: str = "100"

    @property
    def name(self) -> str:
        """Name of its folder."""
        plain = f"{self.state}-{self.language}-{self.theme}"
        return plain if self.size == "100" else f"{plain}-{self.size}"


def variants() -> tuple[Variant, ...]:
    """Return every variant; each state at least in both languages and both themes once."""
    whole = [
        Variant(state, language, theme)
        for state, language, theme in product(("demo", "none"), LANGUAGES, THEMES)
    ]
    some = [
        Variant(state, language, theme)
        for state in ("empty", "long", "many")
        for language, theme in (("vi", "light"), ("en", "dark"))
    ]
    large = [
        Variant(state, language, theme, size)
        for size in ("200", "largest")
        for state in ("demo", "none", "long")
        for language, theme in (("vi", "dark"), ("en", "light"))
    ]
    return (*whole, *some, *large)


def take(variant: Variant, folder: Path, contacts: int) -> int:
    """Take the pictures of a variant in a process of its own and return its exit code."""
    screen = folder / "screen.json"
    screen.write_text(json.dumps({"screens": [SCREEN]}), encoding="utf-8")
    platform = f"offscreen:configfile={screen}"
    place = {**os.environ, "QT_QPA_PLATFORM": platform, "PYTHONPATH": str(ROOT / "src")}
    if variant.size == "200":
        screen.write_text(json.dumps({"screens": [LARGE_SCREEN]}), encoding="utf-8")
        place["QT_SCALE_FACTOR"] = "2"
    words = [variant.state, variant.language, variant.theme, variant.size, folder, contacts]
    return subprocess.run(
        [sys.executable, CHILD, *map(str, words)], env=place, timeout=PATIENCE_S, check=False
    ).returncode


def lay_out(folder: Path) -> None:
    """Write sheets of the pictures in a folder."""
    pictures = sorted(each for each in folder.glob("*.png") if not each.stem.startswith("sheet"))
    width = COLUMNS * THUMB_PX[0]
    height = ROWS * (THUMB_PX[1] + CAPTION_PX)
    for number, start in enumerate(range(0, len(pictures), COLUMNS * ROWS), start=1):
        sheet = Image.new("RGB", (width, height), "#888888")
        draw = ImageDraw.Draw(sheet)
        for at, path in enumerate(pictures[start : start + COLUMNS * ROWS]):
            x, y = at % COLUMNS * THUMB_PX[0], at // COLUMNS * (THUMB_PX[1] + CAPTION_PX)
            with Image.open(path) as picture:
                sheet.paste(picture.convert("RGB").resize(THUMB_PX), (x, y + CAPTION_PX))
            draw.text((x + 6, y + 4), path.stem, fill="#ffffff")
        sheet.save(folder / f"sheet-{number:02}.png")


def main(words: list[str]) -> int:
    """Take what was asked for; the exit code is 1 where a screen could not be shown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="names of variants, with commas between")
    parser.add_argument("--contacts", type=int, default=3_000, help="in the demo store")
    wishes = parser.parse_args(words)
    wanted = set(filter(None, wishes.only.split(",")))
    failed = 0
    for variant in variants():
        if wanted and variant.name not in wanted:
            continue
        folder = wishes.folder / variant.name
        folder.mkdir(parents=True, exist_ok=True)
        code = take(variant, folder, wishes.contacts)
        lay_out(folder)
        print(f"{variant.name}: {'done' if code == 0 else 'FAILED'}", flush=True)
        failed += code != 0
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
