"""What a sheet says of an exercise: the lines of a right answer, and the wrong ones that are known.

Left out: the whole answers, which `solution(id)` shows.
"""

import ast
import sys
from difflib import SequenceMatcher

from classroom import exercises
from classroom.checking.answer_cell import answer_cell
from classroom.checking.exercise import Answer, Exercise

LADDER = "minisrv.routes.signup."


def essential_lines(exercise: Exercise) -> str:
    """Return the lines of the solution that stand where the frame has gaps."""
    cell = answer_cell(exercise, exercise.solution)
    frame, answer = _function(exercise.frame), _function(cell)
    plain = [[line.partition("  #")[0] for line in lines] for lines in (frame, answer)]
    kept = []
    for kind, start, end, first, last in SequenceMatcher(None, *plain, False).get_opcodes():
        gap = any("..." in line for line in frame[start:end])
        if kind == "insert" or (kind == "replace" and gap):
            kept += _dedented(answer[first:last])
    return "\n".join(line for line in kept if not line.startswith('"""'))


def _dedented(lines: list[str]) -> list[str]:
    """Return the lines of one gap, or of several, each with its first line at the margin."""
    margin, found = len(lines[0]), []
    for line in lines:
        margin = min(margin, len(line) - len(line.lstrip()))
        found.append(line[margin:])
    return found


def _function(cell: str) -> list[str]:
    """Return the body of the last function of a cell, as lines."""
    function = [node for node in ast.parse(cell).body if hasattr(node, "decorator_list")][-1]
    return cell.splitlines()[function.lineno : function.end_lineno]


def wrong_lines(exercise: Exercise) -> list[str]:
    """Return a line for each wrong answer: its name, if that says something, and the verdict."""
    module = vars(sys.modules[f"{exercises.__name__}.{exercise.id.replace('-', '_')}"])
    lines = []
    for wrong in exercise.wrong:
        name = _name(exercise, wrong.answer, module)
        lines.append(f"- {name}: “… {wrong.reason} …”" if name else f"- “… {wrong.reason} …”")
    return list(dict.fromkeys(lines))


def _name(exercise: Exercise, answer: Answer, module: dict[str, object]) -> str:
    """Return the name of a wrong answer, or ""; `module` is that of the exercise.

    The name of a step of the ladder is that of its file. A name that all answers have is none.
    """
    function = getattr(answer, "endpoint", answer)
    names = [name for name, value in module.items() if value is answer] or [function.__name__]
    said_nothing = {exercise.endpoint, exercise.stub, "guarded", "solution", "alternative"}
    if not set(names) - {*said_nothing, "<lambda>"}:
        return ""
    plain = names[0].strip("_").replace("_", " ")
    step = function.__module__.startswith(LADDER)
    return f"the route `{names[0]}` of the ladder" if step else f"`{plain}`"
