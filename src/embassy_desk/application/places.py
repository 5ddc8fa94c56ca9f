"""Where the steps of an exchange are done, and in whose name."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from embassy_desk.application.progress import GoingOn, unwatched
from embassy_desk.domain.entity import Route
from embassy_desk.store.headquarters_link import HeadquartersLink
from embassy_desk.store.opening import Store
from embassy_desk.store.outgoing import Node
from embassy_desk.store.work import Author, Changes
from embassy_desk.transport.road import Signer

Answer = TypeVar("Answer")
Announce = Callable[[Changes], None]
"""Told of what was taken over."""


def applying(store: Store) -> Author:
    """Return for whom headquarters' rows are written: nobody here did it."""
    return replace(store.author, via=Route.SYNC, mode="apply")


def signer_of(node: Node, link: HeadquartersLink) -> Signer:
    """Return with what an identity signs."""
    return Signer(node.node_id, node.key, link.offset_ms)


class Places(Protocol):
    """Where the steps of an exchange are done, so that none of them holds up another."""

    async def by_the_clerk(self, step: Callable[[Store], Answer]) -> Answer:
        """Do one short step on the thread that writes."""

    async def on_the_road(self, step: Callable[[], Answer]) -> Answer:
        """Do what waits for the network, where nobody waits for it."""


@dataclass(frozen=True)
class Watcher:
    """Who is told while exchanges run.

    Attributes:
        announce: Told of every takeover.
        going_on: Told how much of how much is fetched.
    """

    announce: Announce = lambda _: None
    going_on: GoingOn = unwatched


UNWATCHED = Watcher()
"""Nobody is told."""


@dataclass(frozen=True)
class Here:
    """Everything on the calling thread, as the command line does."""

    store: Store

    async def by_the_clerk(self, step: Callable[[Store], Answer]) -> Answer:
        """Do it at once."""
        return step(self.store)

    async def on_the_road(self, step: Callable[[], Answer]) -> Answer:
        """Do it at once."""
        return step()
