"""anatomy() of a Set-Cookie line: each attribute, what is ignored, what is blocked."""

import pytest

from classroom.anatomy import anatomy
from tests.support.anatomized import flags, whole

COOKIE = "__Host-t=1; HttpOnly; Max-Age=28800; Path=/; SameSite=lax; Secure"


def test_a_good_cookie_is_explained_and_not_flagged() -> None:
    found = anatomy(f"Set-Cookie: {COOKIE}")
    assert [one.name for one in found.parts] == [
        *("name", "value", "HttpOnly", "Max-Age", "Path", "SameSite", "Secure"),
    ]
    assert flags(found) == {}
    text = repr(found)
    assert "kept for 8 h: the unit is seconds (§4.1.2.2)" in text
    assert "RFC 6265bis draft 22" in text


@pytest.mark.parametrize(
    ("line", "name", "flag"),
    [
        ("t=1; Max-Age=8h", "Max-Age", "not digits: browsers ignore it and keep a session cookie"),
        ("t=1; Max-Age=28800.5", "Max-Age", "not digits"),
        ("t=1; Max-Age=", "Max-Age", "not digits"),
        ("t=1; Max-Age=28800000", "Max-Age", "were milliseconds meant? 8 h would be 28800"),
        ("t=1; Max-Age=63072000", "Max-Age", "cut to 400 days"),
        ("t=1; SameSite=None", "SameSite", "blocked: SameSite=None needs Secure"),
        ("t=1; SameSite=Laxx", "SameSite", "unknown value: as if it were absent"),
        ("t=1; Path=api", "Path", "no / at its start"),
        ("t=1; Max-Age=+60", "Max-Age", "not digits to Firefox, which ignores it"),
        ("t=1; Expires=soon", "Expires", "not a date: browsers ignore it"),
        ("t=1; Partitioned", "Partitioned", "blocked: Partitioned needs Secure"),
        ("t=1; SameSite=Lax; SameSite=None", "SameSite", "blocked: SameSite=None needs Secure"),
        (
            "t=1; Expires=Fri, 31 Feb 2099 00:00:00 GMT",
            "Expires",
            "not a date to Chromium, which ignores it (§5.6.1)",
        ),
        ("t=1; Domain=http://trax.test", "Domain", "blocked: its Domain is neither"),
        ("t\x01=1", "name", "blocked: the line contains a control character"),
        ("t=1; HttpOnyl", "unknown", "unknown: ignored"),
        ("t=1; Priority=Hi", "Priority", "neither Low, Medium nor High"),
        ("t=1; Expires=Fri, 01 Jan 2100 00:00:00 GMT", "Expires", "cut to 400 days"),
        ("t=1; Max-Age=" + "9" * 20, "Max-Age", "cut to 400 days"),
        ("t=1; Domain=" + "a" * 1025, "Domain", "longer than 1,024 bytes: ignored"),
        ("__Host-t=1; Path=/", "name", "blocked: it is not Secure; the name __Host- needs it"),
        ("__host-t=1; Path=/", "name", "blocked: it is not Secure; the name __Host- needs it"),
        (
            "__Host-t=1; Secure; Path=/api",
            "name",
            "blocked: its path is not /; the name __Host- needs Path=/",
        ),
        ("__Host-t=1; Secure; Path=/; Domain=trax.test", "name", "blocked: it has a Domain"),
        ("__Host-t=1; Secure", "name", "blocked in Chromium: Path=/ is not written out"),
        ("__Secure-t=1", "name", "blocked: it is not Secure; the name __Secure- needs it"),
        ("__Http-t=1; Secure", "name", "blocked: it is not HttpOnly; the name __H"),
        ("__Host-Http-t=1; Secure; Path=/", "name", "blocked: it is not HttpOnly; the name __H"),
        ("t=" + "x" * 4096, "value", "blocked: name and value are 4097 bytes; the limit is 4096"),
    ],
)
def test_what_a_browser_blocks_or_ignores_is_flagged(line: str, name: str, flag: str) -> None:
    found = flags(anatomy(line))
    assert list(found) == [name]
    assert found[name].startswith(flag)


@pytest.mark.parametrize(
    "line",
    [
        "t=1; Priority=High",
        "t=1; Max-Age=60; Max-Age=120",
        "t=1; SameSite=None; Secure",
        "t=" + "x" * 4095,
        "t=1; Max-Age=34560000",
        "t=1; Max-Age=2592000",
        "t=1; Max-Age=0",
        "t=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
        "t=1; SameSite=None; SameSite=Strict",
        "t=1; Domain=trax.test",
        "__Host-t=1; Path=/; Secure; Domain=",
        "__Host-Http-t=1; Secure; Path=/; HttpOnly",
        "t=1; httponly; SECURE; samesite=STRICT",
    ],
)
def test_what_a_browser_stores_is_not_flagged(line: str) -> None:
    assert flags(anatomy(line)) == {}


@pytest.mark.parametrize(
    ("line", "name", "meaning"),
    [
        ("t=1; Max-Age=60; Max-Age=120", "Max-Age", "overridden: the last Max-Age counts"),
        ("t=1; SameSite=None; SameSite=Strict", "SameSite", "overridden: the last SameSite counts"),
        ("t=1; Path=/a; Path=/b", "Path", "overridden: the last Path counts"),
        ("t=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "Expires", "in the past: delete it now"),
        ("t=1; Expires=Fri, 01 Jan 2100 00:00:00 GMT", "Expires", "kept until then"),
        ("t=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=9", "Expires", "overruled: Max-Age"),
        ("t=1; Expires=0", "Expires", "until when to keep it"),
        ("t=1; Max-Age=60", "Max-Age", "kept for 1 min: the unit is seconds"),
        ("t=1; Max-Age=-1", "Max-Age", "delete it now"),
        ("t=1; Max-Age=+60", "Max-Age", "kept for 1 min"),
        ("t=1; Priority=High", "Priority", "Chromium only"),
        ("t=1; Domain=", "Domain", "empty, as if it were absent"),
        ("t=1; Domain=127.0.0.1", "Domain", "an address or a public suffix"),
        ("t=1; Domain=co.uk", "Domain", "sent to this domain and all its sub-domains, unless"),
        ("t=1; SameSite=None", "value", "a browser does not read it"),
        ("t=1; SameSite=None; Secure", "SameSite", "sent whichever site causes it"),
        ("t=1; Secure", "Secure", "sent over https only; Chromium and Firefox also to"),
        ("token; Path=/", "name", "no name: Chromium sends the value only, Firefox sends a name"),
    ],
)
def test_what_an_attribute_means_is_what_browsers_make_of_it(
    line: str, name: str, meaning: str
) -> None:
    said = [one.meaning for one in anatomy(line).parts if one.name == name]
    assert said[0].startswith(meaning)


@pytest.mark.parametrize(
    "value",
    ["0", "-1", "Session", "", "soon", "32 Jan 2100 00:00:00 GMT", "Fri, 01 Jan 2100"],
)
def test_an_unreadable_date_leaves_a_session_cookie(value: str) -> None:
    (flag,) = flags(anatomy(f"t=1; Expires={value}")).values()
    assert flag.startswith("not a date")


def test_max_age_may_count_in_one_browser_only() -> None:
    found = flags(anatomy("t=1; Max-Age=+60; Expires=Thu, 01 Jan 1970 00:00:00 GMT"))
    assert found["Max-Age"] == "not digits to Firefox, which ignores it (§5.6.2)"
    assert found["Expires"] == "in Chromium Max-Age counts in its place"


def test_the_parts_of_a_line_are_the_whole_line() -> None:
    for line in (COOKIE, " t = 1 ;;Path = / ; ", "Set-Cookie", "=", "a=b=c;\tSecure;", ""):
        assert whole(anatomy(f"Set-Cookie: {line}")) == line.strip(" ")


def test_nothing_is_said_to_follow_for_a_cookie_that_is_not_kept() -> None:
    def absent(line: str) -> list[str]:
        return [one.name for one in anatomy(line).parts if one.source is None]

    assert absent("t=1; Max-Age=0") == ["Path"]
    assert absent("t=1; SameSite=None") == []


def test_a_line_of_very_many_attributes_is_refused() -> None:
    with pytest.raises(ValueError, match="has 41 attributes; anatomy explains 40"):
        anatomy("t=1" + "; Path=/" * 41)
    assert len(anatomy("t=1" + "; Path=/" * 40).parts) > 40


def test_attributes_that_are_missing_are_named_with_what_follows() -> None:
    found = anatomy("t=1")
    absent = {one.name: one.meaning for one in found.parts if one.source is None}
    assert list(absent) == ["HttpOnly", "Secure", "SameSite", "Path", "Max-Age"]
    assert absent["HttpOnly"] == "page scripts can read it"
    with_date = anatomy("t=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT")
    assert "Max-Age" not in [one.name for one in with_date.parts]
