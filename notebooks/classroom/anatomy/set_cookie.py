"""The parts of a Set-Cookie line, and what browsers make of each.

The model browsers read the line and judge it (cookie_outcome.py); here are the words that explain
it, those for the attributes in cookie_attributes.py.
"""

import re
import time
from collections.abc import Iterator

from classroom.anatomy.cookie_attributes import SPELLING, Line, explain
from classroom.anatomy.cookie_outcome import BLOCKED, DELETED
from classroom.anatomy.parts import Anatomy, Part, labelled
from classroom.browser_model.set_cookie import Attribute
from classroom.display.text import plain

SOURCE = "sections of RFC 6265bis draft 22"
MOST_ATTRIBUTES = 40
_NAMES = {
    "__Host-Http-": "__Host-Http-: as __Host-, and HttpOnly, never from a script",
    "__Host-": "__Host-: stored only with Secure, Path=/ and no Domain (§4.1.3.2)",
    "__Http-": "__Http-: stored only with Secure and HttpOnly, never from a script",
    "__Secure-": "__Secure-: stored only with Secure (§4.1.3.1)",
    "": "any name is allowed; __Host- before it would keep the cookie to this host (§4.1.3.2)",
}
_ABSENT = {
    "httponly": "page scripts can read it",
    "secure": "sent over plain http too",
    "samesite": "each browser decides; Firefox sends it with other sites' forms",
    "path": "the directory of the request's path is taken (§4.1.2.4)",
    "max-age": "a session cookie: until the browser is closed, or longer if it restores its tabs",
}
_ATTRIBUTE = re.compile(rf";[ \t]*(?:{'|'.join(SPELLING)})[ \t]*(?:=|;|$)", re.IGNORECASE)
_PAIR = re.compile(r"[^\s=;$:/()<>@,\\\"\[\]?{}]+=")


def looks_like_one(text: str) -> bool:
    """Return True if a text without `Set-Cookie: ` before it is nevertheless such a line.

    Either an attribute that browsers know follows, or there is a name=value with a usual name.
    """
    return bool(_PAIR.match(text) or _ATTRIBUTE.search(text))


def anatomy(text: str) -> Anatomy:
    """Return the parts of a Set-Cookie line, and those that it should have and lacks.

    Raises ValueError for a line with more than MOST_ATTRIBUTES attributes.
    """
    if (count := text.count(";")) > MOST_ATTRIBUTES:
        raise ValueError(
            f"This Set-Cookie line has {count:,} attributes; anatomy explains {MOST_ATTRIBUTES}."
        )
    line = Line(text, time.time())
    blocked = _blocked(line)
    pair, *segments = text.split(";")
    attributes = iter(line.cookie.attributes)
    parts: list[str | Part] = [*_pair(pair, line, blocked)]
    for segment in segments:
        parts.append(";")
        if segment.strip(" \t"):
            parts += _padded(segment, [_attribute(next(attributes), segment, line, blocked)])
        elif segment:
            parts.append(segment)
    parts += [Part(SPELLING[key], ["absent"], meaning) for key, meaning in _absent(line)]
    return Anatomy("Set-Cookie", labelled(pair.strip(" \t")), tuple(parts), SOURCE)


def _pair(pair: str, line: Line, blocked: dict[str, str]) -> Iterator[str | Part]:
    """Yield the parts of name and value, with the text between them, as the line has them."""
    name, equals, value = pair.partition("=") if "=" in pair else ("", "", pair)
    shown, flag = [line.cookie.name], blocked.get("name", "")
    yield from _padded(name, [Part("name", shown, _name(line), flag, [name.strip(" \t")])])
    if equals:
        yield equals
    stored = any(one.cookie for one in line.outcomes)
    said = f"{'sent back as it is; ' if stored else ''}a browser does not read it"
    source = labelled(value.strip(" \t"))
    shown = labelled(line.cookie.value)
    yield from _padded(value, [Part("value", shown, said, blocked.get("value", ""), source)])


def _name(line: Line) -> str:
    if line.cookie.name:
        return _NAMES[line.cookie.prefix]
    sent = {one.engine: plain([one.cookie.pair]) for one in line.outcomes if one.cookie}
    if not sent:
        return "no name"
    if len(sent) > 1 and len(set(sent.values())) == 1:
        return "no name: only the value is sent back"
    return "no name: " + ", ".join(
        f"{engine} sends {'the value only' if '=' not in pair else 'a name without a value'}"
        for engine, pair in sent.items()
    )


def _attribute(attribute: Attribute, text: str, line: Line, blocked: dict[str, str]) -> Part:
    meaning, flag = explain(attribute, line)
    if attribute is line.cookie.last(attribute.key):
        flag = "; ".join(filter(None, (flag, blocked.get(attribute.key))))
    shown = labelled(text.strip(" \t"))
    return Part(SPELLING.get(attribute.key, "unknown"), shown, meaning, flag, shown)


def _padded(text: str, parts: list[str | Part]) -> list[str | Part]:
    """Return the parts, with the blanks that `text` has before and after it."""
    start = len(text) - len(text.lstrip(" \t"))
    end = len(text.rstrip(" \t"))
    before, after = (text[:start], text[end:]) if start < end else (text, "")
    return [*filter(None, [before]), *parts, *filter(None, [after])]


def _blocked(line: Line) -> dict[str, str]:
    """Return for which part of the line browsers block the cookie, and why; {} if they store it."""
    reasons: dict[tuple[str, str], list[str]] = {}
    for one in line.outcomes:
        if one.life == BLOCKED:
            reasons.setdefault((one.reason.part, str(one.reason)), []).append(one.engine)
    flags: dict[str, str] = {}
    for (part, reason), engines in reasons.items():
        where = "" if len(engines) == len(line.outcomes) else f" in {engines[0]}"
        before = f"{flags[part]}; " if part in flags else ""
        flags[part] = f"{before}blocked{where}: {reason}"
    return flags


def _absent(line: Line) -> Iterator[tuple[str, str]]:
    """Yield the name and the consequence of each attribute that a cookie should have and lacks.

    Nothing follows for a cookie that no browser stores; which one is deleted depends on the path.
    """
    stored = any(one.cookie for one in line.outcomes)
    deleted = any(one.life == DELETED for one in line.outcomes)
    for key, consequence in _ABSENT.items():
        dated = key == "max-age" and line.cookie.has("expires")
        if not line.cookie.has(key) and not dated and (stored or (deleted and key == "path")):
            yield key, consequence
