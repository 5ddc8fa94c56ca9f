"""Saved views and layouts: kept on this desk only, read back whole, tolerant of what is newer."""

from dataclasses import replace

import pytest

from embassy_desk.application.office import answer, perform
from embassy_desk.application.pages import Shelf
from embassy_desk.application.views import (
    VIEWS,
    View,
    all_views,
    forget_view,
    keep_layout,
    keep_view,
    opening,
    views_of,
)
from embassy_desk.application.wishes import ME, Chip, ChipTest, Wish
from embassy_desk.domain.errors import MissingError, RefusedError
from embassy_desk.store.local_values import keep_local
from embassy_desk.store.opening import Store
from makers.stores import operations_of

WISH = Wish(
    kind="task",
    chips=(
        Chip("assignee", ChipTest.ANY_OF, (ME,)),
        Chip("due_on", ChipTest.BETWEEN, ("2026-01-01", None)),
        Chip("due_on", ChipTest.NEXT_DAYS, 7),
        Chip("overdue", ChipTest.HOLDS),
    ),
    words="thăm",
    shelf=Shelf.ARCHIVED,
    columns=("heading", "owner"),
    widths=(("heading", 300),),
    sort="due_on",
    is_descending=True,
)


def kept(store: Store, name: str, wish: Wish = WISH, *, is_default: bool = False) -> View:
    return perform(store, keep_view, View(name=name, wish=wish, is_default=is_default))[0]


def test_a_view_comes_back_as_it_was_kept(store: Store) -> None:
    view = kept(store, "  Của tôi ")
    assert view.name == "Của tôi"
    assert answer(store, views_of, "task") == (view,)
    assert view.wish == WISH
    assert answer(store, views_of, "contact") == ()


def test_views_stand_in_vietnamese_order(store: Store) -> None:
    for name in ("Đoàn vào", "Dự án", "Ấn phẩm", "An ninh"):
        kept(store, name)
    names = [each.name for each in answer(store, all_views)]
    assert names == ["An ninh", "Ấn phẩm", "Dự án", "Đoàn vào"]


def test_a_list_opens_with_one_view_at_most(store: Store) -> None:
    first = kept(store, "A", is_default=True)
    second = kept(store, "B", is_default=True)
    assert answer(store, opening, "task").view == second
    perform(store, keep_view, replace(second, is_default=False))
    assert answer(store, opening, "task").view is None
    assert first.id in {each.id for each in answer(store, views_of, "task")}


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "có RỒI"])
def test_a_name_that_is_empty_long_or_taken_is_refused(store: Store, name: str) -> None:
    kept(store, "Có rồi")
    with pytest.raises(RefusedError):
        kept(store, name)
    assert len(answer(store, views_of, "task")) == 1


def test_the_same_name_may_stand_over_another_list(store: Store) -> None:
    kept(store, "Mới")
    kept(store, "Mới", Wish(kind="contact"))
    assert len(answer(store, all_views)) == 2


def test_a_view_is_renamed_and_forgotten(store: Store) -> None:
    view = kept(store, "A")
    perform(store, keep_view, replace(view, name="B"))
    assert [each.name for each in answer(store, all_views)] == ["B"]
    perform(store, forget_view, view.id)
    assert answer(store, all_views) == ()
    with pytest.raises(MissingError):
        perform(store, forget_view, view.id)


def test_the_layout_of_a_list_keeps_columns_and_order_but_no_filter(store: Store) -> None:
    perform(store, keep_layout, WISH)
    layout = answer(store, opening, "task").layout
    assert layout == replace(WISH, chips=(), words="", shelf=Shelf.IN_USE)


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {"name": "x"},
        {"name": "x", "wish": {"kind": "task"}},
        {"name": "x", "wish": {"kind": "task", "chips": [{"field": "a", "test": "newer"}]}},
    ],
)
def test_what_cannot_be_read_is_left_out(store: Store, value: object) -> None:
    kept(store, "A")
    perform(store, keep_local, VIEWS, "strange", value)
    assert [each.name for each in answer(store, all_views)] == ["A"]


def test_views_are_no_operations_of_the_change_log(store: Store) -> None:
    before = len(operations_of(store))
    kept(store, "A")
    perform(store, keep_layout, WISH)
    assert len(operations_of(store)) == before
