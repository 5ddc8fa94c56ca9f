"""The log alone gives the rows: replaying every operation on nothing yields what the store has."""

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

from hypothesis import given, settings
from hypothesis import strategies as st

from embassy_desk.domain.contact import ContactEmail
from embassy_desk.store.opening import Store
from embassy_desk.store.verifying import verify
from embassy_desk.store.work import UnitOfWork
from makers import identity, make_contact, make_contact_email
from makers.stores import make_store, operations

Model: TypeAlias = dict[tuple[str, str], dict[str, Any]]

_FLAGS = {"do_not_contact", "is_primary"}
_TEXTS = st.sampled_from(["", "a", "Đặng Thị Hường", "dòng\nhai", '"\\\0', "😀"])
_NUMBERS = st.none() | st.integers(1, 3650)
_WHO = st.integers(0, 3)

_STEPS = st.one_of(
    st.tuples(st.just("contact"), _WHO, _TEXTS, _NUMBERS),
    st.tuples(st.just("email"), _WHO, st.sampled_from(["a@b.vn", "c@d.vn"]), st.booleans()),
    st.tuples(st.just("remove"), _WHO, st.just(""), st.none()),
    st.tuples(st.just("erase"), _WHO, st.just(""), st.none()),
    st.tuples(st.just("update"), _WHO, _TEXTS, _NUMBERS),
    st.tuples(st.just("replace"), _WHO, _TEXTS, st.booleans()),
)
_HISTORIES = st.lists(st.lists(_STEPS, max_size=6), max_size=6)


def _take(work: UnitOfWork, step: tuple[str, int, str, Any]) -> None:
    way, who, text, value = step
    contact_id, email_id = identity(f"contact {who}"), identity(f"email {who}")
    if way == "contact":
        work.save(make_contact(id=contact_id, notes=text, cadence_days=value))
    elif way == "email":
        email = make_contact_email(id=email_id, contact_id=contact_id, address=text)
        work.save(email.changed(is_primary=value))
    elif way == "remove":
        email_or_none = work.find(ContactEmail, email_id)
        if email_or_none is not None:
            work.remove(email_or_none)
    elif way == "erase":
        work.raw.execute("DELETE FROM contact WHERE id = ?", (contact_id.hex,))
    elif way == "update":
        work.raw.execute("UPDATE contact SET alias = ?, precedence = ?", (text, value))
    else:
        work.raw.execute(
            "INSERT OR REPLACE INTO contact_email (id, contact_id, address, kind, label,"
            " validity, is_primary) VALUES (?, ?, ?, '', '', 'ok', ?)",
            (email_id.hex, contact_id.hex, text, value),
        )


def _replayed(log: list[dict[str, Any]]) -> Model:
    model: Model = {}
    for operation in log:
        place = (operation["e"], operation["r"])
        if operation["k"] == "del":
            del model[place]  # a row that is removed was there
        else:
            model.setdefault(place, {}).update(operation["f"])
    return {place: _without_nothing(fields) for place, fields in model.items()}


def _without_nothing(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def _tables(work: UnitOfWork) -> Model:
    """Return what the tables hold, read without any of the program's own conversions."""
    model: Model = {}
    for table in ("contact", "contact_email"):
        cursor = work.raw.execute(f"SELECT * FROM {table}")
        names = [each[0] for each in cursor.description]
        for row in cursor.fetchall():
            fields = {
                name: bool(value) if name in _FLAGS else value
                for name, value in zip(names, row, strict=True)
                if value not in (None, "")
            }
            model[table, fields.pop("id")] = fields
    return model


def _live(store: Store, history: list[list[tuple[str, int, str, Any]]]) -> None:
    for transaction in history:
        with store.work() as work:
            for step in transaction:
                _take(work, step)
            work.commit()


@settings(max_examples=30)
@given(history=_HISTORIES)
def test_replaying_the_log_gives_the_rows(
    history: list[list[tuple[str, int, str, Any]]],
) -> None:
    with TemporaryDirectory() as folder, closing(make_store(Path(folder))) as store:
        _live(store, history)
        with store.reading() as work:
            tables = _tables(work)
            assert _replayed(operations(work)) == tables
            indexed = work.raw.execute("SELECT record_id FROM record_entry").fetchall()
            assert {each for (each,) in indexed} == {
                row_id for table, row_id in tables if table == "contact"
            }
            assert verify(work.raw).problems == ()
