"""Records named by reference or identity."""

import pytest

from embassy_desk.domain.errors import MissingError, RefusedError
from embassy_desk.store.finders.names import headings, record_named
from embassy_desk.store.opening import Store
from makers import identity, make_contact

CONTACT = identity("contact")


@pytest.fixture
def filled(store: Store) -> Store:
    """A store with a contact, and two more that carry one reference."""
    with store.work() as work:
        work.save(make_contact())
        for name in ("a", "b"):
            work.save(make_contact(id=identity(name), ref="TOK-CON-A7-0002"))
        work.commit()
    return store


@pytest.mark.parametrize(
    "name",
    [
        "TOK-CON-A7-0001",
        "tok-con-a7-0001",
        "  TOK-CON-A7-0001\n",
        "TOK-CON-A7-0001\u200b",
        str(CONTACT),
        str(CONTACT).upper(),
        CONTACT.hex,
    ],
)
def test_a_reference_or_an_identity_names_a_record(filled: Store, name: str) -> None:
    with filled.reading() as work:
        assert record_named(work, name) == ("contact", CONTACT)


@pytest.mark.parametrize("name", ["", "TOK", "%", "\ud800", "\0", "x" * 10_000, "' OR 1=1 --"])
def test_an_unknown_name_is_refused(filled: Store, name: str) -> None:
    with filled.reading() as work, pytest.raises(MissingError):
        record_named(work, name)


def test_a_reference_of_two_records_is_refused(filled: Store) -> None:
    with filled.reading() as work, pytest.raises(RefusedError, match="Two records"):
        record_named(work, "TOK-CON-A7-0002")


def test_headings_are_found_for_many_records_at_once(filled: Store) -> None:
    wanted = [CONTACT, identity("a"), identity("unknown"), CONTACT]
    with filled.reading() as work:
        assert headings(work, wanted) == {
            CONTACT: "Đặng Thị Hường",
            identity("a"): "Đặng Thị Hường",
        }
        assert headings(work, []) == {}
