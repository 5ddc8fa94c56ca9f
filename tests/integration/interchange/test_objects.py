import json
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from embassy_desk.domain.agreement import AgreementForm
from embassy_desk.interchange.candidates import Candidate
from embassy_desk.interchange.objects import json_object, write_json


def test_objects_are_written_one_a_line_with_their_letters(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write_json(path, [{"title": "Thỏa thuận", "on": date(2026, 3, 7)}, {"n": 5, "form": None}])
    text = path.read_text("utf-8")
    assert json.loads(text) == [
        {"title": "Thỏa thuận", "on": "2026-03-07"},
        {"n": 5, "form": None},
    ]
    assert text.count("\n") == 4
    assert "Thỏa thuận" in text


def test_times_choices_and_identities_become_texts(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    moment = datetime.fromisoformat("2026-03-07T14:05+09:00")
    write_json(path, [{"at": moment, "form": AgreementForm.MOU, "id": UUID(int=1)}])
    assert json.loads(path.read_text("utf-8")) == [
        {"at": "2026-03-07T05:05:00Z", "form": "mou", "id": str(UUID(int=1))}
    ]
    assert moment.astimezone(UTC).hour == 5


def test_no_object_is_an_empty_array(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write_json(path, [])
    assert json.loads(path.read_text("utf-8")) == []


def test_a_candidate_becomes_one_object_with_its_parts() -> None:
    candidate = Candidate(
        kind="organisation",
        values={"kind": "ministry", "name_en": "Ministry"},
        parts={"organisation_alias": ({"alias": "M"},)},
    )
    assert json_object(candidate) == {
        "record_kind": "organisation",
        "kind": "ministry",
        "name_en": "Ministry",
        "organisation_alias": [{"alias": "M"}],
    }
