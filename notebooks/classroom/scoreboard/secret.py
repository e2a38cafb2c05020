"""Attacks on the password: on the stored hash, and on the time that hashing takes."""

from classroom.attacks.offline_guessing import hashes_in
from classroom.checking.visit import Visit
from classroom.scoreboard.attack import ADA, Attack

LONG = "a passphrase of many words that goes on well past the seventy-second byte, and on and on"
NUL = "midnight train\0to georgia"
COST = 8  # the bcrypt_cost in the settings of this attack
ENOUGH = 5  # a frozen server gives one or two responses before the first hash begins


def _in_the_clear(visit: Visit) -> None:
    up = visit.sign_up(**ADA)
    visit.expect(up.status < 300, "a new account is answered from 200 on", up)
    (row,) = visit.stolen_table()
    visit.expect(ADA["password"] not in str(row), "the password is not in the table")


def _cheap_hashes(visit: Visit) -> None:
    visit.sign_up(**ADA)
    found = hashes_in(str(visit.stolen_table()))
    visit.expect(found, "what is stored is a hash of bcrypt, which sign-in can check")
    costly = int(found[0].split("$")[-2]) >= COST
    visit.expect(costly, "its cost is at least request.app.state.settings.bcrypt_cost")


def _same_password(visit: Visit) -> None:
    for email in ("ada@trax.test", "grace@trax.test"):
        visit.sign_up(email, ADA["password"])
    stored = [row["password"] for row in visit.stolen_table()]
    visit.expect(len(set(stored)) == 2, "one password of two people is stored as two hashes")


def _long_ones(visit: Visit) -> None:
    up = visit.even_if_it_raises(lambda: visit.sign_up(ADA["email"], LONG))
    visit.expect(up.status < 300, f"a passphrase of {len(LONG)} bytes makes an account", up)
    for wrong in (LONG[:72], LONG[:-1], LONG.upper()):
        cut = visit.sign_in(ADA["email"], wrong)
        visit.expect(cut.status == 401, "a part of it, or other letters, do not sign in", cut)
    whole = visit.sign_in(ADA["email"], LONG)
    visit.expect(whole.status == 200, "all of it does", whole)
    up = visit.even_if_it_raises(lambda: visit.sign_up("grace@trax.test", NUL))
    half = visit.sign_in("grace@trax.test", NUL.partition("\0")[0])
    visit.expect(half.status == 401, "what stands before a NUL does not sign in", half)


def _weak_ones(visit: Visit) -> None:
    for password in ("trax", "fourteen chars", "passwordpassword"):
        answer = visit.sign_up(ADA["email"], password)
        visit.expect(answer.status == 422, "a short or common password is answered 422", answer)


def _freeze(visit: Visit) -> None:
    visit.get("/health")
    answered, healthy = [], []

    def sign_up(number: int) -> None:
        answered.append(visit.sign_up(f"guest-{number}@trax.test", ADA["password"]))

    def keep_asking() -> None:
        while not answered and len(healthy) < 1_000:
            healthy.append(visit.get("/health"))

    visit.at_once(*(lambda number=number: sign_up(number) for number in range(3)), keep_asking)
    reason = "GET /health is answered again and again while a password is hashed"
    visit.expect(len(healthy) > ENOUGH, reason, answered[-1])


SECRET = (
    Attack("the table, read", "02", _in_the_clear),
    Attack("one password twice", "02", _same_password),
    Attack("hashes that are cheap", "03", _cheap_hashes, {"bcrypt_cost": COST}),
    Attack("the first 72 bytes", "03", _long_ones),
    Attack("trax as a password", "03", _weak_ones),
    Attack("three sign-ups freeze it", "03", _freeze, {"bcrypt_cost": 12}),
)
