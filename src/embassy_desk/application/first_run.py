"""The first run: which missions there are, a new store, and a demonstration to look around in."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from embassy_desk.application.demo import fill_demo
from embassy_desk.application.keys import Judgement, Strength, judged
from embassy_desk.application.profile import DEMO_PASSPHRASE, Clock, Profile, create_profile
from embassy_desk.settings.files import writing_error
from embassy_desk.settings.places import is_set_up, resources

__all__ = [
    "DEMO_PASSPHRASE",
    "Judgement",
    "NewStore",
    "ShippedMission",
    "Strength",
    "judged",
    "make_demo",
    "make_store",
    "shipped_missions",
]

DEMO_MISSION = "TOK"
DEMO_PERSON = "Nguyễn Minh Châu"
Report = Callable[[int, int], None]
"""Told how far long work is; raises to stop it."""


@dataclass(frozen=True)
class ShippedMission:
    """A mission as the wizard offers it before there is a store.

    Attributes:
        code: Its three letters.
        names: In Vietnamese and English, by language.
        cities: In Vietnamese and English.
    """

    code: str
    names: dict[str, str]
    cities: tuple[str, str]


@dataclass(frozen=True)
class NewStore:
    """What a new store is made from.

    Attributes:
        mission: Three letters of the mission.
        person: Name of the person at the desk, as written.
        passphrase: What will open the store.
    """

    mission: str
    person: str
    passphrase: str


def shipped_missions() -> tuple[ShippedMission, ...]:
    """Return the missions that came with the program."""
    path = resources() / "reference" / "missions.json"
    return tuple(
        ShippedMission(
            row["code"],
            {"vi": row["name_vi"], "en": row["name_en"]},
            (row.get("city_vi", ""), row.get("city_en", "")),
        )
        for row in json.loads(path.read_text(encoding="utf-8"))
    )


def make_store(folder: Path, new: NewStore, clock: Clock) -> Profile:
    """Make a store and return it open.

    Raises:
        InvalidError: The passphrase is too weak, the mission unknown, or the name empty.
        RefusedError: There is a store already.
        StoreError: The disk refuses.
    """
    return create_profile(folder, new.passphrase, clock, mission=new.mission, person=new.person)


def make_demo(
    folder: Path,
    clock: Clock,
    *,
    on: date,
    contacts: int,
    seed: int = 1,
    report: Report | None = None,
) -> None:
    """Make the demonstration unless there is one; whole or not at all.

    Args:
        folder: Its folder, apart from any real store.
        clock: Answers with the present time.
        on: The day around which its story is told.
        contacts: How many contacts.
        seed: Decides every choice.
        report: Is told how far it is.

    Raises:
        InvalidError: The number of contacts is out of range.
        StoppedError: The person stopped it.
        StoreError: The disk refuses.
    """
    if is_set_up(folder):
        return
    making = folder.with_name(folder.name + ".making")  # renamed when whole
    shutil.rmtree(making, ignore_errors=True)
    try:
        profile = create_profile(
            making, DEMO_PASSPHRASE, clock, mission=DEMO_MISSION, person=DEMO_PERSON, is_demo=True
        )
        try:
            fill_demo(profile.store, seed=seed, contacts=contacts, on=on, report=report)
        finally:
            profile.close()
        _put_in_place(making, folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _put_in_place(making: Path, folder: Path) -> None:
    """Rename the finished folder.

    Raises:
        StoreError: Something is in the way.
    """
    try:
        if folder.exists():
            folder.rmdir()
        making.rename(folder)
    except OSError as error:
        raise writing_error(folder, error) from error
