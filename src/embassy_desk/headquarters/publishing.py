"""What headquarters gives to desks: signed policy and reference data for all, rights for one.

Headquarters itself writes these rows, as an officer's desk would, under an identity of its own in
the chain; so they are logged, digested and told like all others.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Connection, insert, select, update

from embassy_desk.domain.errors import InvalidError, Problem, RefusedError
from embassy_desk.domain.rights import Grant
from embassy_desk.headquarters.database import EVERY_SCOPE
from embassy_desk.headquarters.exchanging import epoch_heads
from embassy_desk.headquarters.hub import Hub, epoch_of
from embassy_desk.headquarters.rows import Book
from embassy_desk.headquarters.signing_in import Caller
from embassy_desk.headquarters.tables import HUB_NODE, HUB_SCOPE
from embassy_desk.headquarters.taking import POLICY_ENTITY, Setting, Taking
from embassy_desk.sealing.digests import CHAIN_START
from embassy_desk.sealing.keys import DeviceKey, is_signed
from embassy_desk.settings.person import SetBy
from embassy_desk.settings.policy import understood
from embassy_desk.sync.operations import Operation
from embassy_desk.sync.orders import SignedGrant, SignedPolicy
from embassy_desk.sync.scopes import SHARED_SCOPE, is_shared
from embassy_desk.texts import N_

OWN_STATUS = "own"
_POLICY_ROW = UUID("5d1c0c3e-3f0e-5b8e-9e39-6a1a4f0d2b77")


def sign_policy(hub: Hub, values: Mapping[str, Any], key: DeviceKey) -> SignedPolicy:
    """Return a policy signed with the offline key, its serial one higher than the present one.

    Raises:
        InvalidError: There is no such setting, or it cannot have such a value.
        RefusedError: The key is not the order key of this headquarters.
    """
    problems = understood(values, SetBy.POLICY).problems
    if problems:
        raise InvalidError([Problem("", each) for each in problems])
    unsigned = SignedPolicy(
        hub_id=hub.hub_id, serial=_serial(hub) + 1, values=dict(values), signature=""
    )
    signature = _signature(hub, key, unsigned.signed_part)
    return SignedPolicy.model_validate({**unsigned.model_dump(), "signature": signature})


def sign_grant(hub: Hub, grant: Grant, key: DeviceKey) -> SignedGrant:
    """Return the rights of a person signed with the offline key, to be carried to the laptop.

    Raises:
        RefusedError: The key is not the order key of this headquarters.
    """
    unsigned = SignedGrant(hub_id=hub.hub_id, grant=grant, signature="")
    signature = _signature(hub, key, unsigned.signed_part)
    return SignedGrant(hub_id=hub.hub_id, grant=grant, signature=signature)


def _signature(hub: Hub, key: DeviceKey, signed_part: bytes) -> str:
    signature = key.sign(signed_part)
    if not is_signed(hub.keys.order, signed_part, signature):
        raise RefusedError(N_("This is not the order key of this headquarters."))
    return signature.hex()


def publish_policy(hub: Hub, policy: SignedPolicy) -> None:
    """Give a signed policy to every desk.

    Raises:
        RefusedError: It is not signed by the order key, of another headquarters, or not newer.
    """
    signature = bytes.fromhex(policy.signature)
    is_ours = policy.hub_id == hub.hub_id
    if not is_ours or not is_signed(hub.keys.order, policy.signed_part, signature):
        raise RefusedError(N_("This policy is not signed by the order key of headquarters."))
    if policy.serial <= _serial(hub):
        raise RefusedError(N_("A policy of this number or a later one is in force already."))
    fields = {"serial": policy.serial, "signed": policy.model_dump_json()}
    row = uuid5(_POLICY_ROW, hub.hub_id).hex
    with hub.database.writing([EVERY_SCOPE]) as connection:
        _write(hub, connection, [(POLICY_ENTITY, row, fields)])


def publish_rows(hub: Hub, told: Mapping[str, Any]) -> int:
    """Write reference rows, `{entity: [{"id": …, field: value}]}`, and return how many changed.

    Raises:
        InvalidError: An entity is not reference data, or a row cannot be read.
    """
    rows: list[tuple[str, str, dict[str, Any]]] = []
    for entity, some in told.items():
        if not is_shared(entity) or not isinstance(some, list):
            raise InvalidError([Problem(entity, N_("This is no kind of reference data."))])
        rows += [(entity, *_row_read(entity, each)) for each in some]
    with hub.database.writing([EVERY_SCOPE]) as connection:
        return _write(hub, connection, rows)


def _row_read(entity: str, told: object) -> tuple[str, dict[str, Any]]:
    needed = [Problem(entity, N_("A row needs the identity “id”."))]
    if not isinstance(told, dict) or "id" not in told:
        raise InvalidError(needed)
    try:
        row = UUID(str(told["id"])).hex
    except ValueError as error:
        raise InvalidError(needed) from error
    return row, {name: value for name, value in told.items() if name != "id"}


def _serial(hub: Hub) -> int:
    row = uuid5(_POLICY_ROW, hub.hub_id).hex
    with hub.database.reading([EVERY_SCOPE]) as connection:
        book = Book(connection)
        book.load([(POLICY_ENTITY, row)])
    state = book.states[POLICY_ENTITY, row]
    return int(str(state.values["serial"])) if state else 0


def _write(
    hub: Hub, connection: Connection, rows: Sequence[tuple[str, str, dict[str, Any]]]
) -> int:
    """Write rows under headquarters' own identity; those that change nothing are left out."""
    node = _own_node(hub, connection)
    caller = Caller(node.nid, node.node_id, "HQ", "headquarters", (SHARED_SCOPE,))
    epoch = epoch_of(connection)
    setting = Setting(
        caller=caller,
        node=node.node_id,
        nid=node.nid,
        ancestry={},
        epoch=epoch,
        epoch_heads=epoch_heads(connection),
        now_ms=hub.now_ms,
    )
    head = select(HUB_SCOPE.c.head).where(HUB_SCOPE.c.scope == SHARED_SCOPE).with_for_update()
    seen = connection.execute(head).scalar_one()
    book = Book(connection)
    book.load((entity, row) for entity, row, _ in rows)
    operations: list[Operation] = []
    for entity, row, fields in rows:
        state = book.states[entity, row]
        known = state.values if state else {}
        changed = {name: value for name, value in fields.items() if known.get(name) != value}
        if changed:
            based_on = {"b": seen, "s": SHARED_SCOPE, **({"g": epoch} if epoch > 1 else {})}
            form = {
                "n": node.last_nseq + len(operations) + 1,
                "t": hub.now_ms,
                **(based_on if seen else {"b": 0}),
                "e": entity,
                "r": row,
                "k": "put",
                "f": changed,
                "u": None,
            }
            operations.append(Operation.read(form))
    taking = Taking(setting, Book(connection))
    taking.prepare(operations)
    for each in operations:
        taking.take(each)
    chain = taking.finish(connection, bytes(node.chain))
    connection.execute(
        update(HUB_NODE)
        .where(HUB_NODE.c.nid == node.nid)
        .values(last_nseq=node.last_nseq + len(operations), chain=chain)
    )
    return len(operations)


def _own_node(hub: Hub, connection: Connection) -> Any:
    """Return the row of headquarters' own identity, made when it is needed first."""
    chosen = select(HUB_NODE).where(HUB_NODE.c.node_id == hub.hub_id)
    node = connection.execute(chosen).first()
    if node is not None:
        return node
    connection.execute(
        insert(HUB_NODE).values(
            node_id=hub.hub_id,
            mission="HQ",
            officer=None,
            receives_restricted=0,
            person="",
            device="headquarters",
            signing_key=b"",
            recipient="",
            words="",
            status=OWN_STATUS,
            last_nseq=0,
            chain=CHAIN_START,
            durable_nseq=0,
            backlog=0,
            cursors=json.dumps({}),
            schema_rev="",
            app="",
            system="",
            enrolled_ms=hub.now_ms,
            pouch_out=0,
            pouch_digest="",
        )
    )
    return connection.execute(chosen).one()
