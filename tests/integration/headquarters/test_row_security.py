"""S14: what PostgreSQL itself shows and takes, whatever statement the service should send."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, insert, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ProgrammingError

from embassy_desk.domain.errors import RefusedError
from embassy_desk.headquarters.database import (
    EVERY_SCOPE,
    create_tables,
    postgresql_database,
)
from embassy_desk.headquarters.hub import Hub
from embassy_desk.headquarters.tables import HUB, HUB_ROW, HUB_SCOPE, SCOPED_TABLES
from makers.clusters import Cluster
from makers.hubs import make_hub

REUSED = 1_000
"""How often one pooled connection changes between missions."""

NOT_OF_ONE_SCOPE = {HUB_SCOPE, HUB.tables["hub_place"], HUB.tables["hub_epoch"]}
"""They say of each scope where it ends and which identities are in it, never what."""

_FORCED = (
    "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"
    " AND relkind = 'r' ORDER BY relname"
)
_POLICIES = (
    "SELECT tablename, cmd, qual IS NOT NULL AND with_check IS NOT NULL FROM pg_policies"
    " ORDER BY tablename"
)


@pytest.fixture
def hub(tmp_path: Path, cluster: Cluster) -> Iterator[Hub]:
    """A headquarters on PostgreSQL with one row for each of two missions."""
    hub = make_hub(tmp_path / "hq", database=cluster.new_database())
    with hub.database.writing([EVERY_SCOPE]) as connection:
        for mission in ("TOK", "PAR"):
            connection.execute(insert(HUB_ROW).values(row_of(mission)))
    yield hub
    hub.close()


def row_of(mission: str) -> dict[str, object]:
    return {
        "entity": "contact",
        "row_id": mission.lower().ljust(32, "0"),
        "scope": f"m:{mission}",
        "created_sseq": 1,
        "head_sseq": 1,
        "is_deleted": 0,
        "digest": bytes(16),
        "fields": "{}",
        "versions": "{}",
    }


def seen(hub: Hub, *scopes: str) -> list[str]:
    with hub.database.reading(scopes) as connection:
        return sorted(connection.execute(select(HUB_ROW.c.scope)).scalars())


def test_every_table_with_a_scope_is_forced_and_has_a_policy_for_all_commands(hub: Hub) -> None:
    with hub.database.reading([EVERY_SCOPE]) as connection:
        forced = set(connection.execute(text(_FORCED)).scalars())
        policies = connection.execute(text(_POLICIES)).all()
    with_scope = {each for each in HUB.tables.values() if "scope" in each.c} - NOT_OF_ONE_SCOPE
    assert with_scope == set(SCOPED_TABLES)
    assert forced == {each.name for each in SCOPED_TABLES}
    assert policies == [(name, "ALL", True) for name in sorted(forced)]


def test_the_role_neither_rules_nor_overrides_and_another_is_refused(
    hub: Hub, cluster: Cluster
) -> None:
    with hub.database.reading([EVERY_SCOPE]) as connection:
        role = connection.execute(
            text("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        ).one()
    assert tuple(role) == (False, False)
    url = cluster.new_database()
    ruler = postgresql_database(cluster.url(str(make_url(url).database), "admin"))
    with pytest.raises(RefusedError, match="overrides"):
        create_tables(ruler)
    ruler.close()


def test_a_connection_that_changes_missions_a_thousand_times_never_shows_the_other(
    hub: Hub,
) -> None:
    across = 0
    for number in range(REUSED):
        own = ("m:TOK", "m:PAR")[number % 2]
        across += seen(hub, own) != [own]
    assert across == 0


def test_without_a_word_nothing_is_seen_and_nothing_can_be_written(hub: Hub) -> None:
    assert seen(hub, "m:TOK") == ["m:TOK"]
    assert seen(hub) == []
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        hub.database.writing(()) as connection,
    ):
        connection.execute(insert(HUB_ROW).values({**row_of("TOK"), "row_id": "f" * 32}))


def test_a_row_of_another_mission_is_neither_written_nor_moved_nor_removed(hub: Hub) -> None:
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        hub.database.writing(["m:PAR"]) as connection,
    ):
        connection.execute(insert(HUB_ROW).values({**row_of("TOK"), "row_id": "f" * 32}))
    with hub.database.writing(["m:PAR"]) as connection:
        changed = connection.execute(HUB_ROW.update().values(fields='{"a":1}')).rowcount
        removed = connection.execute(HUB_ROW.delete().where(HUB_ROW.c.scope == "m:TOK")).rowcount
    assert (changed, removed) == (1, 0)
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        hub.database.writing(["m:PAR"]) as connection,
    ):
        connection.execute(HUB_ROW.update().values(scope="m:TOK"))
    assert seen(hub, EVERY_SCOPE) == ["m:PAR", "m:TOK"]


def test_control_without_force_the_owner_sees_everything(hub: Hub, cluster: Cluster) -> None:
    """The protection, not luck, is what the tests above see."""
    name = str(make_url(hub.deployment.database).database)
    engine = create_engine(cluster.url(name, "admin"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql("ALTER TABLE hub_row NO FORCE ROW LEVEL SECURITY")
    engine.dispose()
    assert seen(hub, "m:PAR") == ["m:PAR", "m:TOK"]
