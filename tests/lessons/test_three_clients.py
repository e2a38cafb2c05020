"""One Set-Cookie line in three clients: the table, the reasons, and the errors.

Left out: whether the model is right about the browsers (test_browser_model_*.py).
"""

import pytest
from starlette.responses import JSONResponse, Response

from classroom.lessons.max_ages import kept_for
from classroom.lessons.three_clients import FORM, SCRIPT, Clients, three_clients, try_cookie
from classroom.server.server import Server
from tests.support.html_parsed import assert_same_words
from tests.support.lesson_server import module_server as module_server

ALL = ("requests", "Chromium", "Firefox")


def tried(server: Server, line: str, *then: str) -> Clients:
    """Let /api/signin respond with `line`, and try it in all three."""

    async def signin(request: object) -> Response:
        response = JSONResponse({"hello": "Ada"})
        response.headers.append("Set-Cookie", line)
        return response

    server.plug("signin", signin)
    return three_clients(server.url + "/api/signin", then)


def column(found: Clients, name: str) -> tuple[str, ...]:
    assert tuple(row["client"] for row in found.table) == ALL
    return tuple(row[name] for row in found.table)


@pytest.mark.parametrize(
    ("attributes", "kept"),
    [
        ("", ("until closed",) * 3),
        ("; Max-Age=28800", ("for 8 h",) * 3),
        ("; Max-Age=28", ("for 28 s",) * 3),
        ("; Max-Age=28800000", ("for 333 d 8 h",) * 3),
        ("; Max-Age=63072000", ("for 730 d", "for 400 d", "for 400 d")),
        ("; Max-Age=8h", ("no", "until closed", "until closed")),
        ("; SameSite=None", ("until closed", "no", "no")),
    ],
)
def test_who_keeps_it_and_how_long(server: Server, attributes: str, kept: tuple[str, ...]) -> None:
    assert column(tried(server, f"TRAX=ada; Path=/{attributes}"), "kept") == kept


@pytest.mark.parametrize(
    ("attributes", "what", "words"),
    [
        ("; Path=/", SCRIPT, ("–", "read", "read")),
        ("; Path=/; HttpOnly", SCRIPT, ("–", "–", "–")),
        ("; Path=/; HttpOnly", "/health", ("sent", "sent", "sent")),
        ("", "/health", ("–", "–", "–")),
        ("", "/api/me", ("sent", "sent", "sent")),
        ("; Path=/; Secure", "/health", ("–", "sent", "sent")),
        ("; Path=/", FORM, ("sent", "sent", "sent")),
        ("; Path=/; SameSite=Lax", FORM, ("sent", "–", "–")),
        ("; Path=/; SameSite=None", FORM, ("sent", "–", "–")),
    ],
)
def test_who_sends_it(server: Server, attributes: str, what: str, words: tuple[str, ...]) -> None:
    assert column(tried(server, "TRAX=ada" + attributes, what), what) == words


def test_4096_bytes_are_kept_by_all_and_one_more_by_requests_alone(server: Server) -> None:
    assert column(tried(server, "TRAX=" + "x" * 4092), "kept") == ("until closed",) * 3
    found = tried(server, "TRAX=" + "x" * 4093)
    assert column(found, "kept") == ("until closed", "no", "no")
    assert "4097 bytes; the limit is 4096" in found.reasons[0]


def test_a_reason_that_both_browsers_give_is_there_once_and_the_usual_not_at_all(
    server: Server,
) -> None:
    assert tried(server, "TRAX=ada; Path=/; SameSite=Lax", SCRIPT, "/health").reasons == []
    (hidden,) = tried(server, "TRAX=ada; Path=/; SameSite=Lax; HttpOnly", SCRIPT).reasons
    assert hidden.startswith(f"{SCRIPT}, in both browsers: it is HttpOnly")
    apart = tried(server, "TRAX=ada; Path=/", FORM).reasons
    assert [one.partition(":")[0] for one in apart if one.startswith(FORM)] == [
        f"{FORM}, in Chromium",
        f"{FORM}, in Firefox",
    ]


@pytest.mark.parametrize("lines", [[], ["a=1", "b=2"]])
def test_exactly_one_line_is_expected(server: Server, lines: list[str]) -> None:
    async def signin(request: object) -> Response:
        response = JSONResponse({})
        for line in lines:
            response.headers.append("Set-Cookie", line)
        return response

    server.plug("signin", signin)
    with pytest.raises(ValueError, match=f"with status 200, has {len(lines)} of them"):
        three_clients(server.url + "/api/signin")


def test_a_hostile_line_is_shown_as_text(server: Server) -> None:
    found = tried(server, "TRAX=<script>alert(1)</script>; Path=/")
    assert "<script>" in found.as_text() and "<script>" not in found.as_html()
    assert found.as_text().startswith("Set-Cookie: TRAX=<script>")


def test_text_and_html_say_the_same(server: Server) -> None:
    assert_same_words(tried(server, "TRAX=ada; Max-Age=8h", SCRIPT, FORM, "/health"))


def test_try_cookie_passes_its_attributes_on(server: Server) -> None:
    found = try_cookie(server, [SCRIPT], value="grace", httponly=True, max_age=28)
    assert found.line == "TRAX=grace; HttpOnly; Max-Age=28; Path=/; SameSite=lax"
    assert column(found, SCRIPT) == ("–", "–", "–")
    assert column(try_cookie(server), "/health") == ("sent", "sent", "sent")
    assert column(try_cookie(server, "/health"), "/health") == ("sent", "sent", "sent")
    with pytest.raises(TypeError):
        try_cookie(server, no_attribute=True)


def test_kept_for_has_a_row_for_each_age(server: Server) -> None:
    table = kept_for(server, {"8 h": 28800, "two years": 63_072_000})
    clients = dict(zip(ALL, ("for 730 d", "for 400 d", "for 400 d"), strict=True))
    assert table[1] == {"meant": "two years", "Max-Age": 63_072_000, **clients}
    assert [row["Chromium"] for row in table] == ["for 8 h", "for 400 d"]
