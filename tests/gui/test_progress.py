"""Long work shows how far it is and can be stopped."""

import asyncio
import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QProgressBar

from embassy_desk.desktop.kit.progress import Progress
from embassy_desk.domain.errors import StoppedError
from embassy_desk.texts import N_
from makers.desks import at_the_desk, run_on_desk

TEXT = N_("Reloading …")


def test_long_work_shows_how_far_it_is(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            may_end = threading.Event()

            def count(progress: Progress) -> int:
                progress(3, 4)
                may_end.wait(20)
                return 7

            bar = person.frame.progress
            assert bar.isHidden()
            running = asyncio.ensure_future(  # noqa: TID251  the test waits for it itself
                bar.during(TEXT, lambda progress: asyncio.to_thread(count, progress))
            )
            shown = bar.findChild(QProgressBar)
            assert isinstance(shown, QProgressBar)
            await person.sees(lambda: shown.value() == 750, "three quarters")
            assert "Reloading …" in person.texts
            assert shown.accessibleName() == "Reloading …"
            may_end.set()
            assert await running == 7
            assert bar.isHidden()

    run_on_desk(story)


def test_long_work_is_stopped_by_its_button(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            bar = person.frame.progress

            async def count(progress: Progress) -> None:
                while True:
                    progress(0, 0)
                    await asyncio.sleep(0)

            person.door.keeper.start(bar.during(TEXT, count), name="count")
            await person.sees(bar.isVisible, "the bar")
            person.click(bar.stop_button)
            await person.sees(bar.isHidden, "the end of the work")
            told = person.frame.findChild(QLabel, "notice-text")
            await person.sees(lambda: told.text().startswith("Stopped"), "that it was stopped")

    run_on_desk(story)


def test_work_that_was_stopped_ends_at_its_next_report() -> None:
    progress = Progress()
    progress(1, 2)
    assert (progress.done, progress.total) == (1, 2)
    progress.stop()
    with pytest.raises(StoppedError):
        progress(2, 2)
