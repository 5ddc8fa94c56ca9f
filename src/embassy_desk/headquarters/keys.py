"""The keys of headquarters: those the service works with, and those that leave the machine.

keys/root.pem, root.key        own root; laptops trust nothing else
keys/server.pem, server.key    the server's certificate, made anew from the root in time
keys/service.key               Ed25519: signs answers, pages and pouches
keys/recipient.key             age: what pouches to headquarters are sealed to
keys/database.key              opens the encrypted SQLite file
keys/recovery.pub              age: what the receive journal and backups are sealed to
keys/order.pub                 Ed25519: wipe orders and policy are checked with it
offline/recovery.key, order.key   the other halves; to be carried away and kept by custodians
"""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from embassy_desk.domain.errors import MissingError, StoreError
from embassy_desk.sealing.certificates import (
    KeyAndCertificate,
    endorsed,
    ends_at,
    made_root,
    made_server,
)
from embassy_desk.sealing.keys import KEY_BYTES, SALT_BYTES, DeviceKey, StoreKey
from embassy_desk.sealing.letters import Recipient, made_recipient, recipient_of
from embassy_desk.settings.files import write_whole
from embassy_desk.sync.enrolment import SERVICE_CONTEXT
from embassy_desk.texts import N_

KEYS = "keys"
OFFLINE = "offline"
RENEWED_BEFORE_DAYS = 60
_PUBLIC_MODE = 0o644


@dataclass(frozen=True)
class ServiceKeys:
    """What the service works with; see the module."""

    root: KeyAndCertificate
    service: DeviceKey
    recipient: Recipient
    recovery: str
    order: bytes
    endorsement: bytes = field(repr=False)


def make_keys(home: Path, hosts: list[str], at: datetime) -> None:
    """Make all keys in a new home.

    Raises:
        StoreError: The disk refuses.
    """
    keys, offline = home / KEYS, home / OFFLINE
    for folder in (keys, offline):
        folder.mkdir(mode=0o700)
    root = made_root("Embassy Desk headquarters", at)
    server = made_server(root, hosts, at)
    recovery, order = made_recipient(), DeviceKey.made()
    database = StoreKey.made()
    files = {
        keys / "root.pem": root.certificate,
        keys / "root.key": root.key,
        keys / "server.pem": server.certificate,
        keys / "server.key": server.key,
        keys / "service.key": DeviceKey.made().to_bytes().hex().encode(),
        keys / "recipient.key": made_recipient().secret.encode(),
        keys / "database.key": database.hex96().encode(),
        keys / "recovery.pub": recovery.public.encode(),
        keys / "order.pub": order.public.hex().encode(),
        offline / "recovery.key": recovery.secret.encode(),
        offline / "order.key": order.to_bytes().hex().encode(),
    }
    for path, content in files.items():
        write_whole(path, content)


def read_keys(home: Path) -> ServiceKeys:
    """Return the keys that the service works with.

    Raises:
        MissingError: A file is not there.
        StoreError: A file is damaged.
    """
    root = KeyAndCertificate(_read(home, "root.pem"), _read(home, "root.key"))
    service = read_signing_key(home / KEYS / "service.key")
    return ServiceKeys(
        root=root,
        service=service,
        recipient=recipient_of(_read(home, "recipient.key").decode()),
        recovery=_read(home, "recovery.pub").decode().strip(),
        order=_from_hex(_read(home, "order.pub")),
        endorsement=endorsed(root, SERVICE_CONTEXT + service.public),
    )


def read_signing_key(path: Path) -> DeviceKey:
    """Return the Ed25519 key in a file of hexadecimal digits.

    Raises:
        MissingError: There is no such file.
        StoreError: It is damaged.
    """
    return DeviceKey.from_bytes(_from_hex(read_file(path)))


def database_key(home: Path, given: str = "") -> StoreKey:
    """Return the key of the encrypted file: the one given by the deployment, or that of the home.

    Raises:
        MissingError: There is neither.
        StoreError: It is damaged.
    """
    material = _from_hex(given.encode() or _read(home, "database.key"))
    if len(material) != KEY_BYTES + SALT_BYTES:
        raise StoreError(N_("The key file is damaged."))
    return StoreKey(material)


def renew_server(home: Path, hosts: list[str], at: datetime) -> bool:
    """Make the server's certificate anew when it ends within 60 days; return whether it did.

    Raises:
        StoreError: The root is damaged or the disk refuses.
    """
    if (ends_at(_read(home, "server.pem")) - at).days >= RENEWED_BEFORE_DAYS:
        return False
    root = KeyAndCertificate(_read(home, "root.pem"), _read(home, "root.key"))
    server = made_server(root, hosts, at)
    write_whole(home / KEYS / "server.key", server.key)
    write_whole(home / KEYS / "server.pem", server.certificate, mode=_PUBLIC_MODE)
    return True


def read_file(path: Path) -> bytes:
    """Return the content of a key file.

    Raises:
        MissingError: There is no such file.
        StoreError: It cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise MissingError(N_("The key file {file} is missing.", file=path.name)) from error
    except OSError as error:
        raise StoreError(N_("The key file {file} cannot be read.", file=path.name)) from error


def _read(home: Path, name: str) -> bytes:
    return read_file(home / KEYS / name)


def _from_hex(text: bytes) -> bytes:
    try:
        return bytes.fromhex(text.decode().strip())
    except ValueError as error:
        raise StoreError(N_("The key file is damaged.")) from error
