"""Pouches that were under way while a desk went back to an older disk and got another identity."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from embassy_desk.application.office import answer, perform
from embassy_desk.application.pouches import preview_pouch, read_pouch, write_pouch
from embassy_desk.application.records import change_record, enter_record
from embassy_desk.domain.contact import Contact
from embassy_desk.domain.errors import RefusedError, StoreError
from embassy_desk.headquarters.hub import Hub
from embassy_desk.headquarters.pouching import read_pouch as read_at_headquarters
from embassy_desk.headquarters.pouching import write_pouch as write_at_headquarters
from makers import identity
from makers.lines import Line, LinkedDesk, linked_again, linked_desk, new_line

ANNA, BINH = identity("anna"), identity("binh")


class Story:
    """A desk that was set back while pouches to it and from it were under way.

    Attributes:
        desk: The desk, under its new identity.
        colleague: Another desk of the mission.
        there: The pouch that it wrote before.
        back: The pouch that headquarters wrote it before.
    """

    def __init__(self, hub: Hub, line: Line, place: Path) -> None:
        """Let it all happen."""
        self.hub = hub
        self.colleague = linked_desk(place / "binh", hub, line, number=2, person=BINH)
        before = linked_desk(place / "anna", hub, line, number=1, person=ANNA)
        self.former = before.node
        record, _ = perform(before.store, enter_record, "contact", {"given_name": "Lan"})
        before.sync()
        shutil.copytree(place / "anna", place / "older")
        perform(before.store, change_record, "contact", record.id, {"notes": "by pouch and line"})
        self.there, self.back = place / "there.pouch", place / "back.pouch"
        write_pouch(before.store, self.there)
        before.sync()
        self.colleague.sync()
        perform(self.colleague.store, enter_record, "contact", {"given_name": "Hoa"})
        self.colleague.sync()
        write_at_headquarters(hub, self.former, self.back)
        before.close()
        self.desk = linked_again(place / "older", hub, line, ANNA)
        perform(self.desk.store, enter_record, "contact", {"given_name": "Mai"})

    @property
    def names(self) -> list[str]:
        """What the contacts of both desks are called, with their notes; both must say the same."""
        found = [
            sorted((each.given_name, each.notes) for each in answer(store, _contacts))
            for store in (self.desk.store, self.colleague.store)
        ]
        assert found[0] == found[1]
        return [f"{name}: {notes}" if notes else name for name, notes in found[0]]

    def settle(self) -> None:
        """Exchange until everybody has everything."""
        for each in (self.desk, self.colleague, self.desk):
            each.sync()


def _contacts(work: object) -> tuple[Contact, ...]:
    return work.all(Contact)  # type: ignore[attr-defined,no-any-return]


@pytest.fixture
def story(hub: Hub, tmp_path: Path) -> Iterator[Story]:
    made = Story(hub, new_line(hub), tmp_path)
    yield made
    made.desk.close()
    made.colleague.close()


ALL = ["Hoa", "Lan: by pouch and line", "Mai"]


def test_a_pouch_to_a_former_number_is_refused_in_words_and_a_new_one_is_taken(
    story: Story, tmp_path: Path
) -> None:
    story.desk.sync()
    assert story.desk.node != story.former
    for read in (preview_pouch, read_pouch):
        with pytest.raises(RefusedError, match="ask headquarters for a new pouch"):
            read(story.desk.store, story.back)  # type: ignore[operator]
    write_at_headquarters(story.hub, story.desk.node, tmp_path / "new.pouch")
    read_pouch(story.desk.store, tmp_path / "new.pouch")
    story.settle()
    assert story.names == ALL


@pytest.mark.parametrize("is_late", [True, False])
def test_a_pouch_of_a_former_number_doubles_and_loses_nothing(
    story: Story, *, is_late: bool
) -> None:
    if is_late:
        story.desk.sync()
    assert read_at_headquarters(story.hub, story.there).outcome in {"known", "fork"}
    assert read_at_headquarters(story.hub, story.there).outcome in {"known", "fork"}
    story.settle()
    assert story.names == ALL


def test_a_pouch_to_a_desk_that_was_enrolled_anew_is_sealed_to_somebody_else(
    story: Story, hub: Hub, tmp_path: Path
) -> None:
    anew: LinkedDesk = linked_desk(tmp_path / "anew", hub, new_line(hub), number=3, person=ANNA)
    with pytest.raises(StoreError):
        read_pouch(anew.store, story.back)
    assert read_at_headquarters(story.hub, story.there).outcome == "known"
    anew.sync()
    assert sorted(each.given_name for each in answer(anew.store, _contacts)) == ["Hoa", "Lan"]
    anew.close()
