"""Two desks and a headquarters that can be set back to a backup."""

from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from embassy_desk.application.exchanging import Report
from embassy_desk.application.office import perform
from embassy_desk.application.records import change_record, enter_record
from embassy_desk.domain.contact import Contact
from embassy_desk.headquarters.app import build_app
from embassy_desk.headquarters.backups import back_up_hub
from embassy_desk.headquarters.database import EVERY_SCOPE
from embassy_desk.headquarters.hub import Hub, epoch_of, open_hub
from embassy_desk.headquarters.keys import OFFLINE
from embassy_desk.headquarters.restoring import begin_epoch, replay_journal, restore_hub
from embassy_desk.headquarters.verifying import verify_hub
from embassy_desk.store.verifying import verify
from makers.lines import LinkedDesk


@dataclass
class SetBackOffice:
    """Two desks and their headquarters, which can be set back.

    Attributes:
        hub: Headquarters as it is now.
        databases: Addresses of empty databases for what is restored; nothing for a file.
    """

    hub: Hub
    anna: LinkedDesk
    binh: LinkedDesk
    folder: Path
    databases: list[str]
    later: list[Hub] = field(default_factory=list)

    def back_up(self) -> None:
        back_up_hub(self.hub, self.folder / "backup")

    def set_back(self) -> None:
        """Lose headquarters with its journal, and restore the backup."""
        key = (self.hub.home / OFFLINE / "recovery.key").read_text(encoding="utf-8")
        home = self.folder / f"later {len(self.later)}"
        database = self.databases.pop()
        restore_hub(self.folder / "backup", home, key, self.hub.clock, {}, database=database)
        self.hub = open_hub(home, self.hub.clock, {})
        self.later.append(self.hub)
        self.anna.line.client.app = build_app(self.hub)

    def settle(self) -> list[Report]:
        """Let both exchange until nothing moves; fails if a digest differs on the way."""
        reports = [each.sync() for _ in range(3) for each in (self.anna, self.binh)]
        assert sum(each.repaired for each in reports) == 0
        for each in (self.anna, self.binh):
            with each.store.reading() as work:
                assert verify(work.raw).problems == ()
        with self.hub.database.reading([EVERY_SCOPE]) as connection:
            assert list(verify_hub(self.hub, connection).problems) == []
        return reports


def set_back(hub: Hub, backup: Path, home: Path, journals: list[Path]) -> Hub:
    """Close a headquarters, restore an older one and return it, with what journals have besides.

    Its generation is one that no laptop knows, as the operator sees to who restores twice.
    """
    key = (hub.home / OFFLINE / "recovery.key").read_text(encoding="utf-8")
    with hub.database.reading([EVERY_SCOPE]) as connection:
        known = epoch_of(connection)
    hub.close()
    epoch = restore_hub(backup, home, key, hub.clock, {}).epoch
    (home / OFFLINE).mkdir()
    (home / OFFLINE / "recovery.key").write_text(key, encoding="utf-8")
    later = open_hub(home, hub.clock, {})
    while epoch <= known:
        epoch = begin_epoch(later)
    for journal in journals:
        replay_journal(later, journal, key)
    return later


def entered(desk: LinkedDesk, **values: str) -> UUID:
    """Enter a contact at a desk and return its identity."""
    return perform(desk.store, enter_record, "contact", {"family_name": "Lê", **values})[0].id


def changed(desk: LinkedDesk, contact: UUID, **values: str) -> None:
    """Change a contact at a desk."""
    perform(desk.store, change_record, "contact", contact, values)


def shown(desk: LinkedDesk, contact: UUID) -> Contact | None:
    """Return a contact as a desk shows it."""
    with desk.store.reading() as work:
        return work.find(Contact, contact)


def lost_values(desk: LinkedDesk) -> list[tuple[str, str, str]]:
    """Return kind, field and other value of every conflict."""
    with desk.store.reading() as work:
        return work.raw.execute(
            "SELECT fields ->> 'kind', fields ->> 'field', fields ->> 'loser_value'"
            " FROM sync_conflict ORDER BY 1, 2, 3"
        ).fetchall()
