"""Letting this desk in at headquarters: by a code over the line, or by two files on a stick."""

import platform
from typing import Any

from pydantic import ValidationError

from embassy_desk import __version__
from embassy_desk.application.exchange import StaleAnswerError
from embassy_desk.domain.errors import InvalidError, Problem, RefusedError
from embassy_desk.domain.staff import Staff
from embassy_desk.sealing.certificates import fingerprint, is_endorsed
from embassy_desk.sealing.fingerprints import fingerprint_words
from embassy_desk.sealing.keys import is_signed
from embassy_desk.sealing.letters import made_recipient
from embassy_desk.store.headquarters_link import (
    HeadquartersLink,
    headquarters_link,
    link_headquarters,
    note_headquarters,
)
from embassy_desk.store.local_values import keep_local, local_value
from embassy_desk.store.outgoing import present_node
from embassy_desk.store.work import UnitOfWork
from embassy_desk.sync.enrolment import EnrolmentAnswer, EnrolmentCode, EnrolmentRequest
from embassy_desk.texts import N_

TOPIC = "headquarters"
"""Under which local values lie: the code in use, our age key, and what the answer told."""

_UNSIGNED = "0" * 128


def request_enrolment(work: UnitOfWork, code: EnrolmentCode, *, is_demo: bool) -> EnrolmentRequest:
    """Return the signed request with which this desk asks to be let in; the code is kept.

    Raises:
        RefusedError: The store holds demo data, or the desk is enrolled elsewhere.
    """
    if is_demo:
        raise RefusedError(N_("Demo data stays on this computer; it is never enrolled."))
    link = headquarters_link(work.raw)
    if link is not None and fingerprint(link.root_certificate.encode()) != code.root:
        raise RefusedError(N_("This desk is enrolled at another headquarters already."))
    node = present_node(work.raw)
    keep_local(work, TOPIC, "code", code.text)
    person = work.find(Staff, work.author.staff_id) if work.author.staff_id else None
    unsigned = EnrolmentRequest(
        secret=code.secret,
        node=node.node_id,
        signing_key=node.key.public.hex(),
        recipient=_recipient(work),
        person=person.heading[:200] if person else "",
        device=platform.node()[:200],
        app=__version__,
        system=platform.system()[:200],
        signature=_UNSIGNED,
    )
    signature = node.key.sign(unsigned.signed_part).hex()
    return unsigned.model_copy(update={"signature": signature})


def device_words(request: EnrolmentRequest) -> str:
    """Return the six words that the person reads out to the officer by telephone."""
    return fingerprint_words(bytes.fromhex(request.signing_key), request.recipient.encode())


def own_words(work: UnitOfWork) -> str:
    """Return the six words of this device; empty before it asked to be let in."""
    known = local_value(work, TOPIC, "recipient")
    if known is None:
        return ""
    key = present_node(work.raw).key.public
    return fingerprint_words(key, str(known.value["public"]).encode())


def _recipient(work: UnitOfWork) -> str:
    """Return this device's age recipient; its secret half is made once and stays here."""
    known = local_value(work, TOPIC, "recipient")
    if known is not None:
        return str(known.value["public"])
    made = made_recipient()
    keep_local(work, TOPIC, "recipient", {"public": made.public, "secret": made.secret})
    return made.public


def own_secret(work: UnitOfWork) -> str:
    """Return the secret half of this device's age key.

    Raises:
        RefusedError: This desk never asked to be enrolled.
    """
    known = local_value(work, TOPIC, "recipient")
    if known is None:
        raise RefusedError(N_("This desk is not enrolled at headquarters yet."))
    return str(known.value["secret"])


def read_enrolment_answer(text: bytes) -> EnrolmentAnswer:
    """Return an answer from its file.

    Raises:
        InvalidError: It is something else.
    """
    try:
        return EnrolmentAnswer.model_validate_json(text)
    except ValidationError as error:
        raise InvalidError([Problem("answer", N_("This is no answer of headquarters."))]) from error


def take_enrolment_answer(work: UnitOfWork, answer: EnrolmentAnswer) -> str:
    """Keep what headquarters answered, and return the status: `pending`, `active` or `revoked`.

    Nothing of it counts before the root fits the code, the root endorsed the service's key, and
    that key signed the answer.

    Raises:
        RefusedError: Something does not fit, or the answer is for another device or mission.
        StaleAnswerError: This desk did not ask.
    """
    code = _code(work)
    root = answer.root.encode()
    key = bytes.fromhex(answer.service_key)
    is_genuine = (
        fingerprint(root) == code.root
        and is_endorsed(root, answer.endorsed_part, _bytes_of(answer.endorsement))
        and is_signed(key, answer.signed_part, _bytes_of(answer.signature))
    )
    if not is_genuine:
        raise RefusedError(N_("This answer does not come from the headquarters of the code."))
    if answer.node != present_node(work.raw).node_id:
        raise RefusedError(N_("This answer is for another device."))
    if answer.mission not in (work.author.mission, "HQ"):
        raise RefusedError(
            N_(
                "The code is for mission {code}, this desk is of {own}.",
                code=answer.mission,
                own=work.author.mission,
            )
        )
    _keep(work, answer, code)
    return answer.status


def _keep(work: UnitOfWork, answer: EnrolmentAnswer, code: EnrolmentCode) -> None:
    known = headquarters_link(work.raw)
    if known is None:
        link_headquarters(
            work.raw,
            HeadquartersLink(
                answer.hub_id,
                code.url,
                answer.root,
                answer.recipient,
                bytes.fromhex(answer.service_key),
                status=answer.status,
                epoch=answer.epoch,
                offset_ms=answer.now_ms - int(work.at.timestamp() * 1000),
            ),
        )
    else:
        note_headquarters(work.raw, status=answer.status, url=code.url)
    keep_local(work, TOPIC, "order_key", answer.order_key)
    keep_local(work, TOPIC, "recovery", answer.recovery)


def order_key(work: UnitOfWork) -> bytes | None:
    """Return the public key of wipe orders, policy and grants; nothing before enrolment."""
    known = local_value(work, TOPIC, "order_key")
    return None if known is None else bytes.fromhex(known.value)


def _code(work: UnitOfWork) -> EnrolmentCode:
    known = local_value(work, TOPIC, "code")
    if known is None:
        raise StaleAnswerError(N_("This desk did not ask to be enrolled."))
    return EnrolmentCode.parsed(str(known.value))


def _bytes_of(digits: Any) -> bytes:
    try:
        return bytes.fromhex(digits)
    except ValueError:
        return b""
