"""Buckets let so many through, and fill with time."""

from embassy_desk.headquarters.limits import RateLimit, shared_limit


class Seconds:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_empties_and_fills_again() -> None:
    seconds = Seconds()
    limit = RateLimit(burst=2, per_hour=3600, timer=seconds)
    assert [limit.wait_s("a") for _ in range(3)] == [0, 0, 2]
    seconds.now = 1.0
    assert [limit.wait_s("a") for _ in range(2)] == [0, 2]


def test_one_key_does_not_empty_the_bucket_of_another() -> None:
    limit = RateLimit(burst=1, per_hour=1, timer=Seconds())
    assert limit.wait_s("a") == 0
    assert limit.wait_s("a") > 3000
    assert limit.wait_s("b") == 0


def test_what_is_given_back_can_be_taken_again() -> None:
    limit = RateLimit(burst=1, per_hour=1, timer=Seconds())
    assert limit.wait_s("a") == 0
    limit.give_back("a")
    assert limit.wait_s("a") == 0


def test_processes_together_let_no_more_through_than_one_alone() -> None:
    shares = [shared_limit(9, 3600, processes=2) for _ in range(2)]
    assert sum(share.wait_s("a") == 0 for share in shares for _ in range(9)) == 8
    assert shared_limit(1, 1, processes=4).wait_s("a") == 0
