"""The cells of test_strict_nbval.py: honest ones, and ones that do not show what they say.

A doctored cell differs from an honest one by what its name says. Left out: whole notebooks.
"""

import sys

from tests.support.cells import Cell, displayed, pill, printed, raised, result, show

FLAGS = "set-cookie: __Host-TRAX=‹token-1›; Path=/; {}Secure; SameSite=lax\n"
COOKIE = FLAGS.format("HttpOnly; ")
PICTURE = displayed(text_plain="chart", image_png="AAAA")
A, B = displayed(text_plain="a", text_html="<b>a</b>"), displayed(text_plain="b")
HASH = displayed(text_plain="‹hash-1›", text_html=pill("‹hash-1›", "of another run"))
RAISES, IGNORE = ("raises-exception",), ("nbval-ignore-output",)
SHOW_A, SHOW_B = show(text_plain="a", text_html="<b>a</b>"), show(text_plain="b")
SHOW_PICTURE = show(text_plain="chart", image_png="AAAA")
ONE = (printed("1\n"),)
STDERR = "import sys; print('careful', file=sys.stderr)"
CHILD = """\
import subprocess, sys, threading
heard, write = threading.Event(), sys.stdout.write
sys.stdout.write = lambda text: (write(text), heard.set())  # called by IPython's own thread
child = subprocess.run([sys.executable, '-c', 'print(1)'])
assert heard.wait(30)
del sys.stdout.write"""
TASK = """\
import asyncio
now = asyncio.Event()
async def late():
    await now.wait()
    print("late")
task = asyncio.create_task(late())"""
THREAD = """\
import threading
now = threading.Event()
thread = threading.Thread(target=lambda: (now.wait(), print("late")))
thread.start()"""
UNKNOWN, SILENCED, PLACE = "is unknown", "silenced", "Committed as"

HONEST = {
    "lines": Cell("print(1)\nprint(2)", (printed("1\n2\n"),)),
    "nothing": Cell("x = 1"),
    "status": Cell('{"status": 201}', (result("{'status': 201}"),)),
    "cookie": Cell(f"print({COOKIE!r}, end='')", (printed(COOKIE),)),
    "picture": Cell(SHOW_PICTURE, (PICTURE,)),
    "two-displays": Cell(SHOW_A + SHOW_B, (A, B)),
    "printed-between": Cell(f"{SHOW_A}print(1)\n{SHOW_B}", (A, *ONE, B)),
    "real-value": Cell(show(text_plain="‹hash-1›", text_html=pill("‹hash-1›", "x/y.z")), (HASH,)),
    "error": Cell("1 / 0", (raised("ZeroDivisionError"),), tags=RAISES),
    "own-tag": Cell("x = 2", tags=("exercise",)),
}

GREEN = ("task-prints-late", "thread-prints-late")  # it is seen in the cell that runs by then
DOCTORED = {
    "cookie-flag-gone": Cell(f"print({FLAGS.format('')!r}, end='')", (printed(COOKIE),)),
    "status-changed": Cell('{"status": 409}', (result("{'status': 201}"),)),
    "line-added": Cell("print(1)\nprint(2)", ONE),
    "line-gone": Cell("print(1)", (printed("1\n2\n"),)),
    "html-changed": Cell(SHOW_A, (displayed(text_plain="a", text_html="<b>b</b>"),)),
    "label-changed": Cell(show(text_plain="‹hash-1›", text_html=pill("‹hash-2›", "x")), (HASH,)),
    "json-changed": Cell(show(application_json="1"), (displayed(application_json="2"),)),
    "never-run": Cell("x = 1", count=None, complaint=PLACE),
    "never-run-but-prints": Cell("print(1)", count=None, complaint=PLACE),
    "run-out-of-order": Cell("print(1)", ONE, count=1, complaint=PLACE),
    "result-of-another-run": Cell("2", (result("2", count=1),), complaint="another run"),
    "picture-changed": Cell(show(text_plain="chart", image_png="AAAB"), (PICTURE,)),
    "picture-gone": Cell(show(text_plain="chart"), (PICTURE,)),
    "picture-added": Cell(SHOW_PICTURE, (displayed(text_plain="chart"),)),
    "metadata-changed": Cell(show({"width": 9}, text_plain="b"), (B,)),
    "result-is-a-display": Cell("2", (displayed(text_plain="2"),)),
    "display-is-a-result": Cell(SHOW_B, (result("b"),)),
    "order-changed": Cell(f"{SHOW_A}print(1)", (*ONE, A)),
    "streams-interleaved": Cell(f"print(1)\n{SHOW_B}print(1)", (printed("1\n1\n"), B)),
    "form-moved": Cell(
        SHOW_A + SHOW_B,
        (displayed(text_plain="a"), displayed(text_plain="b", text_html="<b>a</b>")),
    ),
    "raises-nothing": Cell("x = 1", tags=RAISES, complaint="none is committed"),
    "raises-no-more": Cell("x = 1", (raised("ZeroDivisionError"),), tags=RAISES),
    "raises-another": Cell("[][0]", (raised("ZeroDivisionError"),), tags=RAISES),
    "raises-untagged": Cell("1 / 0", (raised("ZeroDivisionError"),), complaint="exception"),
    "tag-misspelt": Cell("x = 1", tags=("nbval_skip",), complaint=UNKNOWN),
    "comment-misspelt": Cell("# NBVAL_SKIPP\nx = 1", complaint=UNKNOWN),
    "ignored-by-tag": Cell("print(1)", ONE, tags=IGNORE, complaint=SILENCED),
    "ignored-by-comment": Cell("# NBVAL_IGNORE_OUTPUT\nx = 1", complaint=SILENCED),
    "ignored-as-of-old": Cell("# PYTEST_VALIDATE_IGNORE_OUTPUT\nx = 1", complaint=SILENCED),
    "ignored-and-unequal": Cell("print(2)", ONE, tags=IGNORE),
    "skipped-by-tag": Cell("x = 1", tags=("nbval-skip",), complaint=SILENCED),
    "skipped-by-comment": Cell("# NBVAL_SKIP\nx = 1", complaint=SILENCED),
    "stderr": Cell(STDERR, (printed("careful\n", name="stderr"),), complaint="prints on stderr"),
    "stderr-for-stdout": Cell("print('careful')", (printed("careful\n", name="stderr"),), "output"),
    "cleared": Cell(
        "from IPython.display import clear_output\nclear_output()", complaint="outputs"
    ),
    "updated": Cell(
        SHOW_B + "from IPython.display import update_display\nupdate_display('c', display_id='d')",
        (B,),
        complaint="outputs",
    ),
    "asks": Cell("input()", complaint="StdinNotImplementedError"),
    "task-prints-late": Cell(TASK),
    "while-this-runs": Cell("now.set()\nawait task", complaint="An earlier cell"),
    "thread-prints-late": Cell(THREAD),
    "while-that-runs": Cell("now.set()\nthread.join()", complaint="output fields"),
}
if sys.platform != "win32":  # where IPython does not see what a child prints
    HONEST["child-process"] = Cell(CHILD, ONE)
    DOCTORED["child-prints"] = Cell(CHILD)
