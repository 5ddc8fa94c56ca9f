"""From a passphrase to a key: Argon2id, as slow as a person bears and a guesser does not."""

import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from embassy_desk.domain.errors import SignInError, StoreError
from embassy_desk.texts import N_

DERIVED_BYTES = 32
DERIVATION_SALT_BYTES = 16

SHORTEST_SECONDS = 0.3
"""A derivation faster than this, measured at set-up, is made harder."""

LONGEST_SECONDS = 1.0
"""A derivation slower than this, measured at set-up, is made easier, down to the floor."""

MOST_MEMORY_KIB = 1024 * 1024
"""1 GiB: a header that asks for more is not obeyed."""

MOST_ITERATIONS = 24
MOST_LANES = 16

_SCALED_MEMORY_KIB = 256 * 1024
_SCALED_ITERATIONS = 12
_MEASUREMENTS = 2


@dataclass(frozen=True)
class Parameters:
    """How hard a derivation is.

    Attributes:
        memory_kib: Memory it needs, in KiB.
        iterations: Passes over that memory.
        lanes: Threads that work on it.
    """

    memory_kib: int
    iterations: int
    lanes: int


FLOOR = Parameters(memory_kib=64 * 1024, iterations=3, lanes=4)
"""Nothing weaker is ever used, whatever a header says (64 MiB, 3 passes, 4 lanes)."""


def check_parameters(parameters: Parameters) -> None:
    """Make sure that a derivation is neither too weak to protect nor too heavy to run.

    Raises:
        StoreError: It is weaker than the floor, or asks for absurd amounts of memory or time.
    """
    if parameters.memory_kib < FLOOR.memory_kib or parameters.iterations < FLOOR.iterations:
        raise StoreError(N_("The key file asks for weaker protection than this program allows."))
    if (
        parameters.memory_kib > MOST_MEMORY_KIB
        or parameters.iterations > MOST_ITERATIONS
        or not 1 <= parameters.lanes <= MOST_LANES
    ):
        raise StoreError(N_("The key file asks for more memory or time than this program allows."))


def derived_key(passphrase: str, salt: bytes, parameters: Parameters) -> bytearray:
    """Return the 32-byte key that a passphrase gives; the caller wipes it.

    The passphrase is brought to NFC first, so that an accent typed as one character or as two
    gives the same key.

    Args:
        passphrase: What the person typed.
        salt: 16 random bytes kept beside the wrapped key.
        parameters: How hard it is; checked before anything is computed.

    Raises:
        StoreError: The parameters are not allowed, or the computer has too little memory.
        SignInError: The passphrase holds half of a surrogate pair; nobody can have set it.
    """
    check_parameters(parameters)
    try:
        material = unicodedata.normalize("NFC", passphrase).encode()
    except UnicodeEncodeError as error:
        raise SignInError(N_("The passphrase holds a sign that cannot be read.")) from error
    key = bytearray(DERIVED_BYTES)
    try:
        Argon2id(
            salt=salt,
            length=DERIVED_BYTES,
            iterations=parameters.iterations,
            lanes=parameters.lanes,
            memory_cost=parameters.memory_kib,
        ).derive_into(material, key)
    except MemoryError as error:
        raise StoreError(N_("There is not enough free memory to open the store.")) from error
    return key


def derivation_seconds(
    parameters: Parameters, *, timer: Callable[[], float] = time.perf_counter
) -> float:
    """Return how long a derivation takes on this computer, in seconds: the quicker of two.

    What else the computer does just then would otherwise make a store weaker for good.
    """
    seconds = []
    for _ in range(_MEASUREMENTS):
        started = timer()
        derived_key("measured, not kept", bytes(DERIVATION_SALT_BYTES), parameters)
        seconds.append(timer() - started)
    return min(seconds)


def scaled_parameters(measure: Callable[[Parameters], float] = derivation_seconds) -> Parameters:
    """Return the parameters that suit this computer: 0.3 to 1.0 s where that is possible.

    Starting from the floor, memory is doubled up to 256 MiB, then passes are added up to 12. A
    computer that needs over a second for the floor gets the floor.

    Args:
        measure: Says how many seconds a derivation takes with given parameters.
    """
    chosen = FLOOR
    seconds = measure(chosen)
    while seconds < SHORTEST_SECONDS:
        harder = _harder(chosen)
        if harder == chosen:
            break
        seconds = measure(harder)
        if seconds > LONGEST_SECONDS:
            break
        chosen = harder
    return chosen


def _harder(parameters: Parameters) -> Parameters:
    if parameters.memory_kib < _SCALED_MEMORY_KIB:
        return Parameters(parameters.memory_kib * 2, parameters.iterations, parameters.lanes)
    if parameters.iterations < _SCALED_ITERATIONS:
        return Parameters(parameters.memory_kib, parameters.iterations + 1, parameters.lanes)
    return parameters
