"""The table of figures as Markdown: one row each, with goal and verdict."""

from collections.abc import Sequence

from figures import Ratio, Row, Series

_HEAD = "| what | contacts | median | p95 | processor p95 | floor median | ratio | goal | verdict |"
_RULE = "|---|---:|---:|---:|---:|---:|---:|---|---|"
_VERDICTS = {True: "met", False: "**missed**", None: ""}


def table(about: dict[str, str], rows: Sequence[Row]) -> str:
    """Return the machine and every row; times in milliseconds."""
    head = [f"- {name}: {value}" for name, value in about.items()]
    note = (
        "Times in milliseconds; “processor” is what is left when other programs' time is taken out,"
        " and what decides where only reading is measured (search, list, opening)."
        " Ratio: median over the rounds of ours to floor [least–most]."
    )
    return "\n".join([*head, "", note, "", _HEAD, _RULE, *map(_line, rows)])


def _line(row: Row) -> str:
    cells = (
        row.what,
        f"{row.contacts:,}",
        _ms(row.ours.median_ms),
        _ms(row.ours.p95_ms),
        "" if row.busy is None else _ms(row.busy.p95_ms),
        _floor(row.floor),
        _ratio(row.ratio),
        row.goal.words,
        _VERDICTS[row.is_met],
    )
    return f"| {' | '.join(cells)} |"


def _ms(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:,.1f}"


def _floor(floor: Series | None) -> str:
    return "" if floor is None else f"{_ms(floor.median_ms)} (p95 {_ms(floor.p95_ms)})"


def _ratio(ratio: Ratio | None) -> str:
    return "" if ratio is None else f"{ratio.median:.1f} [{ratio.least:.1f}–{ratio.most:.1f}]"
