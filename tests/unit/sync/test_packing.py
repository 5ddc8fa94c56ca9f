"""Packing for the wire loses nothing."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy_desk.domain.errors import InvalidError
from embassy_desk.sync.canonical import canonical
from embassy_desk.sync.exchange import PackedOperation, PackedRow
from embassy_desk.sync.operations import Operation
from embassy_desk.sync.packing import packed, packed_rows, time_of_ms, unpacked, unpacked_rows

NAMES = st.sampled_from(["notes", "changed_at", "changed_by", "phone", "is_open", "changed_far"])
IDS = st.sampled_from(["0" * 31 + "1", "f" * 32, "0190a3b4c5d67e8f9012345678abcdef"])
TIMES = st.integers(0, 2**47 - 1) | st.integers(1_790_000_000_000, 1_790_000_000_005)
VALUES = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=5) | IDS
ALWAYS = st.sampled_from([True])
FIELDS = st.dictionaries(NAMES, VALUES, max_size=4)


@st.composite
def forms(draw: st.DrawFn, number: int) -> dict[str, object]:
    kind = draw(st.sampled_from(["put", "put", "del", "resolve", "undel"]))
    ms, user = draw(TIMES), draw(st.none() | IDS)
    form: dict[str, object] = {
        "n": number,
        "t": ms,
        "b": draw(st.integers(0, 3)),
        "e": draw(st.sampled_from(["contact", "task"])),
        "r": draw(IDS),
        "k": kind,
        "u": user,
    }
    if kind in ("put", "resolve"):
        fields = draw(FIELDS)
        if draw(st.booleans()):
            fields.update(changed_at=time_of_ms(ms), changed_by=user)
        form["f"] = fields
    for name, values in {
        "c": st.integers(1, 65_535),
        "s": st.sampled_from(["m:TOK", "hq:shared"]),
        "g": st.integers(2, 4),
        "x": st.integers(1, number),
        "o": st.tuples(IDS, st.integers(1, 9)).map(list),
    }.items():
        if draw(st.booleans()):
            form[name] = draw(values)
    return form


@st.composite
def logs(draw: st.DrawFn) -> list[dict[str, object]]:
    first = draw(st.integers(1, 2**40))
    return [draw(forms(first + place)) for place in range(draw(st.integers(0, 6)))]


@given(logs())
def test_operations_come_out_as_they_went_in(log: list[dict[str, object]]) -> None:
    first = int(str(log[0]["n"])) if log else 1

    shorts = json.loads(canonical(list(packed(log, first))))
    read = [PackedOperation.model_validate(each).short for each in shorts]

    assert list(unpacked(read, first)) == log


@given(logs())
def test_an_operation_read_from_its_form_has_the_same_bytes(log: list[dict[str, object]]) -> None:
    for form in log:
        assert Operation.read(form).canonical == canonical(form)


@given(
    st.lists(
        st.fixed_dictionaries(
            {"e": st.sampled_from(["contact", "conflict"]), "r": IDS, "u": st.none() | IDS}
            | {"t": TIMES, "f": FIELDS},
            optional={"d": ALWAYS, "w": ALWAYS},
        ),
        max_size=5,
    )
)
def test_rows_come_out_as_they_went_in(rows: list[dict[str, object]]) -> None:
    shorts = json.loads(canonical(list(packed_rows(rows))))

    assert list(unpacked_rows([PackedRow.model_validate(each).short for each in shorts])) == rows


def test_a_change_of_one_field_names_only_what_differs() -> None:
    form = {"b": 7, "s": "m:TOK", "e": "contact", "k": "put", "u": "a" * 32}
    log = [
        {**form, "n": 5, "t": 100, "r": "1" * 32, "f": {"notes": "x"}},
        {**form, "n": 6, "t": 103, "r": "2" * 32, "f": {"notes": "y"}},
    ]

    assert list(packed(log, 5))[1] == {"t": 3, "r": "IiIiIiIiIiIiIiIiIiIiIg", "f": {"notes": "y"}}


@pytest.mark.parametrize(
    "short", [{"t": 1}, {"r": "A"}, {"r": "*" * 22}, {"t": "x", "r": "A" * 22}]
)
def test_what_cannot_be_unpacked_is_refused(short: dict[str, object]) -> None:
    with pytest.raises(InvalidError):
        [Operation.read(each) for each in unpacked([short], 1)]
