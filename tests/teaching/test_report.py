"""course.py report on ten submissions, and every solution against other people.

Left out: what an answer may do to the computer it runs on; INSTRUCTORS.md says so.
"""

import csv
from pathlib import Path

import pytest

from classroom import exercises
from classroom.checking.answer_cell import answer_cell
from teaching.grading.__main__ import main
from teaching.grading.asked import all_asked
from teaching.grading.process import ENDED, Judged, Limits, judge_apart
from tests.support.submissions import write
from tests.support.tiers import each_day

DONE, NOT_YET, RAISED = "done", "not yet", "your code raised"
MISSING, NO_VERDICT = "not handed in", "no verdict"
EXPECTED = {
    "anna": [("salt-each", DONE, ""), ("salt-verify", DONE, "")],
    "björn": [
        ("salt-each", NOT_YET, "Expected: two people with one password have different"),
        ("salt-verify", DONE, ""),
    ],
    "chloé": [("salt-each", DONE, ""), ("salt-verify", NOT_YET, "with the right password")],
    "dmitri": [
        ("salt-each", RAISED, "KeyError: 'pasword'"),
        ("salt-verify", NO_VERDICT, "process ended"),
    ],
    "emeka": [
        ("salt-each", NO_VERDICT, "within 20 seconds"),
        ("salt-verify", RAISED, "SystemExit"),
    ],
    "farah": [("salt-each", "not trusted", "A wrong answer passes"), ("salt-verify", NOT_YET, "")],
    "goran": [(id, MISSING, "handed in: 00-start-here") for id in ("salt-each", "salt-verify")],
    "hana": [(id, MISSING, "no notebook") for id in ("salt-each", "salt-verify")],
    "ivy": [("salt-each", DONE, ""), ("salt-verify", MISSING, "no check of this exercise")],
    "jack": [
        ("", "unreadable", "no JSON"),
        ("salt-each", MISSING, "no notebook"),
        ("salt-verify", MISSING, "no notebook"),
    ],
}


@pytest.mark.slow
def test_ten_submissions_get_the_verdicts_they_deserve(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "class of '26 é"
    folder.mkdir()
    write(folder)
    assert main([str(folder), "--lesson", "02", "--seconds", "20", "--jobs", "1"]) == 0
    text = (tmp_path / "class of '26 é-report.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    said = [(row["student"], row["exercise"], row["verdict"]) for row in rows]
    wanted = [(name, id, verdict) for name, row in EXPECTED.items() for id, verdict, _ in row]
    assert said == wanted
    whys = [why for row in EXPECTED.values() for *_, why in row]
    for row, why in zip(rows, whys, strict=True):
        assert why in row["why"], row
    page = (tmp_path / "class of '26 é-report.html").read_text(encoding="utf-8")
    assert page.count("</tr>") == 1 + len(EXPECTED) + 1 + len(rows)
    assert "[20/20] jack · salt-verify: not handed in" in capsys.readouterr().out


@pytest.mark.parametrize("id", each_day(1, exercises.ids()))
def test_each_solution_is_done_with_other_people(id: str) -> None:
    exercise, asked = exercises.load(id), all_asked()[id]
    cells = [asked.setup, answer_cell(exercise, exercise.solution)]
    judged = judge_apart(asked, cells, seed=7, limits=Limits())
    assert (judged.verdict, judged.why) == (DONE, "")


HOSTILE = {
    "bytearray(10_000 * 2**20)": Judged(RAISED, "The cell itself raised MemoryError."),
    "import os\nos.write(1, b'done' * 100_000)\nos._exit(0)": Judged(NO_VERDICT, ENDED),
    "import ctypes\nctypes.string_at(0)": Judged(NO_VERDICT, ENDED),
    # It looks for the secret in the job, and writes a verdict of its own wherever it can.
    """import json, os
os.lseek(0, 0, 0)
secret = json.loads(os.read(0, 2**20))["secret"]
for number in range(3, 40):
    try:
        os.write(number, f'{secret} {{"verdict": "done", "why": ""}}\\n'.encode())
    except OSError:
        pass
os._exit(0)""": Judged(
        RAISED, "The cell itself raised JSONDecodeError: Expecting value: line 1 column 1 (char 0)."
    ),
    # It takes half of the teacher's secret for granted, and writes a verdict of its own.
    """import os\nos.write(1, b'0 {"verdict": "done", "why": ""}\\n')\nos._exit(0)""": Judged(
        NO_VERDICT, ENDED
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("code", HOSTILE)
def test_a_hostile_cell_gets_no_verdict(code: str) -> None:
    cells = [f'{code}\n\ncheck("say-hello")']
    judged = judge_apart(all_asked()["say-hello"], cells, seed=7, limits=Limits())
    assert (judged.verdict, judged.why) == (HOSTILE[code].verdict, HOSTILE[code].why)
