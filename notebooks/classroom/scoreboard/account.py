"""Attacks on the account: how one is made, how many there are, and what the response reveals."""

import json
from urllib.parse import urlencode

from classroom.attacks.odd_bodies import AS_JSON, odd_bodies
from classroom.attacks.offline_guessing import hashes_in
from classroom.attacks.text_plain_form import text_plain_form
from classroom.checking.visit import Visit
from classroom.exchanges.exchange import Exchange
from classroom.scoreboard.attack import ADA, Attack

OTHER = "nothing to see here"
VERBS = ("GET", "PUT", "PATCH", "DELETE", "BREW")
# One mailbox in two spellings, and two mailboxes that a careless folding makes one.
SAME = (
    ("ada@trax.test", "ADA@Trax.test"),
    ("zoé@trax.test", "ZOÉ@trax.test"),
    ("zoé@trax.test", "zoe\u0301@trax.test"),
)
DIFFERENT = (
    ("gross@trax.test", "groß@trax.test"),
    ("admin@trax.test", "admın@trax.test"),
    ("fan@trax.test", "ｆan@trax.test"),
)
NO_ADDRESS = (
    "ada",
    "ada@",
    "@trax.test",
    "ada@trax@test",
    "ada trax@trax.test",
    "ada@trax.test\r\nBcc: eve@evil.test",
)
REFUSED = (400, 413, 415, 422)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def _makes_an_account(visit: Visit) -> None:
    up = visit.sign_up(**ADA)
    visit.expect(up.status < 300, "a new account is answered from 200 on", up)
    signed_in = visit.sign_in(**ADA)
    visit.expect(signed_in.status == 200, "Ada can sign in afterwards", signed_in)


def _one_address(visit: Visit) -> None:
    visit.sign_up(**ADA)
    again = visit.sign_up(ADA["email"], OTHER)
    visit.expect(again.status == 409, "the same address again is answered 409 Conflict", again)
    visit.expect(not again.cookies, "the second visitor gets no cookie", again)
    visit.expect(len(visit.stolen_table()) == 1, "there is still one account", again)
    second = visit.sign_in(ADA["email"], OTHER)
    visit.expect(second.status == 401, "the second password does not sign in", second)


def _two_processes(visit: Visit) -> None:
    late = visit.even_if_it_raises(lambda: visit.overtaken(**ADA))
    reason = "an address that another process has just taken is answered 409"
    visit.expect(late.status == 409, reason, late)


def _spellings(visit: Visit) -> None:
    for email, other in SAME:
        visit.start_over()
        first = visit.sign_up(email, ADA["password"])
        if _too_strict(visit, email, first):
            continue
        again = visit.even_if_it_raises(lambda other=other: visit.sign_up(other, ADA["password"]))
        visit.expect(again.status == 409, "another spelling of one mailbox is answered 409", again)
    for email, other in DIFFERENT:
        visit.start_over()
        visit.sign_up(email, ADA["password"])
        second = visit.even_if_it_raises(lambda other=other: visit.sign_up(other, ADA["password"]))
        reason = f"{other} is not the mailbox {email}: it gets an account of its own, or 422"
        visit.expect(second.status in (200, 201, 422), reason, second)


def _too_strict(visit: Visit, email: str, up: Exchange) -> bool:
    """Return True if the route takes ASCII addresses only, which is a rule like another."""
    strict = up.status == 422 and not email.isascii()
    visit.expect(strict or up.status < 300, f"{email} gets an account", up)
    return strict


def _no_address(visit: Visit) -> None:
    for email in NO_ADDRESS:
        answer = visit.sign_up(email, ADA["password"])
        visit.expect(
            answer.status == 422, "a text that is no e-mail address is answered 422", answer
        )


def _other_methods(visit: Visit) -> None:
    for verb in VERBS:
        answer = visit.send(verb, "/api/signup", json=ADA)
        visit.expect(answer.status == 405, f"{verb} is answered 405 Method Not Allowed", answer)


def _text_plain_form(visit: Visit) -> None:
    body, headers = text_plain_form(ADA)
    kind = {"Content-Type": headers["Content-Type"]}  # the origin is another attack
    answer = visit.post("/api/signup", data=body, headers=kind)
    visit.expect(answer.status == 415, "a body of text/plain is answered 415", answer)
    fields = urlencode(ADA).encode()
    answer = visit.even_if_it_raises(lambda: visit.post("/api/signup", data=fields, headers=FORM))
    visit.expect(answer.status == 415, "the body of an HTML form is answered 415", answer)


def _nonsense(visit: Visit) -> None:
    for name, body in odd_bodies(ADA).items():
        if name in ("73 characters", "half a character"):  # these are attacks on the password
            continue
        answer = visit.even_if_it_raises(
            lambda body=body: visit.post("/api/signup", data=body, headers=AS_JSON)
        )
        visit.expect(answer.status in REFUSED, f"the body “{name}” is answered 400", answer)
    visit.expect(not visit.stolen_table(), "nonsense leaves no account behind")


def _more_fields(visit: Visit) -> None:
    up = visit.even_if_it_raises(lambda: visit.sign_up(**ADA, id=77, role="admin"))
    row = next(iter(visit.stolen_table()), None)
    # A stricter route refuses such a body, and makes no account.
    stopped = row["id"] != 77 if row else up.status in REFUSED
    visit.expect(stopped, "a field that was not asked for is not taken", up)


def _server_fault(visit: Visit) -> None:
    visit.seed("grace@trax.test", "of an older account")
    visit.sql("CREATE TRIGGER full BEFORE INSERT ON users BEGIN SELECT RAISE(ABORT, 'full'); END")
    answer = visit.even_if_it_raises(lambda: visit.sign_up(**ADA))
    reason = "an insert that fails, and not for a duplicate, is answered 500 (we made it fail)"
    visit.expect(answer.status >= 500, reason, answer)
    visit.sql("ALTER TABLE users RENAME TO lost")
    answer = visit.even_if_it_raises(lambda: visit.sign_up(**ADA))
    reason = "a sign-up without a table of users is answered 500 (we took the table away)"
    visit.expect(answer.status >= 500, reason, answer)


def _the_answer(visit: Visit) -> None:
    up = visit.sign_up(**ADA)
    visit.expect(up.status == 201, "a new account is answered 201 Created", up)
    whole = str(up.response_headers) + up.response_body.decode("utf-8", "replace")
    visit.expect(not hashes_in(whole), "no hash is in the answer", up)
    visit.expect(ADA["password"] not in whole, "nor is the password", up)
    (row,), told = visit.stolen_table(), json.loads(up.response_body)
    only_these = told == {"id": row["id"], "email": row["email"]}
    visit.expect(only_these, "the answer holds the account's id and email and nothing else", up)
    cache_control = dict(up.response_headers).get("cache-control", "")
    visit.expect("no-store" in cache_control, "the response says Cache-Control: no-store", up)


ACCOUNT = (
    Attack("nobody gets an account", "00", _makes_an_account),
    Attack("other methods than POST", "01", _other_methods),
    Attack("a body of nonsense", "01", _nonsense),
    Attack("a form in place of JSON", "01", _text_plain_form),
    Attack("two accounts for one address", "04", _one_address),
    Attack("two sign-ups at once", "04", _two_processes),
    Attack("two spellings, two accounts", "04", _spellings),
    Attack("a text that is no address", "04", _no_address),
    Attack("a field too many", "04", _more_fields),
    Attack("a server fault, hidden", "04", _server_fault),
    Attack("the response says too much", "04", _the_answer),
)
