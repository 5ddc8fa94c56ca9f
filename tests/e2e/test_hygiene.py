"""Nothing that was planted in the environment is loaded, and no crash leaves a dump."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from embassy_desk.cli.hygiene import scrub

LOOK_AFTERWARDS = """
import os, resource, sys
from embassy_desk.cli.main import main
sys.argv = ["embassy-desk", "backups", "--profile", sys.argv[1]]
main()
planted = [name for name in sys.argv if name in os.environ]
names = "QT_PLUGIN_PATH PYTHON_KEYRING_BACKEND SSL_CERT_FILE".split()
print([name for name in names if name in os.environ], resource.getrlimit(resource.RLIMIT_CORE)[0])
print(os.environ["OPENSSL_CONF"], oct(os.umask(0)))
"""


@pytest.mark.parametrize(
    "name",
    ["QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "PYTHON_KEYRING_BACKEND", "SSL_CERT_FILE",
     "KEYRING_PROPERTY_SCHEME", "LD_PRELOAD"],
)  # fmt: skip
def test_variable_that_loads_foreign_code_is_removed(name: str) -> None:
    environment = {name: "planted", "HOME": "x", "QT_QPA_PLATFORM": "offscreen", "LANG": "vi_VN"}
    assert scrub(environment) == (name,)
    assert environment.keys() == {"HOME", "QT_QPA_PLATFORM", "LANG", "OPENSSL_CONF"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_real_process_is_clean_before_it_works(tmp_path: Path) -> None:
    planted = dict.fromkeys(("QT_PLUGIN_PATH", "SSL_CERT_FILE"), str(tmp_path))
    keyring = {"PYTHON_KEYRING_BACKEND": "keyrings.alt.file.PlaintextKeyring"}
    child = subprocess.run(
        [sys.executable, "-c", LOOK_AFTERWARDS, str(tmp_path)],
        env={**os.environ, **planted, **keyring},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert child.stdout.splitlines()[-2:] == ["[] 0", f"{os.devnull} 0o77"]
