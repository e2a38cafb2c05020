"""The cookie tables of other projects in data/cookies/, and how a case is put to the model browser.

data/README.md says where each table is from and what its columns mean.
"""

import json
import re
from collections.abc import Iterator
from functools import cache

from classroom.browser_model import Browser
from tests.support.paths import ROOT

FOLDER = ROOT / "data" / "cookies"
SUITES = ("http-state", "wpt", "sequences")
ENGINES = ("chromium", "firefox")
REPEATED = re.compile(r"⟦([^×⟧]+)×(\d+)⟧")
NUMBERED = re.compile(r"⟦(\d+)…(\d+)⟧")
A_MINUTE = 60  # the tolerance for a lifetime, in seconds

Outcome = tuple[object, object]  # of the browser and of the model


@cache
def cases(suite: str) -> list[dict]:
    """Return the cases of a table, with all abbreviations written out."""
    return written_out(json.loads((FOLDER / f"{suite}.json").read_text(encoding="utf-8")))


def written_out(value: object) -> object:
    """Return `value` with ⟦a×3⟧ as aaa, and a text c⟦0…2⟧ of a list as c0, c1, c2."""
    if isinstance(value, str):
        return REPEATED.sub(lambda match: match[1] * int(match[2]), value)
    if isinstance(value, dict):
        return {key: written_out(one) for key, one in value.items()}
    if isinstance(value, list):
        return [written_out(text) for one in value for text in _numbered(one)]
    return value


def _numbered(value: object) -> list[object]:
    match = NUMBERED.search(value) if isinstance(value, str) else None
    if not match:
        return [value]
    numbers = range(int(match[1]), int(match[2]) + 1)
    return [value[: match.start()] + str(number) + value[match.end() :] for number in numbers]


def outcomes(case: dict, engine: str) -> Iterator[Outcome]:
    """Yield what the browser did and what the model does, for each reading of a case."""
    model = Browser(engine)
    if "steps" in case:
        for step in case["steps"]:
            if "set" in step:
                put(step, model)
            elif "read" in step:
                yield step[engine], read(step["read"], step["asks"], model)
            else:
                yield from jars(step, engine, model)
    elif case[engine] is not None:
        put(case, model)
        seen, url = case[engine], case.get("read", case["set"])
        header, script = seen if isinstance(seen, list) else (seen, seen)
        yield header, read(url, "header", model)
        yield script, read(url, "script", model)


def put(step: dict, model: Browser) -> None:
    """Let a response or a script set the lines of a step."""
    for line in step["lines"]:
        if step.get("by") == "script":
            model.set_from_script(step["set"], line)
        else:
            model.receive(step["set"], line)


def read(url: str, asks: str, model: Browser) -> str:
    """Return the Cookie header, or what a script reads."""
    return model.document_cookie(url) if asks == "script" else model.request(url).cookie_header


def jars(step: dict, engine: str, model: Browser) -> Iterator[Outcome]:
    """Yield the names in the jar, or one pair for each cookie in it with all its attributes."""
    if step["jar"] == "names":
        yield sorted(step[engine]), sorted(model.cookies.names)
        return
    seen = sorted(map(tuple, step[engine]), key=str)
    own = sorted(map(stored, model.cookies, [model.now] * len(model.cookies)), key=str)
    yield len(seen), len(own)
    for (*others, life), (*own_others, own_life) in zip(seen, own, strict=False):
        same = life == own_life or (life and own_life and abs(life - own_life) < A_MINUTE)
        yield (*others, life), (*own_others, life if same else own_life)


def stored(cookie: object, now: float) -> tuple[object, ...]:
    """Return a cookie of the model as the tables spell it, the last with its seconds to live."""
    domain = cookie.domain if cookie.host_only else f".{cookie.domain}"
    flags = (cookie.secure, cookie.http_only, cookie.same_site)
    life = None if cookie.expires is None else cookie.expires - now
    return (cookie.name, cookie.value, domain, cookie.path, *flags, life)
