"""Signs what Schemathesis sends, as an enrolled device would; loaded by its process."""

import os
from typing import Any

import schemathesis

from embassy_desk.sealing.keys import DeviceKey
from makers.hubs import Keys
from makers.services import signed_now


class DeviceSignature:
    """Adds the signature of the device that the environment names."""

    def __init__(self) -> None:
        key = DeviceKey.from_bytes(bytes.fromhex(os.environ["CONTRACT_KEY"]))
        self._keys = Keys(node=os.environ["CONTRACT_NODE"], signing=key)

    def __call__(self, request: Any) -> Any:
        """Replace whatever stands there by a signature that fits."""
        body = request.body or b""
        raw = body.encode() if isinstance(body, str) else body
        request.headers.update(
            signed_now(self._keys, str(request.method), str(request.url), bytes(raw))
        )
        return request


schemathesis.auth.set_from_requests(DeviceSignature())
