"""The proxy of the network in which this desk works; the system's own setting never counts."""

from urllib.parse import urlsplit

from embassy_desk.domain.errors import InvalidError, Problem
from embassy_desk.store.local_values import forget_local, keep_local, local_value
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_

_TOPIC, _NAME = "headquarters", "proxy"
_SCHEMES = frozenset({"http", "https"})


def proxy_of(work: UnitOfWork) -> str:
    """Return the address of the proxy; empty where there is none."""
    known = local_value(work, _TOPIC, _NAME)
    return str(known.value) if known is not None else ""


def keep_proxy(work: UnitOfWork, address: str) -> None:
    """Keep the address of the proxy, such as `http://10.0.0.1:3128`; nothing means none.

    Raises:
        InvalidError: It is no address of a proxy.
    """
    text = address.strip()
    if not text:
        forget_local(work, _TOPIC, _NAME)
        return
    if not _is_address(text):
        raise InvalidError([Problem("proxy", N_("Write it like http://10.0.0.1:3128."))])
    keep_local(work, _TOPIC, _NAME, text)


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in _SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:  # such as a port that is no number
        return False
