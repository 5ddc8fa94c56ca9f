"""The exchange desk: takes in what a laptop sends and tells it what changed."""

import logging
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from embassy_desk.headquarters.contents import missing_contents
from embassy_desk.headquarters.exchanging import Push, Taken, heard, note_news, push_of, take
from embassy_desk.headquarters.refusals import Refusal
from embassy_desk.headquarters.service import Service
from embassy_desk.headquarters.signing_in import Caller
from embassy_desk.headquarters.surfacing import surface
from embassy_desk.headquarters.telling import Ends, asker_of, ends_of, pages
from embassy_desk.sync.exchange import ExchangeAnswer, ExchangeRequest, ScopePage
from embassy_desk.sync.problems import ProblemCode

_LOG = logging.getLogger(__name__)
_LOOKS_RESTORED_RETRY_S = 900


def exchange(
    service: Service, caller: Caller, asked: ExchangeRequest, body: bytes
) -> ExchangeAnswer:
    """Take operations in and return the answer.

    Args:
        service: The service.
        caller: Who sends; its signature was checked.
        asked: What it sends.
        body: The same as it came, decompressed, for the journal.

    Raises:
        Refusal: The chains parted, something is missing, or it cannot be read.
        StoreError: The disk refuses.
    """
    hub = service.hub
    push = push_of(asked, caller, hub)
    if push.operations or asked.pred is not None:
        taken = take(hub, service.journal, caller, push, body)
        if asked.pred is not None and asked.nseq == taken.last:
            surface(hub, caller)
        return _told(service, caller, asked, push, taken)
    with hub.database.reading(caller.scopes) as connection:
        found = heard(connection, caller, push)
        if found is not None:
            answer = _answer(service, connection, caller, asked, push, found)
    if found is None:
        taken = take(hub, service.journal, caller, push, body)
        return _told(service, caller, asked, push, taken)
    if found.has_news:
        note_news(hub, caller, push)
    return answer


def _told(
    service: Service, caller: Caller, asked: ExchangeRequest, push: Push, taken: Taken
) -> ExchangeAnswer:
    with service.hub.database.reading(caller.scopes) as connection:
        return _answer(service, connection, caller, asked, push, taken)


def _answer(
    service: Service,
    connection: Connection,
    caller: Caller,
    asked: ExchangeRequest,
    push: Push,
    taken: Taken,
) -> ExchangeAnswer:
    hub = service.hub
    asker = asker_of(caller, push.at, push.operations)
    ends = ends_of(connection, {*caller.scopes, *asked.cursors})
    _refuse_future(ends, asked.cursors)
    offers = {}
    if asked.want.snapshots:
        offers = service.snapshots.offers(connection, caller, asked.cursors)
    values: dict[str, Any] = {
        "hub_id": hub.hub_id,
        "epoch": ends.epoch,
        "now_ms": hub.now_ms,
        "last": taken.last,
        "last_hash": taken.last_hash,
        "scopes": pages(connection, caller, asked, asker, offers, ends),
    }
    missing = missing_contents(connection, caller.scopes, asked.blobs_have)
    optional = {
        "durable": taken.durable,
        "results": taken.results,
        "revoked": _revoked(caller, values["scopes"], asked),
        "blobs_missing": missing,
    }
    values.update({name: value for name, value in optional.items() if value})
    return ExchangeAnswer(**values)


def _refuse_future(ends: Ends, cursors: Mapping[str, int]) -> None:
    """Refuse to tell a laptop that has read further than there is.

    Either headquarters was restored from a backup and the operator forgot to say so, or the
    laptop is wrong; both need a person, and neither may apply anything.

    Raises:
        Refusal: Some cursor lies behind the end of its scope.
    """
    if any(cursors.get(scope, 0) > end.head for scope, end in ends.scopes.items()):
        _LOG.error(
            "a laptop has read further than this database goes; if it was restored from a backup,"
            " run `embassy-desk-hq epoch`"
        )
        raise Refusal(ProblemCode.BUSY, retry_after_s=_LOOKS_RESTORED_RETRY_S)


def _revoked(
    caller: Caller, told: Mapping[str, ScopePage], asked: ExchangeRequest
) -> tuple[str, ...]:
    """Return the scopes that the laptop holds and may not read any more."""
    return tuple(each for each in asked.cursors if each not in caller.scopes and each not in told)
