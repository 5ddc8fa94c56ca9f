"""Key files of a store, and the accidents and forgeries that may befall them."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from embassy_desk.sync.canonical import canonical
from embassy_desk.texts import Text
from embassy_desk.vault.header import KEY_FILES
from embassy_desk.vault.unlocking import unlock

PASSPHRASE = "con mèo đen ngủ trên mái nhà"


def with_checksum(fields: dict[str, Any]) -> bytes:
    """Return the content of a key file whose checksum is right, whatever it says."""
    fields.pop("checksum", None)
    return canonical({**fields, "checksum": hashlib.sha256(canonical(fields)).hexdigest()})


@dataclass(frozen=True)
class Vault:
    """A folder with key files, and the key they should give."""

    folder: Path
    hex96: str

    @property
    def files(self) -> tuple[Path, Path]:
        """Both copies, the one written first before the other."""
        first, second = (self.folder / name for name in KEY_FILES)
        return first, second

    @property
    def content(self) -> bytes:
        """What the first copy holds."""
        return self.files[0].read_bytes()

    @property
    def fields(self) -> dict[str, Any]:
        """What the first copy says."""
        fields: dict[str, Any] = json.loads(self.content)
        return fields

    def write(self, content: bytes) -> None:
        """Write both copies, as an accident or a forger would."""
        for each in self.files:
            each.write_bytes(content)

    def forge(self, fields: dict[str, Any]) -> None:
        """Write both copies so that only the seal and the wrapping can tell."""
        self.write(with_checksum(fields))

    def opens(self, passphrase: str = PASSPHRASE) -> bool:
        """Return whether the passphrase gives the right key, whatever had to be repaired."""
        notices: list[Text] = []
        key = unlock(self.folder, passphrase, notice=notices.append)
        return key.hex96() == self.hex96
