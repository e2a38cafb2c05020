"""anatomy() and the model browser agree about any Set-Cookie line.

Both read it with one parser and judge it by one rule book; this holds them to it. Left out: whether
they are right, which the recorded table and the other test_browser_model modules say.
"""

import re

from hypothesis import example, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from classroom.anatomy import Anatomy, anatomy
from classroom.browser_model import Browser, parse
from classroom.display.text import duration
from tests.support.anatomized import flags

CONTROL = re.compile(r"[\x00-\x1f\x7f]")
ENGINES = {"chromium": "Chromium", "firefox": "Firefox"}
IGNORED = ("ignored", "ignore it", "as if it were absent", "the default path is taken")
IDLE = ("overridden", "overruled", "empty, as if it were absent", "Chromium only")
ANY = st.text(max_size=12).map(lambda text: text.replace(";", ""))
NAMES = st.sampled_from(["t", "__Host-t", "__host-t", "__Secure-t", "__Http-t", "__Host-Http-t"])
ATTRIBUTES = {
    "Secure": ["", "false"],
    "HttpOnly": [""],
    "Partitioned": [""],
    "SameSite": ["None", "lax", "STRICT", "Laxx", ""],
    "Path": ["/", "/api", "api", "", "/" + "x" * 1024],
    "Domain": ["trax.test", ".trax.test", "localhost", "127.0.0.1", "http://a", "[", "", "a b"],
    "Max-Age": ["0", "60", "-1", "+60", "8h", "28800000", "9" * 400, "-" + "9" * 400, ""],
    "Expires": ["Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 01 Jan 2100 00:00:00 GMT", "soon", ""],
    "Priority": ["High"],
}
KEYS = {name.lower() for name in ATTRIBUTES}
KNOWN = st.sampled_from(list(ATTRIBUTES)).flatmap(
    lambda name: st.sampled_from(ATTRIBUTES[name]).map(lambda value: (name, value))
)
PAIRS = st.tuples(NAMES | ANY, st.just("1") | ANY | st.integers(4080, 4100).map("x".__mul__))


@st.composite
def lines(draw: st.DrawFn) -> str:
    """Return a Set-Cookie line; its attributes may come twice."""
    name, value = draw(PAIRS)
    return written(name, value, draw(st.lists(KNOWN | st.tuples(ANY, ANY), max_size=6)))


def written(name: str, value: str, attributes: list[tuple[str, str]]) -> str:
    """Return the line with these parts."""
    rest = [f"; {name}={value}" if value else f"; {name}" for name, value in attributes]
    return f"{name}={value}{''.join(rest)}".strip(" \t")  # no other space


def taken_apart(line: str) -> Anatomy | None:
    """Return the anatomy of a line, None for a text that anatomy() does not take for one."""
    try:
        found = anatomy(line)
    except ValueError:
        return None
    return found if found.kind == "Set-Cookie" else None


def is_blocked(line: str, name: str) -> bool:
    """Return True if the model stores the cookie neither from trax.test nor from its own Domain."""
    verdicts = []
    for host in ("trax.test", parse(line).domain):
        try:
            verdicts.append(Browser(name).receive(f"https://{host}/", line)[0].verdict)
        except ValueError:
            continue  # such a Domain is no host
    return set(verdicts) == {"blocked"}


@tries(max_examples=150, deadline=None)
@given(lines())
def test_anatomy_says_blocked_exactly_where_the_model_blocks(line: str) -> None:
    found = taken_apart(line)
    if found is None:
        return
    said = [flag for flag in flags(found).values() if "blocked" in flag]
    for name, engine in ENGINES.items():
        blocked = any("blocked: " in flag or f"blocked in {engine}: " in flag for flag in said)
        assert blocked is is_blocked(line, name), (name, said)


@tries(max_examples=150, deadline=None)
@given(lines())
@example("t=\xa0; Priority=High")
def test_an_attribute_that_anatomy_calls_ignored_changes_nothing_in_the_model(line: str) -> None:
    found, cookie = taken_apart(line), parse(line)
    if found is None or CONTROL.search(line):
        return  # a control character anywhere blocks the whole line, as the test above compares
    explained = [part for part in found.parts[2:] if part.source is not None]
    for part, attribute in zip(explained, cookie.attributes, strict=True):
        if any(word in part.flag for word in IGNORED) or part.meaning.startswith(IDLE):
            # The last of a known name counts, so without it an earlier one would.
            counts = attribute.key in KEYS and attribute is cookie.last(attribute.key)
            gone = {attribute.key} if counts else set()
            others = [
                one for one in cookie.attributes if one is not attribute and one.key not in gone
            ]
            without = written(cookie.name, cookie.value, others)
            for name in ENGINES:
                assert stored(line, name) == stored(without, name), (part, name)


def stored(line: str, name: str) -> tuple[str, list[object]]:
    browser = Browser(name)
    return browser.receive("https://trax.test/", line)[0].verdict, list(browser.cookies)


@tries(max_examples=60, deadline=None)
@given(st.integers(-(10**12), 10**12) | st.integers(10**308, 10**310))
def test_anatomy_and_the_model_keep_a_cookie_for_the_same_time(seconds: int) -> None:
    line = f"t=1; Max-Age={seconds}"
    (part,) = [one for one in anatomy(line).parts if one.name == "Max-Age"]
    browser = Browser("chromium")
    browser.receive("https://trax.test/", line)
    for cookie in browser.cookies:
        assert part.meaning.startswith(f"kept for {duration(cookie.expires - browser.now)}: ")
    assert part.meaning.startswith("delete it now") is (not browser.cookies)
