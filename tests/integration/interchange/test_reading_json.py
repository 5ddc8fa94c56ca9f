import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from embassy_desk.domain.errors import DeskError
from embassy_desk.interchange.candidates import Candidate
from embassy_desk.interchange.errors import UnreadableFileError
from embassy_desk.interchange.objects import json_object, read_json, write_json

AGREEMENT = Candidate(
    kind="agreement",
    values={"title_vi": "Bản ghi nhớ", "signed_on": "2020-06-01", "open_ended": "true"},
    parts={
        "agreement_party": ({"name": "Bộ", "side": "ours"},),
        "agreement_link": ({"kind": "elevates", "to": "MoU"},),
        "tag": ({"label": "số"},),
    },
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "records.json"


def problems_of(file: Path, text: str, kind: str = "") -> list[tuple[int, str, str]]:
    file.write_text(text, "utf-8")
    with pytest.raises(UnreadableFileError) as caught:
        read_json(file, kind)
    return [(each.line, each.field, str(each.text)) for each in caught.value.problems]


def test_what_is_written_is_read_back(file: Path) -> None:
    task = Candidate(
        kind="task",
        values={"title": "Báo cáo", "assignee": "An", "due_on": "2026-12-31"},
        parts={"task_parent": ({"record": "TOK-AGR-0001"},)},
    )
    write_json(file, map(json_object, [AGREEMENT, task]))
    found = read_json(file)
    assert found == (AGREEMENT, task)
    assert [each.line for each in found] == [2, 3]


def test_what_belongs_to_another_store_is_passed_over(file: Path) -> None:
    identity = "01980000-0000-7000-8000-000000000001"
    record = json_object(AGREEMENT) | {
        "id": identity, "owner": identity, "created_via": "typed", "mission": "SIN",
        "lead_ministry_id": identity, "stage_step": [{"to_state": "idea"}], "summary": None,
    }  # fmt: skip
    record["agreement_party"] = [
        {"id": identity, "organisation_id": identity, "name": "Bộ", "side": "ours"}
    ]
    record["agreement_link"] += [{"to_agreement_id": identity, "kind": "amends"}]
    file.write_text(json.dumps([record]), "utf-8")
    assert read_json(file) == (AGREEMENT,)


def test_values_that_are_no_texts_mean_what_they_say(file: Path) -> None:
    record = {"title_vi": "A", "initial_term_months": 36, "open_ended": False}
    file.write_text(json.dumps([record]), "utf-8")
    (found,) = read_json(file, "agreement")
    assert found.values == {"title_vi": "A", "initial_term_months": "36", "open_ended": "false"}


def test_problems_are_named_by_the_line_of_their_record(file: Path) -> None:
    text = """[
      {"record_kind": "contact", "given_name": "An"},
      {
        "record_kind": "contact", "given_name": "Bình",
        "contact_email": [{"address": "nobody"}]
      },
      {"record_kind": "contact", "given_nam": "Chi"},
      "Dung", {"record_kind": "staff"}, {"title": "A"},
      {"record_kind": "contact", "given_name": ["E"]},
      {"record_kind": "contact", "given_name": "G", "tag": "x"}
    ]"""
    found = problems_of(file, text)
    assert [line for line, _, _ in found] == [3, 7, 8, 8, 8, 9, 10]
    assert "nobody" in found[0][2]
    assert found[1][1] == "given_nam"
    assert found[2][2] == '“"Dung"” cannot stand here.'
    assert [field for _, field, _ in found[3:]] == [
        "record_kind", "record_kind", "given_name", "tag",
    ]  # fmt: skip


def test_another_kind_than_the_one_asked_for_is_refused(file: Path) -> None:
    ((line, field, _),) = problems_of(file, json.dumps([json_object(AGREEMENT)]), "task")
    assert (line, field) == (1, "record_kind")


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ('[\n{"a": 1},\n{"a" 1}]', 3, "not JSON"),
        ("[" * 100_000, 0, "not JSON"),
        ("[" + "9" * 5_000 + "]", 0, "not JSON"),
        ('{"record_kind": "task"}', 0, "no list"),
        ("[]", 0, "no list"),
        ("  \n", 0, "empty"),
    ],
)
def test_what_is_no_list_of_records_is_refused(file: Path, text: str, line: int, part: str) -> None:
    ((number, _, reason),) = problems_of(file, text)
    assert number == line
    assert part in reason


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["record_kind", "given_name", "tag", "label", "contact_email", "address"]
            )
            | st.text(max_size=3),
            inner | st.sampled_from(["contact", "task"]),
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(entries=st.lists(anything, min_size=1, max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_it_holds_the_answer_is_records_or_words(tmp_path: Path, entries: Any) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(entries), "utf-8")
    found: object = None
    refusal = ""
    try:
        found = read_json(path)
    except DeskError as error:
        refusal = str(error)
    assert (found is None) == bool(refusal)
