"""What a refusal of headquarters asks of a laptop: to go on under a new identity (SYNC 3.12)."""

from embassy_desk.application.exchange import Planned, StaleAnswerError, linked
from embassy_desk.domain.errors import RefusedError
from embassy_desk.store.headquarters_link import REVOKED, note_headquarters
from embassy_desk.store.identities import continue_as, prepared_identity
from embassy_desk.store.outgoing import link_at, present_node
from embassy_desk.store.work import UnitOfWork
from embassy_desk.sync.chains import last_agreed
from embassy_desk.sync.exchange import ReidentifyRequest
from embassy_desk.sync.problems import ProblemCode, ProblemDocument
from embassy_desk.texts import N_, Text

_PARTED = frozenset({ProblemCode.FORK, ProblemCode.ROLLED_BACK})


def take_refusal(
    work: UnitOfWork, planned: Planned, problem: ProblemDocument
) -> ReidentifyRequest | None:
    """Do what a refusal asks for, as far as this device can by itself.

    After a fork or a restored copy of this laptop it goes on under a new identity; the caller tells
    headquarters with the request that is returned, before anything is committed.

    Raises:
        StaleAnswerError: The refusal is of an older request.
        RefusedError: A person must do something; the sentence says what.
    """
    link, node = linked(work), present_node(work.raw)
    if (link.asked, node.no) != (planned.asked, planned.node.no):
        raise StaleAnswerError(N_("An answer came too late and was dropped."))
    code = problem.code
    if code in _PARTED:
        return _part(work, problem)
    if code == ProblemCode.GAP and problem.last is not None and problem.last < node.acked:
        raise RefusedError(
            N_("Headquarters lacks changes that it had confirmed. Tell its administrator.")
        )
    if code == ProblemCode.REVOKED:
        note_headquarters(work.raw, status=REVOKED)
        return None
    raise RefusedError(_SENTENCES.get(code, N_("Headquarters refused: {code}.", code=code)))


def _part(work: UnitOfWork, problem: ProblemDocument) -> ReidentifyRequest:
    """Find where both chains part, and go on from there under a new identity."""
    raw, old = work.raw, present_node(work.raw)
    own = {
        number: link_at(raw, old.no, number).hex()
        for number, _ in problem.links
        if number <= old.nseq
    }
    agreed, _ = last_agreed(own, problem.links)
    agreed_link = link_at(raw, old.no, agreed).hex()
    node = continue_as(raw, old, agreed, prepared_identity(), work.at)
    return ReidentifyRequest(
        node=node.node_id,
        public_key=node.key.public.hex(),
        pred=(old.node_id, agreed),
        hash=agreed_link,
    )


_SENTENCES: dict[str, Text] = {
    ProblemCode.PENDING: N_("Headquarters has not approved this device yet."),
    ProblemCode.UNSIGNED: N_("Headquarters does not know the key of this device."),
    ProblemCode.NOT_FOUND: N_("Headquarters does not know this device."),
    ProblemCode.UPDATE_NEEDED: N_("This program is too old for headquarters; update it."),
    ProblemCode.BUSY: N_("Headquarters is busy; this will be tried again."),
}
