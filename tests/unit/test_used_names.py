"""What a piece of source needs of its module: imports and constants, and nothing else."""

from classroom.checking.used_names import needed_by

MODULE = '''"""A module."""

import os.path
from json import (
    dumps,
    loads as read,
)

import bcrypt
import jwt
from starlette.responses import JSONResponse, Response

from minisrv.auth import passwords

HOURS = 8
SECONDS = HOURS * 3600  # of a session
LEFT, RIGHT = 1, 2
hashed = "a route"


def helper() -> Response: ...
'''


def test_an_import_names_only_what_is_needed() -> None:
    imports, others = needed_by("def f(): return JSONResponse(read(bcrypt))", MODULE)
    assert imports.splitlines() == [
        "from json import loads as read",
        "",
        "import bcrypt",
        "from starlette.responses import JSONResponse",
    ]
    assert others == ""


def test_a_group_that_is_left_out_leaves_one_blank_line() -> None:
    imports, _ = needed_by("def f(): return os.sep, passwords", MODULE)
    assert imports == "import os.path\n\nfrom minisrv.auth import passwords"


def test_a_constant_brings_what_it_is_made_of_and_its_comment() -> None:
    _, others = needed_by("def f(): return SECONDS", MODULE)
    assert others == "HOURS = 8\nSECONDS = HOURS * 3600  # of a session"


def test_a_constant_that_is_bound_with_another_comes_with_it() -> None:
    assert needed_by("def f(): return LEFT", MODULE) == ("", "LEFT, RIGHT = 1, 2")


def test_a_name_in_a_comprehension_a_lambda_or_an_inner_function_counts() -> None:
    for inner in ("[HOURS for _ in ()]", "lambda: HOURS"):
        assert needed_by(f"def f(): return {inner}", MODULE) == ("", "HOURS = 8")
    assert needed_by("def f():\n def g(): return HOURS", MODULE) == ("", "HOURS = 8")


def test_a_local_name_an_attribute_and_an_argument_need_nothing() -> None:
    for source in (
        "def f(): hashed = 1; return hashed",
        "def f(x): return x.hashed, x.jwt, x(hashed=1)",
        "def f(hashed): return [jwt for jwt in hashed]",
    ):
        assert needed_by(source, MODULE) == ("", "")


def test_a_helper_comes_with_what_its_own_source_needs() -> None:
    imports, others = needed_by("def f(): return helper()", MODULE)
    assert imports == "from starlette.responses import Response"
    assert others == "def helper() -> Response: ..."
