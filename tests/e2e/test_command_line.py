"""The command line as scripts use it: answers, exit codes, refusals in words."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from embassy_desk.application.profile import create_profile
from embassy_desk.cli.main import main
from embassy_desk.sealing.derivation import FLOOR
from embassy_desk.settings.places import resources

PASSPHRASE = "six quiet words are more than enough"
EXAMPLES = resources() / "examples"


@dataclass(frozen=True)
class Answer:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        assert self.code == 0, self.err
        return json.loads(self.out)


Desk = Callable[..., Answer]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk") / "profile"
    create_profile(
        folder,
        PASSPHRASE,
        lambda: datetime.now(UTC),  # noqa: TID251  as the command line itself does
        mission="TOK",
        person="Nguyễn Văn An",
        parameters=FLOOR,
    ).close()
    return folder


@pytest.fixture
def desk(template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    folder = tmp_path / "profile"
    shutil.copytree(template, folder)
    passphrase = tmp_path / "passphrase"
    passphrase.write_text(PASSPHRASE + "\n", encoding="utf-8")

    def run(*words: object) -> Answer:
        code = main(
            ["--profile", str(folder), "--passphrase-file", str(passphrase), "--language", "en"]
            + [str(each) for each in words]
        )
        captured = capsys.readouterr()
        return Answer(code, captured.out, captured.err)

    return run


def test_record_goes_in_and_is_shown_changed_and_found(desk: Desk) -> None:
    made = desk(
        "add", "contact", "family_name=Đặng", "given_name=Hường", "emails=huong@example.vn",
        "phones=03-1234-5678", "organisation=Sen Việt", "--json",
    ).data  # fmt: skip
    assert {"id", "ref"} <= made.keys()
    assert made["display_name"] == "Đặng Hường"
    assert made["emails"] == ["huong@example.vn"]
    assert made["phones"] == ["+81312345678"]
    assert made["organisation"] == "Sen Việt"
    changed = desk("set", made["ref"], "notes=gặp ở Tokyo", "handling=restricted", "--json").data
    assert (changed["notes"], changed["handling"]) == ("gặp ở Tokyo", "restricted")
    (found,) = desk("search", "gap o tokyo", "--json").data
    assert found.items() >= {"id": made["id"], "kind": "contact", "title": "Đặng Hường"}.items()
    (listed,) = desk("list", "contact", "--json").data
    assert listed["ref"] == made["ref"]
    history = desk("show", made["ref"], "--history", "--json").data["history"]
    assert history[0]["fields"]["notes"] == [None, "gặp ở Tokyo"]


def test_same_people_are_found_however_they_are_typed(desk: Desk) -> None:
    for family in ("Dang", "Đặng", "Đăng", "Trần"):
        desk("add", "contact", f"family_name={family}", "given_name=An")

    def people(typed: str) -> list[str]:
        found = desk("search", typed, "--json").data
        return [each["title"] for each in found if each["kind"] == "contact"]

    answers = {typed: people(typed) for typed in ("dang", "Đặng", "DANG", "\u0110a\u0323\u0306ng")}
    assert {frozenset(each) for each in answers.values()} == {
        frozenset({"Dang An", "Đặng An", "Đăng An"})
    }
    assert answers["Đặng"][0] == answers["\u0110a\u0323\u0306ng"][0] == "Đặng An"
    assert answers["dang"][0] == answers["DANG"][0] == "Dang An"


@pytest.mark.parametrize(
    "text",
    ['"', "'; DROP TABLE contact; --", "NEAR(a b)", "*", "a*b(", "\x00", "đ" * 5000, "-", "OR"],
)
def test_hostile_search_is_an_answer(desk: Desk, text: str) -> None:
    assert isinstance(desk("search", text, "--json").data, list)


def test_list_sorts_in_vietnamese_order_by_given_and_by_family_name(desk: Desk) -> None:
    for family, given in (("Vũ", "Ánh"), ("Đỗ", "An"), ("Dương", "Đức"), ("Ân", "Dũng")):
        desk("add", "contact", f"family_name={family}", f"given_name={given}")
    by_given = [each["title"] for each in desk("list", "contact", "--json").data]
    assert by_given == ["Đỗ An", "Vũ Ánh", "Ân Dũng", "Dương Đức"]
    by_family = [
        each["title"] for each in desk("list", "contact", "--sort", "family", "--json").data
    ]
    assert by_family == ["Ân Dũng", "Dương Đức", "Đỗ An", "Vũ Ánh"]


def test_filters_choose_by_choice_day_text_and_emptiness(desk: Desk) -> None:
    desk("add", "task", "title=Một", "due_on=2026-01-05", "priority=high")
    desk("add", "task", "title=Hai", "due_on=2026-02-05")
    desk("add", "task", "title=Ba")

    def titles(*filters: str) -> list[str]:
        words = [word for each in filters for word in ("--filter", each)]
        return [each["title"] for each in desk("list", "task", "--json", *words).data]

    assert titles("priority=high") == ["Một"]
    assert titles("due_on<=2026-01-31") == ["Một"]
    assert titles("due_on>=2026-01-31", "title~a") == ["Hai"]
    assert titles("due_on=") == ["Ba"]
    assert set(titles("priority!=high")) == {"Hai", "Ba"}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("show", "TOK-CON-0000-0001"), "no record"),
        (("list", "contct"), "Did you mean “contact”"),
        (("list", "task", "--filter", "due=1"), "no such field"),
        (("list", "task", "--filter", "due_on=tomorrow"), "YYYY-MM-DD"),
        (("add", "task", "titel=x"), "title"),
        (("add", "task", "title"), "FIELD=VALUE"),
        (("add", "task", "title=x", "title=y"), "twice"),
        (("add", "agreement", "title_en=x", "form=memo"), "Choose one of"),
        (("add", "agreement", "title_en=x", "signed_on=31/02/2020"), "YYYY-MM-DD"),
        (("add", "contact", "given_name=x", "emails=nobody"), "e-mail"),
        (("show", "x", "--on", "1.2.2020"), "YYYY-MM-DD"),
        (("import", "no such file.csv"), "no such file.csv"),
        (("export", "tasks", "--to", "tasks.vcf"), ".ics"),
    ],
)
def test_refusal_says_why_on_stderr(desk: Desk, words: tuple[str, ...], says: str) -> None:
    refused = desk(*words)
    assert refused.code == 1
    assert says in refused.err
    assert "Traceback" not in refused.err
    assert refused.out == ""


def test_agreement_moves_by_guarded_steps(desk: Desk) -> None:
    ref = desk("add", "agreement", "title_vi=Bản ghi nhớ", "form=mou", "--json").data["ref"]
    refused = desk("set", ref, "state=scoping")
    assert refused.code == 1
    assert "The partner's country is missing." in refused.err
    moved = desk(
        "set", ref, "country=SG", "topics=AI", "lead_ministry_then=Bộ KH&CN", "reason=x",
        "state=scoping", "--json",
    ).data  # fmt: skip
    assert moved["state"] == "scoping"
    assert [each["state"] for each in moved["next_steps"]]


def test_examples_are_imported_and_the_register_lists_them(desk: Desk) -> None:
    assert desk("import", EXAMPLES / "organisations.csv").code == 0
    assert desk("import", EXAMPLES / "agreements.csv", "--as", "agreements").code == 0
    assert desk("import", EXAMPLES / "contacts.vcf").code == 0
    titles = " ".join(each["title"] for each in desk("list", "agreement", "--json").data)
    assert "Singapore" in titles
    assert "Ấn Độ" in titles
    for each in desk("list", "agreement", "--json").data:
        assert desk("show", each["ref"], "--json").data["source"]


@pytest.mark.parametrize(
    ("case", "day", "expected"),
    [
        ("a", "2023-10-31", ("2023-08-01", "2024-08-01", "2024-05-01")),
        ("c", "2026-02-11", ("2025-08-28", "2026-08-28", "2026-06-28")),
        ("d", "2026-11-22", ("2020-03-15", None, None)),
        ("e", "2021-03-01", ("2021-02-28", "2021-08-31", None)),
        ("f", "2026-11-22", ("2023-08-01", "2024-08-01", None)),
    ],
)
def test_cases_of_the_term_engine_are_told_on_the_command_line(
    desk: Desk, case: str, day: str, expected: tuple[str | None, ...]
) -> None:
    assert desk("import", EXAMPLES / "vectors.csv", "--as", "agreements").code == 0
    found = desk("search", f"Vector {case}", "--json").data[0]
    assert found["title"] == f"Vector {case}"
    shown = desk("show", found["ref"], "--on", day, "--json").data
    assert (shown["term_from"], shown["term_to"], shown["notice_by"]) == expected
    assert shown["why"]


def test_renewed_initial_term_is_not_counted_twice(desk: Desk) -> None:
    desk("import", EXAMPLES / "vectors.csv", "--as", "agreements")
    found = desk("search", "Vector b", "--json").data[0]
    start = date.fromisoformat(desk("show", found["ref"], "--json").data["in_force_on"])
    first = date(start.year + 5, start.month, start.day)
    shown = desk("show", found["ref"], "--on", first.isoformat(), "--json").data
    assert shown["term_to"] == date(start.year + 6, start.month, start.day).isoformat()


def test_amended_term_is_a_new_row_and_the_old_one_is_kept(desk: Desk) -> None:
    made = desk(
        "add", "agreement", "title_en=Case g", "in_force_on=2020-01-01", "initial_term_months=36",
        "renewal_type=tacit", "renewal_months=12", "notice_months=3", "--json",
    ).data  # fmt: skip
    amended = desk(
        "add", "agreement_term", f"agreement_id={made['ref']}", "from_on=2022-07-01", "months=60",
        "renewal_type=none", "how=amendment", "--json",
    ).data  # fmt: skip
    assert amended["agreement_id"] == made["id"]
    before = desk("show", made["ref"], "--on", "2022-06-30", "--json").data
    after = desk("show", made["ref"], "--on", "2022-07-01", "--json").data
    assert before["term_from"] == "2020-01-01"
    assert (after["term_from"], after["term_to"]) == ("2022-07-01", "2027-07-01")
    assert after["initial_term_months"] == 36


def test_row_without_its_record_is_refused(desk: Desk) -> None:
    assert "agreement_id" in desk("add", "agreement_term", "from_on=2022-07-01").err
    task = desk("add", "task", "title=x", "--json").data["ref"]
    assert desk("add", "agreement_party", f"agreement_id={task}", "name=x").code == 1


def test_dry_run_keeps_nothing(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("family_name,given_name\nĐặng,Hường\n", encoding="utf-8")
    counted = desk("import", file, "--as", "contacts", "--dry-run", "--json").data
    assert counted["records"] == {"contact": 1}
    assert (counted["known"], counted["kept"]) == ({}, False)
    assert (counted["new"], counted["update"], counted["doubtful"], counted["refused"]) == (
        1,
        0,
        0,
        0,
    )
    assert desk("list", "contact", "--json").data == []


@pytest.mark.parametrize(
    "content",
    [
        b"family_name,given_name\n\xc4\x90\xff,An\n",
        b"family_name,nonsense\nAn,x\n",
        b"given_name,emails\nAn,nobody\n",
        b"given_name\nAn\nBinh,too many\n",
        b"",
    ],
)
def test_bad_file_is_refused_with_its_line_and_leaves_nothing(
    desk: Desk, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(content)
    refused = desk("import", file, "--as", "contacts")
    assert refused.code == 1
    assert refused.err.strip()
    assert "Traceback" not in refused.err
    assert desk("list", "contact", "--json").data == []


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".vcf", ".json"])
def test_exported_contacts_come_back_in_another_store(
    desk: Desk, template: Path, tmp_path: Path, suffix: str
) -> None:
    desk(
        "add", "contact", "family_name=Đặng", "middle_name=Thị", "given_name=Hường",
        "emails=huong@example.vn", "phones=+81 3 1234 5678", "notes==1+1 không phải công thức",
    )  # fmt: skip
    target = tmp_path / f"contacts{suffix}"
    with_all = ["--with-internal"] if suffix == ".vcf" else []  # cards hold nothing internal else
    assert desk("export", "contacts", "--to", target, *with_all).code == 0
    again = desk("import", target, "--as", "contacts")
    assert (again.code, again.out) == (
        0, "1 record was here already and was left as it is.\n"
    )  # fmt: skip
    assert desk("import", target, "--as", "contacts", "--json").data["known"] == {"contact": 1}
    other = tmp_path / "other"
    shutil.copytree(template, other)
    assert desk("import", target, "--as", "contacts", "--profile", other).code == 0
    (line,) = desk("list", "contact", "--json").data
    first = desk("show", line["ref"], "--json").data
    second = desk("show", line["ref"], "--json", "--profile", other).data
    for name in ("family_name", "middle_name", "given_name", "emails", "phones", "notes"):
        assert first[name] == second[name]


def test_tasks_go_to_a_calendar(desk: Desk, tmp_path: Path) -> None:
    desk("add", "task", "title=Nộp báo cáo", "due_on=2026-12-31")
    target = tmp_path / "tasks.ics"
    assert desk("export", "tasks", "--to", target).code == 0
    text = target.read_text(encoding="utf-8")
    assert "BEGIN:VTODO" in text
    assert "Nộp báo cáo" in text


def test_backup_and_verify_tell_that_the_store_is_whole(desk: Desk, tmp_path: Path) -> None:
    desk("add", "task", "title=Một")
    verified = desk("verify", "--json").data
    assert verified["problems"] == []
    backed_up = desk("backup", tmp_path / "backup.zip", "--json").data
    assert backed_up["chain"] == verified["chain"]


def test_wrong_passphrase_is_refused(desk: Desk, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("not the passphrase at all", encoding="utf-8")
    refused = desk("list", "contact", "--passphrase-file", wrong)
    assert refused.code == 1
    assert "passphrase" in refused.err


def test_missing_store_is_refused_and_not_made(desk: Desk, tmp_path: Path) -> None:
    refused = desk("list", "contact", "--profile", tmp_path / "elsewhere")
    assert refused.code == 1
    assert not (tmp_path / "elsewhere").exists()


def test_wrong_usage_is_exit_code_two(desk: Desk) -> None:
    with pytest.raises(SystemExit) as stop:
        desk("lst")
    assert stop.value.code == 2


def test_vietnamese_answers_in_vietnamese(desk: Desk) -> None:
    assert "không" in desk("show", "TOK-CON-0000-0001", "--language", "vi").err.lower()


def test_real_process_makes_a_store_and_says_what_it_lacks_without_a_display(
    tmp_path: Path,
) -> None:
    passphrase = tmp_path / "passphrase"
    passphrase.write_text(PASSPHRASE, encoding="utf-8")
    without_display = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    }

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "embassy_desk.cli.main", "--profile", str(tmp_path / "p"),
             "--passphrase-file", str(passphrase), *words],
            env=without_display, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip

    made = run("init", "--mission", "sin", "--person", "Trần Thị Bình", "--json")
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["mission"] == "SIN"
    again = run("init", "--mission", "SIN", "--person", "x")
    assert again.returncode == 1
    if sys.platform == "linux":
        window = run()
        assert window.returncode == 1
        assert "DISPLAY" in window.stderr or "xvfb" in window.stderr.lower()


def test_backup_and_export_never_write_over_the_store(desk: Desk, tmp_path: Path) -> None:
    desk("add", "task", "title=Một")
    for name in ("store.db", "store.key", "store.db-wal"):
        assert desk("backup", tmp_path / "profile" / name).code == 1
        assert desk("export", "tasks", "--to", tmp_path / "profile" / name).code == 1
    assert desk("verify", "--json").data["problems"] == []


def test_keys_of_a_store_that_is_elsewhere_are_not_replaced(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "profile"
    (folder / "store.db").rename(tmp_path / "aside.db")
    keys = (folder / "store.key").read_bytes()
    refused = desk("init", "--mission", "TOK", "--person", "An")
    assert refused.code == 1
    assert "Key files" in refused.err
    assert (folder / "store.key").read_bytes() == keys


def test_new_post_of_a_contact_closes_the_present_one(desk: Desk) -> None:
    ref = desk(
        "add", "contact", "given_name=An", "organisation=Sen Việt", "position=Giám đốc", "--json"
    ).data["ref"]
    moved = desk("set", ref, "organisation=Trúc Xanh", "position=Chủ tịch", "--json").data
    assert moved["organisation"] == "Trúc Xanh"
    posts = {each["organisation_name"]: each["to_on"] for each in moved["parts"]["position"]}
    assert posts["Sen Việt"]
    assert not posts["Trúc Xanh"]


@pytest.mark.parametrize(
    ("dates", "state"),
    [
        (("in_force_on=2020-01-01",), "in_force"),
        (("in_force_on=9000-01-01",), "awaiting_entry"),
        (("in_force_on=2020-01-01", "terminated_on=2022-01-01"), "terminated"),
        (("in_force_on=2020-01-01", "suspended_on=2022-01-01"), "suspended"),
        (("provisional_from=2020-01-01",), "provisionally_applied"),
        (("signed_on=2020-01-01",), "signed"),
        ((), "idea"),
    ],
)
def test_state_follows_from_the_dates_of_a_register(
    desk: Desk, dates: tuple[str, ...], state: str
) -> None:
    made = desk("add", "agreement", "title_vi=Bản ghi nhớ", *dates, "--json").data
    assert made["state"] == state


def test_agreement_is_not_in_force_before_its_day(desk: Desk) -> None:
    made = desk("add", "agreement", "title_en=x", "in_force_on=2020-08-01", "--json").data
    before = desk("show", made["ref"], "--on", "2020-07-31", "--json").data
    assert "in_force" not in before["conditions"]


def test_rows_of_an_engagement_keep_its_rules(desk: Desk) -> None:
    person = desk(
        "add", "contact", "given_name=An", "organisation=Sen Việt", "position=Giám đốc", "--json"
    ).data
    meeting = desk("add", "engagement", "subject=Họp", "held_on=2026-11-20", "--json").data["ref"]
    seat = desk(
        "add", "their_participant", f"engagement_id={meeting}", f"contact_id={person['ref']}",
        "--json",
    ).data  # fmt: skip
    assert (seat["name_then"], seat["organisation_then"]) == ("An", "Sen Việt")
    promise = desk(
        "add", "commitment", f"engagement_id={meeting}", "text=Gửi tài liệu", "owed_by=ours",
        "--json",
    ).data  # fmt: skip
    assert desk("show", promise["task_id"], "--json").data["title"] == "Gửi tài liệu"
    forged = desk(
        "add", "stage_step", f"record_id={meeting}", "to_state=bogus", "on=2020-01-01",
        "at=2020-01-01T00:00Z",
    )  # fmt: skip
    assert forged.code == 1


def test_what_the_program_and_headquarters_keep_is_not_set_here(desk: Desk) -> None:
    ref = desk("add", "task", "title=Một", "--json").data["ref"]
    for assignment in ("ref=TOK-TSK-0000-0001", "mission=SIN", "created_via=import"):
        assert desk("set", ref, assignment).code == 1
    country = desk("list", "country", "--limit", "1", "--json").data[0]["ref"]
    assert "headquarters" in desk("set", country, "name_vi=Khác").err


def test_number_without_country_code_is_not_guessed_wrongly(desk: Desk) -> None:
    shown = desk("add", "contact", "given_name=An", "phones=0912345678;+84912345678", "--json").data
    assert shown["phones"] == ["0912345678", "+84912345678"]


def test_count_out_of_reason_is_wrong_usage(desk: Desk) -> None:
    for count in ("99999999999999999999", "-1", "abc"):
        with pytest.raises(SystemExit) as stop:
            desk("list", "task", f"--limit={count}")
        assert stop.value.code == 2


def test_store_is_not_made_where_a_file_lies(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "a file"
    file.write_text("x", encoding="utf-8")
    refused = desk("init", "--mission", "TOK", "--person", "An", "--profile", file)
    assert refused.code == 1
    assert "Traceback" not in refused.err


@pytest.mark.parametrize("day", ["20260301", "2026-W10-1", "2026-3-1", "01/03/2026", "today"])
def test_days_are_written_in_one_form_only(desk: Desk, day: str) -> None:
    ref = desk("add", "contact", "given_name=An", "--json").data["ref"]
    refused = desk("show", ref, "--on", day)
    assert (refused.code, "YYYY-MM-DD" in refused.err) == (1, True)
    assert desk("show", ref, "--on", "2026-03-01").code == 0
