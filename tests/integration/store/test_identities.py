"""Identities and references: made offline, never twice, in the order of making."""

import json
import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from uuid import RFC_4122, UUID

from hypothesis import given
from hypothesis import strategies as st

from embassy_desk.domain.contact import Contact, ContactEmail
from embassy_desk.domain.task import ChecklistItem, Task
from embassy_desk.store.identifiers import following_id, new_device_tag, new_id
from embassy_desk.store.opening import Store
from makers import make_contact
from makers.stores import make_store

LATEST_MS = 2**48 - 1

_SAVE_CONTACTS = """
import json, sys
from contextlib import closing
from pathlib import Path
from embassy_desk.domain.contact import Contact
from makers.stores import reopened
refs = []
with closing(reopened(Path(sys.argv[1]))) as store:
    for number in range(int(sys.argv[2])):
        with store.work() as work:
            refs.append(work.save(work.new(Contact, given_name="An")).ref)
            work.commit()
print(json.dumps(refs))
"""


@given(wall_ms=st.integers(0, LATEST_MS))
def test_an_identity_is_version_7_and_begins_with_its_time(wall_ms: int) -> None:
    made = new_id(wall_ms)
    assert (made.version, made.variant) == (7, RFC_4122)
    assert made.int >> 80 == wall_ms


@given(wall_ms=st.integers(0, LATEST_MS - 1))
def test_identities_sort_by_their_time(wall_ms: int) -> None:
    assert new_id(wall_ms) < new_id(wall_ms + 1)


@given(last=st.uuids(version=4).map(lambda each: UUID(int=each.int & ~(0xF << 76) | 0x7 << 76)))
def test_a_following_identity_is_greater_and_still_version_7(last: UUID) -> None:
    following = following_id(last)
    assert following > last or last.int >> 80 == LATEST_MS
    assert (following.version, following.variant) == (7, RFC_4122)


def test_a_full_random_part_carries_into_the_time() -> None:
    last = UUID(int=1000 << 80 | 0x7FFF << 64 | 0b10 << 62 | 2**62 - 1)
    assert following_id(last).int >> 80 == 1001


def test_identities_of_one_unit_of_work_sort_as_they_were_made(store: Store) -> None:
    with store.work() as work:
        made = [work.new_id() for _ in range(200)]
    assert made == sorted(set(made))
    assert made[0].int >> 80 == int(work.at.timestamp() * 1000)


def test_parts_come_in_the_order_they_were_made(store: Store) -> None:
    with store.work() as work:
        task = work.save(work.new(Task, title="Chuẩn bị đoàn"))
        for number in range(30):
            work.save(work.new_part(ChecklistItem, task, text=f"{number}"))
        work.commit()
    with store.reading() as work:
        texts = [each.text for each in work.parts(ChecklistItem, task)]
    assert texts == [str(number) for number in range(30)]


def test_references_count_up_per_kind(store: Store) -> None:
    with store.work() as work:
        refs = [work.new(Contact, given_name="An").ref for _ in range(2)]
        refs.append(work.new(Task, title="Chuẩn bị").ref)
        work.commit()
    tags = {each.split("-")[2] for each in refs}
    assert len(tags) == 1
    assert [each.replace(tags.copy().pop(), "TAG") for each in refs] == [
        "TOK-CON-TAG-0001",
        "TOK-CON-TAG-0002",
        "TOK-TSK-TAG-0001",
    ]


def test_an_abandoned_reference_is_given_again(store: Store) -> None:
    with store.work() as work:
        abandoned = work.new(Contact, given_name="An").ref
    with store.work() as work:
        assert work.new(Contact, given_name="An").ref == abandoned


def test_a_given_reference_is_kept(store: Store) -> None:
    with store.work() as work:
        assert work.new(Contact, given_name="An", ref="TOK-CON-OLD-1").ref == "TOK-CON-OLD-1"


def test_a_part_of_any_kind_says_to_which_it_belongs(store: Store) -> None:
    with store.work() as work:
        email = work.new_part(ContactEmail, make_contact(), address="a@b.vn")
    assert email.contact_id == make_contact().id


def test_device_tags_have_no_letters_that_people_mix_up() -> None:
    for _ in range(200):
        assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}", new_device_tag())


def test_two_processes_never_give_the_same_reference(tmp_path: Path) -> None:
    with closing(make_store(tmp_path)) as store:
        tests = str(Path(__file__).parents[2])
        command = [sys.executable, "-c", _SAVE_CONTACTS, str(tmp_path), "40"]
        children = [
            subprocess.Popen(command, stdout=subprocess.PIPE, env={"PYTHONPATH": tests}, text=True)
            for _ in range(2)
        ]
        answers = [child.communicate(timeout=120)[0] for child in children]
        refs = [ref for answer in answers for ref in json.loads(answer)]
        assert len(set(refs)) == 80
        with store.reading() as work:
            assert {each.ref for each in work.all(Contact)} == set(refs)
