"""What is measured and what is projected in lesson 03, as far as it can be held to anything."""

import pytest

from classroom.attacks import gpu
from classroom.attacks.leaks import common_words, stolen
from classroom.attacks.side_by_side import crack
from classroom.lessons.stopwatch import milliseconds


def test_a_stopwatch_runs_the_work_at_least_once_and_returns_its_best() -> None:
    runs: list[int] = []
    assert milliseconds(lambda: runs.append(1), at_least=0) >= 0
    assert runs == [1]
    assert milliseconds(lambda: sum(range(100_000))) > 50 * milliseconds(lambda: sum(range(10)))


def test_each_step_of_cost_halves_the_rate_and_cost_five_is_as_published() -> None:
    assert gpu.bcrypt_rate(5) == 184_000
    assert gpu.bcrypt_rate(12) * 2 == gpu.bcrypt_rate(11)


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        (gpu.SHA256, "10 s"),
        (gpu.bcrypt_rate(5), "13 d 3 h"),
        (gpu.bcrypt_rate(10), "1 y 55 d"),
        (gpu.bcrypt_rate(12), "4 y 221 d"),
    ],
)
def test_a_projection_is_said_in_its_two_largest_units(rate: float, said: str) -> None:
    assert gpu.lasts(rate) == said


def test_bcrypt_takes_as_many_guesses_as_sha256_for_the_same_three_people() -> None:
    table = crack(stolen("leaked-users-salted"), common_words(), cost=4)
    assert [row["SHA-256"] for row in table] == [row["bcrypt"] for row in table] == [415, 415, 46]
