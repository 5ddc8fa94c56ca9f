"""The window closes in two steps: everything stops first, and nothing typed is lost."""

import logging
from pathlib import Path

import pytest

from makers.desks import at_the_desk, opened_store, run_on_desk


def test_closed_window_lets_go_of_the_store(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            person.frame.close()
            assert person.frame.isVisible(), "the window went before everything had stopped"

    run_on_desk(story)
    with opened_store(folder) as store:
        assert store.identity.mission == "TOK"


def test_bug_is_told_with_an_incident_that_stands_in_the_log(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail() -> None:
        raise ZeroDivisionError("planted")

    async def story() -> None:
        async with at_the_desk(folder) as person:
            person.door.keeper.start(fail(), name="planted")
            await person.sees(lambda: "Incident" in person.frame.notices.text, "the notice")
            incident = person.frame.notices.text.split("Incident ")[1].split()[0]
            assert incident in caplog.text
            assert person.desk.page.isVisible(), "one bug took the desk down"

    with caplog.at_level(logging.CRITICAL, "embassy_desk"):
        run_on_desk(story)
    log = (folder / "logs" / "desk.log").read_text(encoding="utf-8")
    assert "ZeroDivisionError" in log
    assert "test_closing.py" in log
    assert "planted" not in log, "what an error says may quote a record"
