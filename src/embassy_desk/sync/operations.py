"""Operations as they are written, hashed and sent (SYNC 3.1, 3.2).

An operation is a *form*: a JSON object with the keys below. Its digest dₙ is the hash of its
canonical bytes, cₙ = H(cₙ₋₁ ‖ dₙ) is the chain (`sealing.digests`). Keys said to be omitted are
refused where they say nothing; `Operation.form` returns exactly the keys that were read.

    n  number on this node, 1, 2, 3 … without gaps
    t  milliseconds of the hybrid stamp; c its counter, omitted when 0
    b  position of headquarters' log on which the author's screen was based; 0 for none
    s  the scope whose position b is; omitted when b is 0
    g  the epoch in which b counts; omitted when b is 0 or the epoch is 1
    e  entity (table name); r identity of the row, 32 hexadecimal digits
    k  put, del, undel, resolve, move, recover or purge
    f  fields and their canonical values; null empties a field; omitted by del and undel
    u  the person (32 hexadecimal digits) or null
    x  number of the first operation of the same transaction, omitted when it stands alone
    o  [node, n] under which it was first written, when it was stamped anew (SYNC 3.12)

`put` makes or patches a row. `del` hides it. `undel` brings it back. `resolve` closes the conflict
that `r` names; `f` is `{"resolution": …}` and a chosen value travels as a put of the same
transaction. `move` is a put of the fields that decide the scope (`sync.scopes.SCOPE_FIELDS`).
`recover` offers what a restored headquarters no longer has. `purge` erases a deleted row's content.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, ValidationError

from embassy_desk.domain.errors import InvalidError, Problem
from embassy_desk.sync.canonical import LARGEST_INTEGER, canonical
from embassy_desk.sync.clock import LARGEST_COUNTER, LARGEST_MS, Stamp
from embassy_desk.texts import N_

LARGEST_TEXT = 400_000
"""Characters of one value; entities allow 50,000, later versions may allow more."""

MOST_FIELDS = 400

Whole = Annotated[StrictInt, Field(ge=-LARGEST_INTEGER, le=LARGEST_INTEGER)]
Value = StrictBool | Whole | Annotated[str, Field(max_length=LARGEST_TEXT)] | None
"""What a field may hold: null, yes or no, a whole number within ±2⁵³, or text."""

Count = Annotated[StrictInt, Field(ge=0, le=LARGEST_INTEGER)]
Number = Annotated[StrictInt, Field(ge=1, le=LARGEST_INTEGER)]
Identity = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
ScopeName = Annotated[str, Field(pattern=r"^(m|hq|c):[A-Za-z0-9_.:-]{1,60}$")]
Fields = Annotated[dict[Name, Value], Field(max_length=MOST_FIELDS)]


_NUMBERS = frozenset({"n", "o", "x"})


class OperationKind(StrEnum):
    """What an operation does to its row."""

    PUT = "put"
    DEL = "del"
    UNDEL = "undel"
    RESOLVE = "resolve"
    MOVE = "move"
    RECOVER = "recover"
    PURGE = "purge"


class Operation(BaseModel):
    """One operation, checked; see the module for its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    n: Number
    t: Annotated[StrictInt, Field(ge=0, le=LARGEST_MS)]
    c: Annotated[StrictInt, Field(ge=1, le=LARGEST_COUNTER)] = 0
    b: Count
    s: ScopeName = ""
    g: Annotated[StrictInt, Field(ge=2, le=LARGEST_INTEGER)] = 1
    e: Name
    r: Identity
    k: OperationKind
    f: Fields = {}
    u: Identity | None
    x: Number = 0
    o: tuple[Identity, Number] = ("", 0)

    @classmethod
    def read(cls, form: Mapping[str, Any]) -> Self:
        """Return the operation of a form.

        Raises:
            InvalidError: Some key is missing, unknown or wrong; every problem is named.
        """
        try:
            return cls.model_validate(form)
        except ValidationError as error:
            raise unreadable(error) from error

    @property
    def form(self) -> dict[str, Any]:
        """The JSON object with exactly the keys that were read, for hashing and sending."""
        return self.model_dump(mode="json", exclude_unset=True)

    @property
    def canonical(self) -> bytes:
        """The bytes whose hash is the operation's digest."""
        return canonical(self.form)

    @property
    def stamp(self) -> Stamp:
        """When it was written, by the hybrid clock of its author."""
        return Stamp(self.t, self.c)

    @property
    def essence(self) -> bytes:
        """What stays the same when it is stamped anew: all but number, transaction and origin.

        Two disks with one identity give different operations the same number, so an origin alone
        does not name an operation: whoever asks whether one is known compares both (SYNC 3.12).
        """
        form = self.form
        return canonical({key: each for key, each in form.items() if key not in _NUMBERS})

    def origin(self, node: str) -> tuple[str, int]:
        """Return node and number under which it was first written; `node` is the sender's."""
        return self.o if "o" in self.model_fields_set else (node, self.n)


def in_order(operations: Iterable[Operation], first: int) -> bool:
    """Return whether the numbers run without gap from `first`."""
    return all(each.n == number for number, each in enumerate(operations, first))


def unreadable(error: ValidationError) -> InvalidError:
    """Return pydantic's report as our error; texts that people see are chosen elsewhere."""
    return InvalidError(
        Problem(
            ".".join(map(str, each["loc"])), N_("This cannot be read: {why}.", why=each["type"])
        )
        for each in error.errors(include_url=False, include_input=False, include_context=False)
    )
