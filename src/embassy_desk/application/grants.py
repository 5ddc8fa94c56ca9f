"""Grants of rights on a laptop: accepted when headquarters signed them, kept, and asked for.

The order key of headquarters comes with enrolment, and only what it signed is believed. A laptop
that is not enrolled has no grants: whoever made the store may do everything.
"""

from dataclasses import replace

from pydantic import ValidationError

from embassy_desk.application.enrolling import order_key
from embassy_desk.domain.errors import InvalidError, Problem, RefusedError, StoreError
from embassy_desk.domain.rights import Grant
from embassy_desk.sealing.keys import is_signed
from embassy_desk.store.local_values import keep_local, local_value
from embassy_desk.store.opening import Store
from embassy_desk.store.work import UnitOfWork
from embassy_desk.sync.orders import SignedGrant
from embassy_desk.texts import N_, Text

LARGEST_GRANT_BYTES = 64 * 1024
_TOPIC, _NAME = "rights", "grant"


def accept_grant(work: UnitOfWork, file: bytes) -> Grant:
    """Take over a grant that headquarters signed for the person at this desk.

    Args:
        work: A writing unit of work.
        file: The signed grant, JSON in UTF-8.

    Raises:
        InvalidError: It is no grant, was not signed by headquarters, or was changed since.
        RefusedError: It is for somebody else, or older than the one in force.
    """
    grant = _read(work, file)
    if grant.staff_id != work.author.staff_id or grant.mission != work.author.mission:
        raise RefusedError(N_("These rights were given to somebody else."))
    present = granted(work)
    if present is not None and grant.serial <= present.serial:
        raise RefusedError(N_("Newer rights are in force already."))
    keep_local(work, _TOPIC, _NAME, file.decode())
    return grant


def granted(work: UnitOfWork) -> Grant | None:
    """Return the grant in force at this desk, proved once more, or nothing.

    Raises:
        StoreError: What is kept does not prove genuine any more.
    """
    kept = local_value(work, _TOPIC, _NAME)
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


def _read(work: UnitOfWork, file: bytes) -> Grant:
    key = order_key(work)
    if key is None:
        raise _refusal(N_("This desk does not know headquarters' key yet."))
    if len(file) > LARGEST_GRANT_BYTES:
        raise _refusal(N_("This file is not what is expected here."))
    try:
        signed = SignedGrant.model_validate_json(file)
    except ValidationError as error:
        raise _refusal(N_("This file is not what is expected here.")) from error
    if not is_signed(key, signed.signed_part, bytes.fromhex(signed.signature)):
        raise _refusal(N_("This is not signed by headquarters, or was changed since."))
    return signed.grant


def _refusal(text: Text) -> InvalidError:
    return InvalidError([Problem("", text)])
