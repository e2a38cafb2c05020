"""The two parsers of Expires dates, against what Chromium and Firefox made of 331 dates.

The dates are in data/cookies/dates.json, and data/README.md says how they were measured.
"""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from classroom.browser_model import Browser
from classroom.browser_model.dates import chromium_date
from classroom.browser_model.firefox_dates import firefox_date
from tests.support.suite_tables import ENGINES, FOLDER

# Firefox adds a second to each date here, and up to 80 to a time without seconds.
TOLERANCE = 90
URL = "http://shop.localhost:1/"
MEASURED = datetime(2026, 11, 29, 14, tzinfo=UTC).timestamp()
PIECES = [
    *"0123456789:-+/ ,.()TZ",
    "Jan",
    "feb",
    "2027",
    "99999",
    "00:00:00",
    "GMT",
    "pm",
    "9" * 30,
]
DATES = json.loads((FOLDER / "dates.json").read_text(encoding="utf-8"))


def made_of(engine: str, date: str) -> str | float | None:
    """Return what the model makes of a date, as the table spells it; else epoch seconds."""
    browser = Browser(engine, start=MEASURED)
    browser.receive(URL, f"c=1; Expires={date}")
    if not browser.cookies:
        return "expired"
    ends = browser.cookies[0].expires
    return "capped" if ends == browser.now + 400 * 86400 else ends


@pytest.mark.parametrize("engine", ENGINES)
def test_the_model_reads_each_date_as_the_browser_did(engine: str) -> None:
    assert len(DATES) == 331
    differing = {}
    for row in DATES:
        seen, own = row[engine], made_of(engine, row["date"])
        if isinstance(own, float) and seen not in (None, "expired", "capped"):
            ends = datetime.fromisoformat(seen).replace(tzinfo=UTC).timestamp()
            own = seen if abs(own - ends) < TOLERANCE else own
        if own != seen:
            differing[row["date"]] = (seen, own)
    assert differing == {}


def shown(seconds: float | None) -> str | None:
    """Return epoch seconds as a date and a time of UTC."""
    return None if seconds is None else str(datetime.fromtimestamp(seconds, UTC))[:16]


@pytest.mark.parametrize(
    ("date", "chromium", "firefox"),
    [
        ("Fri, 01 Jan 2027 03:00:00 GMT", "2027-01-01 03:00", "2027-01-01 03:00"),
        ("Fri, 01 Jan 2027 03:00:00 +0300", "2027-01-01 03:00", "2027-01-01 00:00"),
        ("Fri, 01 Jan 2027 03:00:00 GMT+0300", "2027-01-01 03:00", "2027-01-01 00:00"),
        ("Fri, 01 Jan 2027 03:00:00 PST", "2027-01-01 03:00", "2027-01-01 11:00"),
        ("Fri, 01 Jan 2027 03:00:00 PST+0300", "2027-01-01 03:00", "2027-01-01 11:00"),
        ("01-Jan-27 10:18:14 PM", "2027-01-01 10:18", "2027-01-01 22:18"),
        ("31 Feb 2027 00:00:00", None, "2027-03-03 00:00"),
        ("1 Jan 2027 24:00:00", None, "2027-01-02 00:00"),
        ("Mon, 1 Jan 2027", None, "2027-01-01 00:00"),
        ("01/02/2027", None, "2027-01-02 00:00"),
        ("13/2/2027", None, "2027-02-13 00:00"),
        ("2027-01-01", None, None),
        ("10:18:14Z 1 Jan 2027", None, "2027-01-01 10:18"),
        ("000:00:01 1 Jan 2027", "2027-01-01 00:00", "2027-01-01 00:00"),
        ("in 8 hours", None, None),
    ],
)
def test_where_the_parsers_differ(date: str, chromium: str | None, firefox: str | None) -> None:
    assert (shown(chromium_date(date)), shown(firefox_date(date))) == (chromium, firefox)


@pytest.mark.parametrize("hours", ["9" * 400, "0" * 400 + "1", "9" * 5000, "100"])
def test_an_hour_of_many_digits_is_the_right_one_or_none(hours: str) -> None:
    seconds = chromium_date(f"{hours}:00:00 1 Jan 2027")
    assert shown(seconds) == ("2027-01-01 01:00" if int(hours[-1]) == 1 else None)


@tries(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=9).map("".join))
def test_any_text_is_a_date_or_none(text: str) -> None:
    for read in (chromium_date, firefox_date):
        assert read(text) is None or isinstance(read(text), float)


@pytest.mark.parametrize("read", [chromium_date, firefox_date])
@pytest.mark.parametrize(
    "text", ["", "-", "+", "1" * 5000, "١ Jan 2027 00:00:00", "é\0", "-" * 999]
)
def test_no_text_breaks_a_parser(read: object, text: str) -> None:
    assert read(text) is None
