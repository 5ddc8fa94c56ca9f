"""Codes, requests and answers: how a device is let in (SYNC, decision 11).

The same request over the line or from a file gives the same answer, so repeating it is harmless.
"""

import secrets
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, Row, insert, select, update

from embassy_desk.domain.errors import InvalidError, Problem, RefusedError
from embassy_desk.headquarters.hub import Hub, epoch_of
from embassy_desk.headquarters.missions import (
    OWN_CODE,
    check_mission,
    check_officer,
    scopes_of,
)
from embassy_desk.headquarters.tables import HUB_ENROLMENT, HUB_NODE
from embassy_desk.sealing.certificates import fingerprint
from embassy_desk.sealing.digests import CHAIN_START
from embassy_desk.sealing.fingerprints import fingerprint_words
from embassy_desk.sealing.keys import is_signed
from embassy_desk.sync.enrolment import (
    EnrolmentAnswer,
    EnrolmentCode,
    EnrolmentRequest,
    letters_of,
)
from embassy_desk.texts import N_

CODE_LASTS_MS = 72 * 3600 * 1000
PENDING_LASTS_MS = 7 * 24 * 3600 * 1000
_SECRET_BYTES = 16


@dataclass(frozen=True)
class NewCode:
    """For whom a code is made.

    Attributes:
        mission: Code of the mission; of no account for an officer.
        officer: Name of an officer of headquarters, or nothing.
        receives_restricted: Whether the device receives restricted records.
    """

    mission: str
    officer: str | None = None
    receives_restricted: bool = True


def new_code(hub: Hub, connection: Connection, wanted: NewCode) -> EnrolmentCode:
    """Make a code for one device; it holds 72 hours and serves once.

    Raises:
        MissingError: There is no such mission or officer.
    """
    if wanted.officer is None:
        check_mission(connection, wanted.mission)
    else:
        check_officer(connection, wanted.officer)
    secret = letters_of(secrets.token_bytes(_SECRET_BYTES))
    connection.execute(
        insert(HUB_ENROLMENT).values(
            secret=_digest(secret),
            mission=OWN_CODE if wanted.officer else wanted.mission,
            officer=wanted.officer,
            receives_restricted=int(wanted.receives_restricted),
            made_ms=hub.now_ms,
            ends_ms=hub.now_ms + CODE_LASTS_MS,
        )
    )
    return EnrolmentCode(hub.served_at, secret, fingerprint(hub.keys.root.certificate))


def enrol(hub: Hub, connection: Connection, request: EnrolmentRequest) -> EnrolmentAnswer:
    """Take a device in as pending, or answer again to one that is known.

    Raises:
        InvalidError: The request is not signed with the key that it brings.
        RefusedError: The code is unknown, used by another device or has run out.
    """
    key = bytes.fromhex(request.signing_key)
    if not is_signed(key, request.signed_part, bytes.fromhex(request.signature)):
        raise InvalidError([Problem("signature", N_("The request is not signed by its device."))])
    code = connection.execute(
        select(HUB_ENROLMENT)
        .where(HUB_ENROLMENT.c.secret == _digest(request.secret))
        .with_for_update()
    ).first()
    known = connection.execute(select(HUB_NODE).where(HUB_NODE.c.node_id == request.node)).first()
    if code is None:
        raise _no_such_code()
    if known is not None and code.used_by == request.node and known.signing_key == key:
        return answer_to(hub, connection, known)
    if code.used_by is not None or known is not None or hub.now_ms > code.ends_ms:
        raise _no_such_code()
    connection.execute(
        update(HUB_ENROLMENT)
        .where(HUB_ENROLMENT.c.secret == code.secret)
        .values(used_ms=hub.now_ms, used_by=request.node)
    )
    _add_node(hub, connection, request, code)
    return answer_to(hub, connection, node_row(connection, request.node))


def answer_to(hub: Hub, connection: Connection, node: Row[tuple[object, ...]]) -> EnrolmentAnswer:
    """Return the signed answer for a known device as it stands."""
    scopes = scopes_of(
        connection,
        node.mission,
        node.officer,
        receives_restricted=bool(node.receives_restricted),
    )
    unsigned = EnrolmentAnswer(
        hub_id=hub.hub_id,
        epoch=epoch_of(connection),
        node=node.node_id,
        status=node.status,
        mission=node.mission,
        scopes=scopes if node.status == "active" else [],
        address=hub.served_at,
        root=hub.keys.root.certificate.decode(),
        service_key=hub.keys.service.public.hex(),
        endorsement=hub.keys.endorsement.hex(),
        order_key=hub.keys.order.hex(),
        recipient=hub.keys.recipient.public,
        recovery=hub.keys.recovery,
        now_ms=hub.now_ms,
        signature="",
    )
    signature = hub.keys.service.sign(unsigned.signed_part).hex()
    return unsigned.model_copy(update={"signature": signature})


def node_row(connection: Connection, node_id: str) -> Row[tuple[object, ...]]:
    """Return the row of a device that is known to be there."""
    return connection.execute(select(HUB_NODE).where(HUB_NODE.c.node_id == node_id)).one()


def _add_node(
    hub: Hub, connection: Connection, request: EnrolmentRequest, code: Row[tuple[object, ...]]
) -> None:
    key = bytes.fromhex(request.signing_key)
    connection.execute(
        insert(HUB_NODE).values(
            node_id=request.node,
            mission=code.mission,
            officer=code.officer,
            receives_restricted=code.receives_restricted,
            person=request.person,
            device=request.device,
            signing_key=key,
            recipient=request.recipient,
            words=fingerprint_words(key, request.recipient.encode()),
            status="pending",
            last_nseq=0,
            chain=CHAIN_START,
            durable_nseq=0,
            backlog=0,
            cursors="{}",
            schema_rev="",
            app=request.app,
            system=request.system,
            enrolled_ms=hub.now_ms,
            pouch_out=0,
            pouch_digest="",
        )
    )


def _no_such_code() -> RefusedError:
    """The same words for a code that is unknown, used or too old: a guesser learns nothing."""
    return RefusedError(N_("This enrolment code is not valid, or not any more; ask for a new one."))


def _digest(secret: str) -> bytes:
    return sha256(secret.encode()).digest()
