"""Keyrings that keep, forget, refuse, or never answer."""

from threading import Event


class KeptInMemory:
    """A keyring that works."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, ...], str] = {}

    def get_password(self, *name: str) -> str | None:
        return self.kept.get(name)

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


class Locked:
    """A keyring that refuses, as after a changed password of the system."""

    def get_password(self, *name: str) -> str | None:
        raise RuntimeError(f"the collection is locked: {name}")

    def set_password(self, *texts: str) -> None:
        raise RuntimeError(f"the collection is locked: {texts}")


class Silent:
    """A keyring that does not answer until the test is over."""

    def __init__(self) -> None:
        self.is_over = Event()

    def get_password(self, *_name: str) -> str | None:
        self.is_over.wait()
        return None

    def set_password(self, *_texts: str) -> None:
        self.is_over.wait()


class Swapped:
    """Somebody else's keyring, with something else under every name."""

    def get_password(self, *_name: str) -> str | None:
        return '{"format":"embassy-desk-mark","version":1,"serial":9007199254740991}'

    def set_password(self, *_texts: str) -> None:
        """Keep nothing."""
