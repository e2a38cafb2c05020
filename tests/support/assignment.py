"""An exercise as an assignment for nbgrader, made as INSTRUCTORS.md tells teachers to make one."""

from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

SOLVED = """\
@server.endpoint("health")
async def health(request):
    ### BEGIN SOLUTION
    return JSONResponse({"hello": request.query_params.get("name", "stranger")})
    ### END SOLUTION
"""


def write_assignment(path: Path, lesson: NotebookNode) -> None:
    """Write a notebook: the lesson's first code cell, the exercise solved, a test for 5 points."""
    first = next(cell.source for cell in lesson.cells if cell.cell_type == "code")
    cells = [_cell("first", first), _cell("answer", SOLVED, solution=True)]
    cells += [_cell("test", 'assert check("say-hello")', grade=True, points=5)]
    path.parent.mkdir(parents=True)
    nbformat.write(new_notebook(cells=cells, metadata=lesson.metadata), path)


def _cell(id: str, source: str, solution: bool = False, **more: object) -> NotebookNode:
    """Return a cell of nbgrader: locked, unless it is for the student's `solution`."""
    about = {"grade": False, "grade_id": id, "locked": not solution, "schema_version": 3}
    about |= {"solution": solution, "task": False, **more}
    return new_code_cell(source, metadata={"nbgrader": about})
