"""Canonical JSON: one value, one row of bytes."""

import json
from enum import IntEnum, StrEnum
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy_desk.domain.errors import InvalidError
from embassy_desk.sync.canonical import DEEPEST_LEVEL, LARGEST_INTEGER, canonical

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
NAMES = st.text(st.characters(max_codepoint=127))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER) | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner),
)

SHORT_ESCAPES = {8: "b", 9: "t", 10: "n", 12: "f", 13: "r", 34: '"', 92: "\\"}


def by_the_book(value: Any) -> str:
    """RFC 8785, section 3.2, letter by letter, for values without fractions."""
    match value:
        case None | True | False:
            return {None: "null", True: "true", False: "false"}[value]
        case int():
            return str(value)
        case str():
            return '"' + "".join(written(each) for each in value) + '"'
        case list():
            return "[" + ",".join(by_the_book(each) for each in value) + "]"
    names = sorted(value, key=lambda name: name.encode("utf-16-be"))
    return "{" + ",".join(f"{by_the_book(n)}:{by_the_book(value[n])}" for n in names) + "}"


def written(character: str) -> str:
    code = ord(character)
    if code in SHORT_ESCAPES:
        return "\\" + SHORT_ESCAPES[code]
    return f"\\u{code:04x}" if code < 32 else character


@given(VALUES)
def test_every_value_is_written_as_rfc_8785_says(value: Any) -> None:
    assert canonical(value) == by_the_book(value).encode()


@given(VALUES)
def test_every_value_reads_back_as_it_was(value: Any) -> None:
    assert json.loads(canonical(value)) == value


@given(st.dictionaries(NAMES, TEXTS, max_size=9), st.randoms())
def test_the_order_in_which_fields_were_set_does_not_matter(
    value: dict[str, str], random: Random
) -> None:
    names = list(value)
    random.shuffle(names)
    assert canonical({name: value[name] for name in names}) == canonical(value)


def test_an_operation_is_written_without_spaces_and_in_utf8() -> None:
    operation = {"k": "put", "n": 7, "f": {"title": "Đối thoại", "ended_on": None, "open": True}}
    expected = '{"f":{"ended_on":null,"open":true,"title":"Đối thoại"},"k":"put","n":7}'
    assert canonical(operation) == expected.encode()


def test_the_escapes_are_those_of_the_standard() -> None:
    text = '€$\x0f\nA\'B"\\\\"/\x7f\u2028'
    assert canonical(text) == '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/\x7f\u2028"'.encode()


def test_choices_are_written_as_their_values() -> None:
    class Form(StrEnum):
        MOU = "mou"

    class Rank(IntEnum):
        FIRST = 1

    assert canonical({"form": Form.MOU, "rank": Rank.FIRST}) == b'{"form":"mou","rank":1}'


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        1.0,
        float("nan"),
        float("inf"),
        LARGEST_INTEGER + 1,
        -LARGEST_INTEGER - 1,
        b"bytes",
        (1, 2),
        {1, 2},
        object(),
        "half \ud800 pair",
        "\udfff",
    ],
)
def test_what_has_no_canonical_form_is_refused(value: Any) -> None:
    with pytest.raises(InvalidError):
        canonical(value)
    with pytest.raises(InvalidError):
        canonical({"f": [value]})


@pytest.mark.parametrize("name", [1, None, True, 1.5, "tên", "\ue000", "\U0001f600", "\ud800"])
def test_a_name_that_is_not_ascii_text_is_refused(name: Any) -> None:
    with pytest.raises(InvalidError):
        canonical({name: 1})


def test_the_refusal_names_the_field() -> None:
    with pytest.raises(InvalidError) as refused:
        canonical({"n": 1, "f": {"amount": 12.5}})
    assert refused.value.problems[0].field == "amount"


def test_deep_nesting_and_loops_are_refused_before_the_stack_is_used_up() -> None:
    deep: list[Any] = []
    for _ in range(DEEPEST_LEVEL - 1):
        deep = [deep]
    assert len(canonical(deep)) == 2 * DEEPEST_LEVEL
    with pytest.raises(InvalidError):
        canonical([deep])
    loop: list[Any] = []
    loop.append(loop)
    with pytest.raises(InvalidError):
        canonical(loop)
