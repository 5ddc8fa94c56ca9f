"""Exchange by a file that somebody carries: written, read with a preview, harmless when repeated.

The log of pouches lies among the local values: which went, which came, how far headquarters was.
"""

import io
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from pydantic import ValidationError

from embassy_desk.application.enrolling import own_secret
from embassy_desk.application.exchange import (
    Planned,
    body_of,
    linked,
    plan_exchange,
    still_answered,
    take_answer,
    told_of,
)
from embassy_desk.application.places import applying
from embassy_desk.application.recovering_by_pouch import (
    begin_by_pouch,
    differences,
    is_of_later_generation,
)
from embassy_desk.domain.attachment import Attachment
from embassy_desk.domain.errors import MissingError, RefusedError, StoreError
from embassy_desk.sealing.pouches import (
    file_digest,
    no_pouch,
    opened_pouch,
    proved_parts,
    sealed_pouch,
)
from embassy_desk.settings.files import write_whole
from embassy_desk.store.attachments import attachments_folder, content_of, keep_content
from embassy_desk.store.contents import give_up_wishes, note_sent, unsent_contents
from embassy_desk.store.local_values import keep_local, local_value
from embassy_desk.store.opening import Store
from embassy_desk.store.outgoing import own_identities, present_node
from embassy_desk.store.takeover import Taken
from embassy_desk.store.work import Changes, UnitOfWork
from embassy_desk.sync.compression import compressed, decompressed
from embassy_desk.sync.conflicts import CONFLICT_ENTITY
from embassy_desk.sync.exchange import ExchangeAnswer
from embassy_desk.sync.pouches import (
    CONTENT_PART,
    EXCHANGE_PART,
    LARGEST_EXCHANGE_BYTES,
    MOST_CONTENT_BYTES,
    MOST_CONTENTS,
    TO_HEADQUARTERS,
    TO_LAPTOP,
    PouchManifest,
    padded_size,
    part_of,
)
from embassy_desk.texts import N_, Text

TOPIC = "pouch"


@dataclass(frozen=True)
class WrittenPouch:
    """What a pouch that was written carries.

    Attributes:
        serial: Its number.
        operations: How many changes.
        first: Number of the first of them.
        last: Number of the last.
        contents: How many files of records it carries along.
        left_out: Names of files that did not fit or cannot be read; another pouch carries them.
    """

    serial: int
    operations: int
    first: int
    last: int
    contents: int = 0
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class PouchPreview:
    """What is in a pouch that came, before anything is taken over.

    Attributes:
        serial: Its number.
        made_ms: When headquarters wrote it, milliseconds since 1970.
        rows: Rows that others changed.
        deletions: How many of them are removed.
        conflicts: Conflicts that need somebody.
        acknowledged: Changes of ours that it acknowledges.
        contents: How many files of records it carries along.
        is_known: Whether all of it is here already.
        is_of_restored: Whether headquarters was restored since: then what differs is counted, and
            what headquarters lost goes with the next pouch from here.
    """

    serial: int
    made_ms: int
    rows: int
    deletions: int
    conflicts: int
    acknowledged: int
    is_known: bool
    contents: int = 0
    is_of_restored: bool = False


@dataclass(frozen=True)
class PouchLog:
    """Which pouches went and came; serial 0 for none.

    Attributes:
        sent: Number of the last one that was written here.
        last: Number of the last change in it.
        received: Number of the last one from headquarters that was read.
        acknowledged: Up to which change headquarters has ours.
    """

    sent: int = 0
    last: int = 0
    received: int = 0
    acknowledged: int = 0

    @property
    def is_awaited(self) -> bool:
        """Whether a receipt for the last one is still to come."""
        return self.last > self.acknowledged


def pouch_log(work: UnitOfWork) -> PouchLog:
    """Return which pouches went and came."""
    sent, received = local_value(work, TOPIC, "sent"), local_value(work, TOPIC, "received")
    return PouchLog(
        sent.value["serial"] if sent else 0,
        sent.value["last"] if sent else 0,
        received.value["serial"] if received else 0,
        present_node(work.raw).acked,
    )


def write_pouch(store: Store, target: Path) -> WrittenPouch:
    """Write a pouch for headquarters: everything that it has not acknowledged.

    The file is there whole and verified, or not at all. Writing another before an answer came is
    harmless: it carries the same again and what came since.

    Raises:
        RefusedError: This desk is not enrolled, or there is more than a pouch holds.
        StoreError: The disk refuses.
    """
    with store.work() as work:
        manifest, content, written = _packed(work, store)
        write_whole(target, content)
        _read_back(target, content)
        sent = {"serial": manifest.serial, "digest": file_digest(content), "last": written.last}
        keep_local(work, TOPIC, "sent", sent)
        work.commit()
    return written


def _packed(work: UnitOfWork, store: Store) -> tuple[PouchManifest, bytes, WrittenPouch]:
    link = linked(work, may_be_revoked=True)
    planned = plan_exchange(work, is_whole=True)
    parts = {EXCHANGE_PART: compressed(body_of(planned.request))}
    left_out = _add_contents(work, attachments_folder(store.path), link.epoch, parts)
    before = local_value(work, TOPIC, "sent")
    sent: dict[str, Any] = before.value if before else {"serial": 0, "digest": ""}
    manifest = PouchManifest(
        pouch_id=uuid4().hex,
        direction=TO_HEADQUARTERS,
        sender=planned.node.node_id,
        recipient=link.hub_id,
        mission=work.author.mission,
        serial=sent["serial"] + 1,
        previous=sent["digest"],
        made_ms=int(work.at.timestamp() * 1000),
        parts=tuple(part_of(name, part) for name, part in parts.items()),
    )
    content = sealed_pouch(
        manifest.canonical,
        manifest.signed_part,
        list(parts.values()),
        key=planned.node.key,
        recipient=link.pouch_key,
        padded_size=padded_size,
    )
    count = len(planned.request.ops)
    first = planned.request.at + 1
    last, contents = first + count - 1, len(parts) - 1
    written = WrittenPouch(manifest.serial, count, first, last, contents, left_out)
    return manifest, content, written


def _add_contents(
    work: UnitOfWork, folder: Path, epoch: int, parts: dict[str, bytes]
) -> tuple[str, ...]:
    """Add the contents that headquarters lacks, as they fit; return the names of the others."""
    left_out: list[str] = []
    room = MOST_CONTENT_BYTES
    for each in unsent_contents(work.raw, epoch, most=MOST_CONTENTS):
        try:
            content = b"" if each.size_bytes > room else content_of(work, folder, each.digest)
        except (MissingError, StoreError):
            left_out.append(each.name)
            continue
        if len(content) != each.size_bytes:
            left_out.append(each.name)
            continue
        parts[CONTENT_PART + each.row_id] = content
        room -= len(content)
    return tuple(left_out)


def _read_back(target: Path, content: bytes) -> None:
    """Refuse a medium that does not give back what was written to it.

    Raises:
        StoreError: It does not.
    """
    try:
        is_same = target.read_bytes() == content
    except OSError as error:
        raise StoreError(N_("The pouch cannot be read back; use another medium.")) from error
    if not is_same:
        raise StoreError(N_("The pouch cannot be read back; use another medium."))


@dataclass(frozen=True)
class OpenPouch:
    """A pouch from headquarters, proved genuine and meant for this device.

    Attributes:
        manifest: What it says of itself.
        answer: What headquarters says.
        contents: Contents of attachments, by the identity of the record.
        planned: The exchange that it answers.
        digest: SHA-256 of the file.
    """

    manifest: PouchManifest
    answer: ExchangeAnswer
    contents: dict[str, bytes]
    planned: Planned
    digest: str


def open_pouch(store: Store, path: Path) -> OpenPouch:
    """Return what is in a pouch from headquarters, proved genuine and meant for this device.

    Raises:
        MissingError: There is no such file.
        StoreError: It cannot be read, was changed, or is sealed to somebody else.
        InvalidError: It is no pouch, or headquarters did not sign it.
        RefusedError: It is for another device or a former number, or of another headquarters.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise MissingError(N_("There is no file {path}.", path=str(path))) from error
    except OSError as error:
        raise StoreError(N_("The file {path} cannot be read.", path=str(path))) from error
    with store.work() as work:
        link, node, secret = linked(work), present_node(work.raw), own_secret(work)
        planned, former = plan_exchange(work), own_identities(work.raw) - {node.node_id}
    pouch = opened_pouch(content, secret)
    manifest = PouchManifest.read(pouch.manifest)
    sizes = {each.name: (each.size, each.sha256) for each in manifest.parts}
    parts = proved_parts(pouch, manifest.signed_part, sizes, public=link.signing_key)
    if manifest.direction != TO_LAPTOP or manifest.sender != link.hub_id:
        raise RefusedError(N_("This pouch is not from the headquarters of this desk."))
    if manifest.recipient in former:
        raise RefusedError(
            N_(
                "This pouch was written before headquarters gave this desk a new number. Nothing"
                " of it is lost: ask headquarters for a new pouch."
            )
        )
    if manifest.recipient != node.node_id:
        raise RefusedError(N_("This pouch is for another device."))
    try:
        text = decompressed(parts[EXCHANGE_PART], LARGEST_EXCHANGE_BYTES)
        answer = ExchangeAnswer.model_validate_json(text)
    except (KeyError, ValidationError) as error:
        raise no_pouch() from error
    contents = {
        name.removeprefix(CONTENT_PART): part
        for name, part in parts.items()
        if name.startswith(CONTENT_PART)
    }
    return OpenPouch(manifest, answer, contents, planned, file_digest(content))


def preview_pouch(store: Store, path: Path) -> PouchPreview:
    """Return what reading a pouch would do; nothing is kept.

    Raises:
        DeskError: As `open_pouch`.
    """
    pouch = open_pouch(store, path)
    answer, planned = pouch.answer, pouch.planned
    with store.work() as work:  # nothing of it is committed
        if is_of_later_generation(work, answer):
            return _preview_of_restored(work, pouch)
    told = told_of(answer, planned)
    conflicts = [each for each in told.rows if each.entity == CONFLICT_ENTITY]
    acknowledged = max(0, answer.last - planned.node.acked)
    pages = [each for each in told.scopes if each.to != each.since]
    return PouchPreview(
        serial=pouch.manifest.serial,
        made_ms=pouch.manifest.made_ms,
        rows=len(told.rows) - len(conflicts),
        deletions=sum(each.is_deleted for each in told.rows) + len(told.gone),
        conflicts=len(conflicts),
        acknowledged=acknowledged,
        is_known=not pages and not acknowledged and not pouch.contents,
        contents=len(pouch.contents),
    )


def of_restored() -> Text:
    """Return what a pouch of a restored headquarters asks of people."""
    return N_(
        "Headquarters was restored from a backup. Take this pouch over, then write one: it brings"
        " back what headquarters lost."
    )


def _preview_of_restored(work: UnitOfWork, pouch: OpenPouch) -> PouchPreview:
    found = differences(work, pouch.answer)
    conflicts = sum(row.entity == CONFLICT_ENTITY for each in found for row in each.rows)
    return PouchPreview(
        serial=pouch.manifest.serial,
        made_ms=pouch.manifest.made_ms,
        rows=sum(len(each.rows) for each in found) - conflicts,
        deletions=0,
        conflicts=conflicts,
        acknowledged=0,
        is_known=False,
        contents=len(pouch.contents),
        is_of_restored=True,
    )


def read_pouch(store: Store, path: Path, *, may_hide_many: bool = False) -> tuple[Taken, Changes]:
    """Take over a pouch from headquarters.

    Raises:
        RefusedError: An earlier pouch is missing, or as `open_pouch` and `take_answer`.
    """
    pouch = open_pouch(store, path)
    with store.work(applying(store)) as work:
        present = replace(pouch.planned, asked=linked(work).asked)
        if is_of_later_generation(work, pouch.answer):
            still_answered(work, present, present.node.acked)
            taken = begin_by_pouch(work, pouch.answer, may_hide_many=may_hide_many)
        else:
            taken = _take(work, pouch, present, may_hide_many=may_hide_many)
        received = {"serial": pouch.manifest.serial, "digest": pouch.digest}
        keep_local(work, TOPIC, "received", received)
        changes = work.commit()
    _keep_contents(store, pouch.contents)
    return taken, changes


def _take(work: UnitOfWork, pouch: OpenPouch, present: Planned, *, may_hide_many: bool) -> Taken:
    answer, cursors = pouch.answer, present.request.cursors
    missing = [sid for sid, page in answer.scopes.items() if page.since > cursors.get(sid, 0)]
    if missing:
        raise RefusedError(
            N_(
                "A pouch before number {serial} is missing; read that one first.",
                serial=pouch.manifest.serial,
            )
        )
    kept = max(answer.last, present.node.acked)
    newest = answer if kept == answer.last else _without_acknowledgement(work, answer, present)
    return take_answer(work, present, newest, may_hide_many=may_hide_many)


def _keep_contents(store: Store, contents: dict[str, bytes]) -> None:
    """Keep the contents that are what their records say; each is proved by its hash."""
    for row_id, content in contents.items():
        with store.work() as work:
            known = work.find(Attachment, UUID(row_id))
            if known is None or known.digest != file_digest(content):
                continue
            keep_content(work, attachments_folder(store.path), io.BytesIO(content))
            note_sent(work.raw, [known.digest], linked(work).epoch)
            give_up_wishes(work, [known.digest])
            work.commit()


def _without_acknowledgement(
    work: UnitOfWork, answer: ExchangeAnswer, planned: Planned
) -> ExchangeAnswer:
    """Return an answer that was overtaken: what it acknowledges is known, its pages may not be."""
    chain = planned.request.hash
    body = json.loads(answer.model_dump_json(by_alias=True, exclude_unset=True))
    last = present_node(work.raw).acked
    return ExchangeAnswer.model_validate({**body, "last": last, "last_hash": chain})
