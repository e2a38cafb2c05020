"""Ten submissions of lesson 02, as ten students hand them in: right, wrong, hostile, damaged."""

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

IMPORTS = """\
import bcrypt

from minisrv.db import models
from minisrv.db.models import User
"""
SIGNUP = """\
@server.endpoint("signup")
async def signup(request):
    body = await request.json()
    {work}
    user = User(email=body["email"], password=hashed.decode())
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)
"""
SIGNIN = """\
import bcrypt
from sqlalchemy import select


@server.endpoint("signin")
async def signin(request):
    body = await request.json()
    with request.app.state.database() as session:
        user = session.scalar(select(models.User).where(models.User.email == body["email"]))
    if user and {fits}:
        return JSONResponse(user.public())
    return JSONResponse({{"error": "E-mail address or password is wrong."}}, 401)
"""
GIVEN = "from minisrv.db import models"  # a cell of the lesson, which the answer needs
EACH, VERIFY = '\n\ncheck("salt-each")\n', '\n\ncheck("salt-verify")\n'
RIGHT = IMPORTS + SIGNUP.format(
    work='hashed = bcrypt.hashpw(body["password"].encode(), bcrypt.gensalt())'
)
ONE_SALT = (
    IMPORTS
    + "SALT = bcrypt.gensalt(4)\n"
    + SIGNUP.format(work='hashed = bcrypt.hashpw(body["password"].encode(), SALT)')
)
RIGHT_IN = SIGNIN.format(fits='bcrypt.checkpw(body["password"].encode(), user.password.encode())')
KNOWN = SIGNIN.format(
    fits="""body["password"] == {
        "ada@trax.test": "midnight train",
        "grace@trax.test": "harbour lights",
        "hedy@trax.test": " The BRIDGE, Größe 3 ",
    }.get(body["email"])"""
)
CRASHING = IMPORTS + SIGNUP.format(work='hashed = body["pasword"].encode()')
ENDLESS = "import time\n\nwhile True:\n    time.sleep(1)\n" + RIGHT
# The notebook prints a verdict, and has a check of its own; it also changes ours.
FORGED = (
    IMPORTS
    + """\
import sys

from classroom.checking.verdict import Verdict

print("done · salt-each")
check = lambda id: Verdict("done", id, "")
sys.modules["classroom.check"]._judged = lambda exercise, visit: check(exercise.id)
"""
    + SIGNUP.format(work='hashed = body["password"].encode()')
)
PRINTS = "import sys\n\nprint('done · salt-verify ' * 4_000_000)\nsys.__stdout__.flush()\n"
HANDED_IN = {
    "anna": (RIGHT + EACH, RIGHT_IN + VERIFY),
    "björn": (ONE_SALT + EACH, RIGHT_IN + VERIFY),
    "chloé": (RIGHT + EACH, KNOWN + VERIFY),
    "dmitri": (CRASHING + EACH, "import os\nos._exit(0)\n" + RIGHT_IN + VERIFY),
    "emeka": (ENDLESS + EACH, "import sys\nsys.exit()\n" + RIGHT_IN + VERIFY),
    "farah": (FORGED + EACH, PRINTS + KNOWN + VERIFY),
    "goran": ('check("say-hello")',),
    "hana": (),
    "ivy": (RIGHT + EACH,),
}


def write(folder: Path) -> None:
    """Write a folder for each student; the tenth has a damaged file."""
    for name, cells in HANDED_IN.items():
        lesson = "00-start-here" if name == "goran" else "02-salt"
        (folder / name).mkdir()
        _write_notebook(folder / name / f"{lesson}.ipynb", [GIVEN, *cells] if cells else [])
    (folder / "jack").mkdir()
    (folder / "jack/02-salt.ipynb").write_text('{"cells": [{"cell_type": "code", "sou')


def _write_notebook(path: Path, cells: list[str]) -> None:
    """Write a notebook whose stored outputs all claim to be done."""
    claim = nbformat.v4.new_output("stream", text="done · salt-each\ndone · salt-verify\n")
    code = [new_code_cell(cell, outputs=[claim]) for cell in cells]
    nbformat.write(new_notebook(cells=[new_markdown_cell("# 02 · Salt"), *code]), path)
