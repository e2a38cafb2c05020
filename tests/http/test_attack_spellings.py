"""Two accounts for one mailbox, spelled in two ways; and two mailboxes that are kept apart."""

import unicodedata

import pytest
import requests

from classroom.server.server import Server
from minisrv.auth import emails
from minisrv.routes.signup import LADDER
from tests.support.lesson_server import server as server

# The rungs sign with the tutorial's key of five letters, which is not the subject here.
pytestmark = pytest.mark.filterwarnings("ignore::jwt.InsecureKeyLengthWarning")
ONE_MAILBOX = [
    ("ada@trax.test", "Ada@Trax.test"),
    ("zoé@trax.test", unicodedata.normalize("NFD", "zoé@trax.test")),
]
TWO_MAILBOXES = [("admin@trax.test", "admın@trax.test"), ("gross@trax.test", "groß@trax.test")]


def accounts(server: Server, rung: str, addresses: tuple[str, str]) -> int:
    server.plug("signup", LADDER[rung])
    for email in addresses:
        body = {"email": email, "password": "midnight train to georgia"}
        requests.post(server.url + "/api/signup", json=body, timeout=60)
    return len(server.rows("users"))


@pytest.mark.parametrize("addresses", ONE_MAILBOX)
@pytest.mark.parametrize(("rung", "count"), [("checked_body", 2), ("one_spelling", 1)])
def test_two_spellings_are_two_accounts_below_one_spelling(
    server: Server, addresses: tuple[str, str], rung: str, count: int
) -> None:
    assert accounts(server, rung, addresses) == count


@pytest.mark.parametrize("addresses", TWO_MAILBOXES)
def test_what_upper_takes_for_one_stays_two(server: Server, addresses: tuple[str, str]) -> None:
    assert addresses[0].upper() == addresses[1].upper()
    assert len({emails.normalise(one) for one in addresses}) == 2
    assert accounts(server, "reference", addresses) == 2
