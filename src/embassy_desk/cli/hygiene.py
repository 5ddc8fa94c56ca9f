"""What a process of ours does before anything else: nothing planted is loaded, nothing is dumped.

Only the standard library; called before Qt, OpenSSL or a keyring is loaded.
"""

import os
import re
import sys
from collections.abc import MutableMapping

if sys.platform != "win32":
    import resource

_PLANTED = re.compile(
    r"(PYTHON_KEYRING_.*|KEYRING_PROPERTY_.*|QT_.*PLUGIN.*|QML.*_PATH|LD_PRELOAD|SSL_CERT_.*)\Z"
)
"""Variables that name code to load, keyrings to trust or certificates to believe."""

_OPENSSL = "OPENSSL_CONF"


def scrub(environment: MutableMapping[str, str]) -> tuple[str, ...]:
    """Remove variables that make libraries load foreign code; return their names.

    OpenSSL reads its settings from an empty file instead of a place that others may write.
    """
    gone = tuple(sorted(name for name in environment if _PLANTED.match(name)))
    for name in gone:
        del environment[name]
    environment[_OPENSSL] = os.devnull
    return gone


def dump_nothing() -> None:
    """Let no crash of this process write its memory to the disk."""
    if sys.platform != "win32":
        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, most))
