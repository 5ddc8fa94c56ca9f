"""What a refusal of headquarters asks of a laptop: to go on under a new identity (SYNC 3.12)."""

from dataclasses import dataclass

from embassy_desk.application.exchange import Planned, RevokedError, StaleAnswerError, linked
from embassy_desk.domain.errors import RefusedError
from embassy_desk.sealing.keys import DeviceKey
from embassy_desk.store.headquarters_link import REVOKED, note_headquarters
from embassy_desk.store.identities import continue_as, prepared_identity
from embassy_desk.store.outgoing import link_at, present_node
from embassy_desk.store.work import UnitOfWork
from embassy_desk.sync.chains import last_agreed
from embassy_desk.sync.exchange import ReidentifyRequest
from embassy_desk.sync.problems import ProblemCode, ProblemDocument
from embassy_desk.texts import N_, Text

_PARTED = frozenset({ProblemCode.FORK, ProblemCode.ROLLED_BACK})


class ExchangeRefusedError(RefusedError):
    """Headquarters refuses, and a person must do something; `reason` is its code."""

    code = "exchange_refused"

    def __init__(self, reason: str) -> None:
        """Keep the code; its sentence is looked up."""
        super().__init__(refusal_text(reason))
        self.reason = reason


@dataclass(frozen=True)
class Parting:
    """A new identity, which holds once headquarters has agreed to it.

    Attributes:
        request: What headquarters is asked.
        identity: The new identity and its key.
        agreed: Number up to which both sides have the same chain.
    """

    request: ReidentifyRequest
    identity: tuple[str, DeviceKey]
    agreed: int


def take_refusal(
    work: UnitOfWork, planned: Planned, problem: ProblemDocument
) -> Parting | RevokedError:
    """Return what a refusal asks for, as far as this device can do it by itself.

    After a fork or a restored copy of this laptop it goes on under a new identity: the caller asks
    headquarters, and then calls `part`. That it was closed out is kept; the error that is returned
    is for the caller to raise after committing.

    Raises:
        StaleAnswerError: The refusal is of an older request.
        ExchangeRefusedError: A person must do something; the sentence says what.
    """
    link, node = linked(work, may_be_revoked=True), present_node(work.raw)
    if (link.asked, node.no) != (planned.asked, planned.node.no):
        raise StaleAnswerError(N_("An answer came too late and was dropped."))
    code = problem.code
    if code in _PARTED:
        return _parting(work, problem)
    if code == ProblemCode.REVOKED:
        note_headquarters(work.raw, status=REVOKED, problem="")
        return RevokedError(problem.order or "")
    raise ExchangeRefusedError(code)


def _parting(work: UnitOfWork, problem: ProblemDocument) -> Parting:
    """Find where both chains part."""
    raw, old = work.raw, present_node(work.raw)
    own = {
        number: link_at(raw, old.no, number).hex()
        for number, _ in problem.links
        if number <= old.nseq
    }
    agreed, _ = last_agreed(own, problem.links)
    identity = prepared_identity()
    request = ReidentifyRequest(
        node=identity[0],
        public_key=identity[1].public.hex(),
        pred=(old.node_id, agreed),
        hash=link_at(raw, old.no, agreed).hex(),
    )
    return Parting(request, identity, agreed)


def part(work: UnitOfWork, planned: Planned, parting: Parting) -> None:
    """Go on under an identity that headquarters has agreed to; what is unsent moves to it.

    Raises:
        StaleAnswerError: This device goes on under another one already.
    """
    node = present_node(work.raw)
    if node.no != planned.node.no:
        raise StaleAnswerError(N_("An answer came too late and was dropped."))
    continue_as(work.raw, node, parting.agreed, parting.identity, work.at)


def refusal_text(code: str) -> Text:
    """Return what a refusal of headquarters means, in a sentence."""
    return _SENTENCES.get(code, N_("Headquarters refused: {code}.", code=code))


_SENTENCES: dict[str, Text] = {
    ProblemCode.PENDING: N_("Headquarters has not approved this device yet."),
    ProblemCode.UNSIGNED: N_("Headquarters does not know the key of this device."),
    ProblemCode.NOT_FOUND: N_("Headquarters does not know this device."),
    ProblemCode.UPDATE_NEEDED: N_("This program is too old for headquarters; update it."),
    ProblemCode.BUSY: N_("Headquarters is busy; this will be tried again."),
    ProblemCode.EPOCH: N_(
        "Headquarters was restored from a backup. Nothing is lost here; tell its administrator."
    ),
    ProblemCode.GAP: N_(
        "Headquarters lacks changes that it had confirmed. Tell its administrator."
    ),
}
