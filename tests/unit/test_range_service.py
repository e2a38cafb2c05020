"""The range service of a deeper notebook: it answers as it is told, and keeps what it was asked."""

from collections.abc import Iterator

import pytest
import requests

from classroom.attacks.leaks import common_words, long_words
from classroom.lessons.range_service import RangeService
from minisrv.auth import blocklist


@pytest.fixture
def service() -> Iterator[RangeService]:
    started = RangeService(lambda prefix: f"the range {prefix}")
    yield started
    started.stop()


def test_it_answers_with_the_function_and_keeps_the_prefix(service: RangeService) -> None:
    answer = requests.get(service.url + "/range/8d6e3", timeout=10)
    assert (answer.status_code, answer.text) == (200, "the range 8D6E3")
    assert answer.headers["content-type"].startswith("text/plain")
    assert service.asked == ["8D6E3"]


@pytest.mark.parametrize("prefix", ["8D6EG", "sunshine", "0" * 41, "%00"])
def test_what_is_no_beginning_of_a_digest_is_rejected(service: RangeService, prefix: str) -> None:
    assert requests.get(f"{service.url}/range/{prefix}", timeout=10).status_code == 400
    assert service.asked == []


def test_a_service_that_was_stopped_does_not_respond(service: RangeService) -> None:
    service.stop()
    service.stop()
    with pytest.raises(requests.ConnectionError):
        requests.get(service.url + "/range/8D6E3", timeout=10)


def test_the_long_words_are_those_that_the_sign_up_rejects() -> None:
    words = long_words()
    assert len(words) == 3_094 and all(len(word) >= 15 for word in words)
    assert all(blocklist.weakness(word, "", 15) == blocklist.LISTED for word in words[::100])
    assert len(set(words) & set(common_words())) < 10
