"""Whose large bodies are read at all: those of devices that are enrolled here.

A signature can be checked only when the body is there. Until then somebody who names no device of
this headquarters could have it hold five hundred bodies at once.
"""

import re

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import select

from embassy_desk.headquarters.bodies import body_of
from embassy_desk.headquarters.hub import Hub
from embassy_desk.headquarters.refusals import Refusal
from embassy_desk.headquarters.service import service_of
from embassy_desk.headquarters.tables import HUB_NODE
from embassy_desk.sync.exchange import LARGEST_BODY_BYTES
from embassy_desk.sync.problems import ProblemCode

LARGEST_OF_STRANGERS_BYTES = 32 * 1024

_KEY_ID = re.compile(r'keyid="([0-9a-f]{32})"')


async def signed_body_of(request: Request, *, largest: int = LARGEST_BODY_BYTES) -> bytes:
    """Return the body of a request that must be signed; nothing of it counts before that is proved.

    Raises:
        Refusal: It is too large or too slow, or large and of nobody who is known.
    """
    claimed = request.headers.get("content-length", "")
    is_small = claimed.isdecimal() and int(claimed) <= LARGEST_OF_STRANGERS_BYTES
    if not is_small and request.method != "GET":
        await run_in_threadpool(_refuse_stranger, service_of(request).hub, request)
    return await body_of(request, largest=largest)


def _refuse_stranger(hub: Hub, request: Request) -> None:
    named = _KEY_ID.search(request.headers.get("signature-input", ""))
    if named is not None:
        with hub.database.alone(is_reader=True) as connection:
            known = select(HUB_NODE.c.nid).where(HUB_NODE.c.node_id == named[1])
            if connection.execute(known).first() is not None:
                return
    if "signature" not in request.headers and "content-encoding" in request.headers:
        raise Refusal(ProblemCode.ENCODING)
    raise Refusal(ProblemCode.UNSIGNED)
