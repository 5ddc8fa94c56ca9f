"""Measures speed beside floors and prints one table.

Usage: python bench/run.py [--quick] [--sizes 1000,10000] [--only search,lists] [--fresh]
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import demo
import importing
import line
import lists
import opening
import reports
import save
import search
import window
from figures import Goal, Row, grown
from machine import load, machine
from stores import ROOT, Stores
from table import table

_SIZES = (1_000, 10_000, 100_000)
_QUICK_SIZES = (1_000, 10_000)
_CARDS, _LINES = 20_000, 50_000
_QUICK_FILE = 1_000
_START = 50_000
_FLAT = Goal("flat: ≤ 1.5 ×", ratio=1.5)

Bench = Callable[[], list[Row]]


def main(words: list[str]) -> int:
    """Measure what was asked for and return the exit code, 0 also where a goal is missed."""
    wishes = _wishes(words)
    stores = Stores(Path(wishes.folder), is_fresh=wishes.fresh)
    about = machine()
    found: list[Row] = []
    with TemporaryDirectory(dir=wishes.folder, prefix="run-") as folder:
        for name, bench in _benches(wishes, stores, Path(folder)):
            started = time.perf_counter()
            found += bench()
            took = time.perf_counter() - started
            print(f"{name}: {took:.1f} s", file=sys.stderr, flush=True)
    about["load after"] = load()
    found += grown(found, "save one edit", _FLAT)
    found += grown(found, "list: first 100 lines by given name", _FLAT)
    print(table(about, found))
    _keep(about, found)
    if _is_wanted(wishes, "line"):
        print()
        line.main(["--records", str(_QUICK_FILE if wishes.quick else _LINES)])
    return 0


def _benches(
    wishes: argparse.Namespace, stores: Stores, folder: Path
) -> Iterator[tuple[str, Bench]]:
    """Yield the benches to run, each with its name; a store is made when its turn comes."""
    rounds, runs = (3, 15) if wishes.quick else (7, 40)
    sizes = _sizes(wishes)
    for size in sizes:
        by_name: dict[str, Bench] = {
            "search": partial(search.rows, stores, size, runs=runs, rounds=rounds),
            "lists": partial(lists.rows, stores, size, rounds=rounds),
            "opening": partial(opening.rows, stores, size, rounds=rounds * 3),
            "save": partial(save.rows, size, rounds=rounds, edits=runs),
        }
        for name, bench in by_name.items():
            if _is_wanted(wishes, name):
                stores.profile(size)
                yield f"{name}, {size:,} contacts", bench
    few = 1 if wishes.quick else 3
    most = max(sizes)
    if _is_wanted(wishes, "window"):
        start = min(most, _START)
        stores.profile(start)
        yield "start", partial(window.start_rows, stores, start, rounds=2 * few + 1)
        yield "window", partial(window.use_rows, stores, most, rounds=few)
    cards, lines = (_QUICK_FILE, _QUICK_FILE) if wishes.quick else (_CARDS, _LINES)
    if _is_wanted(wishes, "importing"):
        yield (
            "importing",
            partial(
                importing.rows,
                stores,
                most,
                folder,
                cards=min(cards, most),
                lines=min(lines, most),
                rounds=1,
            ),
        )
    if _is_wanted(wishes, "reports"):
        yield "reports", partial(reports.rows, folder, rounds=few)
    if _is_wanted(wishes, "demo"):
        yield "demo", partial(demo.rows, stores, folder, most, rounds=few)


def _is_wanted(wishes: argparse.Namespace, name: str) -> bool:
    return not wishes.only or name in wishes.only.split(",")


def _wishes(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure speed beside floors.")
    parser.add_argument("--quick", action="store_true", help="smaller stores and fewer runs")
    parser.add_argument("--sizes", help="numbers of contacts, separated by commas")
    parser.add_argument("--only", help="benches to run, separated by commas")
    parser.add_argument("--folder", default=str(ROOT / "build" / "bench"), help="where stores lie")
    parser.add_argument("--fresh", action="store_true", help="make kept stores anew")
    return parser.parse_args(words)


def _sizes(wishes: argparse.Namespace) -> tuple[int, ...]:
    if wishes.sizes:
        return tuple(int(each) for each in wishes.sizes.split(","))
    return _QUICK_SIZES if wishes.quick else _SIZES


def _keep(about: dict[str, str], found: list[Row]) -> None:
    """Write the figures to a file, for comparison with the next run."""
    folder = ROOT / "bench" / "results"
    folder.mkdir(exist_ok=True)
    target = folder / f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}.json"
    content = {"machine": about, "rows": [{**asdict(row), "is_met": row.is_met} for row in found]}
    target.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
