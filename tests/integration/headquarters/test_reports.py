"""Headquarters shows what came in and what is owed, and makes one report of many missions."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from embassy_desk.cli.hq import main
from embassy_desk.domain.entity import Entity
from embassy_desk.domain.report_duty import DutyStanding
from embassy_desk.headquarters.app import build_app
from embassy_desk.headquarters.database import EVERY_SCOPE
from embassy_desk.headquarters.hub import Hub
from embassy_desk.headquarters.publishing import publish_rows
from embassy_desk.headquarters.reports import (
    codes_asked,
    owed_by_missions,
    received_reports,
    roll_up,
)
from embassy_desk.reports.asked import Asked
from embassy_desk.reports.catalogue import REPORTS
from embassy_desk.reports.document import Period, Report
from makers import make_agreement, make_engagement, make_report_number, make_signed_report
from makers.laptops import Laptop, make_laptop
from makers.reports import DUTY

TODAY = date(2026, 11, 22)
OF_MISSIONS = [name for name, kind in REPORTS.items() if kind.needs in {"day", "period"}]
YEAR = Period(date(2026, 1, 1), TODAY)


def wire(entity: Entity) -> dict[str, Any]:
    """Return the fields of an entity as they travel, without empty ones."""
    told = json.loads(entity.model_dump_json(exclude={"id"}))
    hexed = {
        name: value.replace("-", "") if isinstance(getattr(entity, name), UUID) else value
        for name, value in told.items()
    }
    return {name: value for name, value in hexed.items() if value not in (None, "")}


@pytest.fixture
def client(hub: Hub) -> Iterator[TestClient]:
    with TestClient(build_app(hub)) as client:
        yield client


def written(laptop: Laptop, *entities: tuple[str, Entity]) -> None:
    for name, each in entities:
        form = {"n": len(laptop.operations) + 1, "t": int(laptop.clock().timestamp() * 1000)}
        row = {"e": name, "r": each.id.hex, "k": "put", "u": laptop.keys.node, "b": 0}
        laptop.append({**form, **row, "f": wire(each)})
    told = laptop.post(laptop.request()).json()
    assert (told["last"], told.get("results", [])) == (len(laptop.operations), [])
    laptop.acked = told["last"]


@pytest.fixture
def filled(client: TestClient, hub: Hub) -> Hub:
    """Two missions with agreements and engagements of their own; one signed a report."""
    tokyo, paris = make_laptop(client, hub), make_laptop(client, hub, "PAR")
    for at, (laptop, code) in enumerate(((tokyo, "TOK"), (paris, "PAR"))):
        for no in range(2 + at):
            key = UUID(int=1000 * (at + 1) + no)
            agreement = make_agreement(
                id=key, ref=f"{code}-AGR-A7-{no:04}", mission=code, state="in_force",
                in_force_on=date(2025, 1, 1), signed_on=date(2024, 12, 1), open_ended=True,
            )  # fmt: skip
            held = make_engagement(
                id=UUID(int=key.int + 500), ref=f"{code}-ENG-A7-{no:04}", mission=code,
                state="held", held_on=date(2026, 5, 4),
            )  # fmt: skip
            written(laptop, ("agreement", agreement), ("engagement", held))
    written(tokyo, ("signed_report", make_signed_report()), ("report_number", make_report_number()))
    return hub


def rolled(hub: Hub, name: str, wanted: str = "") -> Report:
    asked = Asked(on=TODAY, period=YEAR)
    with hub.database.reading([EVERY_SCOPE]) as connection:
        return roll_up(hub, connection, name, asked, codes_asked(connection, wanted))


def test_a_signed_report_shows_as_received_with_its_number(filled: Hub) -> None:
    with filled.database.reading([EVERY_SCOPE]) as connection:
        (one,) = received_reports(connection, ("TOK", "PAR"))
        assert received_reports(connection, ("PAR",)) == ()
    assert (one.record, one.number) == (make_signed_report(), 5)
    assert one.received_at.date() == TODAY


def test_what_is_owed_is_due_overdue_or_handed_in(filled: Hub) -> None:
    publish_rows(filled, {"report_duty": [DUTY]})
    with filled.database.reading([EVERY_SCOPE]) as connection:
        owed = owed_by_missions(connection, ("TOK", "PAR"), TODAY)
    found = {(each.mission, each.first.month): each.standing for each in owed}
    assert found == {
        ("PAR", 9): DutyStanding.OVERDUE,
        ("PAR", 10): DutyStanding.OVERDUE,
        ("PAR", 11): DutyStanding.RUNNING,
        ("TOK", 9): DutyStanding.OVERDUE,
        ("TOK", 10): DutyStanding.HANDED_IN,
        ("TOK", 11): DutyStanding.RUNNING,
    }


def test_a_roll_up_holds_the_figures_of_each_mission_and_their_sum(filled: Hub) -> None:
    for name in OF_MISSIONS:
        whole, alone = rolled(filled, name), [rolled(filled, name, each) for each in ("PAR", "TOK")]
        for at, (label, count) in enumerate(whole.counts):
            assert count == sum(each.counts[at][1] for each in alone), label
        tables = whole.tables
        if str(tables[0].title) == "Figures by mission":
            rows = [row.cells for row in tables[0].rows]
            assert [row[0] for row in rows[:-1]] == ["PAR", "TOK"]
            for column in range(1, len(rows[0])):
                assert rows[-1][column] == sum(int(str(row[column])) for row in rows[:-1])
            tables = tables[1:]
        for table in tables:
            assert {row.cells[0] for row in table.rows} <= {"PAR", "TOK"}
            assert {len(row.cells) for row in table.rows} <= {len(table.columns)}


def test_the_figures_equal_what_was_written(filled: Hub) -> None:
    rows = [row.cells for row in rolled(filled, "periodic").tables[0].rows]
    labels = [str(each.title) for each in rolled(filled, "periodic").tables[0].columns]
    at = labels.index("In force"), labels.index("Engagements held")
    assert [[row[each] for each in at] for row in rows] == [[3, 3], [2, 2], [5, 5]]


def test_by_command_line(filled: Hub, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    publish_rows(filled, {"report_duty": [DUTY]})
    home = ["--home", str(filled.home), "--language", "en"]
    assert main(["report", "received", "--json", *home]) == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert (one["ref"], one["number"], one["mission"]) == ("TOK-RPT-A7-0001", 5, "TOK")
    assert main(["report", "due", "--on", "2026-11-03", "--json", *home]) == 0
    standings = {(each["mission"], each["from"]): each["standing"]
                 for each in json.loads(capsys.readouterr().out)}  # fmt: skip
    assert standings["PAR", "2026-10-01"] == "due"
    assert standings["TOK", "2026-10-01"] == "handed_in"
    for form in ("pdf", "docx", "xlsx", "csv"):
        target = tmp_path / f"r.{form}"
        words = ["report", "periodic", "--to", str(target), "--on", "2026-11-22", *home]
        assert main(words) == 0
        assert target.stat().st_size > 500
    assert main(["report", "periodic", *home]) == 1
    assert main(["report", "nonsense", "--to", str(target), *home]) == 1
    assert main(["report", "received", "--missions", "XXX", *home]) == 1
