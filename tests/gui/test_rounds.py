"""While the desk is open its store is backed up once a day, and its mark follows the work."""

from pathlib import Path

from embassy_desk.application.backups import Why, local_backups
from embassy_desk.application.records import enter_record
from embassy_desk.desktop.keeping.rounds import MOST_CHANGES
from embassy_desk.settings.places import MARK_FILE
from makers.desks import at_the_desk, run_on_desk


def test_one_backup_a_day_is_made_while_the_desk_is_open(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            rounds = person.door.session.rounds
            assert rounds is not None
            for _ in range(2):
                rounds.go()
                await person.rests()

    run_on_desk(story)
    assert [each.why for each in local_backups(folder)] == [Why.DAILY]


def test_mark_follows_after_many_saves(folder: Path) -> None:
    marks: list[str] = []

    async def story() -> None:
        async with at_the_desk(folder) as person:
            marks.append((folder / MARK_FILE).read_text(encoding="utf-8"))
            for number in range(MOST_CHANGES):
                values = {"given_name": f"An {number}"}
                await person.desk.office.do(enter_record, "contact", values)
            await person.rests()
            marks.append((folder / MARK_FILE).read_text(encoding="utf-8"))

    run_on_desk(story)
    assert marks[0] != marks[1]


def test_locked_desk_goes_no_rounds(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            person.press("Ctrl+L")
            await person.sees(lambda: person.door.desk is None, "a locked desk")
            await person.rests()
            assert person.door.session.rounds is None

    run_on_desk(story)
    assert local_backups(folder) == ()
