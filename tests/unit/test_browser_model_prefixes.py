"""The model browser and names with a prefix, such as `__Host-`.

The findings are those of data/README.md, "browser-truth.json". Left out: cookie
tossing (test_browser_model_sites.py).
"""

import pytest

from classroom.browser_model import Browser

BOTH = ("chromium", "firefox")
URL = "http://shop.localhost:8000/"


def stored(name: str, line: str, url: str = URL) -> bool:
    """Return True if the browser stores the cookie of a line that comes from `url`."""
    return Browser(name).receive(url, line)[0].verdict == "stored"


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("__Host-t=1; Path=/; Secure", True),
        ("__Host-t=1; Path=/", False),
        ("__Host-t=1; Path=/api; Secure", False),
        ("__Host-t=1; Path=/; Secure; Domain=shop.localhost", False),
        ("__host-t=1; Path=/", False),
        ("__HOST-t=1; Path=/; Secure; Domain=shop.localhost", False),
        ("__Secure-t=1; Secure", True),
        ("__Secure-t=1", False),
        ("__Http-t=1; Secure; HttpOnly", True),
        ("__Http-t=1; Secure", False),
        ("__Http-t=1; HttpOnly", False),
        ("__Host-Http-t=1; Path=/; Secure; HttpOnly", True),
        ("__Host-Http-t=1; Path=/; Secure", False),
        ("__host-http-t=1; Path=/p; Secure; HttpOnly", False),
        ("=__Host-x=evil; Path=/; Secure", False),
        ("__Secure-x", False),
        ("Host-t=1", True),
    ],
)
def test_a_prefix_in_the_name_is_enforced_over_plain_http_to_localhost_too(
    name: str, line: str, kept: bool
) -> None:
    assert stored(name, line) is kept


def test_the_browsers_differ_where_a_host_prefix_breaks_its_form_without_harm() -> None:
    bare, own = "__Host-t=1; Secure", "__Host-t=1; Path=/; Secure; Domain="
    assert [stored(name, bare) for name in BOTH] == [False, True]
    assert [stored(name, bare, f"{URL}api/x") for name in BOTH] == [False, False]
    for path in ("Path=x", "Path=", "Path"):  # none of them is Path=/ written out
        assert [stored(name, f"{bare}; {path}") for name in BOTH] == [False, True]
    for name, on_localhost in (("chromium", False), ("firefox", True)):
        assert stored(name, f"{own}localhost", "http://localhost:8000/") is on_localhost
        assert stored(name, f"{own}.localhost", "http://localhost:8000/") is on_localhost
        assert stored(name, f"{own}127.0.0.1", "http://127.0.0.1:8000/")
        assert stored(name, f"{own}.127.0.0.1", "http://127.0.0.1:8000/") is on_localhost
        assert stored(name, own)  # an empty Domain is none
