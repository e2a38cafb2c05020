"""The value of the cookie that a response sets, or a sentence that says why there is none."""

import requests

NONE = (
    "This response with status {} sets no cookie. If this person has signed up already, "
    "run the cell with Server() again, and then the cells after it."
)


def cookie_of(response: requests.Response) -> str:
    """Return the value of the first cookie that `response` sets; ValueError if it sets none."""
    for value in response.cookies.values():
        return value
    raise ValueError(NONE.format(response.status_code))
