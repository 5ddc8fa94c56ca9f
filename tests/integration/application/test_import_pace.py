"""How many records one turn of an import takes, by how long the turns last."""

from collections.abc import Iterator

from embassy_desk.application.import_batches import AT_ONCE, TURN_S, Pace


def paced(lasting_s: list[float]) -> list[int]:
    """Return how many records each turn takes, the first one before anything is known."""

    def moments() -> Iterator[float]:
        now_s = 0.0
        for each in lasting_s:
            yield now_s
            now_s += each
            yield now_s

    pace = Pace(moments().__next__)
    counts = [pace.count]
    for _ in lasting_s:
        pace.begin()
        pace.end()
        counts.append(pace.count)
    return counts


def test_turns_that_last_as_long_as_they_may_take_as_many_again() -> None:
    assert paced([TURN_S, TURN_S]) == [AT_ONCE] * 3


def test_a_slow_machine_takes_fewer_at_a_turn_and_never_none() -> None:
    assert paced([4 * TURN_S, 100.0]) == [AT_ONCE, AT_ONCE // 4, 50]


def test_a_quick_machine_takes_more_but_only_twice_as_many_and_never_without_end() -> None:
    assert paced([0.0] * 4) == [AT_ONCE, 2 * AT_ONCE, 4 * AT_ONCE, 1_000, 1_000]
