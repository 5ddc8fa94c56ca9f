"""A store's key files, made once; every test gets a folder of its own with a copy."""

from pathlib import Path

import pytest

from embassy_desk.sealing.derivation import FLOOR
from embassy_desk.vault.unlocking import make_header
from makers.key_files import PASSPHRASE, Vault


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Vault:
    folder = tmp_path_factory.mktemp("made")
    return Vault(folder, make_header(folder, PASSPHRASE, FLOOR).hex96())


@pytest.fixture
def vault(made_once: Vault, tmp_path: Path) -> Vault:
    copied = Vault(tmp_path, made_once.hex96)
    copied.write(made_once.content)
    return copied
