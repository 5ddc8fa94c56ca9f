"""From passphrase to key: never weaker than the floor, never absurd."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy_desk.domain.errors import SignInError, StoreError
from embassy_desk.sealing import derivation
from embassy_desk.sealing.derivation import (
    FLOOR,
    LONGEST_SECONDS,
    MOST_ITERATIONS,
    MOST_LANES,
    MOST_MEMORY_KIB,
    Parameters,
    derivation_seconds,
    derived_key,
    scaled_parameters,
)

SALT = bytes(range(16))
OUTSIDE = [
    replace(FLOOR, memory_kib=FLOOR.memory_kib - 1),
    replace(FLOOR, iterations=FLOOR.iterations - 1),
    replace(FLOOR, iterations=0),
    replace(FLOOR, memory_kib=-1),
    replace(FLOOR, memory_kib=MOST_MEMORY_KIB + 1),
    replace(FLOOR, memory_kib=2**60),
    replace(FLOOR, iterations=MOST_ITERATIONS + 1),
    replace(FLOOR, lanes=MOST_LANES + 1),
    replace(FLOOR, lanes=0),
]


def test_the_key_is_argon2id_of_the_passphrase() -> None:
    expected = "b4b864e2d9d44f9640195b0b56f91abd29e433c1e86eef6336377d1132381250"
    assert derived_key("một hai ba bốn năm sáu", SALT, FLOOR).hex() == expected


def test_an_accent_gives_the_same_key_however_it_was_typed() -> None:
    composed = unicodedata.normalize("NFC", "Đại sứ quán ở Tokyo")
    decomposed = unicodedata.normalize("NFD", composed)
    assert composed != decomposed
    assert derived_key(composed, SALT, FLOOR) == derived_key(decomposed, SALT, FLOOR)


def test_another_passphrase_or_salt_gives_another_key() -> None:
    keys = {
        bytes(derived_key(passphrase, salt, FLOOR))
        for passphrase in ("tea at four", "tea at four ")
        for salt in (SALT, bytes(16))
    }
    assert len(keys) == 4


@pytest.mark.parametrize("parameters", OUTSIDE)
def test_parameters_outside_the_bounds_are_refused_before_anything_is_computed(
    parameters: Parameters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(derivation, "Argon2id")
    with pytest.raises(StoreError):
        derived_key("tea at four", SALT, parameters)


def test_half_of_a_surrogate_pair_is_a_wrong_passphrase() -> None:
    with pytest.raises(SignInError):
        derived_key("tea \udc80 at four", SALT, FLOOR)


def test_a_computer_without_the_memory_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def __init__(self, **_: object) -> None:
            pass

        def derive_into(self, *_: object) -> int:
            raise MemoryError

    monkeypatch.setattr(derivation, "Argon2id", Full)
    with pytest.raises(StoreError, match="memory"):
        derived_key("tea at four", SALT, FLOOR)


def seconds_at(parameters: Parameters, *, speed: float) -> float:
    return parameters.memory_kib * parameters.iterations / speed


@given(st.floats(1e4, 1e9))
def test_scaled_parameters_are_allowed_and_bearable_on_every_computer(speed: float) -> None:
    chosen = scaled_parameters(lambda parameters: seconds_at(parameters, speed=speed))
    derivation.check_parameters(chosen)
    assert chosen == FLOOR or seconds_at(chosen, speed=speed) <= LONGEST_SECONDS


def test_an_ordinary_computer_gets_more_memory_and_at_least_three_tenths_of_a_second() -> None:
    speed = seconds_at(FLOOR, speed=1) / 0.1
    chosen = scaled_parameters(lambda parameters: seconds_at(parameters, speed=speed))
    assert chosen == replace(FLOOR, memory_kib=256 * 1024)


def test_a_fast_computer_gets_more_passes_at_the_same_memory() -> None:
    speed = seconds_at(FLOOR, speed=1) / 0.025
    chosen = scaled_parameters(lambda parameters: seconds_at(parameters, speed=speed))
    assert chosen == replace(FLOOR, memory_kib=256 * 1024, iterations=9)


def test_a_slow_computer_gets_the_floor() -> None:
    assert scaled_parameters(lambda _: 4.0) == FLOOR


def test_a_jump_past_the_longest_time_is_taken_back() -> None:
    times = {FLOOR: 0.2}
    assert scaled_parameters(lambda parameters: times.get(parameters, 1.5)) == FLOOR


def test_the_time_of_a_derivation_is_the_quicker_of_two() -> None:
    ticks = iter((10.0, 10.75, 20.0, 20.5))
    assert derivation_seconds(FLOOR, timer=lambda: next(ticks)) == 0.5
