"""The name of the person who makes a store, taken apart as staff need it."""

from pathlib import Path

import pytest
from tests.integration.application.conftest import PASSPHRASE, clock

from embassy_desk.application.profile import create_profile
from embassy_desk.domain.names import DisplayOrder
from embassy_desk.domain.staff import Staff


@pytest.mark.parametrize(
    ("person", "parts", "order"),
    [
        ("Trần Thị Minh Khai", ("Trần", "Thị Minh", "Khai"), DisplayOrder.FAMILY_FIRST),
        ("Nguyen Van An", ("Nguyen", "Van", "An"), DisplayOrder.FAMILY_FIRST),
        ("Mary Ann Smith", ("Smith", "Ann", "Mary"), DisplayOrder.GIVEN_FIRST),
        ("Suharto", ("", "", "Suharto"), DisplayOrder.SINGLE),
    ],
)
def test_owner_is_called_as_written_whatever_the_order(
    tmp_path: Path, person: str, parts: tuple[str, str, str], order: DisplayOrder
) -> None:
    profile = create_profile(
        tmp_path / "profile", PASSPHRASE, clock, mission="TOK", person=person, is_demo=True
    )
    with profile.store.reading() as work:
        owner = work.get(Staff, profile.store.identity.owner)
    profile.close()
    assert owner.heading == person
    assert (owner.family_name, owner.middle_name, owner.given_name) == parts
    assert owner.display_order is order
