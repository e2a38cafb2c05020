"""Attacks on the password: on the stored hash, and on the time that hashing takes."""

from classroom.attacks.frozen import frozen_by
from classroom.attacks.offline_guessing import hashes_in
from classroom.checking.bcrypt_calls import quick_hashes
from classroom.checking.visit import Visit
from classroom.scoreboard.attack import ADA, Attack
from minisrv.db.models import Base

LONG = "A Passphrase of many words that goes on well past the seventy-second byte, and on and on"
NUL = "midnight train\0to georgia"
# The last but one has 14 characters and 21 bytes; the last is on the server's list of common ones.
ACCENTS = "Ďž ťkô šwq ňýb"
WEAK = ("trax", "fourteen chars", "passwordpassword", ACCENTS, "q1w2e3r4t5y6u7i8o9p0")
NAME = "wanda.kowalczykova"  # no list has it, but everybody who knows the address tries it
COST = 8  # the bcrypt_cost in the settings of this attack
FREEZING = 12  # another cost in the settings: a constant in the route is found out


def _in_the_clear(visit: Visit) -> None:
    up = visit.sign_up(**ADA)
    visit.expect(up.status < 300, "a new account is answered from 200 on", up)
    tables = [visit.stolen_table(name) for name in Base.metadata.tables]
    visit.expect(
        ADA["password"] not in str(tables), "the password is not in the table, nor in another"
    )


def _cheap_hashes(visit: Visit) -> None:
    visit.sign_up(**ADA)
    found = hashes_in(str(visit.stolen_table()))
    visit.expect(found, "what is stored is a hash of bcrypt, which sign-in can check")
    costly = int(found[0].split("$")[-2]) >= COST
    visit.expect(costly, "its cost is at least request.app.state.settings.bcrypt_cost")
    right = visit.sign_in(**ADA)
    reason = "the cost that the hash names was spent on it: sign-in computes the same"
    visit.expect(right.status == 200, reason, right)


def _same_password(visit: Visit) -> None:
    for email in ("ada@trax.test", "grace@trax.test", "linus@trax.test"):
        visit.sign_up(email, ADA["password"])
    stored = {row["password"] for row in visit.stolen_table()}
    visit.expect(len(stored) == 3, "one password of two people is stored as two hashes")
    visit.start_over()
    visit.sign_up(**ADA)
    (row,) = visit.stolen_table()
    visit.expect(row["password"] not in stored, "the salt is random, not made of what is known")


def _long_ones(visit: Visit) -> None:
    up = visit.even_if_it_raises(lambda: visit.sign_up(ADA["email"], LONG))
    visit.expect(up.status < 300, f"a passphrase of {len(LONG)} bytes makes an account", up)
    for wrong in (LONG[:72], LONG[:-1], LONG.upper(), LONG.lower()):
        cut = visit.sign_in(ADA["email"], wrong)
        visit.expect(cut.status == 401, "a part of it, or other letters, do not sign in", cut)
    whole = visit.sign_in(ADA["email"], LONG)
    visit.expect(whole.status == 200, "all of it does", whole)
    up = visit.even_if_it_raises(lambda: visit.sign_up("grace@trax.test", NUL))
    half = visit.sign_in("grace@trax.test", NUL.partition("\0")[0])
    visit.expect(half.status == 401, "what stands before a NUL does not sign in", half)


def _weak_ones(visit: Visit) -> None:
    for password in WEAK:
        answer = visit.sign_up(ADA["email"], password)
        visit.expect(answer.status == 422, "a short or common password is answered 422", answer)
    own = visit.sign_up(f"{NAME}@trax.test", NAME)
    visit.expect(own.status == 422, "the visitor's own name as a password is answered 422", own)


def _freeze(visit: Visit) -> None:
    people = [f"guest-{number}@trax.test" for number in range(3)]
    sign_ups = [lambda email=email: visit.sign_up(email, ADA["password"]) for email in people]
    with quick_hashes():  # where they are computed matters, and nobody signs in with them
        answered, frozen = frozen_by(visit, FREEZING, sign_ups)
    *_, last = answered or [None]
    visit.expect(not frozen, "GET /health is answered while a password is hashed", last)
    found = hashes_in(str(visit.stolen_table()))
    costly = len(found) == 3 and all(int(one.split("$")[-2]) >= FREEZING for one in found)
    visit.expect(costly, "each account has a hash of request.app.state.settings.bcrypt_cost")


SECRET = (
    Attack("the table shows the password", "02", _in_the_clear),
    Attack("equal passwords, equal hashes", "02", _same_password),
    Attack("hashes that are quick", "03", _cheap_hashes, {"bcrypt_cost": COST}),
    Attack("part of a password is enough", "03", _long_ones),
    Attack("a weak password is accepted", "03", _weak_ones),
    Attack("three sign-ups freeze it", "03", _freeze, {"bcrypt_cost": FREEZING}),
)
