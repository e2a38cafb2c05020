"""What a check of a plain function uses: its source, and `expect`. A Visit is for routes.

def check(visit: FunctionVisit) -> None:
    with instances_of(visit.source.text, …) as cloud:
        visit.expect(cloud.send({}).result == 1, "the first event is answered 1")
"""

from collections.abc import Callable

from classroom.checking.check_errors import NotYet
from classroom.server.student_cell import cell_of


class FunctionVisit:
    """The student's function, with the source of its cell."""

    last = None  # no exchange belongs to it

    def __init__(self, function: Callable[..., object]) -> None:
        """Visit `function`."""
        self.function = function
        self.source = cell_of(function)

    def expect(self, holds: object, reason: str) -> None:
        """Raise NotYet unless `holds`; `reason` states what should be true."""
        if not holds:
            raise NotYet(reason)
