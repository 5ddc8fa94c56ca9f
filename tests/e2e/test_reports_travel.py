"""A signed report goes from a mission to headquarters over the line and by pouch.

Both sides run as their people start them: the service as a process of its own, the desk by its
command line. What is owed is due or overdue on both until the report has come in.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from embassy_desk.cli.hq import main as hq
from embassy_desk.cli.main import main as desk
from embassy_desk.reports.narratives import PERIODIC
from makers.desks import PASSPHRASE, make_profile
from makers.reports import DUTY
from makers.services import ServiceProcess, make_service

pytestmark = pytest.mark.e2e

Program = Callable[[list[str]], int]

BEFORE, AFTER = "2026-11-03", "2026-11-20"
"""Days before and after the report of October is due."""


class Headquarters:
    """A running service, and its operator at the command line."""

    def __init__(self, service: ServiceProcess, capsys: pytest.CaptureFixture[str]) -> None:
        self.service = service
        self._capsys = capsys

    def run(self, *words: str) -> Any:
        """Run a command of the operator and return its answer."""
        return _run(hq, [*words, "--json", "--home", str(self.service.home)], self._capsys)

    def owed(self, on: str, first: str = "2026-10-01") -> str:
        """Return where the report of a month stands."""
        found = self.run("report", "due", "--on", on)
        return str(next(each["standing"] for each in found if each["from"] == first))

    def received(self) -> list[tuple[str, str, str]]:
        """Return mission, reference and content hash of the reports that came in."""
        found = self.run("report", "received")
        assert all(each["received_at"] for each in found)
        return [(each["mission"], each["ref"], each["digest"]) for each in found]

    def device(self, status: str = "") -> str:
        """Return the identity of the mission's device, or of the one that waits to be let in."""
        return str(
            next(
                each["id"]
                for each in self.run("devices")
                if (each["status"] == status if status else each["mission"] == "TOK")
            )
        )


class Mission:
    """A desk of the mission TOK that is told what to do by words alone."""

    def __init__(
        self, folder: Path, capsys: pytest.CaptureFixture[str], profile: Path | None = None
    ) -> None:
        self.folder = folder
        self._capsys = capsys
        (folder / "words").write_text(PASSPHRASE, encoding="utf-8")
        texts = {part.name: f"Lời văn: {part.name}." for part in PERIODIC}
        (folder / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
        profile = profile or make_profile(folder)
        self._store = ["--profile", str(profile), "--passphrase-file", str(folder / "words")]

    def run(self, *words: str) -> Any:
        """Run a command and return its answer."""
        return _run(desk, [*words, "--json", "--language", "vi", *self._store], self._capsys)

    def enrol(self, headquarters: Headquarters, *whose: str) -> None:
        """Be let in by headquarters, as the mission's laptop or as somebody else's."""
        code = headquarters.run("enrolment", "new", *(whose or ("--mission", "TOK")))["code"]
        self.run("enrol", "--code", code, "--url", headquarters.service.url(""))
        headquarters.run("devices", "approve", headquarters.device("pending"))

    def standing(self, on: str) -> str:
        """Return where the report of October stands."""
        found = self.run("duties", "--on", on)
        return str(next(each["standing"] for each in found if each["from"] == "2026-10-01"))

    def sign(self, month: str, last: str) -> Any:
        """Sign the periodic report of a month off."""
        texts = str(self.folder / "texts.json")
        days = ["--from", f"2026-{month}-01", "--until", f"2026-{month}-{last}"]
        return self.run("sign", "periodic", "--texts", texts, *days, "--signatory", "Phạm Hiệu")


def _run(program: Program, words: list[str], capsys: pytest.CaptureFixture[str]) -> Any:
    capsys.readouterr()
    code = program(words)
    told = capsys.readouterr()
    assert code == 0, told.err
    return json.loads(told.out) if told.out.startswith(("{", "[")) else None


@pytest.fixture
def headquarters(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Headquarters]:
    """A service that is owed a report each month."""
    service = make_service(tmp_path / "hq", "--name", "127.0.0.1")
    made = Headquarters(service, capsys)
    (tmp_path / "duty.json").write_text(json.dumps({"report_duty": [DUTY]}), encoding="utf-8")
    made.run("reference", "publish", str(tmp_path / "duty.json"))
    service.start("--port", "0")
    yield made
    service.stop()


@pytest.fixture
def mission(
    tmp_path: Path, headquarters: Headquarters, capsys: pytest.CaptureFixture[str]
) -> Mission:
    """A desk that is enrolled."""
    mission = Mission(tmp_path, capsys)
    mission.enrol(headquarters)
    mission.run("sync")
    return mission


def test_a_signed_report_is_owed_on_both_sides_until_it_has_come_in(
    headquarters: Headquarters, mission: Mission, tmp_path: Path
) -> None:
    for day, standing in ((BEFORE, "due"), (AFTER, "overdue")):
        assert (mission.standing(day), headquarters.owed(day)) == (standing, standing)

    signed = mission.sign("10", "31")
    assert mission.standing(AFTER) == "handed_in"
    assert headquarters.owed(AFTER) == "overdue"
    assert headquarters.received() == []

    mission.run("sync")
    assert headquarters.owed(AFTER) == "handed_in"
    assert headquarters.received() == [("TOK", signed["ref"], signed["digest"])]

    late = mission.sign("09", "30")
    there, back = tmp_path / "there.pouch", tmp_path / "back.pouch"
    mission.run("pouch", "write", str(there))
    assert headquarters.owed(AFTER, "2026-09-01") == "overdue"
    headquarters.run("pouch", "read", str(there))
    headquarters.run("pouch", "read", str(there))  # delivered twice
    assert headquarters.owed(AFTER, "2026-09-01") == "handed_in"
    assert sorted(headquarters.received()) == sorted(
        ("TOK", each["ref"], each["digest"]) for each in (signed, late)
    )
    headquarters.run("pouch", "write", headquarters.device(), str(back))
    mission.run("pouch", "read", str(back))
    mission.run("signed", late["ref"], "--to", str(tmp_path / "late.pdf"))
    assert (tmp_path / "late.pdf").read_bytes().startswith(b"%PDF")


def test_an_officer_who_follows_a_mission_sees_at_the_desk_what_it_owes_and_handed_in(
    headquarters: Headquarters,
    mission: Mission,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    headquarters.run("officer", "add", "Lê Thu Hà", "--missions", "TOK")
    folder = tmp_path / "officer"
    folder.mkdir()
    officer = Mission(folder, capsys, folder / "profile")  # a device of its own
    officer.run("init", "--mission", "PAR", "--person", "Lê Thu Hà")
    officer.enrol(headquarters, "--officer", "Lê Thu Hà")
    officer.run("sync")
    assert officer.standing(AFTER) == "overdue"

    signed = mission.sign("10", "31")
    mission.run("sync")
    officer.run("sync")
    assert officer.standing(AFTER) == "handed_in"
    assert [each["mission"] for each in officer.run("duties", "--on", AFTER)] == ["TOK"] * 3
    officer.run("signed", signed["ref"], "--to", str(tmp_path / "received.pdf"))
    assert (tmp_path / "received.pdf").read_bytes().startswith(b"%PDF")
