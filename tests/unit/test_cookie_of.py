"""The cookie of a response, and the sentence when there is none."""

import pytest
import requests

from classroom.lessons.cookie_of import cookie_of


def response(status: int, **cookies: str) -> requests.Response:
    made = requests.Response()
    made.status_code = status
    made.cookies.update(cookies)
    return made


def test_the_value_of_the_cookie_is_returned() -> None:
    assert cookie_of(response(201, TRAX_ACCESS_TOKEN="a.b.c")) == "a.b.c"


def test_a_second_sign_up_is_told_what_to_do() -> None:
    with pytest.raises(ValueError, match=r"status 409 sets no cookie.+Server\(\) again"):
        cookie_of(response(409))
