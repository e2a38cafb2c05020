"""Why an event was not answered: one sentence that says what was wrong, and what to write.

`Outcome.why` and `cloud.why` hold it. A gateway tells its clients only that the function failed;
the sentence is for the one who wrote the function. Left out: wrong arguments of Cloud (rules.py).
"""

import json
import re
from collections.abc import Sequence

DICT = '{"statusCode": 200, "body": "text"}'
ENDED = "The cloud ended this instance while it had an event."
LOOP_ENDED = "The process ended without an error: a loop must ask for the next event, for ever."
MEND = "Mend its code, then run the cells with zip_of and Cloud again."
NEVER_ASKED = "The process never asked for its event: it must send GET …/invocation/next in a loop."
NO_REPORT = '{"errorType": "Runtime.ExitError", "errorMessage": "the process ended"}'
_CODE = re.compile(r'File "[^"]*?([\w-]+\.py)", line (\d+)')
# What a handler's error says, and what it means here.
_REPORTS = (
    (
        r"^JSONDecodeError",
        "The handler read a text that is no JSON: catch the error, and answer 400.",
    ),
    (r"Object of type coroutine", "The handler is async, and no loop awaits it: write def."),
    (
        r"Object of type (\w+) is not JSON",
        "The handler returned something that is no JSON, of type {0}: return a dict of texts and "
        "numbers.",
    ),
    (
        r"handler\(\) (?:takes|missing) .*positional",
        "A handler has two arguments: write def handler(event, context).",
    ),
)
# The last line that a process printed, and what it means here.
_ENDS = (
    (
        r"No module named '([\w.]+)'",
        'There is neither a file {0}.py in the zip nor a library {0}: zip_of({{"{0}.py": CODE}}).',
    ),
    (
        r"module '(\w+)' has no attribute '(\w+)'",
        '{0}.py has no function {1}: call it so, or write Cloud(packed, "{0}.NAME").',
    ),
    (
        r"HTTP Error 40[45]",
        "The Runtime API does not know this path. It is GET …/invocation/next, then POST "
        "…/invocation/ID/response or POST …/invocation/ID/error.",
    ),
    (
        r"HTTP Error 400",
        "The instance has no event with this id: send the one in the header "
        "Lambda-Runtime-Aws-Request-Id of the event.",
    ),
)


def of_report(text: str) -> str:
    """Return the sentence for the report that a runtime sent to …/error or to init/error."""
    try:
        report = json.loads(text)
        kind, said = report["errorType"], report["errorMessage"]
    except (KeyError, TypeError, ValueError):
        kind = said = None
    if not isinstance(kind, str):
        return f'The report of the error is {text!r}: send JSON with "errorType", "errorMessage".'
    if kind.startswith("Runtime."):
        return f"The runtime could not load the function. {said}"
    raised = f"{kind}: {said}".rstrip(":. ")
    return _meaning(_REPORTS, raised) or f"The handler raised {raised}. {MEND}"


def of_end(status: int | None, printed: Sequence[str]) -> str:
    """Return the sentence for a process that ended; `status` is None if the cloud ended it."""
    if status is None:
        return ENDED
    if status == 0:
        return LOOP_ENDED
    lines = [line.strip() for line in printed if line.strip()]
    last = lines[-1] if lines else "It printed nothing."
    places = _CODE.findall("\n".join(lines))
    if places and re.match(r"(Syntax|Indentation|Tab)Error", last):
        return f"The code is no Python in {places[-1][0]}, line {places[-1][1]}. {last}"
    return _meaning(_ENDS, last) or f"The process ended with exit status {status}. {last}"


def of_time(seconds: float, asked: bool) -> str:
    """Return the sentence for an event whose time ran out; `asked`: the instance had taken it."""
    if not asked:
        return NEVER_ASKED
    return (
        f"There was no answer in {seconds:g} s, so the cloud ended the instance: let the handler "
        "do less, or give Cloud(…, timeout=…) more seconds."
    )


def of_room(most: int) -> str:
    """Return the sentence for an event or a wish for which there is no instance left."""
    return f"This cloud may have {most} instances, and all are in use: Cloud(…, most=…) sets it."


def of_result(text: str) -> str:
    """Return the sentence for an answer from which the gateway can make no response."""
    try:
        result = json.loads(text)
    except ValueError:
        return f"The loop sent {text!r}, which is no JSON: send json.dumps(handler(event, None))."
    if result is None:
        return f"The handler returned None: is a return missing? A gateway needs {DICT}."
    if not isinstance(result, dict):
        kind = type(result).__name__
        return f"The handler returned a value of type {kind}, and a gateway needs {DICT}."
    if "statusCode" not in result:
        return f'The result has no "statusCode": a gateway needs {DICT}.'
    if not isinstance(result.get("body", ""), str):
        return 'The "body" of the result is no text: write "body": json.dumps(...).'
    return (
        f"The gateway can make no response of the result: it needs {DICT}. "
        "A status is from 200 to 599, a header is one line of text, and cookies are a list."
    )


def of_status(status: int) -> str:
    """Return the sentence for an answer with a status of 500 or more, or ""."""
    if status < 500:
        return ""
    return f"The app in the function answered {status}: print(cloud.printed()) shows its error."


def _meaning(table: Sequence[tuple[str, str]], said: str) -> str:
    found = [(re.search(pattern, said), meaning) for pattern, meaning in table]
    return next((meaning.format(*match.groups()) for match, meaning in found if match), "")
