"""Pages of the list of contacts, beside bare SQL over a plain table of the same rows."""

from typing import NamedTuple

from figures import Call, Goal, Row, compared
from plain import plain_table
from stores import Stores

from embassy_desk.application.office import answer
from embassy_desk.application.pages import ListQuery, count_lines, page_of
from embassy_desk.store.finders.lines import Comparison, Filter

_PAGE = 100
_FIELDS = ("nationality", "rank", "owner", "cadence_days", "verified_on")
_FIRST_ROWS = Goal("p95 ≤ 50 ms", p95_ms=50)
_BARE = (
    "SELECT record_id, ref, heading, subtitle, nationality, rank, owner, cadence_days, verified_on"
    " FROM plain WHERE shelf = 0"
)


class _Case(NamedTuple):
    what: str
    query: ListQuery
    bare: str


def rows(stores: Stores, contacts: int, *, rounds: int) -> list[Row]:
    """Measure pages, orders, filters and the count on a store of a size."""
    found = []
    with stores.opened(contacts) as profile:
        store = profile.store
        with store.reading() as work:
            plain = plain_table(stores, contacts, work.raw)
        try:
            for case in _cases(contacts):

                def ours(query: ListQuery = case.query) -> object:
                    return answer(store, page_of, query)

                def floor(bare: str = case.bare) -> object:
                    return plain.execute(bare).fetchall()

                found.append(_row(case.what, contacts, (ours, floor), rounds))

            def count() -> object:
                return answer(store, count_lines, ListQuery(kind="contact"))

            def bare_count() -> object:
                return plain.execute("SELECT count(*) FROM plain WHERE shelf = 0").fetchall()

            found.append(_row("list: how many lines", contacts, (count, bare_count), rounds))
        finally:
            plain.close()
    return found


def _row(what: str, contacts: int, pair: tuple[Call, Call], rounds: int) -> Row:
    return compared(what, contacts, [pair] * 3, _FIRST_ROWS, rounds=rounds, is_reading=True)


def _cases(contacts: int) -> list[_Case]:
    middle = contacts // 2
    return [
        _Case(
            "list: first 100 lines by given name",
            ListQuery(kind="contact", fields=_FIELDS, limit=_PAGE),
            f"{_BARE} ORDER BY sort_key LIMIT {_PAGE}",
        ),
        _Case(
            "list: 100 lines from the middle",
            ListQuery(kind="contact", fields=_FIELDS, limit=_PAGE, offset=middle),
            f"{_BARE} ORDER BY sort_key LIMIT {_PAGE} OFFSET {middle}",
        ),
        _Case(
            "list: the last 100 lines",
            ListQuery(kind="contact", fields=_FIELDS, limit=_PAGE, offset=contacts * 9 // 10),
            f"{_BARE} ORDER BY sort_key LIMIT {_PAGE} OFFSET {contacts * 9 // 10}",
        ),
        _Case(
            "list: by family name",
            ListQuery(kind="contact", fields=_FIELDS, sort="family", limit=_PAGE),
            f"{_BARE} ORDER BY sort_key_family LIMIT {_PAGE}",
        ),
        _Case(
            "list: by another column (verified on)",
            ListQuery(kind="contact", fields=_FIELDS, sort="verified_on", limit=_PAGE),
            f"{_BARE} ORDER BY verified_on IS NULL, verified_on, sort_key LIMIT {_PAGE}",
        ),
        _Case(
            "list: filtered, a common value",
            ListQuery(
                kind="contact",
                fields=_FIELDS,
                filters=(Filter("nationality", Comparison.IS, "VN"),),
                limit=_PAGE,
            ),
            f"{_BARE} AND nationality = 'VN' ORDER BY sort_key LIMIT {_PAGE}",
        ),
        _Case(
            "list: filtered, a rare value",
            ListQuery(
                kind="contact",
                fields=_FIELDS,
                filters=(Filter("nationality", Comparison.IS, "BT"),),
                limit=_PAGE,
            ),
            f"{_BARE} AND nationality = 'BT' ORDER BY sort_key LIMIT {_PAGE}",
        ),
        _Case(
            "list: words typed into the list",
            ListQuery(kind="contact", fields=_FIELDS, words="nguyen th", limit=_PAGE),
            f"{_BARE} AND heading LIKE 'Nguyễn Th%' ORDER BY sort_key LIMIT {_PAGE}",
        ),
    ]
