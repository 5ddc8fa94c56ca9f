"""The office of a store: who asks a closed one is called off, not hit by a fault."""

import asyncio

import pytest

from embassy_desk.application.lists import ListQuery, count_lines
from embassy_desk.application.office import Office
from embassy_desk.application.records import enter_record
from embassy_desk.store.opening import Store


def test_who_asks_a_closed_office_is_called_off(store: Store) -> None:
    async def story() -> None:
        office = Office(store)
        await office.do(enter_record, "contact", {"given_name": "An"})
        assert await office.ask(count_lines, ListQuery(kind="contact")) == 1
        await asyncio.to_thread(office.close)
        for late in (
            office.ask(count_lines, ListQuery(kind="contact")),
            office.do(enter_record, "contact", {"given_name": "Chi"}),
            office.call(lambda store: store.identity),
            office.aside(lambda store: store.identity),
        ):
            with pytest.raises(asyncio.CancelledError, match="office is closed"):
                await late

    asyncio.run(story())
