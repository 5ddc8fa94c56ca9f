import json
from pathlib import Path

import pytest

from embassy_desk.interchange.candidates import Candidate
from embassy_desk.interchange.tables import likely_kind, read_table
from embassy_desk.interchange.vcards import read_vcards

RESOURCES = Path(__file__).parents[3] / "resources"
EXAMPLES = RESOURCES / "examples"
TABLES = {
    "agreements.csv": ("agreement", 7),
    "vectors.csv": ("agreement", 7),
    "organisations.csv": ("organisation", 23),
    "tasks.csv": ("task", 3),
}


def titles(candidates: tuple[Candidate, ...]) -> set[str]:
    return {candidate.values["title_en"] for candidate in candidates}


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_read_without_a_problem(name: str) -> None:
    kind, count = TABLES[name]
    candidates = read_table(EXAMPLES / name, kind)
    assert len(candidates) == count
    assert all(candidate.values["source"] for candidate in candidates)


@pytest.mark.parametrize("name", TABLES)
def test_what_a_table_holds_is_seen_from_its_headings(name: str) -> None:
    assert likely_kind(EXAMPLES / name) == TABLES[name][0]


def test_the_cards_are_read_without_a_problem() -> None:
    people = read_vcards(EXAMPLES / "contacts.vcf")
    assert len(people) == 8
    for person in people:
        assert "fictitious" in person.values["source"]
        for row in person.parts["contact_email"]:
            assert row["address"].endswith(".example")


def test_every_file_is_named_in_the_list() -> None:
    text = (EXAMPLES / "README.md").read_text("utf-8")
    for path in EXAMPLES.iterdir():
        assert path.name in text or path.name == "README.md"


def test_links_between_agreements_find_their_end() -> None:
    agreements = read_table(EXAMPLES / "agreements.csv", "agreement")
    links = [row for each in agreements for row in each.parts.get("agreement_link", ())]
    assert len(links) == 4
    assert {row["to"] for row in links} <= titles(agreements)
    assert {row["kind"] for row in links} == {"elevates"}


def test_the_partnership_is_as_it_was_reported() -> None:
    partnership = read_table(EXAMPLES / "agreements.csv", "agreement")[0]
    assert partnership.values["signed_on"] == "2023-02-09"
    assert [row["country"] for row in partnership.parts["agreement_party"]] == ["VN", "SG"]


def test_the_vectors_carry_their_rules() -> None:
    vectors = {
        each.values["title_en"][-1]: each.values
        for each in read_table(EXAMPLES / "vectors.csv", "agreement")
    }
    assert list(vectors) == list("abcdefg")
    assert vectors["a"]["notice_months"] == "3"
    assert vectors["c"]["fixed_end_on"] == "2025-08-28"
    assert vectors["d"]["open_ended"] == "true"
    assert vectors["f"]["notice_served_on"] == "2024-03-15"


def test_successors_among_the_organisations_are_there() -> None:
    organisations = read_table(EXAMPLES / "organisations.csv", "organisation")
    names = {each.values["name_vi"] for each in organisations}
    successors = {each.values.get("succeeded_by") for each in organisations} - {None}
    assert successors
    assert successors <= names


def test_codes_in_the_organisations_are_in_the_lists() -> None:
    entries = json.loads((RESOURCES / "reference" / "list_entries.json").read_text("utf-8"))
    known = {(row["list_code"], row["code"]) for row in entries}
    for each in read_table(EXAMPLES / "organisations.csv", "organisation"):
        assert ("organisation_kind", each.values["kind"]) in known
        for sector in each.values.get("sectors", "").split():
            assert ("sector", sector) in known
