"""A year of a busy mission on paper: from the store to the file, as the command does it.

    .venv/bin/python bench/year.py

2,000 engagements and 200 agreements, all of them in the period. Each report that lists them is
read, put together and written in each form; seconds by the clock and of the processor. The goal
is three seconds for DOCX and PDF; exit code 1 when the processor's own time is above it.
"""

import sys
import time
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from machine import load
from stores import ON, ROOT, Stores

from embassy_desk.application.office import perform
from embassy_desk.application.records import enter_record
from embassy_desk.application.report_wishes import Wish
from embassy_desk.application.reports import write_report
from embassy_desk.domain.agreement import Agreement
from embassy_desk.domain.engagement import Engagement
from embassy_desk.settings.places import translations
from embassy_desk.store.opening import Store
from embassy_desk.texts import Words

CONTACTS, AGREEMENTS, GOAL_S = 7_500, 200, 3.0
REPORTS = ("periodic", "engagement_ledger", "agreement_register")
FORMS = (".docx", ".pdf", ".xlsx")
_LONG_AGO = timedelta(days=3_650)


def main() -> int:
    """Write every report in every form, print a table, and say whether the goal is met."""
    words, slow = Words("vi", translations()), 0
    wish = Wish(on=ON, from_on=ON - _LONG_AGO, until_on=ON)
    stores = Stores(ROOT / "build" / "bench")
    with TemporaryDirectory() as room, stores.copied(CONTACTS, Path(room)) as profile:
        store = profile.store
        engagements, agreements = _fill(store)
        print(f"{engagements} engagements, {agreements} agreements; load {load()}")
        print("| report | form | clock | processor | size |\n|---|---|---:|---:|---:|")
        for name in REPORTS:
            for form in FORMS:
                target = Path(room) / f"{name}{form}"
                clock, work = time.perf_counter(), time.process_time()
                write_report(store, name, wish, target, words)
                clock, work = time.perf_counter() - clock, time.process_time() - work
                slow += form != ".xlsx" and work > GOAL_S
                size = target.stat().st_size // 1_000
                print(f"| {name} | {form[1:]} | {clock:.2f} s | {work:.2f} s | {size} kB |")
    return 1 if slow else 0


def _fill(store: Store) -> tuple[int, int]:
    """Enter agreements until there are enough, and return how much there is."""
    with store.work() as work:
        engagements, agreements = work.count(Engagement), work.count(Agreement)
    for no in range(agreements, AGREEMENTS):
        title = f"Bản ghi nhớ về hợp tác số và chuyển đổi số, số {no}"
        perform(store, enter_record, "agreement", {"title_vi": title, "country": "JP"})
    return engagements, max(agreements, AGREEMENTS)


if __name__ == "__main__":
    sys.exit(main())
