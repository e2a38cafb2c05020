"""What text and HTML show of bars."""

import pytest

from classroom.display.chart import WIDTH, bars
from classroom.display.table import Table
from tests.support.html_parsed import Parsed, assert_same_words, bundle, emptied, fresh


def timed(fast: float, slow: float) -> Table:
    return bars([("sha-256", fast, "fast"), ("bcrypt", slow, "slow")], "One hash", "ms", log=True)


def lengths(shown: object) -> list[int]:
    """Return how many blocks each bar of the HTML has."""
    return [part.count("█") for part in Parsed(bundle(shown)[1]).parts if "█" in part]


def test_measured_values_are_in_the_html_only() -> None:
    text, html = bundle(timed(0.0004, 376))
    assert text == "One hash (ms, logarithmic scale)\nsha-256  fast\nbcrypt   slow"
    assert "376" in html and "0.0004" in html


def test_two_measurements_look_the_same_to_a_test() -> None:
    assert fresh(lambda: timed(0.0004, 376)) == fresh(lambda: timed(0.0007, 512))
    assert "█" not in emptied(bundle(timed(0.0004, 376))[1])


def test_bars_are_as_long_as_their_share_of_the_longest() -> None:
    assert lengths(bars([("a", 1, ""), ("b", 4, "")], "t", "s")) == [WIDTH // 4, WIDTH]
    assert lengths(bars([("a", 0, ""), ("b", 2, "")], "t", "s")) == [WIDTH]
    assert lengths(bars([("a", 0, "")], "t", "s")) == []


def test_on_a_logarithmic_scale_equal_factors_are_equal_lengths() -> None:
    one, ten, hundred = lengths(
        bars([("a", 1, ""), ("b", 10, ""), ("c", 100, "")], "t", "s", log=True)
    )
    assert abs((hundred - ten) - (ten - one)) <= 1
    assert one > 0 and hundred == WIDTH


def test_counts_that_never_vary_are_in_the_text_as_well() -> None:
    counts = bars([("with", 1, "ok"), ("without", 8, "")], "Doubles", "rows", measured=False)
    assert repr(counts).splitlines()[1:] == [
        f"with     {'█' * 5:{WIDTH}}  1  ok",
        f"without  {'█' * WIDTH}  8",
    ]
    assert_same_words(counts)
    assert 'class="real"' not in bundle(counts)[1]


@pytest.mark.parametrize("value", [-1.0, float("inf"), float("nan")])
def test_values_that_no_bar_can_show_are_refused(value: float) -> None:
    with pytest.raises(ValueError, match="values of 0 or more"):
        bars([("a", value, "")], "t", "s")


def test_no_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one row"):
        bars([], "t", "s")
