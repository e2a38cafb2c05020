"""What `progress` prints: the same in every run."""

import pytest

from classroom.display.progress import progress


def test_progress_says_the_same_for_every_number_of_items(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = []
    for total in (3, 10, 37):
        assert list(progress(range(total), total, "hashing")) == list(range(total))
        said.append(capsys.readouterr().out)
    assert said == ["hashing: 10 % 20 % 30 % 40 % 50 % 60 % 70 % 80 % 90 % 100 %\n"] * 3


def test_a_loop_that_is_left_ends_the_line_where_it_stands(
    capsys: pytest.CaptureFixture[str],
) -> None:
    steps = progress(range(10), 10, "cracking")
    for step in steps:
        if step == 3:
            break
    steps.close()
    assert capsys.readouterr().out == "cracking: 10 % 20 % 30 %\n"


def test_more_items_than_announced_are_all_given(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(progress(range(5), 2)) == [0, 1, 2, 3, 4]
    assert capsys.readouterr().out.endswith(" 100 %\n")


def test_a_total_below_one_is_refused() -> None:
    for items in ([], iter(range(3))):  # the second has no length
        with pytest.raises(ValueError, match="at least 1"):
            list(progress(items))


def test_without_a_total_it_is_the_length(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(progress(range(2))) == [0, 1]
    assert (
        capsys.readouterr().out == "working: 10 % 20 % 30 % 40 % 50 % 60 % 70 % 80 % 90 % 100 %\n"
    )
