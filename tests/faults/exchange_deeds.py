"""Deeds between a desk and headquarters: an exchange over the line, a pouch there, a pouch back."""

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from embassy_desk.application.attachments import attach
from embassy_desk.application.exchanging import begin, carry
from embassy_desk.application.office import answer, perform
from embassy_desk.application.places import Here
from embassy_desk.application.pouches import read_pouch, write_pouch
from embassy_desk.application.profile import Profile, open_profile
from embassy_desk.application.records import enter_record
from embassy_desk.application.taking_over import take_over
from embassy_desk.domain.contact import Contact
from embassy_desk.headquarters.hub import Hub
from embassy_desk.headquarters.pouching import write_pouch as write_at_headquarters
from embassy_desk.store.outgoing import present_node
from embassy_desk.sync.exchange import ExchangeAnswer
from embassy_desk.transport.road import Road, RoadTimes
from faults.deeds import BESIDE, OLD, OPERATIONS, PROFILE, Deed, Say, kept_in
from makers.hubs import BEGINNING, HubClock, make_hub
from makers.lines import HOST, Line, let_in, linked_desk, new_line

FROM_OTHERS = 12
ANSWER, POUCH_BACK, POUCH_THERE = "answer.json", "back.pouch", "there.pouch"

KEPT = (
    f"SELECT ({OPERATIONS}) + (SELECT sum(acked) FROM sync_node)"
    " + (SELECT coalesce(sum(cursor), 0) FROM sync_scope)"
    " + (SELECT count(*) FROM local_value WHERE topic = 'pouch')"
)
"""Own operations, those that headquarters has, how far it was read, which pouches went and came."""


@contextmanager
def _opened(folder: Path) -> Iterator[Profile]:
    """Open the profile of a run on the day of headquarters."""
    with closing(open_profile(folder / PROFILE, OLD, HubClock())) as profile:
        yield profile


def _exchange(folder: Path, say: Say) -> None:
    with _opened(folder) as profile:
        planned = begin(profile.store, takes_snapshots=False)
        told = ExchangeAnswer.model_validate_json((folder / BESIDE / ANSWER).read_bytes())
        carried = told, timedelta(seconds=1)
        here = Here(profile.store)
        asyncio.run(take_over(here, planned, carried, lambda _: say(kept_in(profile, KEPT))))


def _write_pouch(folder: Path, say: Say) -> None:
    with _opened(folder) as profile:
        write_pouch(profile.store, folder / BESIDE / POUCH_THERE)
        say(kept_in(profile, KEPT))


def _take_pouch(folder: Path, say: Say) -> None:
    with _opened(folder) as profile:
        read_pouch(profile.store, folder / BESIDE / POUCH_BACK)
        say(kept_in(profile, KEPT))


def _with_headquarters(folder: Path) -> None:
    """Enrol the desk, let it work, and keep what headquarters would answer it."""
    (folder / BESIDE).mkdir()
    with TemporaryDirectory() as place, closing(make_hub(Path(place) / "hq")) as hub:
        line = new_line(hub)
        _let_others_work(Path(place), hub, line)
        with _opened(folder) as profile:
            let_in(profile.store, hub)
            for number in range(FROM_OTHERS):
                perform(profile.store, enter_record, "contact", {"family_name": f"Phạm {number}"})
            node = answer(profile.store, lambda work: present_node(work.raw).node_id)
        write_at_headquarters(hub, node, folder / BESIDE / POUCH_BACK)
        shutil.copytree(folder / PROFILE, Path(place) / PROFILE)
        with _opened(Path(place)) as copied:
            times = RoadTimes(HubClock(), sleep=lambda _: None, chance=lambda: 0.5)
            with closing(Road(HOST, "", times, transport=line)) as road:
                told, _ = carry(road, begin(copied.store, takes_snapshots=False))
    (folder / BESIDE / ANSWER).write_text(told.model_dump_json(by_alias=True, exclude_unset=True))


def _let_others_work(place: Path, hub: Hub, line: Line) -> None:
    """Let a colleague enter contacts, one with a file, and send them."""
    with closing(linked_desk(place / "colleague", hub, line, number=2)) as colleague:
        for number in range(FROM_OTHERS):
            perform(colleague.store, enter_record, "contact", {"family_name": f"Tanaka {number}"})
        paper = place / "paper.txt"
        paper.write_text(f"biên bản {BEGINNING}\n" * 500, "utf-8")
        with colleague.store.work() as work:
            attach(work, colleague.store, work.all(Contact)[0], paper)
            work.commit()
        colleague.sync()


DEEDS_BETWEEN: dict[str, Deed] = {
    name: Deed(perform_it, _with_headquarters, kept=KEPT, has_contents_later=True)
    for name, perform_it in (
        ("exchange with headquarters", _exchange),
        ("write a pouch", _write_pouch),
        ("take a pouch", _take_pouch),
    )
}
