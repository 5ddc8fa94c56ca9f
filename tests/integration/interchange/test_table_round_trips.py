import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from embassy_desk.domain.errors import RefusedError, StoreError
from embassy_desk.domain.values import clean_text
from embassy_desk.interchange.candidates import Candidate
from embassy_desk.interchange.exports import table_rows
from embassy_desk.interchange.registers import register
from embassy_desk.interchange.table_writer import write_table
from embassy_desk.interchange.tables import read_table

FORMATS = ["register.csv", "register.xlsx"]
SAME_FOLDER = settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)  # the file is written anew for every example

texts = st.text(alphabet=st.characters(codec="utf-8"), max_size=30) | st.text(
    alphabet="'=+-@;,\" \n\tđĐạ＝", max_size=12
)


def words(minimum: int = 0) -> st.SearchStrategy[str]:
    return texts.map(clean_text).filter(lambda text: len(text) >= minimum)


def lines(minimum: int = 0) -> st.SearchStrategy[str]:
    return texts.map(lambda text: clean_text(" ".join(text.split()))).filter(
        lambda text: len(text) >= minimum
    )


agreements = st.builds(
    lambda title, summary, day, months, form, tags: Candidate(
        kind="agreement",
        values={
            name: text
            for name, text in {
                "title_vi": title,
                "summary": summary,
                "signed_on": day.isoformat(),
                "initial_term_months": str(months),
                "form": form,
                "open_ended": "false",
            }.items()
            if text
        },
        parts={"tag": tuple({"label": tag} for tag in tags)} if tags else {},
    ),
    lines(1),
    words(),
    st.dates(min_value=date(1800, 1, 1)),
    st.integers(1, 1200),
    st.sampled_from(["mou", "treaty", "other"]),
    st.lists(lines(1), max_size=3),
)

COLUMNS = (
    "title_vi", "summary", "signed_on", "initial_term_months", "form", "open_ended", "tags",
)  # fmt: skip


def there_and_back(
    path: Path, candidates: Sequence[Candidate], columns: Sequence[str]
) -> tuple[Candidate, ...]:
    write_table(path, columns, table_rows(candidates, columns))
    return read_table(path, candidates[0].kind)


@pytest.mark.parametrize("name", FORMATS)
@given(candidates=st.lists(agreements, min_size=1, max_size=4))
@SAME_FOLDER
def test_what_is_written_is_read_back(
    tmp_path: Path, name: str, candidates: list[Candidate]
) -> None:
    assert there_and_back(tmp_path / name, candidates, COLUMNS) == tuple(candidates)


@pytest.mark.parametrize("name", FORMATS)
def test_a_contact_with_several_addresses_comes_back(tmp_path: Path, name: str) -> None:
    contact = Candidate(
        kind="contact",
        values={"family_name": "Trần", "given_name": "Bình", "do_not_contact": "true"},
        parts={
            "contact_email": (
                {"address": "binh@example.vn", "is_primary": "true"},
                {"address": "office@example.vn"},
            ),
            "contact_phone": ({"typed": "+84 24 1234 5678", "is_primary": "true"},),
            "position": (
                {"organisation_name": "Bộ Ngoại giao", "title_vi": "Vụ trưởng",
                 "is_primary": "true"},
            ),
        },
    )  # fmt: skip
    columns = ["family_name", "given_name", "do_not_contact", "organisation", "position_vi",
               "emails", "phones"]  # fmt: skip
    assert there_and_back(tmp_path / name, [contact], columns) == (contact,)


@pytest.mark.parametrize("name", FORMATS)
def test_parties_and_links_come_back(tmp_path: Path, name: str) -> None:
    agreement = Candidate(
        kind="agreement",
        values={"title_en": "Partnership"},
        parts={
            "agreement_party": (
                {"name": "Bộ Công Thương", "country": "VN", "side": "ours"},
                {"name": "European Union (EU)", "side": "theirs"},
                {"country": "SG", "side": "theirs"},
            ),
            "agreement_link": ({"kind": "elevates", "to": "MoU; on energy"},),
        },
    )
    columns = ["title_en", "our_parties", "partner_parties", "elevates"]
    assert there_and_back(tmp_path / name, [agreement], columns) == (agreement,)


@pytest.mark.parametrize("name", FORMATS)
def test_every_column_of_every_register_can_be_written_empty(tmp_path: Path, name: str) -> None:
    for kind, values in {
        "agreement": {"title_vi": "A"},
        "contact": {"given_name": "A"},
        "organisation": {"name_vi": "A"},
        "task": {"title": "A"},
    }.items():
        columns = [each for each in register(kind) if each != "full_name"]
        candidate = Candidate(kind=kind, values=values)
        assert there_and_back(tmp_path / name, [candidate], columns) == (candidate,)


def test_a_whole_name_can_be_a_column(tmp_path: Path) -> None:
    contact = Candidate(
        kind="contact",
        values={"family_name": "Trần", "middle_name": "Thị", "given_name": "Bình",
                "display_order": "family_first"},
    )  # fmt: skip
    assert there_and_back(tmp_path / "people.csv", [contact], ["full_name"]) == (contact,)


def test_csv_begins_with_a_mark_and_guards_formulas(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_table(path, ["ref", "phone"], [["=1+1", "+84 1"], [-5, None], [True, date(2026, 3, 7)]])
    assert path.read_bytes() == (
        b"\xef\xbb\xbfref,phone\r\n'=1+1,'+84 1\r\n-5,\r\ntrue,2026-03-07\r\n"
    )


def test_a_workbook_has_texts_as_texts_and_days_as_days(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    row = ["=1+1", "0123", date(2026, 3, 7), 5, True, None, "https://example.org", date(1850, 1, 2)]
    write_table(path, list("abcdefgh"), [row])
    with CalamineWorkbook.from_path(path) as workbook:
        found = workbook.get_sheet_by_index(0).to_python()
    assert found[1] == ["=1+1", "0123", date(2026, 3, 7), 5.0, True, "", "https://example.org",
                        "1850-01-02"]  # fmt: skip


def test_a_workbook_names_no_person(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_table(path, ["a"], [["x"]])
    content = path.read_bytes()
    assert content.startswith(b"PK")
    assert b"<dc:creator></dc:creator>" in _member(path, "docProps/core.xml")


def _member(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def test_a_text_too_long_for_a_cell_is_refused_before_anything_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")
    with pytest.raises(RefusedError, match="Row 2"):
        write_table(path, ["a"], [["x" * 40_000]])
    assert path.read_bytes() == b"old"


def test_a_time_with_its_zone_stays_a_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_table(path, ["a"], [[datetime.fromisoformat("2026-03-07T05:05:00+00:00")]])
    with CalamineWorkbook.from_path(path) as workbook:
        assert workbook.get_sheet_by_index(0).to_python()[1] == ["2026-03-07T05:05:00+00:00"]


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match=r"list\.ods"):
        write_table(tmp_path / "list.ods", ["a"], [])


def test_a_folder_that_is_not_there_is_an_answer(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        write_table(tmp_path / "none" / "a.csv", ["a"], [])
