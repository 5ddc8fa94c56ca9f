"""Makes the reference tables under resources/reference from public sources.

Countries come from Unicode CLDR (through Babel), dial codes from phonenumbers, and the words that
headquarters has to approve from country_words.json beside this file. Resident accreditations are
computed from the missions. Every table is written one row a line, sorted by its key, so that a
second run changes nothing and a reviewer sees what did.

    python packaging/reference.py            write the tables
    python packaging/reference.py --check    only say whether they are as they would be written
"""

import json
import sys
import unicodedata
from pathlib import Path
from typing import Any

import phonenumbers
from babel import Locale
from babel import __version__ as babel_version
from babel.core import get_global
from babel.numbers import get_territory_currencies

HERE = Path(__file__).resolve().parent
REFERENCE = HERE.parent / "resources" / "reference"
COUNTRY_SOURCE = f"Unicode CLDR (Babel {babel_version}); names to be approved by headquarters"
USUAL_REST_DAYS = "sat sun"
ALPHA3_OF_THE_PRESENT = {
    "CD": "COD",
    "DE": "DEU",
    "FR": "FRA",
    "MM": "MMR",
    "TL": "TLS",
    "YE": "YEM",
}
"""CLDR also lists codes of States that are no more; these are the ones in use."""

ACCREDITATION_KINDS = {
    "embassy": "resident",
    "permanent_mission": "permanent",
    "consulate_general": "consular_district",
    "consulate": "consular_district",
}

Row = dict[str, Any]


def countries() -> list[Row]:
    """Return one row for every ISO 3166 country or territory."""
    words = json.loads((HERE / "country_words.json").read_text(encoding="utf-8"))
    vietnamese, english = Locale("vi").territories, Locale("en").territories
    alpha3 = _alpha3_codes()
    regions = {code: name for name, codes in words["regions"].items() for code in codes.split()}
    left_out = set(words["codes_without_a_country"])
    rows = []
    for code in map(str, english):
        if len(code) != 2 or not code.isalpha() or code in left_out:  # noqa: PLR2004
            continue
        dialled = phonenumbers.country_code_for_region(code)
        row = {
            "key": code,
            "alpha2": code,
            "alpha3": alpha3[code],
            "name_vi": words["names_vi"].get(code, vietnamese[code]),
            "name_en": words["names_en"].get(code, english[code]),
            "official_vi": words["official_vi"].get(code, ""),
            "official_en": words["official_en"].get(code, ""),
            "region": regions[code],
            "dial_code": words["dial_code"].get(code, f"+{dialled}" if dialled else ""),
            "currency": words["currency"].get(code, _currency(code)),
            "national_day": words["national_day"].get(code, ""),
            "rest_days": words["rest_days"].get(code, USUAL_REST_DAYS),
            "source": COUNTRY_SOURCE,
        }
        rows.append({name: value for name, value in row.items() if value})
    return rows


def accreditations(missions: list[Row], by_hand: list[Row]) -> list[Row]:
    """Return what follows from the missions themselves, and what is known besides.

    An embassy is resident in its country, a consulate serves a district of it, a permanent mission
    is accredited to an organisation, which stands only in this table. An economic and cultural
    office is accredited to nobody.
    """
    by_mission = {mission["code"]: mission for mission in missions}
    rows = [row for row in by_hand if _is_by_hand(row, by_mission[row["mission_code"]])]
    organisations = {row["mission_code"]: row["organisation"] for row in by_hand
                     if row["kind"] == "permanent"}  # fmt: skip
    for mission in missions:
        kind = ACCREDITATION_KINDS.get(mission["kind"])
        if kind is None:
            continue
        row = {
            "key": f"{mission['code']}/{kind}/{mission['country']}",
            "mission_code": mission["code"],
            "country": mission["country"],
            "kind": kind,
            "source": mission["source"],
        }
        if kind == "permanent":
            row["organisation"] = organisations[mission["code"]]
        rows.append(row)
    return rows


def tables() -> dict[str, list[Row]]:
    """Return every table by the name of its file, as it should be written."""
    found = {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(REFERENCE.glob("*.json"))
        if path.stem != "version"
    }
    found["countries"] = countries()
    found["accreditations"] = accreditations(found["missions"], found["accreditations"])
    return found


def written(rows: list[Row]) -> str:
    """Return a table as its file holds it: NFC, sorted by key, one row a line."""
    lines = []
    for row in sorted(rows, key=lambda each: each["key"]):
        ordered = {"key": row["key"], **{name: row[name] for name in sorted(row) if name != "key"}}
        lines.append(json.dumps(ordered, ensure_ascii=False))
    return unicodedata.normalize("NFC", "[\n" + ",\n".join(lines) + "\n]\n")


def main(arguments: list[str]) -> int:
    """Write the tables, or with `--check` name those that differ; 1 when one differs."""
    differing = []
    for name, rows in tables().items():
        path = REFERENCE / f"{name}.json"
        text = written(rows)
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        differing.append(name)
        if "--check" not in arguments:
            path.write_text(text, encoding="utf-8", newline="\n")
    for name in differing:
        print(f"{name}.json {'differs' if '--check' in arguments else 'written'}")
    return 1 if differing and "--check" in arguments else 0


def _is_by_hand(row: Row, mission: Row) -> bool:
    """Say whether an accreditation does not follow from its mission alone."""
    if row["kind"] == "permanent":
        return bool(mission["kind"] != "permanent_mission")
    return row["kind"] in {"non_resident", "honorary"}


def _alpha3_codes() -> dict[str, str]:
    """Return alpha-3 by alpha-2, from CLDR's aliases of territories."""
    codes: dict[str, str] = {}
    for alias, places in get_global("territory_aliases").items():
        if len(alias) == 3 and alias.isalpha() and len(places) == 1:  # noqa: PLR2004
            codes[places[0]] = alias
    return codes | ALPHA3_OF_THE_PRESENT


def _currency(code: str) -> str:
    """Return the currency in use; empty when there is none or more than one."""
    found = get_territory_currencies(code)
    return found[0] if len(found) == 1 else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
