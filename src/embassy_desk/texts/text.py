"""A sentence that knows its values and waits for a language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True)
class Text:
    """A message marked for translation, with the values its braces name.

    Attributes:
        message: The English sentence, values in braces.
        values: What the braces stand for; a value may be a `Text`, a day or a number.
        plural: The English sentence for counts other than one, or nothing.
        count: The number that chooses between `message` and `plural`.
    """

    message: str
    values: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    plural: str | None = None
    count: int | None = None

    def __str__(self) -> str:
        """Return the English sentence, for logs and tests; people get it through `Words`."""
        message = self.message
        if self.plural is not None and self.count != 1:
            message = self.plural
        return message.format(**self.values) if self.values else message

    def __hash__(self) -> int:
        return hash((self.message, self.plural, self.count))


def N_(
    message: str, plural: str | None = None, /, *, count: int | None = None, **values: Any
) -> Text:
    """Mark a sentence for translation and return it with its values.

    With a plural form, `count` chooses the form and is available to the braces as `count`.
    """
    if count is not None:
        values["count"] = count
    return Text(message, MappingProxyType(values), plural, count)
