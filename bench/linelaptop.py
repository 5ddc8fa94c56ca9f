"""A laptop as a process of its own; does what it is told, line by line, and says what came of it.

Reads `{"do": …}` from its input and writes one line of JSON for each:
enter N, edit N, edit_three N, sync, reconnect, digest. The connection is kept, as a desk does.

    python bench/linelaptop.py FOLDER CODE NUMBER
"""

import json
import random
import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import zstandard

from embassy_desk.application.enrolling import request_enrolment, take_enrolment_answer
from embassy_desk.application.enrolment_road import ask_enrolment, ask_status
from embassy_desk.application.exchanging import Report, road_to, synchronise
from embassy_desk.application.office import answer, perform
from embassy_desk.domain.contact import Contact
from embassy_desk.sealing.keys import StoreKey
from embassy_desk.store.headquarters_link import ACTIVE, headquarters_link
from embassy_desk.store.opening import create_store
from embassy_desk.store.work import UnitOfWork
from embassy_desk.sync.enrolment import EnrolmentCode
from embassy_desk.transport.road import Road, RoadTimes

KEY = StoreKey(bytes(range(48)))
NAMES = UUID("6f3f9c1e-6a55-4a52-9a2e-3a52b8f4d6a1")
FAMILIES = (
    "Đặng",
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Võ",
    "Hoàng",
    "Bùi",
    "Suzuki",
    "Tanaka",
    "Sato",
)
GIVEN = ("Hường", "Thu Hà", "Minh Quân", "An", "Bình", "Chi", "Kenji", "Yuko", "Haruto", "Linh")
CONSONANTS, VOWELS = "bcdghklmnprstvxyz", "aeiouy"
"""Made-up words are as hard to compress as those that other programs were measured with."""

ENTERED_AT_ONCE = 2_000


def now() -> datetime:
    """Return the present time."""
    return datetime.now(UTC)  # noqa: TID251  the clock itself


class Laptop:
    """An enrolled desk without a window."""

    def __init__(self, folder: Path, code: str, number: int) -> None:
        """Make a store and enrol it; approval comes from elsewhere."""
        folder.mkdir()
        owner = uuid5(NAMES, f"owner {number}")
        self.store = create_store(folder, KEY, now, mission="TOK", owner=owner)
        self.dice = random.Random(number)
        self.requests = 0
        parsed = EnrolmentCode.parsed(code)
        request, _ = perform(self.store, request_enrolment, parsed, is_demo=False)
        told = ask_enrolment(request, parsed, RoadTimes(now), url="", proxy=None)
        perform(self.store, take_enrolment_answer, told)
        self.node = request.node
        self.road: Road | None = None

    def enter(self, count: int) -> dict[str, Any]:
        """Enter contacts; return how long their values are as JSON, compressed in one piece."""
        plain: list[str] = []
        for first in range(0, count, ENTERED_AT_ONCE):
            with self.store.work() as work:
                some = range(first, min(count, first + ENTERED_AT_ONCE))
                made = [self._contact(work, number) for number in some]
                work.add_all(made)
                work.commit()
            plain += [each.model_dump_json(exclude_defaults=True) for each in made]
        floor = zstandard.ZstdCompressor(level=9).compress("\n".join(plain).encode())
        return {"floor_bytes": len(floor)}

    def _contact(self, work: UnitOfWork, number: int) -> Contact:
        dice = self.dice
        family, given = dice.choice(FAMILIES), dice.choice(GIVEN)
        return work.new(
            Contact,
            family_name=family,
            given_name=f"{given} {number}",
            romanised_name=f"{given} {family} {number}".encode("ascii", "ignore").decode(),
            honorific=dice.choice(("mr", "ms")),
            form_of_address=dice.choice(("Your Excellency", "Dear Director", "")),
            languages=dice.choice(("vi", "ja en", "en vi")),
            preferred_language=dice.choice(("vi", "ja", "en")),
            precedence=dice.randrange(1, 500),
            nationality=dice.choice(("VN", "JP", "US", "FR")),
            cadence_days=dice.randrange(7, 365),
            notes=self._words(25),
        )

    def _words(self, count: int) -> str:
        dice = self.dice
        syllables = (
            (dice.choice(CONSONANTS) + dice.choice(VOWELS) for _ in range(dice.randrange(2, 5)))
            for _ in range(count)
        )
        return " ".join("".join(each) for each in syllables)

    def edit(self, count: int, *names: str) -> dict[str, Any]:
        """Change fields of contacts, each in one transaction as one save does."""
        names = names or ("precedence",)
        with self.store.reading() as work:
            known = work.raw.execute("SELECT id FROM contact ORDER BY id").fetchall()
        for (row_id,) in self.dice.sample(known, count):
            values = {
                "notes": self._words(12),
                "alias": self._words(4),
                "precedence": self.dice.randrange(1, 500),
            }
            with self.store.work() as work:
                contact = work.get(Contact, UUID(row_id))
                work.save(contact.changed(**{name: values[name] for name in names}))
                work.commit()
        return {}

    def edit_three(self, count: int) -> dict[str, Any]:
        """Change three fields of contacts."""
        return self.edit(count, "notes", "alias", "precedence")

    def sync(self, _: int) -> dict[str, Any]:
        """Exchange until nothing is left."""
        if self.road is None:
            link = answer(self.store, lambda work: headquarters_link(work.raw))
            if link is not None and link.status != ACTIVE:
                told = ask_status(self.store, link, RoadTimes(now), proxy=None)
                perform(self.store, take_enrolment_answer, told)
            self.road = answer(self.store, road_to, RoadTimes(now))
        report: Report = synchronise(self.store, self.road)
        return {"turns": report.exchanges, "sent": report.sent, "received": report.received}

    def reconnect(self, _: int) -> dict[str, Any]:
        """Let the connection go; the next exchange makes another."""
        if self.road is not None:
            self.road.close()
            self.road = None
        return {}

    def digest(self, _: int) -> dict[str, Any]:
        """Return the sums of all scopes."""
        with self.store.reading() as work:
            rows = work.raw.execute("SELECT sid, digest FROM sync_scope ORDER BY sid").fetchall()
        return {"digest": {sid: bytes(digest).hex() for sid, digest in rows}}


def main(words: list[str]) -> int:
    """Do what the input says until it ends."""
    laptop = Laptop(Path(words[0]), words[1], int(words[2]))
    print(json.dumps({"node": laptop.node}), flush=True)
    acts: dict[str, Callable[[int], dict[str, Any]]] = {
        "enter": laptop.enter,
        "edit": laptop.edit,
        "edit_three": laptop.edit_three,
        "sync": laptop.sync,
        "reconnect": laptop.reconnect,
        "digest": laptop.digest,
    }
    for line in sys.stdin:
        told = json.loads(line)
        before, started = time.process_time(), time.monotonic()
        came = acts[told["do"]](told.get("count", 0))
        came["seconds"] = time.monotonic() - started
        came["processor_s"] = time.process_time() - before
        came["memory_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps(came), flush=True)
    laptop.store.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
