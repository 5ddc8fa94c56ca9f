"""Pouches at headquarters: the very request and the very answer, carried as a file (SYNC 3.18).

What is known is skipped, a gap is named, a fork applies nothing and parks what it brought: the same
rules as over the line, for the same importer takes it in.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

from pydantic import ValidationError
from sqlalchemy import Connection, Row, insert, select, update

from embassy_desk.domain.errors import MissingError, RefusedError, StoreError
from embassy_desk.headquarters.contents import (
    Contents,
    ToldContent,
    attachment_row,
    contents_from,
)
from embassy_desk.headquarters.database import EVERY_SCOPE
from embassy_desk.headquarters.devices import ACTIVE, REVOKED, named_device
from embassy_desk.headquarters.exchanging import Push, push_of, take
from embassy_desk.headquarters.hub import Hub
from embassy_desk.headquarters.journal import Journal
from embassy_desk.headquarters.parking import park
from embassy_desk.headquarters.refusals import Refusal
from embassy_desk.headquarters.signing_in import Caller, caller_of
from embassy_desk.headquarters.tables import HUB_NODE, HUB_POUCH
from embassy_desk.headquarters.telling import Asker, ends_of, page_of
from embassy_desk.sealing.pouches import no_pouch, opened_pouch, proved_parts, sealed_pouch
from embassy_desk.settings.files import write_whole
from embassy_desk.sync.compression import compressed, decompressed
from embassy_desk.sync.contents import ATTACHMENT_ENTITY
from embassy_desk.sync.exchange import ExchangeAnswer, ExchangeRequest, Wanted
from embassy_desk.sync.packing import unpacked_rows
from embassy_desk.sync.pouches import (
    CONTENT_PART,
    EXCHANGE_PART,
    LARGEST_EXCHANGE_BYTES,
    MOST_CONTENT_BYTES,
    MOST_CONTENTS,
    TO_HEADQUARTERS,
    TO_LAPTOP,
    PouchManifest,
    padded_size,
    part_of,
)
from embassy_desk.sync.problems import ProblemCode
from embassy_desk.texts import N_

APPLIED, KNOWN = "applied", "known"
MOST_BYTES = 100 * 1024 * 1024
MOST_ROWS = 2_000_000


@dataclass(frozen=True)
class ReadPouch:
    """What became of a pouch that was read.

    Attributes:
        node: Who sent it.
        mission: Whose records it carries.
        serial: Its number.
        operations: How many operations it holds.
        outcome: `applied`, `known`, or the code of the refusal, such as `gap` or `fork`.
        last: Number of the sender's last operation that headquarters has now.
        contents: How many contents of attachments it brought that headquarters has now.
    """

    node: str
    mission: str
    serial: int
    operations: int
    outcome: str
    last: int
    contents: int = 0


@dataclass(frozen=True)
class WrittenPouch:
    """What a pouch that was written carries.

    Attributes:
        rows: How many rows.
        contents: How many contents of attachments.
        left_out: Names of files that did not fit; the next pouch carries them if asked for again.
    """

    rows: int
    contents: int = 0
    left_out: tuple[str, ...] = ()


def read_pouch(hub: Hub, path: Path, *, is_dry_run: bool = False) -> ReadPouch:
    """Take in a pouch from a mission; reading it again changes nothing.

    Args:
        hub: Headquarters.
        path: The file.
        is_dry_run: Only prove it and say what is in it.

    Raises:
        MissingError: There is no such file.
        StoreError: It cannot be read, was changed, or is sealed to somebody else.
        InvalidError: It is no pouch, or its sender did not sign it.
        RefusedError: It is not for this headquarters, or from no device that was approved.
    """
    content = _content_of(path)
    pouch = opened_pouch(content, hub.keys.recipient.secret)
    manifest = PouchManifest.read(pouch.manifest)
    if manifest.direction != TO_HEADQUARTERS or manifest.recipient != hub.hub_id:
        raise RefusedError(N_("This pouch is not for this headquarters."))
    node, caller = _sender(hub, manifest)
    sizes = {each.name: (each.size, each.sha256) for each in manifest.parts}
    parts = proved_parts(pouch, manifest.signed_part, sizes, public=bytes(node.signing_key))
    try:
        body = decompressed(parts[EXCHANGE_PART], LARGEST_EXCHANGE_BYTES)
        asked = ExchangeRequest.model_validate_json(body)
    except (KeyError, ValidationError) as error:
        raise no_pouch() from error
    is_revoked = node.status == REVOKED
    if is_revoked:
        outcome, last = _set_aside(hub, node, caller, asked, is_dry_run=is_dry_run), node.last_nseq
    else:
        outcome, last = _taken(hub, caller, asked, body, node.last_nseq, is_dry_run=is_dry_run)
    brought = 0
    if not is_dry_run:
        _note(hub, manifest, sha256(content).hexdigest(), outcome, asked)
        brought = 0 if is_revoked else _take_contents(hub, caller, parts)
    told = (node.node_id, node.mission, manifest.serial, len(asked.ops))
    return ReadPouch(*told, outcome, last, brought)


def _take_contents(hub: Hub, caller: Caller, parts: Mapping[str, bytes]) -> int:
    """Take in the contents whose records are known; return how many headquarters has now."""
    contents = Contents(hub, Journal(hub.journal, hub.keys.recovery))
    return sum(
        contents.take_whole(caller, name.removeprefix(CONTENT_PART), part)
        for name, part in parts.items()
        if name.startswith(CONTENT_PART)
    )


def _content_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise MissingError(N_("There is no file {path}.", path=str(path))) from error
    except OSError as error:
        raise StoreError(N_("The file {file} cannot be read.", file=path.name)) from error


def _sender(hub: Hub, manifest: PouchManifest) -> tuple[Row[Any], Caller]:
    with hub.database.reading([EVERY_SCOPE]) as connection:
        node = connection.execute(
            select(HUB_NODE).where(HUB_NODE.c.node_id == manifest.sender)
        ).first()
        if node is None or node.status not in {ACTIVE, REVOKED}:
            raise RefusedError(N_("This pouch comes from no active device of this headquarters."))
        return node, caller_of(connection, node)


def _set_aside(
    hub: Hub, node: Row[Any], caller: Caller, asked: ExchangeRequest, *, is_dry_run: bool
) -> str:
    """Park what a device had not sent when it was closed out; people are offered it later."""
    if not is_dry_run:
        operations = push_of(asked, caller, hub).operations
        with hub.database.writing([EVERY_SCOPE]) as connection:
            park(connection, node, operations, reason=REVOKED, now_ms=hub.now_ms)
    return REVOKED


def _taken(
    hub: Hub,
    caller: Caller,
    asked: ExchangeRequest,
    body: bytes,
    last: int,
    *,
    is_dry_run: bool,
) -> tuple[str, int]:
    """Take the operations in; return what became of them and the last one that is here."""
    outcome = KNOWN if asked.at + len(asked.ops) <= last else APPLIED
    if is_dry_run:
        return outcome, last
    try:
        push = push_of(asked, caller, hub)
        told = Push(
            push.epoch, push.nseq, push.at, push.link, push.operations, push.cursors, "pouch"
        )
        journal = Journal(hub.journal, hub.keys.recovery)
        return outcome, take(hub, journal, caller, told, body).last
    except Refusal as refusal:
        if refusal.code in {ProblemCode.MALFORMED, ProblemCode.UNSIGNED}:
            raise no_pouch() from refusal
        if outcome == KNOWN and refusal.code is ProblemCode.ROLLED_BACK:
            return KNOWN, last  # the line, or a later pouch, was quicker
        return refusal.code.value, last


def _note(
    hub: Hub, manifest: PouchManifest, digest: str, outcome: str, asked: ExchangeRequest
) -> None:
    with hub.database.writing(()) as connection:
        connection.execute(
            update(HUB_NODE)
            .where(HUB_NODE.c.node_id == manifest.sender)
            .values(wants=json.dumps(asked.wants))
        )
        known = select(HUB_POUCH.c.digest).where(HUB_POUCH.c.digest == digest)
        if connection.execute(known).first() is None:
            connection.execute(
                insert(HUB_POUCH).values(
                    digest=digest,
                    node_id=manifest.sender,
                    serial=manifest.serial,
                    outcome=outcome,
                    operations=len(asked.ops),
                    at_ms=hub.now_ms,
                )
            )


def write_pouch(hub: Hub, name: str, target: Path) -> WrittenPouch:
    """Write a pouch for a device: receipts, and all that changed since it last told its cursors.

    Args:
        hub: Headquarters.
        name: The first digits of the device's identity.
        target: The file to write.

    Raises:
        MissingError: There is no such device.
        RefusedError: The device is not active.
        StoreError: The disk refuses.
    """
    with hub.database.reading([EVERY_SCOPE]) as connection:
        node = named_device(connection, name)
        if node.status != ACTIVE:
            raise RefusedError(N_("This device is not active."))
        caller = caller_of(connection, node)
        answer = _answer(hub, connection, node, caller)
        told = _contents_told(connection, node, caller, answer)
    body = answer.model_dump_json(by_alias=True, exclude_unset=True).encode()
    parts = {EXCHANGE_PART: compressed(body)}
    left_out = _add_contents(hub, caller, told, parts)
    manifest = PouchManifest(
        pouch_id=uuid4().hex,
        direction=TO_LAPTOP,
        sender=hub.hub_id,
        recipient=node.node_id,
        mission=node.mission,
        serial=node.pouch_out + 1,
        previous=node.pouch_digest,
        made_ms=hub.now_ms,
        parts=tuple(part_of(each, part) for each, part in parts.items()),
    )
    content = sealed_pouch(
        manifest.canonical,
        manifest.signed_part,
        list(parts.values()),
        key=hub.keys.service,
        recipient=node.recipient,
        padded_size=padded_size,
    )
    write_whole(target, content)
    with hub.database.writing(()) as connection:
        connection.execute(
            update(HUB_NODE)
            .where(HUB_NODE.c.nid == node.nid)
            .values(pouch_out=manifest.serial, pouch_digest=sha256(content).hexdigest())
        )
    rows = sum(len(page.rows) for page in answer.scopes.values())
    return WrittenPouch(rows, len(parts) - 1, left_out)


def _contents_told(
    connection: Connection, node: Row[Any], caller: Caller, answer: ExchangeAnswer
) -> list[ToldContent]:
    """Return what records say of the contents that a pouch should carry: those asked for first."""
    asked = [str(each) for each in json.loads(node.wants)]
    for page in answer.scopes.values():
        rows = unpacked_rows(each.short for each in page.rows)
        asked += [each["r"] for each in rows if each["e"] == ATTACHMENT_ENTITY]
    found = (attachment_row(connection, each, caller.scopes) for each in dict.fromkeys(asked))
    return [each for each in found if each is not None]


def _add_contents(
    hub: Hub, caller: Caller, told: Iterable[ToldContent], parts: dict[str, bytes]
) -> tuple[str, ...]:
    """Add contents that are here, as they fit; return the names of those that do not."""
    contents = Contents(hub, Journal(hub.journal, hub.keys.recovery))
    room, left_out = MOST_CONTENT_BYTES, []
    for each in told:
        if each.size > room or len(parts) > MOST_CONTENTS:
            left_out.append(each.name)
            continue
        content = contents.read_whole(caller.scopes, each.digest)
        if content is not None and len(content) == each.size:
            parts[CONTENT_PART + each.row_id] = content
            room -= len(content)
    return tuple(left_out)


def _answer(hub: Hub, connection: Connection, node: Row[Any], caller: Caller) -> ExchangeAnswer:
    cursors: Mapping[str, int] = json.loads(node.cursors)
    nobody = Asker(node="", at=0)  # nothing is an echo: what the laptop knows is not known here
    wanted = Wanted(bytes=MOST_BYTES, rows=MOST_ROWS)
    # Its base is not known here: from base 0 every row that changed is told whole.
    ends = ends_of(connection, caller.scopes)
    scopes = {
        scope: page_of(
            connection,
            scope,
            cursors.get(scope, 0),
            nobody,
            base=0,
            wanted=wanted,
            end=ends.scopes[scope],
        )
        for scope in caller.scopes
        if scope in ends.scopes
    }
    return ExchangeAnswer(
        hub_id=hub.hub_id,
        epoch=ends.epoch,
        now_ms=hub.now_ms,
        last=node.last_nseq,
        last_hash=bytes(node.chain).hex(),
        durable=node.durable_nseq,
        scopes=scopes,
        blobs_here=contents_from(connection, node.nid),
    )
