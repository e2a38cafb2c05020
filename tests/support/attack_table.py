"""Which attacks get through to which rung of the ladder: the table, to be read and not yet tried.

`tests/http/test_ladder.py` tries each cell of it. Those of the scoreboard come first; MORE has
questions that the scoreboard does not ask, since a student may answer them in another way.
"""

import threading
from unittest.mock import patch

import bcrypt

from classroom.checking.visit import Visit
from classroom.scoreboard import Attack
from classroom.scoreboard.attack import ADA
from minisrv.routes.signup import LADDER

NAMES = list(LADDER)
# Each attack, and the first rung that stops it. All rungs above it stop it, and none below.
FIRST = {
    "nobody gets an account": "hashed",
    "other methods than POST": "post_only",
    "a body of nonsense": "checked_body",
    "a form in place of JSON": "checked_body",
    "two accounts for one address": "only_duplicates",
    "two sign-ups at once": "only_duplicates",
    "two spellings, two accounts": "only_duplicates",
    "a text that is no address": "one_spelling",
    "a field too many": "plain",
    "a server fault, hidden": "only_duplicates",
    "the response says too much": "public_answer",
    "the table shows the password": "hashed",
    "equal passwords, equal hashes": "hashed",
    "hashes that are quick": "hashed",
    "part of a password is enough": "whole_password",
    "a weak password is accepted": "policy",
    "three sign-ups freeze it": "off_the_loop",
    "the cookie opens no session": "host_cookie",
    "the key can be guessed": "real_token",
    "the token has wrong claims": "real_token",
    "the token ends too late": "as_taught",
    "a script reads the token": "as_taught",
    "the cookie goes over http": "as_taught",
    "a sibling plants the cookie": "host_cookie",
    "other sites send the cookie": "as_taught",
    "another origin signs up": "same_origin",
    "the former session goes on": "reference",
    # MORE
    "a duplicate is a crash": "catch_all",
    "no token": "signed",
    "no cookie": "as_taught",
    "a list as a body": "checked_body",
    "two accounts, one mailbox": "one_spelling",
    "a hash in the server's thread": "off_the_loop",
    "a lost table, called something else": "only_duplicates",
    "a cookie without __Host-": "host_cookie",
}
# The first rung that these get through to: below it, no error is caught at all.
BEGINS = {
    "a server fault, hidden": "catch_all",
    "a lost table, called something else": "catch_all",
}


def gets_through(attack: str, rung: str) -> bool:
    """Return True if the table says that the attack gets through to the rung."""
    begins = NAMES.index(BEGINS.get(attack, NAMES[0]))
    return begins <= NAMES.index(rung) < NAMES.index(FIRST[attack])


def _crash(visit: Visit) -> None:
    visit.sign_up(**ADA)
    again = visit.sign_up(**ADA)
    visit.expect(again.status < 500, "a duplicate is answered", again)


def _no_token(visit: Visit) -> None:
    up = visit.sign_up(**ADA)
    visit.expect(up.token or up.json().get("token"), "there is a token in cookie or body", up)


def _no_cookie(visit: Visit) -> None:
    up = visit.sign_up(**ADA)
    visit.expect(up.cookies, "a cookie is set", up)


def _list(visit: Visit) -> None:
    answer = visit.even_if_it_raises(lambda: visit.post("/api/signup", json=[1]))
    visit.expect(answer.status == 400, "a list is answered 400", answer)


def _two_accounts(visit: Visit) -> None:
    for email in ("ada@trax.test", "ADA@trax.test"):
        visit.even_if_it_raises(lambda email=email: visit.sign_up(email, ADA["password"]))
    visit.expect(len(visit.stolen_table()) == 1, "one mailbox has one account")


def _servers_thread(visit: Visit) -> None:
    names: list[str] = []
    hashpw = bcrypt.hashpw

    def spy(*args: bytes) -> bytes:
        names.append(threading.current_thread().name)
        return hashpw(*args)

    with patch.object(bcrypt, "hashpw", spy):
        visit.sign_up(**ADA)
    own = names and all(name.startswith("minisrv-hash") for name in names)
    visit.expect(own, "the hash is computed in a thread that is made for it")


def _lost_table(visit: Visit) -> None:
    visit.sql("ALTER TABLE users RENAME TO lost")
    answer = visit.even_if_it_raises(lambda: visit.sign_up(**ADA))
    visit.expect(answer.status == 500, "a lost table is answered 500", answer)


def _other_name(visit: Visit) -> None:
    up = visit.sign_up(**ADA)
    own = bool(up.cookies) and up.cookies[0].startswith("__Host-")
    visit.expect(own, "the cookie's name begins with __Host-", up)


MORE = (
    Attack("a duplicate is a crash", "04", _crash),
    Attack("no token", "05", _no_token),
    Attack("no cookie", "06", _no_cookie),
    Attack("a list as a body", "01", _list),
    Attack("two accounts, one mailbox", "04", _two_accounts),
    Attack("a hash in the server's thread", "03", _servers_thread),
    Attack("a lost table, called something else", "04", _lost_table),
    Attack("a cookie without __Host-", "06", _other_name),
)
