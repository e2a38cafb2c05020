"""What the exercises of lesson 11 say of a gap that is filled wrongly, for each likely way.

Left out: answers that are whole functions (answers/serverless_*.py).
"""

import re

import pytest

from classroom import __all__ as facade
from classroom import check, exercises
from classroom.checking.answer_cell import answer_cell
from classroom.display.verdict_names import DONE, NOT_YET
from classroom.server.server import Server
from classroom.serverless.student_code import BEFORE
from tests.support.exercise_cells import run, verdict_on
from tests.support.lesson_server import module_server as module_server
from tests.support.tiers import each_day

CALL, REPORT = "handler(event, None)", "json.dumps(report)"
FILE, NEW = 'os.environ["ATTEMPTS"]', "tries <= MOST"
LOOP = [
    (("handler(event)", '"/error"', REPORT), "missing 1 required positional argument: 'context'"),
    (("handler", '"/error"', REPORT), "Object of type function is not JSON serializable"),
    (("event", '"/error"', REPORT), 'Your loop sent: {"give": {"a": 1}}'),
    (("handler(event, context)", '"/error"', REPORT), "name 'context' is not defined"),
    ((CALL, '"error"', REPORT), "The Runtime API does not know this path. It is GET …/invocation/"),
    ((CALL, '"/errors"', REPORT), "POST …/invocation/ID/response or POST …/invocation/ID/error."),
    ((CALL, '"/error"', "report"), "AttributeError: 'dict' object has no attribute 'encode'"),
    ((CALL, '"/error"', "str(report)"), "the report of an error is JSON"),
    ((CALL, '"/response"', REPORT), "an error is sent to /error, and not to /response"),
]
THROTTLE = [
    (('"ATTEMPTS"', "(email,)", NEW), "This file is new and empty: os.environ has the name"),
    ((FILE, "(email)", NEW), "a tuple with one value has a comma"),
    ((FILE, "email", NEW), "A text counts as many values"),
    (('os.environ["PATH"]', "(email,)", NEW), "No file has this name: the variable ATTEMPTS has"),
    (("ATTEMPTS", "(email,)", NEW), 'os.environ["..."] reads a variable'),
    (('os.environ["attempts"]', "(email,)", NEW), "The environment has no variable of this name"),
    ((FILE, "(email,)", "tries < MOST"), "Your function refused attempt 5"),
    ((FILE, "(email,)", "tries"), "the answer is True or False\nYour function returned 2"),
]
MAIL = [
    (('"m-1"', "added"), "another message to the same address sends its mail"),
    (('record["id"]', "added"), "KeyError: 'id'"),
    (('record["body"]', "added"), "another message to the same address sends its mail"),
    (('event["messageId"]', "added"), "KeyError: 'messageId'"),
    (('record["messageId"]', "not added"), "one message, one mail, to the address in its body"),
    (('record["messageId"]', "True"), "a message that is delivered again sends no second mail"),
]
CASES = [("serverless-loop", *case) for case in LOOP]
CASES += [("serverless-throttle", *case) for case in THROTTLE]
CASES += [("serverless-mail", *case) for case in MAIL]


@pytest.mark.parametrize(("id", "gaps", "sentence"), each_day(2, CASES))
def test_a_gap_filled_wrongly_is_told_what_came_of_it(
    server: Server, id: str, gaps: tuple[str, ...], sentence: str
) -> None:
    fillings = iter(gaps)
    filled = re.sub(r"(?<!\")\.\.\.(?!\")", lambda _: next(fillings), exercises.load(id).frame)
    found = verdict_on(server, f'{filled}\n\ncheck("{id}")')
    assert found.name == NOT_YET
    assert sentence in found.reason


LOOKS = """
server.reset()
hint("serverless-loop", 2)
{}
show(loop)
print(server.running.url, doctor().as_text())
get_ipython().run_line_magic("time", "pass")
display(loop)
assert check("serverless-loop")
print(check("serverless-loop").name)
"""


def test_a_cell_may_use_the_names_of_the_lesson_around_its_function() -> None:
    """As `server.reset()` above it, or `assert check(...)` below. `%time` calls get_ipython."""
    names: dict[str, object] = {}
    run(BEFORE + LOOKS.format("@server.function('loop')\ndef loop(handler):\n    return 7"), names)
    assert names["loop"](None) == 7
    here = {"JSONResponse", "Response", "Table", "requests"}  # a cell has to import these
    assert set(facade) - here <= set(names) and not here & set(names)


def test_an_answer_with_such_names_is_done(server: Server) -> None:
    exercise = exercises.load("serverless-throttle")
    cell = answer_cell(exercise, exercise.solution)
    assert verdict_on(server, f"hint('{exercise.id}')\nserver.reset()\n{cell}").name == DONE


def test_a_cell_whose_source_is_not_known_is_told_what_to_take_off(server: Server) -> None:
    """IPython runs the cell below %%time under the name <timed exec>, and keeps no lines of it."""
    exercise = exercises.load("serverless-throttle")
    names: dict[str, object] = {"server": server, "check": check}
    cell = answer_cell(exercise, exercise.solution).replace("check(", "found = check(")
    exec(compile(cell, "<timed exec>", "exec"), names)
    assert names["found"].name == NOT_YET
    assert "take off a first line such as %%time" in names["found"].reason
