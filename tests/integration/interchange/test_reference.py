import json
import subprocess
import sys
import unicodedata
import zoneinfo
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from embassy_desk.domain.accreditation import Accreditation
from embassy_desk.domain.country import Country, CountryGrouping, CountryTier
from embassy_desk.domain.entity import Entity
from embassy_desk.domain.list_entry import ListEntry
from embassy_desk.domain.mission import Mission
from embassy_desk.domain.organisation import Organisation
from embassy_desk.domain.policy_goal import PolicyGoal

ROOT = Path(__file__).parents[3]
REFERENCE = ROOT / "resources" / "reference"
ENTITIES: dict[str, type[Entity]] = {
    "countries": Country,
    "country_tiers": CountryTier,
    "country_groupings": CountryGrouping,
    "missions": Mission,
    "accreditations": Accreditation,
    "list_entries": ListEntry,
    "policy_goals": PolicyGoal,
    "organisations_reference": Organisation,
}
BESIDE_THE_FIELDS = {
    "country_tiers": {"country"},
    "country_groupings": {"country", "source"},
    "organisations_reference": {"succeeded_by"},
}
DAYS = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}
MISSIONS_OF_THE_WORLD = 96


def rows_of(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((REFERENCE / f"{name}.json").read_text("utf-8"))
    return rows


def codes_of(list_code: str) -> set[str]:
    return {row["code"] for row in rows_of("list_entries") if row["list_code"] == list_code}


def test_every_table_is_known() -> None:
    assert {path.stem for path in REFERENCE.glob("*.json")} == {*ENTITIES, "version"}


@pytest.mark.parametrize("name", ENTITIES)
def test_every_row_is_what_its_class_says(name: str) -> None:
    beside = {"key", *BESIDE_THE_FIELDS.get(name, ())}
    for row in rows_of(name):
        values = {field: value for field, value in row.items() if field not in beside}
        if name.startswith("country_"):
            values["country_id"] = UUID(int=1)
        made = ENTITIES[name].made(id=UUID(int=0), **values)
        assert made.id == UUID(int=0)


@pytest.mark.parametrize("name", ENTITIES)
def test_keys_are_unique_and_in_order(name: str) -> None:
    keys = [row["key"] for row in rows_of(name)]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("name", [*ENTITIES, "version"])
def test_every_text_is_in_nfc_and_clean(name: str) -> None:
    text = (REFERENCE / f"{name}.json").read_text("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert "  " not in text or name == "version"
    assert text.endswith("\n")


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("countries", ("name_vi", "name_en")),
        ("missions", ("name_vi", "name_en")),
        ("missions", ("city_vi", "city_en")),
        ("list_entries", ("label_vi", "label_en")),
        ("policy_goals", ("title_vi", "title_en")),
        ("organisations_reference", ("name_vi", "name_en")),
    ],
)
def test_both_languages_are_there(name: str, fields: tuple[str, str]) -> None:
    for row in rows_of(name):
        assert all(row[field] for field in fields), row["key"]


@pytest.mark.parametrize("name", ["countries", "missions", "policy_goals", "country_tiers"])
def test_every_row_says_where_it_comes_from(name: str) -> None:
    assert all(row.get("source") or row.get("reference") for row in rows_of(name))


def test_countries_are_those_of_iso_3166() -> None:
    rows = rows_of("countries")
    assert len(rows) == 249
    assert len({row["alpha3"] for row in rows}) == 249
    regions = codes_of("region")
    for row in rows:
        assert row["region"] in regions
        assert set(row["rest_days"].split()) <= DAYS
    by_code = {row["alpha2"]: row for row in rows}
    assert by_code["VN"]["name_en"] == "Viet Nam"
    assert by_code["JP"]["dial_code"] == "+81"
    assert by_code["JP"]["currency"] == "JPY"
    assert by_code["DE"]["alpha3"] == "DEU"
    assert by_code["KR"]["name_vi"] == "Hàn Quốc"


def test_missions_lie_in_countries_and_zones_that_exist() -> None:
    zones = zoneinfo.available_timezones()
    countries = {row["alpha2"] for row in rows_of("countries")}
    for row in rows_of("missions"):
        assert row["zone"] in zones, row["key"]
        assert row["country"] in countries
        assert set(row["rest_days"].split()) <= DAYS
        assert row["key"] == row["code"]


def test_missions_under_another_name_one_that_is_there() -> None:
    by_code = {row["code"]: row for row in rows_of("missions")}
    for row in by_code.values():
        if row["kind"] == "consulate_general":
            assert by_code[row["parent_code"]]["kind"] == "embassy"


def test_known_missions_have_their_codes_and_names() -> None:
    by_code = {row["code"]: row for row in rows_of("missions")}
    assert len(by_code) >= MISSIONS_OF_THE_WORLD
    assert by_code["TOK"]["name_vi"] == "Đại sứ quán Việt Nam tại Nhật Bản"
    assert by_code["TOK"]["name_en"] == "Embassy of Viet Nam in Japan"
    assert by_code["OSA"]["name_vi"] == "Tổng Lãnh sự quán Việt Nam tại Osaka"
    assert {"FUK", "SIN", "DEL", "GVA", "NYC", "TPE"} <= by_code.keys()
    assert by_code["KWI"]["rest_days"] == "fri sat"
    assert [row["code"] for row in by_code.values() if row["kind"] == "embassy"
            and row["country"] == "JP"] == ["TOK"]  # fmt: skip


def test_every_mission_but_the_office_is_accredited_somewhere() -> None:
    accredited = {row["mission_code"] for row in rows_of("accreditations")}
    for row in rows_of("missions"):
        assert (row["code"] in accredited) == (row["kind"] != "economic_cultural_office")


def test_there_are_eleven_pillars_and_seven_ranks() -> None:
    assert len(codes_of("pillar")) == 11
    assert len(codes_of("rank")) == 7


def test_places_in_a_list_differ() -> None:
    places = [(row["list_code"], row["place"]) for row in rows_of("list_entries")]
    assert len(set(places)) == len(places)


def test_tiers_and_groupings_are_in_their_lists_and_name_countries() -> None:
    countries = {row["key"] for row in rows_of("countries")}
    for row in rows_of("country_tiers"):
        assert row["country"] in countries
        assert row["tier"] in codes_of("partnership_tier")
    for row in rows_of("country_groupings"):
        assert row["country"] in countries
        assert row["grouping"] in codes_of("grouping")


def test_asean_has_eleven_members_and_the_union_lost_one() -> None:
    groupings = rows_of("country_groupings")
    assert sum(row["grouping"] == "asean" for row in groupings) == 11
    union = [row for row in groupings if row["grouping"] == "eu"]
    assert sum("to_on" not in row for row in union) == 27


def test_goals_stand_under_goals_that_are_there() -> None:
    codes = {row["code"] for row in rows_of("policy_goals")}
    for row in rows_of("policy_goals"):
        assert row.get("parent_code", row["code"]) in codes
    assert {f"R57.{number}" for number in range(1, 8)} <= codes


def test_successors_of_ministries_are_there_and_still_stand() -> None:
    rows = {row["key"]: row for row in rows_of("organisations_reference")}
    succeeded = [row for row in rows.values() if "succeeded_by" in row]
    assert len(succeeded) == 7
    assert rows["VN/mic"]["succeeded_by"] == "VN/most"
    for row in succeeded:
        assert row["succeeded_on"] == "2025-03-01"
        assert "dissolved_on" not in rows[row["succeeded_by"]]
    kinds = codes_of("organisation_kind")
    assert all(row["kind"] in kinds for row in rows.values())


def test_standing_ministries_number_fourteen_and_agencies_three() -> None:
    standing = [row for row in rows_of("organisations_reference") if "dissolved_on" not in row]
    assert sum(row["kind"] == "ministry" for row in standing) == 14
    assert sum(row["kind"] == "ministerial_agency" for row in standing) == 3


def test_the_version_is_a_number() -> None:
    version = json.loads((REFERENCE / "version.json").read_text("utf-8"))
    assert version["version"] >= 1


def test_the_tables_are_as_their_maker_writes_them() -> None:
    command = [sys.executable, ROOT / "packaging" / "reference.py", "--check"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")
