"""Every figure is counted once more, another way, and leads to the records behind it."""

from collections import Counter
from datetime import UTC, date
from typing import Any

import pytest
from tests.integration.reports.conftest import FIRST, TODAY, wish_for
from tests.integration.reports.test_writing import EN, VI

from embassy_desk.application.lists import Shelf, count_lines
from embassy_desk.application.office import answer
from embassy_desk.application.report_figures import figure_name
from embassy_desk.application.reports import Wish, report, settled
from embassy_desk.application.wishes import Chip, ChipTest, resolved
from embassy_desk.application.wishes import Wish as ListWish
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.domain.entity import Handling
from embassy_desk.domain.errors import InvalidError, MissingError
from embassy_desk.reports.catalogue import REPORTS
from embassy_desk.reports.document import Chart, Report, Table
from embassy_desk.reports.shown import Shown
from embassy_desk.store.opening import Store
from embassy_desk.texts import Text


def made(store: Store, name: str, **values: Any) -> Report:
    return answer(store, report, name, wish_for(store, name) if not values else Wish(**values))


def figures(found: Report) -> dict[str, int]:
    return {str(each.label): each.value for each in found.figures}


def asked(store: Store, statement: str, *values: Any) -> Any:
    """Count in the tables themselves, past everything that reports use."""
    with store.reading() as work:
        return work.raw.execute(statement, values).fetchall()


def table(found: Report, title: str) -> Table:
    return next(each for each in found.tables if str(each.title) == title)


@pytest.mark.parametrize("name", REPORTS)
def test_every_figure_is_the_number_of_records_behind_it(store: Store, name: str) -> None:
    found = made(store, name)
    with store.reading() as work:
        for each in found.figures:
            assert each.value == len(each.behind.ids)
            entity = kind_named(each.behind.kind).entity
            assert work.get_many(entity, each.behind.ids).keys() == set(each.behind.ids)


@pytest.mark.parametrize("name", REPORTS)
def test_the_list_behind_a_figure_shows_as_many_records_as_it_counts(
    store: Store, name: str
) -> None:
    wish = wish_for(store, name)
    asked_for = answer(store, settled, wish)
    for place, each in enumerate(answer(store, report, name, wish).figures):
        finding = figure_name(name, asked_for, place)
        kind = each.behind.kind
        shown = ListWish(kind=kind, chips=(Chip(finding, ChipTest.HOLDS),), shelf=Shelf.ALL)
        with store.reading() as work:
            found = count_lines(work, resolved(work, shown, on=TODAY, zone=UTC).query)
        assert found == len(set(each.behind.ids)), str(each.label)


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_says_what_it_rests_on(store: Store, name: str) -> None:
    found = made(store, name)
    assert found.counts
    assert found.handling in set(Handling)
    assert any(each.rows for each in found.tables)
    for each in found.tables:
        assert {len(row.cells) for row in each.rows} <= {len(each.columns)}


@pytest.mark.parametrize("name", REPORTS)
def test_every_chart_has_a_number_for_each_category(store: Store, name: str) -> None:
    for each in made(store, name).blocks:
        if isinstance(each, Chart):
            assert {len(series.values) for series in each.series} == {len(each.categories)}


def test_agreements_by_state_equal_a_count_in_the_table(store: Store) -> None:
    states = dict(asked(store, "SELECT state, count(*) FROM agreement GROUP BY state"))
    found = figures(made(store, "agreement_register"))
    assert found["In force"] == states.get("in_force", 0)
    assert found["Suspended"] == states.get("suspended", 0) > 0
    assert sum(found.values()) == sum(states.values())
    ended = ("terminated", "withdrawn", "superseded", "parked", "abandoned")
    assert found["Ended or given up"] == sum(states.get(each, 0) for each in ended)


def test_agreements_by_year_equal_a_count_in_the_table(store: Store) -> None:
    years = dict(
        asked(
            store,
            "SELECT substr(signed_on, 1, 4), count(*) FROM agreement WHERE signed_on NOT NULL"
            " GROUP BY 1",
        )
    )
    (chart,) = (x for x in made(store, "agreement_register").blocks if isinstance(x, Chart))
    counted = dict(zip(map(str, chart.categories), chart.series[0].values, strict=True))
    assert {year: count for year, count in counted.items() if count} == years


def test_engagements_of_a_period_equal_a_count_in_the_table(store: Store) -> None:
    held = asked(
        store,
        "SELECT kind, report_reference FROM engagement WHERE state IN ('held', 'recorded')"
        " AND held_on BETWEEN ? AND ?",
        FIRST.isoformat(),
        TODAY.isoformat(),
    )
    found = made(store, "engagement_ledger")
    assert figures(found)["Engagements held"] == len(held) > 20
    assert figures(found)["Of these reported home"] == sum(bool(each[1]) for each in held)
    by_kind = {row.cells[0]: row.cells[1] for row in table(found, "Engagements by kind").rows}
    assert {str(kind): count for kind, count in by_kind.items()} == Counter(x[0] for x in held)
    assert len(table(found, "Engagements").rows) == len(held)


def test_tasks_of_a_period_equal_a_count_in_the_table(store: Store) -> None:
    ((done,),) = asked(
        store,
        "SELECT count(*) FROM task WHERE completed_on BETWEEN ? AND ?",
        FIRST.isoformat(),
        TODAY.isoformat(),
    )
    ((late,),) = asked(
        store,
        "SELECT count(*) FROM task WHERE state NOT IN ('done', 'cancelled') AND due_on < ?1"
        " AND NOT (state = 'deferred' AND coalesce(deferred_until, '') >= ?1)",
        TODAY.isoformat(),
    )
    found = figures(made(store, "periodic"))
    assert (found["Tasks done"], found["Tasks overdue"]) == (done, late)
    assert late > 0


def test_steps_of_a_period_equal_a_count_in_the_table(store: Store) -> None:
    ((moved,),) = asked(
        store,
        "SELECT count(*) FROM stage_step WHERE record_kind = 'agreement' AND NOT is_registered"
        ' AND "on" BETWEEN ? AND ?',
        FIRST.isoformat(),
        TODAY.isoformat(),
    )
    rows = table(made(store, "periodic"), "Agreements that moved a step").rows
    assert len(rows) == moved > 0


def test_promises_equal_a_count_in_the_table(store: Store) -> None:
    rows = asked(
        store,
        "SELECT c.state, c.due_on FROM commitment c JOIN engagement e ON e.id = c.engagement_id"
        " WHERE e.held_on <= ?",
        TODAY.isoformat(),
    )
    found = figures(made(store, "commitments"))
    assert found["Kept promises"] == sum(state == "kept" for state, _ in rows)
    missed = [1 for state, due in rows if state == "open" and due and due < TODAY.isoformat()]
    assert found["Open after their day"] == len(missed)


def test_campaign_targets_equal_a_count_in_the_table(store: Store) -> None:
    rows = asked(
        store,
        "SELECT c.title, count(t.id), sum(t.state = 'agreed') FROM campaign c"
        " LEFT JOIN campaign_target t ON t.campaign_id = c.id GROUP BY c.id",
    )
    counted = {title: (total, agreed or 0) for title, total, agreed in rows}
    found = table(made(store, "campaign_results"), "Campaigns")
    agreed_column = [str(each.title) for each in found.columns].index("Agreed")
    assert found.rows
    for row in found.rows:
        assert (row.cells[2], row.cells[agreed_column]) == counted[str(row.cells[0])]


def test_a_country_is_chosen_from_all_tables(store: Store) -> None:
    ((country, count),) = asked(
        store, "SELECT country, count(*) FROM agreement GROUP BY 1 ORDER BY 2 DESC LIMIT 1"
    )
    found = made(store, "agreement_register", on=TODAY, country=country)
    assert len(found.tables[0].rows) == count
    (chosen,) = found.filters
    assert isinstance(chosen, Text)
    name = chosen.values["country"]
    assert [Shown(words).text(chosen) for words in (VI, EN)] == [
        f"Quốc gia: {name.vi}",
        f"Country: {name.en}",
    ]
    assert made(store, "agreement_register", on=TODAY, country="ZZ").tables[0].rows == ()


def test_what_is_lacking_is_refused_in_words(store: Store) -> None:
    with pytest.raises(MissingError, match="no report"):
        made(store, "nonsense", on=TODAY)
    for name, word in (("country_brief", "country"), ("agreement_sheet", "record")):
        with pytest.raises(InvalidError, match=word):
            made(store, name, on=TODAY)
    with pytest.raises(InvalidError, match="before it begins"):
        made(store, "periodic", from_on=TODAY, until_on=date(2026, 1, 1))
