"""The ladder: the sign-up route from its simplest form to the reference, one idea a rung.

Each rung is a complete file, and adds one idea to the rung below it. What is missing in a rung is a
line that is not there yet. All rungs but the last are made to be attacked. So an app that is given
a rung, the last one too, answers this machine only.
"""

from minisrv.routes.signup.as_taught import route as as_taught
from minisrv.routes.signup.catch_all import route as catch_all
from minisrv.routes.signup.checked_body import route as checked_body
from minisrv.routes.signup.hashed import route as hashed
from minisrv.routes.signup.host_cookie import route as host_cookie
from minisrv.routes.signup.off_the_loop import route as off_the_loop
from minisrv.routes.signup.one_spelling import route as one_spelling
from minisrv.routes.signup.only_duplicates import route as only_duplicates
from minisrv.routes.signup.plain import route as plain
from minisrv.routes.signup.policy import route as policy
from minisrv.routes.signup.post_only import route as post_only
from minisrv.routes.signup.public_answer import route as public_answer
from minisrv.routes.signup.real_token import route as real_token
from minisrv.routes.signup.reference import route as reference
from minisrv.routes.signup.reference import signup
from minisrv.routes.signup.same_origin import route as same_origin
from minisrv.routes.signup.signed import route as signed
from minisrv.routes.signup.whole_password import route as whole_password

LADDER = {
    "plain": plain,
    "hashed": hashed,
    "catch_all": catch_all,
    "signed": signed,
    "as_taught": as_taught,
    "post_only": post_only,
    "checked_body": checked_body,
    "one_spelling": one_spelling,
    "whole_password": whole_password,
    "off_the_loop": off_the_loop,
    "policy": policy,
    "only_duplicates": only_duplicates,
    "public_answer": public_answer,
    "real_token": real_token,
    "host_cookie": host_cookie,
    "same_origin": same_origin,
    "reference": reference,
}

__all__ = ["LADDER", "signup", *LADDER]
