"""Real stores that exchange with the headquarters of the model, without a network between."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from embassy_desk.application.continuing import part, take_refusal
from embassy_desk.application.exchange import (
    Planned,
    RevokedError,
    body_of,
    plan_exchange,
    take_answer,
)
from embassy_desk.domain.entity import Route
from embassy_desk.store.headquarters_link import HeadquartersLink, link_headquarters
from embassy_desk.store.opening import Store
from embassy_desk.store.outgoing import present_node
from embassy_desk.store.takeover import Taken
from embassy_desk.store.work import Author
from embassy_desk.sync.exchange import ExchangeAnswer, ExchangeRequest
from makers.stores import make_store
from model.hub import HUB_ID, Hub, RefusedRequestError

MOST_EXCHANGES = 40


class Desk:
    """One laptop."""

    def __init__(self, folder: Path, hub: Hub, person: Any, mission: str = "TOK") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.hub = hub
        self.store: Store = make_store(folder)
        self.author = Author(person, mission)
        self.local = replace(self.store.author, staff_id=person, mission=mission)
        with self.store.work() as work:
            work.raw.execute("UPDATE sync_node SET node_id = lower(hex(randomblob(16)))")
            link_headquarters(work.raw, HeadquartersLink(HUB_ID, "", "", "", b""))
            work.commit()
            self.hub.enrol(present_node(work.raw).node_id, mission)

    @property
    def applying(self) -> Author:
        return replace(self.local, via=Route.SYNC, mode="apply")

    def plan(self) -> Planned:
        with self.store.work(self.local) as work:
            planned = plan_exchange(work)
            work.commit()
        return planned

    def ask(self, planned: Planned) -> ExchangeAnswer:
        """Carry the request over the wire's own text, there and back."""
        request = ExchangeRequest.model_validate_json(body_of(planned.request))
        answer = self.hub.exchange(request)
        return ExchangeAnswer.model_validate_json(
            answer.model_dump_json(exclude_unset=True, by_alias=True)
        )

    def take(self, planned: Planned, answer: ExchangeAnswer, **more: bool) -> Taken:
        with self.store.work(self.applying) as work:
            taken = take_answer(work, planned, answer, **more)
            work.commit()
        return taken

    def once(self) -> Taken | None:
        """One exchange; nothing when it was refused and the desk went on otherwise."""
        planned = self.plan()
        try:
            answer = self.ask(planned)
        except RefusedRequestError as refused:
            with self.store.work(self.local) as work:
                parting = take_refusal(work, planned, refused.problem)
                work.commit()
            if isinstance(parting, RevokedError):
                raise parting from refused
            self.hub.reidentify(parting.request)
            with self.store.work(self.local) as work:
                part(work, planned, parting)
                work.commit()
            return None
        return self.take(planned, answer)

    def sync(self) -> int:
        """Exchange until there is nothing more; return how many exchanges it took."""
        for count in range(1, MOST_EXCHANGES):
            taken = self.once()
            if taken is not None:
                assert taken.mismatched == (), taken
                if not taken.more:
                    return count
        raise AssertionError("the exchanges never end")
