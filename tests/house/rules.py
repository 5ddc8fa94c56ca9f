"""What a rule of the house is: a check, where it holds, and sources that break and keep it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from house.sources import FOLDERS, PACKAGE, Source, sources


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule.

    Attributes:
        name: The rule as a sentence.
        complaints: Yields what in a source breaks the rule.
        folders: Where the rule holds.
        free: Files and folders the rule leaves free, each with the reason.
        offender: A source that breaks the rule, and must be caught.
        innocent: A source close to it that keeps the rule, and must be left alone.
        place: Where both are pretended to lie.
    """

    name: str
    complaints: Callable[[Source], Iterator[str]]
    offender: str
    innocent: str
    folders: tuple[str, ...] = FOLDERS
    free: dict[str, str] | None = None
    place: str = f"{PACKAGE}domain/planted.py"

    def __str__(self) -> str:
        return self.name

    def enforce(self) -> None:
        """Fail, naming every place of the project that breaks the rule."""
        free = self.free or {}
        complaints = [
            complaint
            for source in sources(*self.folders)
            if not any(source.place.startswith(place) for place in free)
            for complaint in self.complaints(source)
        ]
        if complaints:
            pytest.fail("\n".join([self.name, *complaints]), pytrace=False)

    def broken_by(self, text: str) -> list[str]:
        """Return what in this text breaks the rule."""
        return list(self.complaints(Source(self.place, text)))
