"""The pouch: the same exchange in a file, whole or refused, harmless when repeated."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from embassy_desk.application.enrolling import TOPIC
from embassy_desk.application.pouches import preview_pouch, read_pouch, write_pouch
from embassy_desk.domain.errors import DeskError, InvalidError, RefusedError, StoreError
from embassy_desk.sealing.keys import DeviceKey
from embassy_desk.sealing.letters import Recipient, made_recipient
from embassy_desk.sealing.pouches import file_digest, opened_pouch, proved_parts, sealed_pouch
from embassy_desk.store.headquarters_link import note_headquarters
from embassy_desk.store.local_values import keep_local
from embassy_desk.store.outgoing import present_node
from embassy_desk.sync.compression import compressed, decompressed
from embassy_desk.sync.exchange import ExchangeAnswer, ExchangeRequest
from embassy_desk.sync.pouches import PouchManifest, PouchPart, padded_size
from makers import identity
from model.desks import Desk
from model.hub import HUB_ID, Hub, RefusedRequestError
from model.test_two_desks import changed, entered, shown

SERVICE, HUB_AGE, DESK_AGE = DeviceKey.made(), made_recipient(), made_recipient()


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    hub = Hub()
    both = (
        Desk(tmp_path / "anna", hub, identity("anna")),
        Desk(tmp_path / "binh", hub, identity("binh")),
    )
    for desk in both:
        with desk.store.work(desk.local) as work:
            note_headquarters(work.raw, pouch_key=HUB_AGE.public, signing_key=SERVICE.public)
            kept = {"public": DESK_AGE.public, "secret": DESK_AGE.secret}
            keep_local(work, TOPIC, "recipient", kept)
            work.commit()
    yield both
    for desk in both:
        desk.store.close()


def asked_in(desk: Desk, path: Path) -> ExchangeRequest:
    """Return the request in a pouch, as headquarters reads it."""
    with desk.store.reading() as work:
        public = present_node(work.raw).key.public
    pouch = opened_pouch(path.read_bytes(), HUB_AGE.secret)
    manifest = PouchManifest.read(pouch.manifest)
    sizes = {each.name: (each.size, each.sha256) for each in manifest.parts}
    parts = proved_parts(pouch, manifest.signed_part, sizes, public=public)
    return ExchangeRequest.model_validate_json(decompressed(parts["exchange"], 10**8))


def answered(
    desk: Desk,
    path: Path,
    answer: ExchangeAnswer,
    *,
    key: DeviceKey = SERVICE,
    recipient: Recipient = DESK_AGE,
    node: str = "",
) -> None:
    """Write an answer into a pouch, as headquarters does."""
    with desk.store.reading() as work:
        own = present_node(work.raw).node_id
    text = answer.model_dump_json(exclude_unset=True, by_alias=True)
    part = compressed(text.encode())
    manifest = PouchManifest(
        pouch_id=uuid4().hex,
        direction="to_laptop",
        sender=HUB_ID,
        recipient=node or own,
        mission="TOK",
        serial=1,
        made_ms=5,
        parts=(PouchPart(name="exchange", size=len(part), sha256=file_digest(part)),),
    )
    content = sealed_pouch(
        manifest.canonical,
        manifest.signed_part,
        [part],
        key=key,
        recipient=recipient.public,
        padded_size=padded_size,
    )
    path.write_bytes(content)


def test_a_mission_without_a_line_works_by_pouch_alone_and_then_comes_online(
    desks: tuple[Desk, Desk], tmp_path: Path
) -> None:
    anna, binh = desks
    contact = entered(binh, notes="by line")
    binh.sync()
    own = entered(anna, notes="by pouch")
    out, back = tmp_path / "out", tmp_path / "back"
    assert write_pouch(anna.store, out).operations == 1
    answered(anna, back, anna.hub.exchange(asked_in(anna, out)))

    preview = preview_pouch(anna.store, back)
    assert (preview.rows, preview.acknowledged, preview.is_known) == (1, 1, False)
    taken, _ = read_pouch(anna.store, back)
    assert (taken.acknowledged, taken.rows, taken.mismatched) == (1, 1, ())
    assert shown(anna, contact) == contact
    assert anna.sync() == 1
    binh.sync()
    assert shown(binh, own) == own


def test_a_pouch_read_twice_or_overtaken_by_the_line_changes_nothing(
    desks: tuple[Desk, Desk], tmp_path: Path
) -> None:
    anna, _ = desks
    contact = entered(anna)
    out, back = tmp_path / "out", tmp_path / "back"
    write_pouch(anna.store, out)
    answered(anna, back, anna.hub.exchange(asked_in(anna, out)))
    read_pouch(anna.store, back)
    changed(anna, contact, notes="later")
    anna.sync()

    assert preview_pouch(anna.store, back).is_known
    taken, _ = read_pouch(anna.store, back)
    assert (taken.acknowledged, taken.rows) == (0, 0)
    record = shown(anna, contact)
    assert record is not None
    assert record.notes == "later"
    with pytest.raises(RefusedRequestError):  # headquarters has more already
        anna.hub.exchange(asked_in(anna, out))
    assert anna.sync() == 1


def test_a_missing_pouch_is_named(desks: tuple[Desk, Desk], tmp_path: Path) -> None:
    anna, _ = desks
    answer = anna.ask(anna.plan())
    page = answer.scopes["m:TOK"]
    later = page.model_copy(update={"since": 7, "to": 9, "head": 9})
    answered(anna, tmp_path / "back", answer.model_copy(update={"scopes": {"m:TOK": later}}))

    with pytest.raises(RefusedError):
        read_pouch(anna.store, tmp_path / "back")


@pytest.mark.parametrize("place", [0, 40, 200, -100, -1])
def test_a_changed_pouch_is_refused(desks: tuple[Desk, Desk], tmp_path: Path, place: int) -> None:
    anna, _ = desks
    back = tmp_path / "back"
    answered(anna, back, anna.ask(anna.plan()))
    content = bytearray(back.read_bytes())
    content[place] ^= 1
    back.write_bytes(content)

    with pytest.raises(StoreError):
        read_pouch(anna.store, back)


def test_a_pouch_of_somebody_else_is_refused(desks: tuple[Desk, Desk], tmp_path: Path) -> None:
    anna, _ = desks
    back = tmp_path / "back"
    answer = anna.ask(anna.plan())
    answered(anna, back, answer, key=DeviceKey.made())
    with pytest.raises(InvalidError):
        read_pouch(anna.store, back)
    answered(anna, back, answer, node="e" * 32)
    with pytest.raises(RefusedError):
        read_pouch(anna.store, back)
    answered(anna, back, answer, recipient=made_recipient())
    with pytest.raises(DeskError):
        read_pouch(anna.store, back)


def test_the_size_of_a_pouch_tells_little() -> None:
    sizes = {padded_size(size) for size in range(1, 1_000_000, 97)}

    assert all(size <= padded_size(size) <= max(4096, size * 9 / 8) for size in range(1, 99_999))
    assert len(sizes) < 250
