"""Runs before anything of ours is imported: drops what could make the program load foreign code.

Variables of the surroundings can name plugins of Qt, a keyring that writes plain text, a
configuration of OpenSSL or roots to trust. A bundle brings all of that itself.
"""

import os
import sys
from pathlib import Path

BEGINNINGS = ("PYTHON", "SSL_CERT_", "QML", "QT_PLUGIN", "QT_QPA_PLATFORM_PLUGIN")
NAMES = ("OPENSSL_ENGINES", "OPENSSL_MODULES", "QT_QPA_GENERIC_PLUGINS", "SSLKEYLOGFILE")

for _name in tuple(os.environ):
    if _name.startswith(BEGINNINGS) or _name in NAMES:
        del os.environ[_name]
os.environ["OPENSSL_CONF"] = str(Path(sys._MEIPASS) / "openssl.cnf")  # type: ignore[attr-defined]  # noqa: SLF001  PyInstaller's own name
