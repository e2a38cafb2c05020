"""A cell of a student as a part of a function: its source runs in instances, not in the kernel.

An instance has what is in its zip and nothing else, so names of other cells are missing there.
"""

from collections.abc import Mapping

from classroom.serverless.cloud import Cloud
from classroom.serverless.function_zip import zip_of
from classroom.serverless.outcome import FAILED, Outcome
from classroom.serverless.reasons import NO_REPORT

# What a lesson and IPython put into a kernel does nothing here: it is true, can be called and asked
# for attributes, and leaves a function that it decorates as it is. Left out are JSONResponse,
# Response, Table and requests, because a function has to import what it uses.
BEFORE = """\
class _Nothing:
    def __call__(self, first=None, *others, **options):
        return first if callable(first) else self

    def __getattr__(self, name):
        return self


anatomy = board = check = compare = display = doctor = get_ipython = hint = my_progress = _Nothing()
real = reset = server = show = solution = Server = check


"""


def instances_of(
    cell: str,
    app: str,
    count: int,
    environment: Mapping[str, str] | None = None,
    **rules: object,
) -> Cloud:
    """Return a cloud with `count` instances whose module `student` is the source of `cell`.

    `app` is the source of the module app, which imports from it.
    """
    packed = zip_of({"student.py": BEFORE + cell, "app.py": app})
    cloud = Cloud(packed, environment=environment, **rules)
    try:
        for _ in range(count):
            cloud.add_instance()
    except BaseException:  # the caller's `with` has not begun
        cloud.stop()
        raise
    return cloud


def why_not_answered(cloud: Cloud, outcome: Outcome) -> str:
    """Return the handler's error, or else the last line printed, which says why a process ended.

    With neither, return what became of the event.
    """
    if outcome.how == FAILED and outcome.text != NO_REPORT:
        return f"{outcome.result['errorType']}: {outcome.result['errorMessage']}"
    return [outcome.how, *cloud.printed().splitlines()][-1]
