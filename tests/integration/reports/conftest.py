"""A small demo mission, made once, and its reports."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from embassy_desk.application.demo import fill_demo
from embassy_desk.application.profile import DEMO_PASSPHRASE, Profile, create_profile
from embassy_desk.application.reports import Wish
from embassy_desk.domain.contact import Contact
from embassy_desk.domain.engagement import TheirParticipant
from embassy_desk.reports.asked import Needs
from embassy_desk.reports.catalogue import REPORTS
from embassy_desk.store.opening import Store
from embassy_desk.store.work import UnitOfWork

TODAY = date(2026, 11, 22)
FIRST = date(2026, 1, 1)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Profile]:
    profile = make_demo(tmp_path_factory.mktemp("reports") / "demo")
    yield profile
    profile.close()


def make_demo(folder: Path) -> Profile:
    """Return a small mission of a demo."""
    profile = create_profile(
        folder,
        DEMO_PASSPHRASE,
        lambda: datetime(2026, 11, 22, 8, tzinfo=UTC),
        mission="TOK",
        person="Nguyễn Minh Châu",
        is_demo=True,
    )
    fill_demo(profile.store, on=TODAY, contacts=150)
    return profile


@pytest.fixture
def store(demo: Profile) -> Store:
    return demo.store


def wish_for(store: Store, name: str) -> Wish:
    """Return a wish that tells a report all it needs."""
    with store.reading() as work:
        return Wish(on=TODAY, from_on=FIRST, **_needed(work, REPORTS[name].needs))


def _needed(work: UnitOfWork, needs: Needs) -> dict[str, str]:
    execute = work.raw.execute
    if needs is Needs.COUNTRY:
        return {"country": execute("SELECT country FROM agreement ORDER BY ref").fetchone()[0]}
    if needs is Needs.AGREEMENT:
        row = execute("SELECT agreement_id FROM obligation ORDER BY ref").fetchone()
    elif needs is Needs.COUNTERPART:
        seats = [each.contact_id for each in work.all(TheirParticipant) if each.contact_id]
        return {"subject": str(work.get(Contact, seats[0]).id)}
    elif needs is Needs.STAFF:
        row = execute("SELECT assignee FROM task WHERE assignee NOT NULL ORDER BY ref").fetchone()
    else:
        return {}
    return {"subject": row[0]}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "report"
