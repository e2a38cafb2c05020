"""Write the rows of the report as CSV, for a spreadsheet, and as a page, for reading.

Left out: marks. A verdict is no number; a teacher decides what it is worth.
"""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple, fields
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from teaching.grading.rows import Row

COLUMNS = [field.name for field in fields(Row)]
SIGNS = {"done": "✓", "not yet": "✗", "your code raised": "!", "not started": "–"}


def write_csv(rows: Sequence[Row], path: Path) -> None:
    """Write all rows. With a byte order mark, so that spreadsheets read UTF-8."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows([_harmless(value) for value in astuple(row)] for row in rows)


def _harmless(value: object) -> object:
    """Return text so that no spreadsheet takes it for a formula (OWASP, CSV Injection)."""
    return f"'{value}" if isinstance(value, str) and value[:1] in tuple("=+-@\t\r") else value


def write_page(rows: Sequence[Row], path: Path, seed: int, folder: Path) -> None:
    """Write a page of one file: a table of students and exercises, then all rows."""
    loader = FileSystemLoader(Path(__file__).parent)
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    exercises = list(dict.fromkeys(row.exercise for row in rows if row.exercise))
    students = list(dict.fromkeys(row.student for row in rows))
    page = environment.get_template("report.html.jinja").render(
        rows=rows,
        exercises=exercises,
        students=students,
        verdicts={(row.student, row.exercise): row.verdict for row in rows},
        done=Counter(row.student for row in rows if row.verdict == "done"),
        signs=SIGNS,
        seed=seed,
        folder=folder.name,
    )
    path.write_text(page, encoding="utf-8")
