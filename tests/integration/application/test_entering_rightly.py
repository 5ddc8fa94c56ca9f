"""What is typed is kept as it is meant, or refused with the reason."""

import os
from pathlib import Path
from typing import Any

import pytest
from tests.integration.application.conftest import PASSPHRASE, clock

from embassy_desk.application.entering import change_typed, enter_typed
from embassy_desk.application.host import mission_day
from embassy_desk.application.importing import import_candidates, read_file
from embassy_desk.application.office import answer, perform
from embassy_desk.application.profile import create_profile, open_profile
from embassy_desk.application.records import enter_record
from embassy_desk.domain.contact import Contact
from embassy_desk.domain.errors import InvalidError, StoreError
from embassy_desk.domain.parts import Tag
from embassy_desk.domain.task import Task
from embassy_desk.interchange.apart import here
from embassy_desk.interchange.errors import UnreadableFileError
from embassy_desk.sealing.derivation import FLOOR
from embassy_desk.store.opening import Store


def entered(store: Store, kind: str, **typed: str) -> Any:
    record, _ = perform(store, enter_typed, kind, typed)
    return record


def test_several_lines_of_a_name_become_one(store: Store) -> None:
    contact = entered(store, "contact", given_name="An\nBình\r\n  Chi", notes="one\ntwo")
    assert (contact.given_name, contact.notes) == ("An Bình Chi", "one\ntwo")


def test_bytes_that_are_no_text_are_refused(store: Store) -> None:
    with pytest.raises(InvalidError, match="no letters"):
        entered(store, "contact", given_name=os.fsdecode(b"An \xff"))


def test_a_task_entered_as_done_was_done_today_by_whoever_enters_it(store: Store) -> None:
    task = entered(store, "task", title="Gửi thư", state="done")
    assert isinstance(task, Task)
    assert task.completed_on == answer(store, mission_day)
    assert task.completed_by == store.identity.owner
    said = entered(store, "task", title="Gọi", state="done", completed_on="2026-11-02")
    assert str(said.completed_on) == "2026-11-02"
    assert entered(store, "task", title="Họp").completed_on is None


def test_tags_become_what_is_typed(store: Store) -> None:
    contact = entered(store, "contact", given_name="An", tags="AI; chip")
    for typed, left in (("chip, 5G", {"chip", "5G"}), ("", set())):
        perform(store, change_typed, contact.ref, {"tags": typed}, on=answer(store, mission_day))
        with store.reading() as work:
            assert {each.label for each in work.parts(Tag, contact)} == left


def test_a_country_that_is_not_on_record_is_refused_by_every_way_in(
    store: Store, tmp_path: Path
) -> None:
    with pytest.raises(InvalidError, match="XQ"):
        entered(store, "contact", given_name="An", nationality="XQ")
    contact = entered(store, "contact", given_name="An", nationality="jp")
    assert contact.nationality == "JP"
    with pytest.raises(InvalidError, match="XQ"):
        perform(
            store, change_typed, contact.ref, {"nationality": "XQ"}, on=answer(store, mission_day)
        )
    with pytest.raises(InvalidError, match="XQ"):
        perform(
            store, enter_record, "agreement", {"title_en": "MoU"},
            {"agreement_party": [{"name": "A", "country": "XQ"}]},
        )  # fmt: skip
    file = tmp_path / "people.csv"
    file.write_text("given_name,nationality\nBình,VN\nChi,XQ\n", "utf-8")
    with pytest.raises(UnreadableFileError) as refused:
        import_candidates(store, read_file(file, "contact", run=here))
    assert [(each.line, each.field) for each in refused.value.problems] == [(3, "nationality")]
    with store.reading() as work:
        assert work.count(Contact) == 1


def test_choices_are_listed_without_words_between(store: Store) -> None:
    with pytest.raises(InvalidError) as refused:
        entered(store, "task", title="A", priority="soon")
    assert str(refused.value.problems[0].text) == "Choose one of: low, normal, high, urgent."


def test_a_store_is_made_for_its_owner_alone_also_in_a_folder_that_was_there(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "open to all"
    folder.mkdir(mode=0o755)
    create_profile(folder, PASSPHRASE, clock, mission="TOK", person="An", parameters=FLOOR).close()
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_may_not_be_written_is_refused_in_words(
    profile: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile.close()
    monkeypatch.setattr("embassy_desk.store.opening.os.access", lambda *_: False)
    with pytest.raises(StoreError, match="may not write"):
        open_profile(profile.folder, PASSPHRASE, clock)
