"""anatomy() of the lines and dates of other projects' cookie tables, which real browsers read.

The tables are in data/cookies/, and data/README.md says how they were measured.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from classroom.anatomy import anatomy, set_cookie
from tests.support.anatomized import whole
from tests.support.suite_tables import FOLDER, SUITES, cases

MEASURED = datetime(2026, 11, 29, 14, tzinfo=UTC).timestamp()
DATES = json.loads((FOLDER / "dates.json").read_text(encoding="utf-8"))
SAID = {None: "not a date", "expired": "delete it now", "kept": "kept until then"}


def lines(suite: str) -> Iterator[str]:
    for case in cases(suite):
        for step in case.get("steps", [case]):
            yield from step.get("lines", [])


@pytest.mark.parametrize("suite", SUITES)
def test_each_line_of_a_table_is_taken_apart_whole_or_is_too_long(suite: str) -> None:
    for line in set(lines(suite)):
        try:
            found = anatomy(f"Set-Cookie: {line}")
        except ValueError as error:
            assert "attributes; anatomy explains" in str(error), line
            continue
        assert found.kind == "Set-Cookie"
        assert whole(found) == line.strip(" \t\r\n")


@pytest.mark.parametrize("row", DATES, ids=lambda row: ascii(row["date"])[:40])
def test_what_is_said_of_a_date_is_what_browsers_made_of_it(
    row: dict[str, str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(set_cookie, "time", SimpleNamespace(time=lambda: MEASURED))
    parts = anatomy(f"Set-Cookie: c=1; Expires={row['date']}").parts
    (meaning, flag) = next((one.meaning, one.flag) for one in parts if one.name == "Expires")
    seen = [row[engine] for engine in ("chromium", "firefox")]
    kinds = {"Chromium": kind(seen[0]), "Firefox": kind(seen[1])}
    if len(set(kinds.values())) == 1:
        assert SAID[kinds["Firefox"]] in meaning + flag
        assert not any(f" {engine} " in flag for engine in kinds if "times" not in flag)
    else:
        for engine, made in kinds.items():
            assert (f"not a date to {engine}" in flag) is (made is None)
            assert made != "kept" or meaning.startswith("kept until then")
            assert made != "expired" or "delete" in meaning + flag


def kind(seen: str | None) -> str | None:
    return seen if seen in (None, "expired") else "kept"
