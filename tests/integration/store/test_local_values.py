"""What only this desk remembers is kept as it was given and leaves no trace in the log."""

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy_desk.domain.errors import RefusedError, StoreError
from embassy_desk.store import local_values as values
from embassy_desk.store.local_values import (
    LARGEST_VALUE,
    forget_local,
    keep_local,
    local_value,
)
from embassy_desk.store.local_values import local_values as values_of
from embassy_desk.store.opening import STORE_FILE, Store
from embassy_desk.store.verifying import verify
from makers.stores import make_store, operations_of, reopened


def _keep(store: Store, topic: str, name: str, value: Any) -> None:
    with store.work() as work:
        keep_local(work, topic, name, value)
        work.commit()


def _found(store: Store, topic: str, name: str) -> Any:
    with store.reading() as work:
        found = local_value(work, topic, name)
    return None if found is None else found.value


def test_a_value_comes_back_from_the_file_as_it_was_given(tmp_path: Path) -> None:
    value = {"họ tên": "Đặng\u0309 Thị\t\r\n", "parts": [1, 2.5, None, True, {"": "\ud800"}]}
    with closing(make_store(tmp_path)) as store:
        _keep(store, "draft", "contact", value)
    with closing(reopened(tmp_path)) as store:
        assert _found(store, "draft", "contact") == value


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """One store for all examples."""
    with closing(make_store(tmp_path_factory.mktemp("shared"))) as store:
        yield store


@given(name=st.text(st.characters(codec="utf-8"), min_size=1, max_size=200), value=_JSON)
def test_any_json_comes_back_under_any_name(shared: Store, name: str, value: Any) -> None:
    with shared.work() as work:
        keep_local(work, "any", name, value)
        found = local_value(work, "any", name)
    assert found is not None
    assert (found.name, found.value) == (name, value)


def test_a_value_is_replaced_and_forgotten_within_its_topic(store: Store) -> None:
    _keep(store, "draft", "a", 1)
    _keep(store, "view", "a", "other")
    with store.reading() as work:
        first = local_value(work, "draft", "a")
    _keep(store, "draft", "a", 2)
    with store.reading() as work:
        second = local_value(work, "draft", "a")
    assert first is not None
    assert second is not None
    assert (first.value, second.value) == (1, 2)
    assert second.changed_at > first.changed_at
    with store.work() as work:
        forget_local(work, "draft", "a")
        forget_local(work, "draft", "never there")
        work.commit()
    assert _found(store, "draft", "a") is None
    assert _found(store, "view", "a") == "other"


def test_a_topic_is_listed_by_name(store: Store) -> None:
    for name in ("c", "a", "b"):
        _keep(store, "view", name, name.upper())
    _keep(store, "views", "d", "another topic")
    with store.reading() as work:
        assert [(each.name, each.value) for each in values_of(work, "view")] == [
            ("a", "A"),
            ("b", "B"),
            ("c", "C"),
        ]


def test_nothing_is_kept_without_a_commit(store: Store) -> None:
    with store.work() as work:
        keep_local(work, "draft", "a", 1)
    assert _found(store, "draft", "a") is None


def test_a_committed_unit_of_work_keeps_nothing_more(store: Store) -> None:
    with store.work() as work:
        work.commit()
        with pytest.raises(RuntimeError, match="begin another one"):
            keep_local(work, "draft", "a", 1)


def test_it_is_no_operation_and_no_change_to_a_record(store: Store) -> None:
    with store.work() as work:
        keep_local(work, "draft", "a", {"title": "x"})
        forget_local(work, "draft", "b")
        changes = work.commit()
    assert changes.records == {}
    assert changes.operations == 0
    assert operations_of(store) == []
    with store.reading() as work:
        assert verify(work.raw).problems == ()


def test_what_is_too_large_is_refused_and_the_former_value_stays(store: Store) -> None:
    _keep(store, "draft", "a", "x" * (LARGEST_VALUE - 2))
    with pytest.raises(RefusedError, match="too large"):
        _keep(store, "draft", "a", "x" * (LARGEST_VALUE - 1))
    assert len(_found(store, "draft", "a")) == LARGEST_VALUE - 2


def test_a_full_topic_refuses_more_but_lets_itself_be_changed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(values, "MOST_NAMES", 2)
    monkeypatch.setattr(values, "LARGEST_TOPIC", 20)
    _keep(store, "draft", "a", "x" * 8)
    _keep(store, "draft", "b", "x" * 8)
    with pytest.raises(RefusedError, match="no more room"):
        _keep(store, "draft", "c", 1)
    with pytest.raises(RefusedError, match="no more room"):
        _keep(store, "draft", "b", "x" * 9)
    _keep(store, "draft", "b", "y" * 8)
    _keep(store, "view", "c", 1)
    assert _found(store, "draft", "b") == "y" * 8


@pytest.mark.parametrize(
    ("topic", "name"), [("", "a"), ("a", ""), ("a" * 41, "a"), ("a", "a" * 201)]
)
def test_topics_and_names_have_their_length(store: Store, topic: str, name: str) -> None:
    with pytest.raises(ValueError, match="empty or too long"):
        _keep(store, topic, name, 1)


@pytest.mark.parametrize("value", [float("nan"), {1, 2}, b"x"])
def test_what_json_cannot_say_is_refused(store: Store, value: Any) -> None:
    with pytest.raises((ValueError, TypeError)):
        _keep(store, "draft", "a", value)


def test_a_value_that_was_damaged_is_named_as_such(store: Store) -> None:
    _keep(store, "draft", "a", 1)
    with store.work() as work:
        work.raw.execute("UPDATE local_value SET value = '{'")
        work.commit()
    with pytest.raises(StoreError, match="damaged"):
        _found(store, "draft", "a")


def test_nothing_of_it_stands_in_the_file_in_the_clear(tmp_path: Path) -> None:
    with closing(make_store(tmp_path)) as store:
        _keep(store, "draft", "a", "Geheimnis der Botschaft")
    for path in tmp_path.glob(STORE_FILE + "*"):
        assert b"Geheimnis" not in path.read_bytes()
