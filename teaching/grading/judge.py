"""Judge one answer in this process, which runs the student's code and is thrown away after it.

It reads a job from stdin and writes one line: the job's secret, then the verdict as JSON. What the
student's code prints goes nowhere, and its stdin is empty. Left out: the time limit, which the
parent holds (process.py).
"""

import json
import linecache
import os
import sys
from collections.abc import Callable

from teaching.grading.answers import answer_in
from teaching.grading.limits import bound_this_process
from teaching.grading.other_people import replace_people

NO_CELL = "There is no check({}) in the notebook."
CELL_RAISED = "The cell itself raised {}."
TAMPERED = "A wrong answer passes, too, after this code has run: it has changed the check."
EXPECTED = "Expected: {}"
SENT = "Sent: {} {}, and the answer was {}."
LONGEST = 400  # letters of a reason


def main() -> None:
    """Do the job that stdin describes."""
    job, send = json.load(sys.stdin), private_output()
    secret = job.pop("secret")
    bound_this_process(job.pop("memory"), job.pop("seconds"))
    replace_people(job.pop("seed"))
    send(f"{secret} {json.dumps(judged(**job))}\n")
    os._exit(0)  # a thread of the student's may run for ever


def private_output() -> Callable[[str], None]:
    """Return a function that writes to stdout; all that is printed from now on goes nowhere.

    Nor can the job be read again: it stands in the file that is stdin.
    """
    out, nowhere = os.dup(1), os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    return lambda text: os.write(out, text.encode())


def judged(id: str, setup: str, cells: list[str]) -> dict[str, str]:
    """Return the verdict on the answer to the exercise `id` in `cells`, and the reason.

    `setup` is the first code cell of the lesson, ours and not the student's: it starts the server.
    """
    # Imported here, after other people have taken the places of those in the checks.
    from classroom import exercises
    from classroom.display.verdict_names import DONE, NOT_STARTED, RAISED

    exercise, namespace = exercises.load(id), {"__name__": "__main__"}
    exec(setup, namespace)
    namespace["check"] = lambda *_: None
    server = namespace["server"]
    server.reset()
    try:
        answer = answer_in(cells, exercise, namespace.keys())
        if answer is None:
            return {"verdict": NOT_STARTED, "why": NO_CELL.format(f'"{id}"')}
        exec(answer.needed, namespace)
        run_cell(answer.cell, namespace)
    except BaseException as error:  # SystemExit too
        said = f"{type(error).__name__}: {error}".strip(": ")
        return {"verdict": RAISED, "why": CELL_RAISED.format(said)[:LONGEST]}
    verdict = verdict_on(exercise, server)
    if verdict.name == DONE and control_passes(exercise, server, namespace):
        return {"verdict": "not trusted", "why": TAMPERED}
    return {"verdict": str(verdict.name), "why": why(verdict)[:LONGEST]}


def why(verdict: object) -> str:
    """Return what was expected and a request, as lines; "" if the exercise is done.

    The request shows the fault, or is the last one of the check if no single one does.
    """
    from classroom.display.verdict_names import DONE, NOT_YET

    if verdict.name == DONE:
        return ""
    if verdict.name != NOT_YET or verdict.crash:
        return verdict.gap or verdict.reason
    lines = [verdict.gap, EXPECTED.format(verdict.reason)]
    if sent := verdict.exchange:
        lines.append(SENT.format(sent.method, sent.path, f"{sent.status} {sent.reason}".strip()))
    return "\n".join(filter(None, lines))


def run_cell(cell: str, namespace: dict[str, object]) -> None:
    """Run a cell under a name by which its source is found again, as in a notebook."""
    name = "<cell>"
    linecache.cache[name] = (len(cell), None, cell.splitlines(keepends=True), name)
    exec(compile(cell, name, "exec"), namespace)


def verdict_on(exercise: object, server: object) -> object:
    """Return the verdict of the exercise's check on what is plugged in."""
    from classroom.check import judge
    from classroom.checking.function_visit import FunctionVisit
    from classroom.checking.verdict import Verdict
    from classroom.checking.visit import visiting
    from classroom.display.verdict_names import NOT_STARTED

    if exercise.decorator == "function":
        function = server.running.functions.get(exercise.endpoint)
        if function is None:
            return Verdict(NOT_STARTED, exercise.id, "No function is plugged in.")
        return judge(exercise, FunctionVisit(function))
    if exercise.endpoint not in server.running.plugged:
        return Verdict(NOT_STARTED, exercise.id, "No route is plugged in.")
    with visiting(server.running, exercise.endpoint) as visit:
        return judge(exercise, visit)


def control_passes(exercise: object, server: object, namespace: dict[str, object]) -> bool:
    """Return True if a wrong answer is done, too: then nothing that this process says counts."""
    from classroom.checking.answer_cell import answer_cell

    wrong = exercise.wrong[0].answer
    if exercise.decorator == "function":
        run_cell(answer_cell(exercise, wrong), dict(namespace, server=server))
    else:
        server.reset()
        server.plug(exercise.endpoint, wrong)
    return bool(verdict_on(exercise, server))


if __name__ == "__main__":
    main()
