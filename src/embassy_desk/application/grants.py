"""Grants of rights on a laptop: accepted when headquarters signed them, kept, and asked for.

Headquarters' key for grants is trusted once, at enrolment, and from then on only what it signed is
believed. A laptop that trusts no key yet has no grants: whoever made the store may do everything.
"""

import json
from dataclasses import replace

from embassy_desk.domain.errors import InvalidError, Problem, RefusedError, StoreError
from embassy_desk.domain.rights import Grant, Rights
from embassy_desk.sealing.statements import opened_statement
from embassy_desk.store.local_values import keep_local, local_value
from embassy_desk.store.opening import Store
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_

PURPOSE = "grant"
"""What the signed statements of grants are marked with."""

KEY_BYTES = 32
_TOPIC = "rights"
_TRUSTED = "trusted_key"
_GRANT = "grant"


def trust_key(work: UnitOfWork, public_key: bytes) -> None:
    """Believe the holder of a key about rights, from now on and for good.

    Args:
        work: A writing unit of work.
        public_key: Headquarters' public Ed25519 key, 32 bytes.

    Raises:
        InvalidError: It does not have 32 bytes.
        RefusedError: Another key is trusted already.
    """
    if len(public_key) != KEY_BYTES:
        raise InvalidError([Problem("key", N_("A public key has 32 bytes."))])
    known = trusted_key(work)
    if known is not None and known != public_key:
        raise RefusedError(N_("This desk already takes its rights from another key."))
    keep_local(work, _TOPIC, _TRUSTED, public_key.hex())


def trusted_key(work: UnitOfWork) -> bytes | None:
    """Return the public key whose holder grants rights here, or nothing."""
    kept = local_value(work, _TOPIC, _TRUSTED)
    return None if kept is None else bytes.fromhex(kept.value)


def accept_grant(work: UnitOfWork, file: bytes) -> Grant:
    """Take over a grant that headquarters signed for the person at this desk.

    Args:
        work: A writing unit of work.
        file: The signed statement.

    Raises:
        InvalidError: It is no grant, was not signed by the trusted key, or was changed since.
        RefusedError: It is for somebody else, or older than the one in force.
    """
    grant = _read(work, file)
    if grant.staff_id != work.author.staff_id or grant.mission != work.author.mission:
        raise RefusedError(N_("These rights were given to somebody else."))
    present = granted(work)
    if present is not None and grant.serial <= present.serial:
        raise RefusedError(N_("Newer rights are in force already."))
    keep_local(work, _TOPIC, _GRANT, file.decode())
    return grant


def granted(work: UnitOfWork) -> Grant | None:
    """Return the grant in force at this desk, proved once more, or nothing.

    Raises:
        StoreError: What is kept does not prove genuine any more.
    """
    kept = local_value(work, _TOPIC, _GRANT)
    if kept is None:
        return None
    try:
        return _read(work, kept.value.encode())
    except InvalidError as error:
        raise StoreError(N_("The rights kept at this desk were altered.")) from error


def apply_grant(store: Store) -> None:
    """Let the grant hold for everything that is done with an open store from now on.

    Raises:
        StoreError: What is kept does not prove genuine any more.
    """
    with store.reading() as work:
        grant = granted(work)
    store.author = replace(store.author, grant=grant)


def rights(work: UnitOfWork) -> Rights:
    """Return what the person at the desk may do now; for greying out what may not be done."""
    return work.rights


def _read(work: UnitOfWork, file: bytes) -> Grant:
    key = trusted_key(work)
    if key is None:
        raise InvalidError([Problem("", N_("This desk does not know headquarters' key yet."))])
    body = opened_statement(file, PURPOSE, {key}).body
    try:
        values = json.loads(body)
    except ValueError as error:
        raise InvalidError([Problem("", N_("This file is not what is expected here."))]) from error
    if not isinstance(values, dict):
        raise InvalidError([Problem("", N_("This file is not what is expected here."))])
    return Grant.read(values)
