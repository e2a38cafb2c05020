"""The ordinary mistakes of beginners in a kernel: each gets a sentence and the student's own line.

All use one kernel, and each begins with a new server. Left out: routes that wait for ever
(test_endless_routes.py), and what a route may do wrong without a kernel (test_route_mistakes.py).
"""

from collections.abc import Iterator

import pytest

from classroom.display.note import AGAIN
from classroom.server.short_traceback import WHOLE
from tests.support.kernels import READY, SIGN_UP, Kernel, kernel
from tests.support.tiers import each_day

SET_UP = """
from classroom import *
from minisrv.routes.signup import plain
server = Server(bcrypt_cost=4)
ada = {"email": "ada@trax.test", "password": "correct horse battery"}
"""
CLOUD = "from classroom.serverless import Cloud, zip_of\npacked = zip_of({'app.py': ''})"
AGAIN_THE_SERVER = "run the cell with server = Server(), then this one again."
# The mistake: the cell before, the cell, a piece of its sentence.
IN_A_CELL = {
    "the first cell was left out": ("%reset -f", "check('x')", "first code cell of this notebook"),
    "a cell above was left out": ("", "grace", "`grace` is not known yet: run the cells above"),
    "a typo": ("", "reqeusts.get", "`reqeusts` is not known. Did you mean `requests`?"),
    "a request after stop": ("server.stop()", SIGN_UP, AGAIN_THE_SERVER),
    "rows after stop": ("server.stop()", "server.rows('users')", AGAIN_THE_SERVER),
    "reset after stop": ("server.stop()", "server.reset()", AGAIN_THE_SERVER),
    "plug after stop": ("server.stop()", "server.plug('signup', plain)", AGAIN_THE_SERVER),
    "a database after stop": (
        "from classroom.lessons.run_sql import run_sql\nserver.stop()",
        "run_sql(server, 'SELECT 1')",
        AGAIN_THE_SERVER,
    ),
    "a second server": (
        "two = Server()",
        "server.rows('users')",
        "Server(...) replaced this server",
    ),
    "a wrong port": ("", "requests.get('http://127.0.0.1:9/')", "No program listens at port 9."),
    "https": ("", "requests.get(server.url.replace('http', 'https'))", "write server.url."),
    "no host": ("", "requests.get('/health')", 'write server.url + "/health"'),
    "no slash": ("", "requests.get(server.url + 'health')", 'write server.url + "/health"'),
    "a label sent": (
        "",
        "requests.get(server.url + '/health', headers={'Cookie': 'a=‹token-1›'})",
        'real("token-1") is the value.',
    ),
    "a cookie that was not set": (
        SIGN_UP,
        f"{SIGN_UP}.cookies['TRAX']",
        "The response set no cookie TRAX",
    ),
    "JSON of a page": ("", "requests.get(server.url + '/').json()", "is not JSON"),
    "a name with quotes": ("", "server.plug('signup', 'plain')", "the function itself"),
    "no brackets": ("", "@server.endpoint\ndef health(request): ...", '@server.endpoint("health")'),
    "a function without brackets": (
        "",
        "@server.function\ndef may_try(email): ...",
        '@server.function("may_try")',
    ),
    "methods as text": ("", "server.endpoint('health', methods='POST')", 'methods=["POST"]'),
    "@app.route": ("", "@app.route('/health')\ndef f(): ...", '@server.endpoint("health")'),
    "@server.route": ("", "@server.route('/health')\ndef f(): ...", '@server.endpoint("health")'),
    "a path as the name": ("", "server.endpoint('/health')", "there are signup, signin"),
    "await requests": ("", f"await {SIGN_UP}", "requests needs no await"),
    "a cloud of a text": (CLOUD, "Cloud('app.py')", "A cloud takes a zip, as bytes: Cloud(zip_of("),
    "an option of a cloud": (CLOUD, "Cloud(packed, time=2)", "A cloud has no option time: it has"),
    "an event after cloud.stop": (
        f"{CLOUD}\ncloud = Cloud(packed)\ncloud.stop()",
        "cloud.send({})",
        "This cloud has ended: run the cell with Cloud(...) again",
    ),
    "a request after cloud.stop": (
        f"{CLOUD}\ncloud = Cloud(packed)\ncloud.stop()",
        "requests.get(cloud.url)",
        "Did you stop a cloud? Then run the cell that starts it again.",
    ),
    "a library's error": ("import jwt", "jwt.decode('a', 'b', ['HS256'])", "DecodeError: "),
}


@pytest.fixture(scope="module")
def shared() -> Iterator[Kernel]:
    """One kernel for all tests."""
    with kernel() as started:
        yield started


@pytest.mark.parametrize("mistake", each_day(9, IN_A_CELL))
def test_a_mistake_in_a_cell_is_one_sentence_and_the_own_line(shared: Kernel, mistake: str) -> None:
    before, cell, sentence = IN_A_CELL[mistake]
    shared.run(SET_UP)
    shared.run(before)
    found = shared.run(cell)
    said, *own, last = found.report.splitlines()
    assert sentence in said
    assert said.startswith(f"{found.error}: ")
    assert own[0].startswith("  in your cell, line 1: ")
    assert (len(own), last) == (1, WHOLE)


def test_the_whole_traceback_is_still_there(shared: Kernel) -> None:
    shared.run(SET_UP)
    shared.run("server.stop()")
    shared.run(SIGN_UP)
    assert "urllib3" in shared.run("%tb").report


def test_an_error_of_the_cell_alone_is_displayed_as_ever(shared: Kernel) -> None:
    report = shared.run("def half(n):\n    return n / 0\nhalf(1)").report
    assert "----> 2" in report or "----> 3" in report
    assert WHOLE not in report


def test_a_name_that_a_library_misses_is_no_matter_of_the_cells_above(shared: Kernel) -> None:
    shared.run('exec(compile("def library(): missing", "/library.py", "exec"))')
    report = shared.run("library()").report
    assert report.splitlines()[0] == "NameError: name 'missing' is not defined"


def test_a_sign_up_twice_is_told_also_where_the_route_is_the_lessons(shared: Kernel) -> None:
    shared.run(SET_UP)
    shared.run("server.plug('signup', plain)")
    shared.run(SIGN_UP)
    text = shared.run(SIGN_UP).text
    assert "there is an account with this address already, and this route of the lesson" in text
    assert "the route of the lesson raised" in text
    assert "your code" not in text


def test_print_shows_the_crash_of_the_route(shared: Kernel) -> None:
    shared.run(SET_UP)
    assert shared.run(f"print({SIGN_UP})").text == "<Response [201]>"
    shared.run("server.plug('signup', lambda request: {}['x'])")
    text = shared.run(f"print({SIGN_UP})").text
    assert text.startswith(
        "<Response [500]>\nyour code raised\nKeyError: 'x'\n  in your cell, line 1"
    )


def test_a_server_that_was_used_says_that_it_starts_again(shared: Kernel) -> None:
    shared.run(SET_UP)
    assert shared.run(SET_UP).text == READY
    shared.run(SIGN_UP)
    assert shared.run(SET_UP).text == READY + AGAIN


def test_a_route_without_its_decorator_is_not_started(shared: Kernel) -> None:
    shared.run(SET_UP)
    route = "async def health(request):\n    return JSONResponse({})\n"
    for before in ("", f'@server.endpoint("health")\n{route}'):
        shared.run(before)
        text = shared.run(f'{route}check("say-hello")').text
        assert "not started · say-hello\n`health` is not in the server yet: write" in text
    assert shared.run(f'@server.endpoint("health")\n{route}check("say-hello")').text != text


COROUTINES = {
    "not used": "...",
    "compared": "body == {}",
    "in an f-string": 'f"{body}"',
    "an entry": 'body["email"]',
    "searched": '"email" in body',
    "a method": 'body.get("email")',
    "as JSON": "JSONResponse(body)",
    "as fields": "dict(**body)",
    "in a query": "select(models.User).where(models.User.email == body)",
    "stored": "models.add(request.app.state.database, models.User(email=body))",
    "handed to a library": 'jwt.encode(body, "k" * 32)',
}


@pytest.mark.parametrize("use", each_day(3, COROUTINES))
def test_a_body_without_await_is_told_in_the_card_and_in_the_verdict(
    shared: Kernel, use: str
) -> None:
    shared.run(SET_UP)
    shared.run(
        "import jwt\nfrom sqlalchemy import select\nfrom minisrv.db import models\n"
        '@server.endpoint("signup")\n'
        "async def signup(request):\n"
        "    body = request.json()\n"
        f"    used = {COROUTINES[use]}\n"
        "    return JSONResponse({}, 201)\n"
    )
    for cell in (SIGN_UP, 'check("salt-each")'):
        for _ in range(2):  # Python warns once only, unless it is told to
            assert "is an await missing?" in shared.run(cell).text, cell


@pytest.mark.parametrize("asked", ['"nothing"', "", "3", "check"])
@pytest.mark.parametrize("tool", ["check", "hint", "solution"])
def test_an_id_that_is_none_is_one_sentence(shared: Kernel, tool: str, asked: str) -> None:
    found = shared.run(f"{tool}({asked})")
    assert not found.error
    assert ("There is no exercise 'nothing'" if asked == '"nothing"' else "in quotes") in found.text


def test_hint_solution_and_doctor_need_no_server(shared: Kernel) -> None:
    shared.run(SET_UP)
    shared.run("server.stop()")
    assert "Hint 1 of 3" in shared.run('hint("say-hello")').text
    assert "@server.endpoint" in shared.run('solution("say-hello")').text
    assert "it does not run: run the cell with server = Server()" in shared.run("doctor()").text
    assert (
        "No server runs in this notebook now: run the cell" in shared.run('check("say-hello")').text
    )
    shared.run(SET_UP)
    assert "not well" not in shared.run("doctor()").text
