"""Mutants of the libraries below the server: bcrypt, PyJWT, Starlette."""

from collections.abc import Callable
from typing import Any

from tests.mutants.mutant import mutant, wrapped

# bcrypt


@mutant("unit/test_passwords.py::test_each_hash_has_a_salt_of_its_own", "02-salt")
def salt_is_constant() -> None:
    import bcrypt

    bcrypt.gensalt = lambda rounds=12, prefix=b"2b": b"$2b$%02d$" % rounds + b"." * 22


@mutant(
    "unit/test_passwords.py::test_a_hash_of_another_cost_or_scheme_wants_to_be_made_again",
    "deeper/03-passwords-in-bytes",
)
def cost_is_ignored() -> None:
    import bcrypt

    wrapped(bcrypt, "gensalt", lambda original, rounds=12, prefix=b"2b": original(5, prefix))


@mutant("http/test_signin.py::test_a_wrong_password_is_refused", "00-start-here")
def every_password_matches() -> None:
    import bcrypt

    bcrypt.checkpw = lambda password, hashed: True


@mutant("http/test_signin.py::test_the_right_password_signs_in", "00-start-here")
def no_password_matches() -> None:
    import bcrypt

    bcrypt.checkpw = lambda password, hashed: False


@mutant("unit/test_passwords.py::test_a_password_opens_its_own_hash_and_no_other_does", "02-salt")
def hash_keeps_the_password() -> None:
    import bcrypt

    wrapped(bcrypt, "hashpw", lambda original, password, salt: salt[:29] + password[:31])


@mutant(
    "unit/test_passwords.py::test_the_whole_password_counts_past_72_bytes",
    "deeper/03-passwords-in-bytes",
)
def prehash_forgets_the_end() -> None:
    import hmac

    wrapped(hmac, "digest", lambda original, key, text, kind: original(key, text[:72], kind))


@mutant(
    "unit/test_passwords.py::test_two_spellings_of_one_text_are_one_password",
    "deeper/03-passwords-in-bytes",
)
def unicode_is_left_alone() -> None:
    import unicodedata

    unicodedata.normalize = lambda form, text: text


# PyJWT


def without(claim: str) -> Callable[..., Any]:
    """Return a change that leaves `claim` out of the payload."""

    def encode(original: Any, payload: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        rest = {name: value for name, value in payload.items() if name != claim}
        return original(rest, *args, **kwargs)

    return encode


@mutant(
    "unit/test_access_tokens.py::test_what_is_issued_says_what_it_is_and_nothing_about_the_person",
    "00-start-here",
)
def token_never_expires() -> None:
    import jwt

    wrapped(jwt, "encode", without("exp"))


@mutant(
    "unit/test_access_tokens.py::test_what_is_issued_says_what_it_is_and_nothing_about_the_person",
    "00-start-here",
)
def token_has_no_id() -> None:
    import jwt

    wrapped(jwt, "encode", without("jti"))


@mutant(
    "unit/test_access_tokens.py::test_what_is_issued_says_what_it_is_and_nothing_about_the_person",
    "00-start-here",
)
def token_has_no_type() -> None:
    import jwt

    wrapped(
        jwt, "encode", lambda original, p, key, algorithm="HS256", headers=None: original(p, key)
    )


@mutant("unit/test_access_tokens.py::test_two_tokens_of_one_second_differ", "00-start-here")
def token_ids_repeat() -> None:
    import uuid

    same = uuid.UUID(int=7)
    uuid.uuid4 = lambda: same


@mutant("unit/test_access_tokens.py::test_a_forged_token_is_refused", "00-start-here")
def signature_is_not_checked() -> None:
    import jwt

    def decode(original: Any, token: str, key: str = "", **kwargs: Any) -> Any:
        return original(token, options={"verify_signature": False})

    wrapped(jwt, "decode_complete", decode)


@mutant("unit/test_access_tokens.py::test_a_token_that_is_over_is_told_so", "06-sign-a-token")
def expiry_is_not_checked() -> None:
    import jwt

    def decode(original: Any, *args: Any, options: Any = None, **kwargs: Any) -> Any:
        return original(*args, options={**(options or {}), "verify_exp": False}, **kwargs)

    wrapped(jwt, "decode_complete", decode)


@mutant("unit/test_access_tokens.py::test_a_forged_token_is_refused", "06-sign-a-token")
def token_type_is_not_checked() -> None:
    import jwt

    def decode(original: Any, *args: Any, **kwargs: Any) -> Any:
        whole = original(*args, **kwargs)
        return {**whole, "header": {**whole["header"], "typ": "trax-access+jwt"}}

    wrapped(jwt, "decode_complete", decode)


# Starlette


def cookie_without(attribute: str, value: Any) -> None:
    """Make every cookie lack `attribute`."""
    from starlette.responses import Response

    def put(original: Any, self: Response, *args: Any, **kwargs: Any) -> Any:
        return original(self, *args, **{**kwargs, attribute: value})

    wrapped(Response, "set_cookie", put)


@mutant(
    "http/test_cookies.py::test_the_cookie_has_every_attribute_and_no_other", "07-set-the-cookie"
)
def cookie_is_readable_by_scripts() -> None:
    cookie_without("httponly", False)


@mutant(
    "http/test_cookies.py::test_the_cookie_has_every_attribute_and_no_other", "07-set-the-cookie"
)
def cookie_goes_over_plain_http() -> None:
    cookie_without("secure", False)


@mutant(
    "http/test_cookies.py::test_the_cookie_has_every_attribute_and_no_other", "07-set-the-cookie"
)
def cookie_goes_with_every_site() -> None:
    cookie_without("samesite", None)


@mutant(
    "http/test_cookies.py::test_the_cookie_has_every_attribute_and_no_other", "07-set-the-cookie"
)
def cookie_has_no_end() -> None:
    cookie_without("max_age", None)


@mutant(
    "http/test_me_and_signout.py::test_signing_out_clears_the_cookie_in_words_that_a_browser_obeys",
    "07-set-the-cookie",
)
def cookie_is_not_cleared() -> None:
    from starlette.responses import Response

    Response.delete_cookie = lambda self, *args, **kwargs: None


@mutant(
    "http/test_ladder.py::test_the_attacks_that_get_through_to_a_rung[public_answer]",
    "00-start-here",
)
def answers_may_be_cached() -> None:
    from starlette.datastructures import MutableHeaders
    from starlette.responses import Response

    def init(original: Any, self: Response, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        headers: MutableHeaders = self.headers
        if "cache-control" in headers:
            del headers["cache-control"]

    wrapped(Response, "__init__", init)
