"""Which of the devices that the log knows is this one."""

from dataclasses import dataclass
from typing import Any

OWN_NODES = "SELECT no FROM sync_node WHERE length(signing_key) > 0"
"""Identities of this device: those whose signing key lies here. Others may stand beside them."""


@dataclass(frozen=True)
class Node:
    """The identity under which this device writes its log.

    Attributes:
        no: Its number in this store.
        device_tag: What it adds to references.
    """

    no: int
    device_tag: str


def present_node(raw: Any) -> Node:
    """Return this device's present identity, the newest of its own.

    Args:
        raw: The raw connection.
    """
    row = raw.execute(
        f"SELECT no, device_tag FROM sync_node WHERE no IN ({OWN_NODES}) ORDER BY no DESC LIMIT 1"  # noqa: S608
    ).fetchone()
    return Node(*row)
